import Stochastics

/// Laws that the tests run over, with the densities' odd corners: shapes on both sides of 1, modes at a
/// bound.
enum Examples {
  static let continuous: [any Distribution] = build {
    [
      try Exponential(mean: 720), try Weibull(shape: 0.6, scale: 100), try Weibull(shape: 1.5, mean: 90),
      try Weibull(shape: 4, scale: 2), try Lognormal(mu: 1, sigma: 0.8),
      try Lognormal(median: 2, errorFactor: 5), try Lognormal(median: 1, p90: 4),
      try Lognormal(mean: 8, standardDeviation: 2), try Gamma(shape: 0.4, scale: 10),
      try Gamma(shape: 2.5, scale: 4), try Gamma(shape: 30, mean: 3), try Uniform(minimum: 0, maximum: 3),
      try Uniform(minimum: 1, maximum: 4), try Triangular(minimum: 1, mode: 2, maximum: 6),
      try Triangular(minimum: 0, mode: 0, maximum: 2), try Triangular(minimum: 3, mode: 5, maximum: 5),
      try PERT(minimum: 1, mode: 2, maximum: 6), try PERT(minimum: 0, mode: 0, maximum: 4),
      try PERT(minimum: 4, mode: 7, maximum: 8, lambda: 6),
      try Mixture(
        weights: [3, 1],
        components: [try Exponential(mean: 1), try Triangular(minimum: 4, mode: 8, maximum: 9)]),
    ]
  }

  static let discrete: [any Distribution] = build {
    [
      try Deterministic(value: 4), try Empirical(values: [5, 1, 2, 2, 9]),
      try Empirical(values: [0, 3, 8], weights: [2, 5, 1]),
      try Mixture(
        weights: [1, 2], components: [try Deterministic(value: 1), try Empirical(values: [2, 7])]),
    ]
  }

  static let all = continuous + discrete

  private static func build(_ make: () throws -> [any Distribution]) -> [any Distribution] {
    do { return try make() } catch { preconditionFailure("\(error)") }
  }
}
