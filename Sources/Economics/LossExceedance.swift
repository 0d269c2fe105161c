public import Simulation
public import Stochastics

/// What a year of downtime costs a design, as the chance that it costs so much or more.
///
/// Every complete calendar year of every replication is one year.
public struct LossExceedance: Sendable {
  /// A point of the curve.
  public struct Point: Sendable, Hashable {
    /// How often a year with this loss or more comes: once in so many years.
    public let returnPeriodYears: Double
    /// The chance of a year with this loss or more.
    public let probability: Double
    /// The loss.
    public let loss: Estimate
  }

  /// What years beyond a share of all years cost.
  public struct Tail: Sendable, Hashable {
    /// The share of years that stay at or below the value at risk.
    public let level: Double
    /// The loss that they do not exceed.
    public let valueAtRisk: Estimate
    /// The mean of the other years.
    public let tailValueAtRisk: Estimate
  }

  /// The yearly losses.
  public let years: ClusteredSample
  /// The mean yearly loss.
  public let mean: Estimate?

  /// The years of one of the designs of a ledger.
  ///
  /// - Parameter perDraw: how many replications have their numbers in common; 1 where all numbers are known.
  public init(design: Int, in ledger: DowntimeLedger, perDraw: Int = 1) {
    let length = ledger.months / 12
    var losses: [Double] = []
    for replication in 0..<ledger.replications {
      for year in 0..<length {
        losses.append(
          (year * 12..<year * 12 + 12).reduce(0) {
            $0 + ledger.cost(design: design, month: $1, replication: replication)
          })
      }
    }
    self.init(losses, groupSize: length * perDraw)
  }

  /// Yearly losses, in groups of so many that are not independent of each other.
  public init(_ losses: [Double], groupSize: Int = 1) {
    years = ClusteredSample(losses, groupSize: groupSize)
    let size = Double(years.values.count)
    let centre = years.values.isEmpty ? 0 : years.values.reduce(0, +) / size
    let squares = years.values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
    mean = meanEstimate(
      count: years.values.count, sum: 0, sumOfSquares: squares * years.designEffect, confidence: 0.95
    ).map {
      Estimate(value: centre, low: centre + $0.low, high: centre + $0.high, confidence: $0.confidence)
    }
  }

  /// The chance that a year costs so much or more.
  public func probability(atLeast loss: Double) -> Estimate? { years.share(atLeast: loss) }

  /// The loss of a year that is exceeded once in so many years, VaR at 1 − 1/T; `nil` where fewer than ten years of the
  /// simulation are beyond it.
  public func loss(returnPeriodYears period: Double) -> Estimate? {
    guard period > 1, Double(years.values.count) / period >= 10 else { return nil }
    return years.quantile(1 - 1 / period)
  }

  /// The points of the curve at usual return periods, as far as the simulation reaches.
  public var points: [Point] {
    [1.25, 2, 5, 10, 20, 50, 100, 200, 500, 1000].compactMap { period in
      loss(returnPeriodYears: period).map {
        Point(returnPeriodYears: period, probability: 1 / period, loss: $0)
      }
    }
  }

  /// The usual tails.
  public var tails: [Tail] { [0.9, 0.95, 0.99].compactMap(tail) }

  /// The tail beyond a share of the years: VaR, the smallest loss that at least this share stays at or below, and
  /// TVaR = 1/(1 − p) ∫ VaR(u) du from p to 1.
  ///
  /// - Source: Acerbi and Tasche, *On the coherence of expected shortfall* (2002), proposition 4.1; the variance of the
  ///   second is (variance of the tail + p (TVaR − VaR)²) / (n (1 − p)), Manistre and Hancock (2005), with n as many
  ///   as the sample counts for.
  public func tail(_ level: Double) -> Tail? {
    let count = Double(years.values.count)
    guard level > 0, level < 1, count * (1 - level) >= 1, let risk = years.quantile(level) else { return nil }
    let rank = (level * count - 1e-12 * count).rounded(.up)
    let beyond = years.values[Int(rank)...]
    let weight = count * (1 - level)
    // As distances from the value at risk, of which the year at it has none.
    let sum = beyond.reduce(0) { $0 + ($1 - risk.value) }
    let excess = sum / weight
    let squares = beyond.reduce(0) { $0 + ($1 - risk.value) * ($1 - risk.value) }
    let variance = max(0, squares / weight - excess * excess) + level * excess * excess
    let half = normalQuantile(0.975) * (variance / (weight / years.designEffect)).squareRoot()
    let value = risk.value + excess
    return Tail(
      level: level, valueAtRisk: risk,
      tailValueAtRisk: Estimate(
        value: value, low: max(risk.value, value - half), high: value + half, confidence: 0.95))
  }
}
