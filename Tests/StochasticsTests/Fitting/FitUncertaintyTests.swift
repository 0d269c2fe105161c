import Stochastics
import Testing

@Suite("Draws of laws that data leave possible")
struct FitUncertaintyTests {
  /// The parameters' own errors, and the p90's, which needs their correlation.
  @Test(
    "Logarithms spread by their standard errors, within 4 standard errors",
    arguments: [LifetimeFamily.weibull, .lognormal])
  func spread(family: LifetimeFamily) throws {
    let fit = try LifetimeFit(family, of: FittingExamples.nist.sample())
    var draws = stream("laws \(family)")
    let laws = try (0..<4000).map { _ in try fit.sampleLaw(using: &draws) }
    let readings: [(FittedQuantity, (any Distribution) -> Double)] = [
      (.scale, { ($0 as? Weibull)?.scale ?? ($0 as? Lognormal)?.median ?? 0 }),
      (.shape, { ($0 as? Weibull)?.shape ?? ($0 as? Lognormal)?.sigma ?? 0 }),
    ]
    for (quantity, reading) in readings { try expectSpread(of: laws.map(reading), quantity, fit) }
  }

  private func expectSpread(of values: [Double], _ quantity: FittedQuantity, _ fit: LifetimeFit) throws {
    let error = try #require(fit.standardErrorOfLog(quantity))
    let centre = try #require(fit.estimate(quantity, confidence: 0.5, interval: .wald)).value
    let n = Double(values.count)
    let scores = values.map { portableLog($0 / centre) / error }
    let mean = scores.reduce(0, +) / n
    let squares = scores.reduce(0) { $0 + $1 * $1 } / n
    // Normal scores: the mean has the error 1 / √n, the mean square √(2 / n).
    #expect(abs(mean) < 4 / n.squareRoot() && abs(squares - 1) < 4 * (2 / n).squareRoot(), "\(quantity)")
  }

  @Test("The correlation of scale and shape is that of the information")
  func correlation() throws {
    let fit = try LifetimeFit(.weibull, of: FittingExamples.nist.sample())
    var draws = stream("correlation")
    // log p90 = log scale + log log 10 / shape is linear in both where the errors are small, as with a million times the
    // data.
    let many = try CensoredSample(
      failures: FittingExamples.nist.failures, censored: [500],
      failureCounts: Array(repeating: 1_000_000, count: 10), censoredCounts: [10_000_000])
    let sharp = try LifetimeFit(.weibull, of: many)
    #expect(
      relativeError(
        try #require(sharp.standardErrorOfLog(.p90)) * 1000, try #require(fit.standardErrorOfLog(.p90)))
        < 1e-6)
    let p90 = try (0..<4000).map { _ in try sharp.sampleLaw(using: &draws).quantile(0.9) }
    try expectSpread(of: p90, .p90, sharp)
  }

  @Test("An exponential law varies in its mean only, a gamma law in both")
  func others() throws {
    let sample = try FittingExamples.nist.sample()
    var draws = stream("others")
    let exponential = try LifetimeFit(.exponential, of: sample)
    let means = try (0..<4000).map { _ in try exponential.sampleLaw(using: &draws).mean }
    try expectSpread(of: means, .mean, exponential)
    let gamma = try LifetimeFit(.gamma, of: sample)
    let shapes = try (0..<4000).map { _ in (try gamma.sampleLaw(using: &draws) as? Gamma)?.shape ?? 0 }
    try expectSpread(of: shapes, .shape, gamma)
  }
}
