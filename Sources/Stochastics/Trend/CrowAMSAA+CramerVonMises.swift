/// Whether events follow a power of time, by the distance of Cramér and von Mises.
public struct CramerVonMisesTest: Hashable, Sendable {
  /// C² = 1 / (12 M) + Σ ((t / T)^β̄ − (2i − 1) / (2M))², with the unbiased β̄ and the M free events.
  public let statistic: Double

  /// M, the number of events compared.
  public let count: Int

  /// What C² exceeds with a probability of 10 % when the events do follow a power of time.
  public let criticalValue: Double

  /// Whether the statistic is beyond that, so that a power of time does not describe the events.
  public var rejects: Bool { statistic > criticalValue }
}

extension CrowAMSAA {
  /// Whether the events follow a power of time; nil for fewer than two to compare.
  ///
  /// Source: MIL-HDBK-189C, 2011, goodness of fit of the AMSAA model, with its table of critical values.
  public var cramerVonMises: CramerVonMisesTest? {
    let m = record.freeCount
    guard m > 1, let exponent = unbiasedShape else { return nil }
    var sum = 1 / Double(12 * m)
    for (index, time) in record.freeTimes.enumerated() {
      let away = portablePower(time / record.end, exponent) - Double(2 * index + 1) / Double(2 * m)
      sum += away * away
    }
    return CramerVonMisesTest(statistic: sum, count: m, criticalValue: Self.criticalValue(m))
  }

  /// The 10 % point, between the table's rows by 1/M.
  private static func criticalValue(_ m: Int) -> Double {
    guard let upper = tenPercentPoints.first(where: { $0.count >= m }) else { return 0.173 }
    guard upper.count > m, let lower = tenPercentPoints.last(where: { $0.count < m }) else {
      return upper.point
    }
    let (from, to) = (1 / Double(lower.count), 1 / Double(upper.count))
    return lower.point + (upper.point - lower.point) * (1 / Double(m) - from) / (to - from)
  }

  private static let tenPercentPoints: [(count: Int, point: Double)] = [
    (2, 0.162), (3, 0.154), (4, 0.155), (5, 0.160), (6, 0.162), (7, 0.165), (8, 0.165), (9, 0.167),
    (10, 0.167),
    (15, 0.169), (20, 0.172), (30, 0.172), (60, 0.173), (100, 0.173),
  ]
}
