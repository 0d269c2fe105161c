import Stochastics
import Testing

@Suite("Invalid parameters")
struct InvalidParameterTests {
  static let negativeOrWorse: [Double] = [-1, -.infinity, .infinity, .nan]

  @Test("A number that is not positive and finite is refused", arguments: negativeOrWorse + [0])
  func notPositive(bad: Double) {
    let attempts: [() throws -> any Distribution] = [
      { try Exponential(mean: bad) }, { try Weibull(shape: bad, scale: 1) },
      { try Weibull(shape: 1, scale: bad) }, { try Weibull(shape: 1, mean: bad) },
      { try Lognormal(mu: 0, sigma: bad) }, { try Lognormal(median: bad, p90: 3) },
      { try Lognormal(median: 1, p90: bad) }, { try Lognormal(mean: bad, standardDeviation: 1) },
      { try Lognormal(mean: 1, standardDeviation: bad) }, { try Lognormal(median: bad, errorFactor: 2) },
      { try Lognormal(median: 1, errorFactor: bad) }, { try Gamma(shape: bad, scale: 1) },
      { try Gamma(shape: 1, scale: bad) }, { try Gamma(shape: 1, mean: bad) },
      { try Uniform(minimum: 0, maximum: bad) }, { try Triangular(minimum: 0, mode: 0, maximum: bad) },
      { try PERT(minimum: 0, mode: 0, maximum: bad) },
      { try PERT(minimum: 0, mode: 1, maximum: 2, lambda: bad) }, { try Empirical(values: [bad]) },
      { try Empirical(values: [1], weights: [bad]) },
      { try Mixture(weights: [bad], components: [try Exponential(mean: 1)]) },
    ]
    for attempt in attempts { #expect(throws: InvalidParameter.self) { try attempt() } }
  }

  @Test("A number that is negative or not finite is refused where 0 is allowed", arguments: negativeOrWorse)
  func negative(bad: Double) {
    let attempts: [() throws -> any Distribution] = [
      { try Deterministic(value: bad) }, { try Uniform(minimum: bad, maximum: 3) },
      { try Triangular(minimum: bad, mode: 1, maximum: 3) },
      { try PERT(minimum: bad, mode: 1, maximum: 3) }, { try Empirical(values: [1, bad]) },
      { try Empirical(values: [1, 2], weights: [1, bad]) },
    ]
    for attempt in attempts { #expect(throws: InvalidParameter.self) { try attempt() } }
    #expect(throws: Never.self) { try Deterministic(value: 0) }
  }

  @Test("Parameters that do not go together are refused")
  func contradictions() {
    let attempts: [() throws -> any Distribution] = [
      { try Lognormal(median: 3, p90: 3) }, { try Lognormal(median: 1, errorFactor: 1) },
      { try Lognormal(mu: .nan, sigma: 1) }, { try Lognormal(mu: 0, sigma: 60) },
      { try Weibull(shape: 0.01, scale: 1) }, { try Uniform(minimum: 2, maximum: 2) },
      { try Triangular(minimum: 1, mode: 5, maximum: 4) },
      { try PERT(minimum: 1, mode: 0.5, maximum: 4) }, { try PERT(minimum: 1, mode: .nan, maximum: 4) },
      { try Empirical(values: []) }, { try Empirical(values: [0, 0]) },
      { try Empirical(values: [1], weights: [1, 2]) }, { try Empirical(values: [1], weights: [0]) },
      { try Mixture(weights: [], components: []) },
      { try Mixture(weights: [1], components: [try Deterministic(value: 0)]) },
    ]
    for attempt in attempts { #expect(throws: InvalidParameter.self) { try attempt() } }
  }

  @Test("The message says what was found and what was expected")
  func messages() {
    #expect(
      throws: InvalidParameter(message: "the Weibull shape is -2; it must be a number greater than 0")
    ) { try Weibull(shape: -2, scale: 1) }
    #expect(
      throws: InvalidParameter(
        message: "the number of weights is 2; it must be 1, one for each observed value")
    ) { try Empirical(values: [1], weights: [1, 2]) }
    #expect(
      throws: InvalidParameter(
        message:
          "the lognormal p90 is not a number and the median 1.5; the p90 must be greater than the median")
    ) { try Lognormal(median: 1.5, p90: .nan) }
  }
}
