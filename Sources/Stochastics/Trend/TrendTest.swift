/// The result of a test whether events come ever more often or ever more rarely.
public struct TrendTest: Hashable, Sendable {
  /// The statistic of the test.
  public let statistic: Double

  /// The probability of a statistic at least as far out on either side without a trend.
  public let pValue: Double

  /// The direction in which the statistic points, significant or not; nil when it points in none.
  public let direction: Trend?
}

/// Whether events become more frequent.
public enum Trend: String, CaseIterable, Hashable, Sendable {
  /// They become rarer: reliability grows.
  case improving

  /// They become more frequent: the system wears out.
  case deteriorating
}

extension TrendTest {
  /// Laplace's test of a constant rate against one that rises or falls log-linearly: whether events lie before or
  /// after the middle of the observation on average.
  ///
  /// U = Σ (t − T/2) / √(Σ n T² / 12), normal without a trend; an event that ended its observation is not counted.
  /// The systems of a list may differ in rate. Worked: the 22 events until 620 h of ReliaWiki's example give −2.783.
  ///
  /// Source: Cox and Lewis, "The statistical analysis of series of events", 1966, section 3.3; Rausand and Høyland,
  /// "System reliability theory", 2004, section 7.4.
  ///
  /// - Returns: nil without a free event.
  public static func laplace(_ records: [EventRecord]) -> TrendTest? {
    guard records.contains(where: { $0.freeCount > 0 }) else { return nil }
    var (distance, variance) = (0.0, 0.0)
    for record in records {
      distance += record.freeTimes.reduce(0) { $0 + ($1 - record.end / 2) }
      variance += Double(record.freeCount) * record.end * record.end / 12
    }
    let u = distance / variance.squareRoot()
    return TrendTest(
      statistic: u, pValue: min(1, 2 * normalSurvival(abs(u))),
      direction: u == 0 ? nil : u > 0 ? .deteriorating : .improving)
  }

  /// The test of MIL-HDBK-189 of a constant rate against one that follows a power of time.
  ///
  /// 2 Σ log(T / t) is chi-square with 2 n degrees of freedom without a trend, 2 (n − 1) where an event ended the
  /// observation; large values mean that events came early. The systems of a list may differ in rate.
  ///
  /// Source: MIL-HDBK-189C, "Reliability growth management", 2011; Rausand and Høyland 2004, section 7.4.
  ///
  /// - Returns: nil without a free event.
  public static func militaryHandbook189(_ records: [EventRecord]) -> TrendTest? {
    let count = records.reduce(0) { $0 + $1.freeCount }
    guard count > 0 else { return nil }
    let half = records.reduce(0) { $0 + $1.logSum }
    let above = regularizedGammaQ(shape: Double(count), x: half)
    let below = regularizedGammaP(shape: Double(count), x: half)
    return TrendTest(
      statistic: 2 * half, pValue: min(1, 2 * min(above, below)),
      direction: above == below ? nil : above < below ? .improving : .deteriorating)
  }
}

/// What both tests of a trend say together.
public struct TrendAssessment: Hashable, Sendable {
  /// The verdict.
  public enum Verdict: Hashable, Sendable {
    /// There are no events to tell from.
    case tooFewEvents
    /// Neither test finds a trend; a constant rate will do.
    case noTrend
    /// Both find this trend.
    case trend(Trend)
    /// One test finds a trend and the other does not, or they find opposite ones: look at the events over time. Laplace's
    /// is the sharper for a log-linear rate, the other for a power of time.
    case disagree(laplace: Trend?, militaryHandbook189: Trend?)
  }

  /// Laplace's test.
  public let laplace: TrendTest?

  /// That of MIL-HDBK-189.
  public let militaryHandbook189: TrendTest?

  /// The probability, without a trend, that a test finds one.
  public let significance: Double

  /// Both tests of the events of one or several systems.
  ///
  /// - Parameter significance: between 0 and 1, usually 0.05.
  public init(_ records: [EventRecord], significance: Double = 0.05) {
    preconditionConfidence(significance)
    self.significance = significance
    laplace = .laplace(records)
    militaryHandbook189 = .militaryHandbook189(records)
  }

  /// What they say together.
  public var verdict: Verdict {
    guard let laplace, let militaryHandbook189 else { return .tooFewEvents }
    let found = [laplace, militaryHandbook189].map { $0.pValue < significance ? $0.direction : nil }
    guard found[0] == found[1] else { return .disagree(laplace: found[0], militaryHandbook189: found[1]) }
    return found[0].map { .trend($0) } ?? .noTrend
  }
}
