/// The laws that can be fitted to lifetimes and durations.
public enum LifetimeFamily: String, CaseIterable, Hashable, Sendable {
  /// One parameter, the mean.
  case exponential

  /// Shape and scale.
  case weibull

  /// μ and σ of the logarithm.
  case lognormal

  /// Shape and scale.
  case gamma

  /// A Weibull law that begins at a location, at least 0 and below every failure.
  case shiftedWeibull = "weibull-3p"

  /// The number of parameters.
  public var parameterCount: Int {
    switch self {
    case .exponential: 1
    case .weibull, .lognormal, .gamma: 2
    case .shiftedWeibull: 3
    }
  }

  /// Its likelihood, after a location has been taken off the times.
  func likelihood(_ times: LogTimes) -> any ScaleFamilyLikelihood {
    switch self {
    case .exponential: ExponentialLikelihood(times: times)
    case .weibull, .shiftedWeibull: WeibullLikelihood(times: times)
    case .lognormal: LognormalLikelihood(times: times)
    case .gamma: GammaLikelihood(times: times)
    }
  }
}
