/// What can be read off a fitted law with an interval.
public enum FittedQuantity: Hashable, Sendable {
  /// The scale: a Weibull or gamma law's own, the mean of an exponential, the median of a lognormal law.
  case scale

  /// The shape: a Weibull or gamma law's own, σ of a lognormal law; an exponential law has none.
  case shape

  /// The mean.
  case mean

  /// The value not exceeded with this probability, above 0 and below 1: 0.5 is the median, 0.9 the p90.
  case quantile(Double)

  /// The median.
  public static let median = FittedQuantity.quantile(0.5)

  /// The 90th percentile.
  public static let p90 = FittedQuantity.quantile(0.9)
}
