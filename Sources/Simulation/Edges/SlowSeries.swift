internal import Resilience
internal import ServiceGraph

/// What becomes of calls that wait for several slow answers, one after the other, some of which never come.
struct SlowSeries {
  /// How late the calls of a dependency are that do not fail, and how many do.
  struct Answer {
    /// The mean.
    let hours: Double
    /// The laws that add up to it, with what is fixed.
    let laws: [Int]
    /// The share of calls that fails, and after how long, where a timeout ends some; `nil`: none does.
    var failed: (share: Double, hours: Double)?
  }

  private(set) var count = 0
  private(set) var hours = 0.0
  private(set) var laws: [Int] = []
  private(set) var answeredShare = 1.0
  /// What has most to do with it; `nil`: all answers come.
  var source: EffectSource? { worst?.source }
  private var worst: (share: Double, source: EffectSource)?
  private var failed = (shares: 0.0, hours: 0.0)
  private var firstPart: CalleePart?
  private var otherParts: [CalleePart] = []

  /// What takes part in it; empty where that is one thing alone.
  var parts: [CalleePart] { otherParts.isEmpty ? [] : (firstPart.map { [$0] } ?? []) + otherParts }

  /// - Parameters:
  ///   - errors: the share that fails, and after how long, of what is not slow.
  ///   - hangs: whether answers never come.
  ///   - parts: what makes it up, where that is several things.
  mutating func add(
    _ slow: Answer?, errors: (share: Double, hours: Double)?, hangs: Bool, _ source: EffectSource,
    _ parts: [CalleePart]
  ) {
    if slow != nil || errors != nil || hangs { note(slow, errors?.share, hangs, source, parts) }
    if let slow {
      count += 1
      hours += slow.hours
      laws += slow.laws
    }
    guard let (share, failedHours) = slow?.failed ?? errors else { return }
    answeredShare *= 1 - share
    failed = (failed.shares + share, failed.hours + share * failedHours)
    if share > worst?.share ?? -1 { worst = (share, source) }
  }

  /// Adds one of several parts.
  mutating func add(_ part: CalleePart) {
    hours += part.hours
    if part.law >= 0 { laws.append(part.law) }
    answeredShare *= 1 - part.failedShare
  }

  private mutating func note(
    _ slow: Answer?, _ errorShare: Double?, _ hangs: Bool, _ source: EffectSource, _ parts: [CalleePart]
  ) {
    // What waits in its turn for several that are slow is as late as these are together.
    guard slow?.laws.count ?? 0 < 2 || parts.isEmpty else {
      for part in parts { note(part) }
      return
    }
    note(
      CalleePart(
        source: source, hours: hangs ? .infinity : slow?.hours ?? 0, law: slow?.laws.first ?? -1,
        failedShare: slow?.failed?.share ?? errorShare ?? 0))
  }

  private mutating func note(_ part: CalleePart) {
    if firstPart == nil { firstPart = part } else { otherParts.append(part) }
  }

  /// The share of the answers that come later than a time, of those that come.
  func lateShare(_ patienceHours: Double, _ slowAnswers: SlowAnswers) -> Double {
    guard !laws.isEmpty else { return hours > patienceHours ? 1 : 0 }
    return slowAnswers.survival(patienceHours, meanHours: hours, ways: laws)
  }

  /// How long the calls take on average that fail.
  var failedHours: Double { failed.shares > 0 ? failed.hours / failed.shares : 0 }
}

extension EdgeMachines {
  /// What becomes of calls that wait for two slow answers or more, not all of which come, where nobody further up is less patient;
  /// `nil` for others.
  ///
  /// With Aᵢ for how late the answers are that come, qᵢ for the share of those that do not, and T for the patience, a share
  /// 1 − Π (1 − qᵢ) P(Σ Aᵢ ≤ T) fails.
  ///
  /// Approximations: these are errors, so that nobody feels that the others are late, neither further up nor in the slots that calls
  /// hold; of answers that are late for what lies further down, and ended in part by a timeout, only the errors count; what can
  /// be done without is lost apart from what is late.
  func effect(of slow: SlowSeries, _ plan: CalleePlan) -> CalleeEffect? {
    let patienceHours = plan.patienceHours
    guard slow.count > 1, let source = slow.source, patienceHours.isFinite,
      plan.shortestPatienceHours == patienceHours
    else { return nil }
    let late = slow.lateShare(patienceHours, layout.slowAnswers)
    guard late > 0 else { return nil }
    let lateOfAll = slow.answeredShare * late
    let refused = 1 - slow.answeredShare
    let failed = refused + lateOfAll
    return CalleeEffect(
      manner: .errors(
        share: failed > 1 - 1e-12 ? 1 : failed,
        afterHours: (refused * slow.failedHours + lateOfAll * patienceHours) / failed),
      source: source)
  }

  /// How late the calls of an edge are that do not fail.
  ///
  /// - Parameter manner: what becomes of its calls, as those who call its caller meet it.
  func slowAnswer(_ edge: Int, _ manner: CalleeManner?) -> SlowSeries.Answer? {
    guard case .way(let way)? = self.manner(edge), !isRefusing(edge),
      let law = layout.slowAnswers.law(behind: edge, way: way)
    else { return manner.flatMap { slowAnswer($0) } }
    let own = average(edge)
    return SlowSeries.Answer(
      hours: law.meanHours, laws: [law.number],
      failed: (failedShare(edge, own, late: 0), own.failedCallHours))
  }

  /// How late answers are of those who treat calls in some manner; `nil` where they are not late, or never come.
  func slowAnswer(_ manner: CalleeManner) -> SlowSeries.Answer? {
    guard let hours = meanHours(of: manner), hours > 0, hours.isFinite else { return nil }
    return SlowSeries.Answer(hours: hours, laws: manner.slowWays)
  }
}
