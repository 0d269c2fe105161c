internal import Quantities
internal import Resilience
internal import ServiceGraph
internal import Stochastics

/// What a dependency lets pass of late answers and errors.
struct PassedAnswers {
  /// How late those are on average that are answered.
  let hours: Double
  /// The numbers of the laws that add up to that, with what is fixed.
  let laws: [Int]
  /// How long those take whose attempts all fail.
  let failed: AttemptErrors
}

/// How late answers are.
struct Lateness: Hashable, Sendable {
  /// On average; ∞: they never come.
  var hours = 0.0
  /// The numbers of the laws that add up to that, with what is fixed.
  var laws: [Int] = []

  /// That of one after the other.
  static func += (sum: inout Lateness, next: Lateness) {
    sum.hours += next.hours
    sum.laws += next.laws
  }
}

/// The laws of slow answers that are met in a replication, by number: those of the graph's ways to fail, and after these what
/// dependencies let pass.
final class SlowAnswers {
  private static let mostLaws = 256
  private static let valuesOfLaw = 2_048

  private let edges: [CompiledEdge]
  private let ways: [SlowLaw]
  private var laws: [SlowLaw]
  /// What each edge lets pass.
  private var passed: [[Passed: PassedAnswers]]
  /// How late the slowest of several answers is.
  private var slowest: [[Lateness]: Lateness] = [:]

  /// What an edge lets pass of a manner of its callee.
  private struct Passed: Hashable {
    let manner: CalleeManner
    /// The share that is answered all the same of the calls whose attempts all fail.
    let servedShare: Double
  }

  init(_ layout: EdgeLayout) {
    (edges, ways, laws) = (layout.edges, layout.slowLaws, layout.slowLaws)
    passed = edges.map { _ in [:] }
  }

  /// Forgets what dependencies let pass where that has become much; whether it has. Call it where no manner knows of any.
  func forgets() -> Bool {
    guard laws.count > ways.count + SlowAnswers.mostLaws else { return false }
    laws = ways
    passed = edges.map { _ in [:] }
    slowest = [:]
    return true
  }

  /// How late the calls of an edge are that do not fail, while its callee answers late or fails some.
  ///
  /// - Parameters:
  ///   - manner: how the callee treats calls, with the errors that it gives.
  ///   - lateHours: how late it answers on average.
  ///   - own: the timings of the edge while it does.
  ///   - hasFailed: whether some calls have failed so far; the first to fail have been waiting until then.
  func answers(
    behind edge: Int, _ manner: CalleeManner, errors: AttemptErrors, lateHours: Double, _ own: EdgeTimings,
    hasFailed: Bool
  ) -> PassedAnswers {
    let lawsBelow = lateHours > 0 ? manner.laws : []
    let passesAll = PassedAnswers(hours: lateHours, laws: lawsBelow, failed: errors)
    guard let law = law(meanHours: lateHours, laws: lawsBelow) else { return passesAll }
    let policies = edges[edge].policies
    let servedShare = edges[edge].isHard && hasFailed ? policies.fallback?.serves.value ?? 0 : 1
    let endsSome = policies.timeout.map { law.survival($0.hours) > 0 } ?? false
    let isOneAttempt = own.schedule.startHours.count == 1 && servedShare == 0
    guard endsSome || !(own.result.failedShare == 0 || isOneAttempt) else { return passesAll }
    let key = Passed(manner: manner, servedShare: servedShare)
    if let known = passed[edge][key] { return known }
    let retried = RetriedAnswers(
      SlowAttempts(law: law, errors: errors), timeoutHours: policies.timeout?.hours,
      waitHours: own.schedule.waitHours)
    guard let found = retried.law(servedShare: servedShare) else { return passesAll }
    let answers = PassedAnswers(hours: found.meanHours, laws: [laws.count], failed: retried.failed)
    passed[edge][key] = answers
    laws.append(found)
    return answers
  }

  /// How late the slowest of several answers is that are independent of each other: P(max ≤ t) = Π P(Aᵢ ≤ t).
  ///
  /// Laws are taken as 2,048 values each; what is fixed is exact.
  func slowest(of several: [Lateness]) -> Lateness {
    let late = several.filter { $0.hours > 0 }
    guard late.count > 1 else { return late.first ?? Lateness() }
    if let never = late.first(where: { !$0.hours.isFinite }) { return never }
    if let known = slowest[late] { return known }
    let values = late.map { equallyLikely($0) }
    let found: Lateness
    if values.allSatisfy({ $0.count == 1 }) {
      found = late.max { $0.hours < $1.hours } ?? Lateness()
    } else if let law = SlowAnswers.largest(of: values) {
      found = Lateness(hours: law.mean, laws: [laws.count])
      laws.append(SlowLaw(law))
    } else {
      found = late[0]
    }
    slowest[late] = found
    return found
  }

  /// Equally likely values of how late an answer is, ascending; one where that is fixed.
  private func equallyLikely(_ lateness: Lateness) -> [Double] {
    guard let law = law(meanHours: lateness.hours, laws: lateness.laws) else { return [lateness.hours] }
    let values = SlowLaw.middles(SlowAnswers.valuesOfLaw).map { law.quantile($0) }
    return values.first == values.last ? Array(values.prefix(1)) : values
  }

  /// The law of the largest of several quantities, of each of which ascending values are equally likely.
  private static func largest(of several: [[Double]]) -> Empirical? {
    var (places, before) = (several.map { _ in 0 }, 0.0)
    var (values, weights): ([Double], [Double]) = ([], [])
    for value in Set(several.joined()).sorted() {
      var share = 1.0
      for (own, number) in zip(several, several.indices) {
        while places[number] < own.count, own[places[number]] <= value { places[number] += 1 }
        share *= Double(places[number]) / Double(own.count)
      }
      guard share > before else { continue }
      values.append(value)
      weights.append(share - before)
      before = share
    }
    return try? Empirical(values: values, weights: weights)
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
