internal import Quantities
internal import Resilience
internal import ServiceGraph
internal import Stochastics

/// How late answers are: one of the graph's ways to fail, or what a dependency lets pass of such.
struct SlowLaw: Sendable {
  fileprivate static let parts = 64
  /// What a timeout lets pass is kept as so many values for each attempt.
  private static let partsOfAttempt = 2_048

  let meanHours: Double
  /// The middles of as many equal parts of the probability, ascending.
  let hours: [Double]
  /// The law itself; `nil` where there is none.
  let exact: (any Distribution)?

  /// The laws of some ways to fail; of those that are not slow one without values.
  static func all(_ ways: [CalleeFailure]) -> [SlowLaw] {
    ways.map { way in
      guard case .slow(let law, _) = way else { return SlowLaw(meanHours: 0, hours: [], exact: nil) }
      return SlowLaw(meanHours: law.mean, hours: middles(parts).map { law.quantile($0) }, exact: law)
    }
  }

  /// How long the calls of an edge take that do not fail.
  ///
  /// A call that is answered by its attempt j of n, of which each fails with probability q, has waited for those before:
  /// with (1 − q) q^(j − 1) it takes the start of that attempt and an answer within the timeout. With qⁿ all attempts fail, and
  /// a fallback may serve it then, or its caller does without. Waits are their means, and a fallback is one that lasts.
  ///
  /// - Parameters:
  ///   - law: how late the callee answers.
  ///   - own: the timings of the edge while it does.
  ///   - servedShare: the share that is answered all the same of the calls whose attempts all fail.
  fileprivate init?(
    behind edge: CompiledEdge, _ law: any Distribution, _ own: EdgeTimings, servedShare: Double
  ) {
    let failed = own.result.failedShare
    let inTime = edge.policies.timeout.map { 1 - law.survival($0.hours) } ?? 1
    let within = SlowLaw.middles(SlowLaw.partsOfAttempt).map { law.quantile($0 * inTime) }
    var (values, weights, reached): ([Double], [Double], Double) = ([], [], 1)
    for start in own.schedule.startHours {
      values += within.map { start + $0 }
      weights += within.map { _ in reached * (1 - failed) / Double(SlowLaw.partsOfAttempt) }
      reached *= failed
    }
    values.append(own.failedCallHours)
    weights.append(reached * servedShare)
    guard let passed = try? Empirical(values: values, weights: weights) else { return nil }
    self.init(
      meanHours: passed.mean, hours: SlowLaw.middles(SlowLaw.parts).map { passed.quantile($0) }, exact: passed
    )
  }

  private init(meanHours: Double, hours: [Double], exact: (any Distribution)?) {
    (self.meanHours, self.hours, self.exact) = (meanHours, hours, exact)
  }

  /// The middles of equal parts of the probability.
  private static func middles(_ count: Int) -> [Double] {
    (0..<count).map { (Double($0) + 0.5) / Double(count) }
  }
}

/// The laws of slow answers that are met in a replication, by number: those of the graph's ways to fail, and after these what
/// dependencies let pass.
final class SlowAnswers {
  private static let mostLaws = 256

  private let edges: [CompiledEdge]
  private let ways: [SlowLaw]
  private var laws: [SlowLaw]
  /// For each edge the numbers of what it lets pass.
  private var numberBehind: [[Passed: Int]]

  /// What an edge lets pass of a manner of its callee.
  private struct Passed: Hashable {
    let manner: CalleeManner
    /// The share that is answered all the same of the calls whose attempts all fail.
    let servedShare: Double
  }

  init(_ layout: EdgeLayout) {
    (edges, ways, laws) = (layout.edges, layout.slowLaws, layout.slowLaws)
    numberBehind = edges.map { _ in [:] }
  }

  /// Forgets what dependencies let pass where that has become much; whether it has. Call it where no manner knows of any.
  func forgets() -> Bool {
    guard laws.count > ways.count + SlowAnswers.mostLaws else { return false }
    laws = ways
    numberBehind = edges.map { _ in [:] }
    return true
  }

  /// How late the calls of an edge are that do not fail, while its callee answers late.
  ///
  /// - Parameters:
  ///   - manner: how the callee treats calls.
  ///   - own: the timings of the edge while it does.
  ///   - hasFailed: whether some calls have failed so far; the first to fail have been waiting until then.
  /// - Returns: the mean, and the laws that add up to it with what is fixed.
  func answers(
    behind edge: Int, _ manner: CalleeManner, lateHours: Double, _ own: EdgeTimings, hasFailed: Bool
  ) -> (hours: Double, laws: [Int]) {
    guard let law = law(meanHours: lateHours, laws: manner.laws) else { return (lateHours, manner.laws) }
    let policies = edges[edge].policies
    let servedShare = edges[edge].isHard && hasFailed ? policies.fallback?.serves.value ?? 0 : 1
    let endsSome = policies.timeout.map { law.survival($0.hours) > 0 } ?? false
    let isOneAttempt = own.schedule.startHours.count == 1 && servedShare == 0
    guard endsSome || !(own.result.failedShare == 0 || isOneAttempt) else {
      return (lateHours, manner.laws)
    }
    let key = Passed(manner: manner, servedShare: servedShare)
    if let number = numberBehind[edge][key] { return (laws[number].meanHours, [number]) }
    guard let passed = SlowLaw(behind: edges[edge], law, own, servedShare: servedShare) else {
      return (lateHours, manner.laws)
    }
    numberBehind[edge][key] = laws.count
    laws.append(passed)
    return (passed.meanHours, [laws.count - 1])
  }

  /// The share of the answers that come later than a time.
  ///
  /// - Parameters:
  ///   - meanHours: how late they are on average: the means of the laws, and what is fixed.
  ///   - laws: their numbers.
  func survival(_ hours: Double, meanHours: Double, laws numbers: [Int]) -> Double {
    if let exact = exact(meanHours, numbers) { return exact.survival(hours) }
    guard !numbers.isEmpty else { return meanHours > hours ? 1 : 0 }
    let (first, second) = halves(meanHours, numbers)
    var (later, place) = (0, second.count)
    for own in first {
      while place > 0, own + second[place - 1] > hours { place -= 1 }
      later += second.count - place
    }
    return Double(later) / Double(first.count * second.count)
  }

  /// Their law; `nil` where they come at once.
  func law(meanHours: Double, laws numbers: [Int]) -> (any Distribution)? {
    if let exact = exact(meanHours, numbers) { return exact }
    let (first, second) = halves(meanHours, numbers)
    let sums = first.flatMap { own in second.map { own + $0 } }
    return numbers.isEmpty ? try? Deterministic(value: meanHours) : try? Empirical(values: sums)
  }

  /// The law of one of the graph's ways that nothing is added to.
  private func exact(_ meanHours: Double, _ numbers: [Int]) -> (any Distribution)? {
    guard numbers.count == 1, meanHours == laws[numbers[0]].meanHours else { return nil }
    return laws[numbers[0]].exact
  }

  /// Two quantities whose sum they are, ascending: the last law, and all others with what is fixed.
  private func halves(_ meanHours: Double, _ numbers: [Int]) -> (first: [Double], second: [Double]) {
    let fixedHours = max(0, meanHours - numbers.reduce(0.0) { $0 + laws[$1].meanHours })
    let first = numbers.dropLast().reduce([fixedHours]) { sums, number in
      let all = sums.flatMap { sum in laws[number].hours.map { sum + $0 } }.sorted()
      let size = all.count / SlowLaw.parts
      return (0..<SlowLaw.parts).map { part in
        all[part * size..<(part + 1) * size].reduce(0, +) / Double(size)
      }
    }
    return (first, numbers.last.map { laws[$0].hours } ?? [0])
  }
}
