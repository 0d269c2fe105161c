import Stochastics
import Testing

/// More worked examples of textbooks and handbooks, each held to the digits that are printed, then to further digits computed
/// with scipy 1.17.
@Suite("Statistics as published elsewhere")
struct PublishedStatisticsTests {
  struct Value: Sendable, CustomStringConvertible {
    let name: String
    let source: String
    /// As it is printed, and by how much the last digit may be off.
    let printed: (value: Double, slack: Double)
    let digits: Double
    let computed: @Sendable () throws -> Double

    init(
      _ name: String, _ source: String, _ printed: (Double, Double), _ digits: Double,
      _ computed: @escaping @Sendable () throws -> Double
    ) {
      (self.name, self.source, self.printed, self.digits) = (name, source, printed, digits)
      self.computed = computed
    }

    var description: String { name }
  }

  /// Ten repairs of a system watched for 1,500 h.
  private static let repairs = [5.0, 40, 43, 175, 389, 712, 747, 795, 1299, 1478]
  private static let shocks = "Meeker and Escobar 1998, shock absorbers, table 8.1 and section 8.3"
  private static let trend = "NIST/SEMATECH e-Handbook 8.2.3.4 and 8.4.5.2"
  private static let drug = "Freireich et al. 1963, 6-MP; survreg of R"

  private static func record() throws -> EventRecord { try EventRecord(times: repairs, until: 1_500) }

  /// Distances in km of 38 vehicles; 11 absorbers failed.
  private static func shockAbsorbers() throws -> CensoredSample {
    try CensoredSample(
      failures: [6700, 9120, 12200, 13150, 14300, 17520, 20100, 20900, 22700, 26510, 27490],
      censored: [
        6950, 7820, 8790, 9660, 9820, 11310, 11690, 11850, 11880, 12140, 12870, 13330, 13470, 14040, 17540,
        17890, 18450, 18960, 18980, 19410, 20100, 20150, 20320, 23490, 27410, 27890, 28100,
      ])
  }

  private static func mercaptopurine() throws -> CensoredSample {
    try CensoredSample(
      failures: [6, 6, 6, 7, 10, 13, 16, 22, 23], censored: [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35])
  }

  private static func weibull(_ sample: CensoredSample) throws -> Weibull {
    try #require(try LifetimeFit(.weibull, of: sample).law as? Weibull)
  }

  private static func lognormal(_ sample: CensoredSample) throws -> Lognormal {
    try #require(try LifetimeFit(.lognormal, of: sample).law as? Lognormal)
  }

  static let values = [
    Value("MIL-HDBK-189", trend, (37.23, 5e-3), 37.228081483483166) {
      try #require(TrendTest.militaryHandbook189([try record()])).statistic
    },
    Value("Laplace", trend, (-1.33, 5e-3), -1.3269491826491828) {
      try #require(TrendTest.laplace([try record()])).statistic
    },
    Value("Power law, largest likelihood", trend, (0.537, 5e-4), 0.5372288660341876) {
      try #require(CrowAMSAA(try record())).shape
    },
    Value("Power law, unbiased", trend, (0.4835, 5e-5), 0.4835059794307689) {
      try #require(CrowAMSAA(try record())?.unbiasedShape)
    },
    Value("Absorbers, Weibull μ", shocks, (10.23, 5e-3), 10.229863216502533) {
      portableLog(try weibull(shockAbsorbers()).scale)
    },
    Value("Absorbers, Weibull σ", shocks, (0.3164, 5e-5), 0.31640860769637275) {
      1 / (try weibull(shockAbsorbers()).shape)
    },
    Value("Absorbers, lognormal μ", shocks, (10.14, 5e-3), 10.144770696606772) {
      try lognormal(shockAbsorbers()).mu
    },
    Value("Absorbers, lognormal σ", shocks, (0.5301, 5e-5), 0.5300680281419808) {
      try lognormal(shockAbsorbers()).sigma
    },
    Value("Absorbers, ℓ of Weibull", shocks, (-124.0, 5e-2), -123.99536118883309) {
      try LifetimeFit(.weibull, of: shockAbsorbers()).logLikelihood
    },
    Value("6-MP, shape", drug, (1.354, 5e-4), 1.3537345240612546) { try weibull(mercaptopurine()).shape },
    Value("6-MP, scale", drug, (33.77, 5e-3), 33.76515137119527) { try weibull(mercaptopurine()).scale },
    Value("6-MP, ℓ", drug, (-41.66, 5e-3), -41.65867847688154) {
      try LifetimeFit(.weibull, of: mercaptopurine()).logLikelihood
    },
    // Nothing failed in 500 h: T / ln 20 at 95 %.
    Value("No failure in 500 h", "NIST 8.4.5.1", (166.9, 5e-2), 166.9041003476671) {
      try MeanTimeBetweenFailures(failures: 0, exposure: 500).lowerLimit(confidence: 0.95)
    },
    Value("5 failures in 1,000 h, lower", "NIST 8.4.5.1", (95.12, 5e-3), 95.12001136498701) {
      try #require(try MeanTimeBetweenFailures(failures: 5, exposure: 1_000).estimate(confidence: 0.9)).low
    },
    Value("until the fifth failure, lower", "NIST 8.4.5.1", (109.25, 5e-3), 109.2476016152814) {
      try MeanTimeBetweenFailures(failures: 5, exposure: 1_000, end: .failure).limits(confidence: 0.9).low
    },
    // Gamma 2.5 in 10: the next 4 hold none with probability (10 / 14)^2.5.
    Value("Negative binomial, none", "closed form", (0.4312, 5e-5), 0.43120115037169227) {
      try GammaRate(shape: 2.5, exposure: 10).predictiveProbability(of: 0, in: 4)
    },
    Value("Negative binomial, two", "closed form", (0.1540, 5e-5), 0.1540004108470329) {
      try GammaRate(shape: 2.5, exposure: 10).predictiveProbability(of: 2, in: 4)
    },
  ]

  @Test("The printed digits and those behind them", arguments: values)
  func published(value: Value) throws {
    let computed = try value.computed()
    #expect(abs(computed - value.printed.value) <= value.printed.slack, "\(value.source)")
    #expect(relativeError(computed, value.digits) < 1e-7)
  }
}
