public import Simulation
public import Stochastics

/// What being without the service costs in a year: the mean, and what only a bad year costs.
public struct YearlyLoss: Sendable {
  /// What each simulated year costs, ascending; in units of the currency.
  public let years: [Double]
  /// The mean of a year.
  public let mean: Estimate
  private let replications: Int

  /// The years of one design of a ledger; `nil` for fewer than two replications or without a whole year.
  ///
  /// - Parameters:
  ///   - design: its place, the base is 0.
  ///   - confidence: of the intervals, 0…1.
  public init?(design: Int, in ledger: DowntimeLedger, confidence: Double) {
    let count = ledger.months / 12
    guard count > 0 else { return nil }
    var years: [Double] = []
    var means: [Double] = []
    for replication in 0..<ledger.replications {
      let own = (0..<count).map { year in
        (12 * year..<12 * year + 12).reduce(0.0) {
          $0 + ledger.cost(design: design, month: $1, replication: replication)
        }
      }
      years += own
      means.append(own.reduce(0, +) / Double(count))
    }
    guard
      let mean = meanEstimate(
        count: means.count, sum: means.reduce(0, +), sumOfSquares: means.reduce(0) { $0 + $1 * $1 },
        confidence: confidence)
    else { return nil }
    self.mean = mean
    self.years = years.sorted()
    replications = ledger.replications
  }

  /// What a share of the years stays at or below.
  ///
  /// The interval is that of order statistics, n p ± z √(n p (1 − p)) by the normal approximation of the binomial, with
  /// the number of replications for n: years of one replication are not quite independent.
  ///
  /// - Parameter probability: more than 0, less than 1.
  public func percentile(_ probability: Double) -> Estimate {
    let n = Double(replications)
    let z = -normalQuantile((1 - mean.confidence) / 2)
    let half = z * (probability * (1 - probability) / n).squareRoot()
    return Estimate(
      value: year(at: probability), low: year(at: probability - half), high: year(at: probability + half),
      confidence: mean.confidence)
  }

  /// The smallest year with at least this share of the years at or below it.
  private func year(at share: Double) -> Double {
    let place = Int((share * Double(years.count)).rounded(.up)) - 1
    return years[max(0, min(years.count - 1, place))]
  }
}
