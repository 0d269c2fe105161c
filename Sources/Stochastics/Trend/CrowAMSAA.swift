/// A rate of events that follows a power of time: λ t^β events are expected by time t, so β below 1 means growing
/// reliability.
///
/// Worked: ReliaWiki's 22 failures until 620 h give β = 0.6142 and λ = 0.4239; the mean time between failures is then
/// 45.9 h and grows.
///
/// Source: Crow, "Reliability analysis for complex, repairable systems", 1974; MIL-HDBK-189C, 2011.
public struct CrowAMSAA: Hashable, Sendable {
  /// The events.
  public let record: EventRecord

  /// The maximum likelihood estimate of β, n / Σ log(T / t).
  public let shape: Double

  /// The maximum likelihood estimate of λ, n / T^β, in events per time^β.
  public let scale: Double

  /// The process fitted to events.
  ///
  /// - Returns: nil unless at least one event lies before the end, two where an event ended the observation.
  public init?(_ record: EventRecord) {
    let sum = record.logSum
    guard record.freeCount > 0, sum > 0 else { return nil }
    self.record = record
    shape = Double(record.times.count) / sum
    scale = Double(record.times.count) * portableExp(-shape * portableLog(record.end))
    guard scale > 0, scale.isFinite else { return nil }
  }

  private var count: Double { Double(record.times.count) }

  /// β without bias: (n − 1) / n of the estimate, (n − 2) / n where an event ended the observation; nil where too few
  /// events leave none.
  public var unbiasedShape: Double? {
    let kept = count - (record.ending == .time ? 1 : 2)
    return kept > 0 ? shape * kept / count : nil
  }

  /// The expected number of events by a time, λ t^β.
  public func expectedEvents(by time: Double) -> Double { scale * portablePower(time, shape) }

  /// The mean time between events until a time, t / (λ t^β).
  public func cumulativeMTBF(at time: Double) -> Double { time / expectedEvents(by: time) }

  /// The mean time between events if the rate stayed as it is at a time, t / (β λ t^β).
  public func instantaneousMTBF(at time: Double) -> Double { cumulativeMTBF(at: time) / shape }

  /// When the instantaneous mean time between events is this, if the process goes on; nil for a constant rate.
  public func time(ofInstantaneousMTBF mtbf: Double) -> Double? { time(ofCumulativeMTBF: mtbf * shape) }

  /// When the cumulative mean time between events is this; nil for a constant rate.
  public func time(ofCumulativeMTBF mtbf: Double) -> Double? {
    guard shape != 1, mtbf > 0 else { return nil }
    let time = portableExp(-portableLog(scale * mtbf) / (shape - 1))
    return time.isFinite ? time : nil
  }
}

extension CrowAMSAA {
  /// β with its exact interval: 2 n β / β̂ is chi-square with 2 n degrees of freedom, 2 (n − 1) where an event ended the
  /// observation.
  ///
  /// ReliaWiki prints limits that are n² / ((n − 1) (n − 2)) times these where an event ended the observation.
  public func shapeEstimate(confidence: Double) -> Estimate {
    preconditionConfidence(confidence)
    let (free, tail) = (Double(record.freeCount), (1 - confidence) / 2)
    return Estimate(
      value: shape, low: shape * inverseRegularizedGammaP(shape: free, p: tail) / count,
      high: shape * inverseRegularizedGammaQ(shape: free, q: tail) / count, confidence: confidence)
  }

  /// The cumulative mean time between events at the end of the observation, with the exact interval of a Poisson
  /// number of events, or of a gamma time to the last.
  public func cumulativeMTBFEstimate(confidence: Double) -> Estimate {
    preconditionConfidence(confidence)
    let (tail, expected) = ((1 - confidence) / 2, record.ending == .time ? count + 1 : count)
    return Estimate(
      value: record.end / count, low: record.end / inverseRegularizedGammaQ(shape: expected, q: tail),
      high: record.end / inverseRegularizedGammaP(shape: count, p: tail), confidence: confidence)
  }

  /// The large-sample intervals of the logarithms, from the curvature of the likelihood (Fisher's).
  ///
  /// Var log β = 1/n, Var log λ = 1/n + (log T)² β² / n; the cumulative and instantaneous mean times between events at
  /// the end have the relative variances 1/n and 2/n.
  ///
  /// Source: MIL-HDBK-189C; ReliaWiki, "Crow-AMSAA confidence bounds".
  public func largeSampleEstimates(
    confidence: Double
  ) -> (shape: Estimate, scale: Estimate, cumulativeMTBF: Estimate, instantaneousMTBF: Estimate) {
    preconditionConfidence(confidence)
    let z = normalQuantile((1 + confidence) / 2)
    func estimate(_ value: Double, _ variance: Double) -> Estimate {
      let factor = portableExp(z * variance.squareRoot())
      return Estimate(value: value, low: value / factor, high: value * factor, confidence: confidence)
    }
    let logEnd = portableLog(record.end) * shape
    return (
      estimate(shape, 1 / count), estimate(scale, (1 + logEnd * logEnd) / count),
      estimate(cumulativeMTBF(at: record.end), 1 / count),
      estimate(instantaneousMTBF(at: record.end), 2 / count)
    )
  }
}
