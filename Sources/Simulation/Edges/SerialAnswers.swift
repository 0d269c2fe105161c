internal import Resilience
internal import ServiceGraph

/// Whether and when calls are answered for which others are made, one after the other or some of them at once.
struct SerialAnswers {
  /// The share that gets no error: Π (1 − eᵢ).
  private(set) var answeredShare = 1.0
  /// How late the answers are.
  private(set) var lateness = Lateness()

  /// That of calls of which none is answered.
  static let none = {
    var answers = SerialAnswers()
    answers.add(errorShare: 1, Lateness())
    return answers
  }()

  /// How late they are on average; ∞: they never come.
  var hours: Double { lateness.hours }
  /// The numbers of the laws that add up to that, with what is fixed.
  var laws: [Int] { lateness.laws }

  /// - Parameters:
  ///   - errorShare: the share of one of these calls that gets an error.
  ///   - lateness: how late its answer is.
  mutating func add(errorShare: Double, _ lateness: Lateness) {
    answeredShare *= 1 - errorShare
    self.lateness += lateness
  }

  /// Says how late the answers are together where some of the calls are made at once.
  mutating func set(_ lateness: Lateness) { self.lateness = lateness }

  /// The share that comes later than a time, of those that get no error.
  func lateShare(_ hours: Double, _ slowAnswers: SlowAnswers) -> Double {
    guard self.hours.isFinite else { return 1 }
    return slowAnswers.survival(hours, meanHours: self.hours, laws: laws)
  }

  /// The share that gets an error or comes later than a time: 1 − Π (1 − eᵢ) P(Σ Aᵢ ≤ T).
  func failedShare(patienceHours: Double, _ slowAnswers: SlowAnswers) -> Double {
    1 - answeredShare * (1 - lateShare(patienceHours, slowAnswers))
  }
}

/// How late the answers of each lane are while several calls are made.
struct LaneTimes {
  private let lanes: [CallOrder.Lane]
  private var ofLanes: [Lateness]

  init(_ order: CallOrder) {
    lanes = order.lanes
    ofLanes = lanes.map { _ in Lateness() }
  }

  /// What lanes wait for as well.
  mutating func add(_ lateness: Lateness, in places: [Int]) {
    for place in places { ofLanes[place] += lateness }
  }

  /// How late all is together: one after the other what is in one lane, and of a fork the slowest lane.
  func together(_ slowAnswers: SlowAnswers) -> Lateness {
    var sums = ofLanes
    for parent in lanes.indices.reversed() {
      // Lanes come after those that wait for them.
      let branches = lanes.indices.filter { $0 > 0 && lanes[$0].parent == parent }
      for fork in Set(branches.map { lanes[$0].fork }).sorted() {
        sums[parent] += slowAnswers.slowest(
          of: branches.filter { lanes[$0].fork == fork }.map { sums[$0] })
      }
    }
    return sums[0]
  }
}
