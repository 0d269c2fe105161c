public import Stochastics

extension IncidentStatistics {
  /// The mean outage in hours if those without an end lasted until watching ended: right-censored there, the lengths
  /// exponential. With n ended, a total time T of all gives T / n, and 2 T / χ² of 2n and 2n degrees of freedom.
  ///
  /// `nil` where all have ended or none has, or it is not known when watching ended. Of a file in which ends are only missing it
  /// is far too long, which is why the statistics do not rest on it.
  ///
  /// Source: Lawless, "Statistical models and methods for lifetime data", 2003, section 4.1, type II censoring; for others
  /// approximate.
  public var meanIfOpenLast: Estimate? {
    let open = selection.events.filter { $0.end == nil }
    guard !open.isEmpty, repair.count > 0, let end = selection.watched?.ranges.last?.upperBound else {
      return nil
    }
    let soFar = open.reduce(0.0) { $0 + Double(max(0, end - $1.start)) / 3_600_000 }
    let total = repair.totalHours + soFar
    guard total > 0 else { return nil }
    let (n, tail) = (Double(repair.count), (1 - options.confidence) / 2)
    return Estimate(
      value: total / n, low: total / inverseRegularizedGammaQ(shape: n, q: tail),
      high: total / inverseRegularizedGammaP(shape: n, p: tail), confidence: options.confidence)
  }
}
