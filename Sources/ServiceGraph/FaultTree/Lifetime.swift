internal import Stochastics

/// How long something works that nobody repairs; time is in the tree's own unit.
public enum Lifetime: Sendable, Hashable {
  /// At a constant rate.
  case exponential(rate: Double)
  /// A sum of exponential phases at the same rate.
  case erlang(rate: Double, phases: Int)
  /// Weibull, from `location` on.
  case weibull(scale: Double, shape: Double, location: Double)
  /// The logarithm is normal.
  case lognormal(location: Double, spread: Double)

  /// The probability that it has failed by `time`.
  ///
  /// Worked: 1 − exp(−0.5) = 0.3934693 for a rate of 0.5 at time 1.
  public func probability(by time: Double) -> Double {
    guard time > 0 else { return 0 }
    switch self {
    case .exponential(let rate): return rate > 0 ? -portableExpm1(-rate * time) : 0
    case .erlang(let rate, let phases):
      guard rate > 0 else { return 0 }
      guard phases > 1 else { return -portableExpm1(-rate * time) }
      return regularizedGammaP(shape: Double(phases), x: rate * time)
    case .weibull(let scale, let shape, let location):
      guard time > location else { return 0 }
      return -portableExpm1(-portablePower((time - location) / scale, shape))
    case .lognormal(let location, let spread): return normalCDF((portableLog(time) - location) / spread)
    }
  }

  /// The density: failures per time at `time`.
  public func density(at time: Double) -> Double {
    guard time >= 0 else { return 0 }
    switch self {
    case .exponential(let rate): return rate * portableExp(-rate * time)
    case .erlang(let rate, let phases): return Lifetime.erlangDensity(rate, phases, time)
    case .weibull(let scale, let shape, let location):
      let age = (time - location) / scale
      guard age > 0 else { return age == 0 && shape == 1 ? 1 / scale : 0 }
      return shape / scale * portablePower(age, shape - 1) * portableExp(-portablePower(age, shape))
    case .lognormal(let location, let spread):
      guard time > 0 else { return 0 }
      let z = (portableLog(time) - location) / spread
      return 0.3989422804014327 * portableExp(-0.5 * z * z) / (spread * time)
    }
  }

  /// The mean; infinite when it never fails.
  public var mean: Double {
    switch self {
    case .exponential(let rate): 1 / rate
    case .erlang(let rate, let phases): Double(max(1, phases)) / rate
    case .weibull(let scale, let shape, let location):
      location + scale * portableExp(logGamma(1 + 1 / shape))
    case .lognormal(let location, let spread): portableExp(location + spread * spread / 2)
    }
  }

  private static func erlangDensity(_ rate: Double, _ phases: Int, _ time: Double) -> Double {
    guard rate > 0 else { return 0 }
    guard phases > 1 else { return rate * portableExp(-rate * time) }
    guard time > 0 else { return 0 }
    let order = Double(phases - 1)
    return rate * portableExp(order * portableLog(rate * time) - rate * time - logGamma(order + 1))
  }
}
