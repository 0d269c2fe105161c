import Stochastics
import Testing

@Suite("Crow-AMSAA and Duane")
struct CrowAMSAATests {
  static func growth() throws -> CrowAMSAA {
    try #require(CrowAMSAA(EventRecord(untilLastOf: TrendTests.growth)))
  }

  @Test("ReliaWiki's 22 failures: β 0.6142, λ 0.4239, 28.18 h so far and 45.88 h at the end")
  func estimates() throws {
    let process = try Self.growth()
    #expect(relativeError(process.shape, 0.6142103999317297) < 1e-12)
    #expect(relativeError(process.scale, 0.42394221488057504) < 1e-12)
    #expect(relativeError(process.cumulativeMTBF(at: 620), 28.18181818181818) < 1e-12)
    #expect(relativeError(process.instantaneousMTBF(at: 620), 45.88300391030604) < 1e-12)
    #expect(relativeError(try #require(process.unbiasedShape), 0.5583730908470269) < 1e-12)
    #expect(relativeError(process.expectedEvents(by: 620), 22) < 1e-12)
    // ReliaWiki prints 1087.19 h for a cumulative mean of 35 h.
    #expect(relativeError(try #require(process.time(ofCumulativeMTBF: 35)), 1087.1876893695946) < 1e-11)
    #expect(relativeError(try #require(process.time(ofInstantaneousMTBF: 35)), 307.32954774063387) < 1e-11)
  }

  @Test("Large-sample limits, printed by ReliaWiki as 90 % one-sided, so 80 % two-sided")
  func largeSample() throws {
    let printed = try Self.growth().largeSampleEstimates(confidence: 0.8)
    // ReliaWiki rounds the variances, so its limits hold to 1e-3.
    for (estimate, low, high) in [
      (printed.shape, 0.4674, 0.8072), (printed.scale, 0.1393, 1.2904),
      (printed.cumulativeMTBF, 21.447, 37.039),
      (printed.instantaneousMTBF, 31.185, 67.533),
    ] { #expect(relativeError(estimate.low, low) < 2e-3 && relativeError(estimate.high, high) < 2e-3) }
    let computed = try Self.growth().largeSampleEstimates(confidence: 0.9)
    #expect(relativeError(computed.shape.low, 0.43253081343964267) < 1e-9)
    #expect(relativeError(computed.shape.high, 0.8722024042269515) < 1e-9)
    #expect(relativeError(computed.scale.low, 0.10159214489077423) < 1e-9)
    #expect(relativeError(computed.scale.high, 1.76910332733972) < 1e-9)
  }

  @Test("Exact limits of β are 0.3929 to 0.8114; ReliaWiki prints them times 22² / (21 · 20)")
  func shapeLimits() throws {
    let estimate = try Self.growth().shapeEstimate(confidence: 0.9)
    #expect(relativeError(estimate.low, 0.39287199766035974) < 1e-11)
    #expect(relativeError(estimate.high, 0.8113724643093836) < 1e-11)
    let printed = 484.0 / 420
    #expect(abs(estimate.low * printed - 0.4527) < 1e-4 && abs(estimate.high * printed - 0.935) < 1e-4)
  }

  struct Factors: Sendable {
    let count: Int, ending: ObservationEnd, confidence: Double, low: Double, high: Double
    init(_ count: Int, _ ending: ObservationEnd, _ confidence: Double, _ low: Double, _ high: Double) {
      (self.count, self.ending, self.confidence, self.low, self.high) = (count, ending, confidence, low, high)
    }
  }

  /// MIL-HDBK-189 prints for 2 events .261, 18.66 (80 %) and .200, 38.66 (90 %) until a time, .8065, 33.76 and .5552,
  /// 72.67 until an event; for 3 .333, 6.326 and .263, 9.736, and .6840, 8.927 and .5137, 14.24. Further digits from
  /// the conditional and product laws with scipy 1.17.
  @Test(
    "Crow's multipliers of the mean time between events at the end",
    arguments: [
      Factors(2, .time, 0.8, 0.26144695188676415, 18.654881481600775),
      Factors(2, .time, 0.9, 0.19956314181359944, 38.66095834878792),
      Factors(3, .time, 0.8, 0.3325275168951833, 6.326250642047837),
      Factors(3, .time, 0.9, 0.2633436811125625, 9.735955987050952),
      Factors(10, .time, 0.9, 0.47578885853055647, 2.5747856472473),
      Factors(22, .time, 0.9, 0.6057850720452428, 1.7959810955149749),
      Factors(2, .failure, 0.8, 0.8065341971485824, 33.76402070936973),
      Factors(2, .failure, 0.9, 0.5551805602720933, 72.66836192921855),
      Factors(3, .failure, 0.8, 0.6839967882608455, 8.926965841867249),
      Factors(3, .failure, 0.9, 0.5136573918115975, 14.245094257277216),
      Factors(10, .failure, 0.9, 0.5882841823561196, 2.769709805015596),
      Factors(22, .failure, 0.9, 0.6700630918949405, 1.8481186136040177),
    ])
  func multipliers(row: Factors) throws {
    let times = (1...row.count).map { Double($0) }
    let record =
      try row.ending == .time ? EventRecord(times: times, until: 40) : EventRecord(untilLastOf: times)
    let estimate = try #require(CrowAMSAA(record)).instantaneousMTBFEstimate(confidence: row.confidence)
    #expect(relativeError(estimate.low / estimate.value, row.low) < 1e-6)
    #expect(relativeError(estimate.high / estimate.value, row.high) < 1e-6)
  }

  @Test("One event until a time sets no upper limit; five hundred do, near the large-sample one")
  func extremes() throws {
    let one = try #require(CrowAMSAA(EventRecord(times: [3], until: 10))).instantaneousMTBFEstimate(
      confidence: 0.9)
    #expect(one.high == .infinity && one.low > 0 && one.low < one.value)
    for record in try [
      EventRecord(times: (1...500).map { Double($0) }, until: 501),
      EventRecord(untilLastOf: (1...500).map { Double($0) }),
    ] {
      let process = try #require(CrowAMSAA(record))
      let (exact, large) = (
        process.instantaneousMTBFEstimate(confidence: 0.9),
        process.largeSampleEstimates(confidence: 0.9).instantaneousMTBF
      )
      #expect(relativeError(exact.low, large.low) < 0.01 && relativeError(exact.high, large.high) < 0.01)
    }
  }

  @Test("The cumulative mean has the interval of a constant rate")
  func cumulative() throws {
    let process = try #require(CrowAMSAA(EventRecord(times: [100, 500], until: 800)))
    let estimate = process.cumulativeMTBFEstimate(confidence: 0.9)
    #expect(estimate == (try MeanTimeBetweenFailures(failures: 2, exposure: 800).estimate(confidence: 0.9)))
  }

  @Test("The distance of Cramér and von Mises is 0.04928, below the critical 0.172")
  func cramerVonMises() throws {
    // The 0.0003 that a stored copy of the example gives cannot be: 1 / (12 M) alone is 0.004.
    let test = try #require(try Self.growth().cramerVonMises)
    #expect(relativeError(test.statistic, 0.049280671447225755) < 1e-12)
    #expect(test.count == 21 && abs(test.criticalValue - 0.172) < 1e-12 && !test.rejects)
    // All at the start and the end, which no power of time does.
    let bathtub = try EventRecord(times: (1...10).flatMap { [Double($0), 100 - Double($0)] }, until: 100)
    #expect(try #require(CrowAMSAA(bathtub)?.cramerVonMises).rejects)
  }

  /// 4,000 histories of a constant rate.
  @Test(
    "The critical value is exceeded by 10 % of histories, within 4 standard errors and half a point",
    arguments: [3, 8, 25])
  func criticalValue(count: Int) throws {
    var draws = stream("cramer-von-mises \(count)")
    var rejected = 0
    for _ in 0..<4000 {
      let record = try EventRecord(times: (0..<count).map { _ in draws.uniform() }, until: 1)
      if try #require(CrowAMSAA(record)?.cramerVonMises).rejects { rejected += 1 }
    }
    #expect(abs(Double(rejected) / 4000 - 0.1) < 4 * (0.09 / 4000.0).squareRoot() + 0.005, "\(rejected)")
  }

  @Test("ReliaWiki's six groups: β 0.8136, λ 0.4459")
  func grouped() throws {
    let fit = try #require(
      try GroupedCrowAMSAA(counts: [12, 6, 15, 3, 18, 16], ends: [62, 100, 187, 210, 350, 500]))
    #expect(relativeError(fit.shape, 0.8136085396571106) < 1e-9)
    #expect(relativeError(fit.scale, 0.4458543376743833) < 1e-8)
    #expect(abs(fit.chiSquare - 0.6879676) < 1e-6)
    #expect(relativeError(fit.expected.reduce(0, +), 70) < 1e-12)
  }

  @Test("Groups that show no exponent have none; impossible ones are refused")
  func groupedDirty() throws {
    #expect(try GroupedCrowAMSAA(counts: [4, 0], ends: [1, 2]) == nil)
    #expect(try GroupedCrowAMSAA(counts: [0, 4], ends: [1, 2]) == nil)
    #expect(try GroupedCrowAMSAA(counts: [4], ends: [1]) == nil)
    #expect(try GroupedCrowAMSAA(counts: [1, 1], ends: [1e-300, 1e300]) != nil)
    #expect(throws: InvalidParameter.self) { try GroupedCrowAMSAA(counts: [], ends: []) }
    #expect(throws: InvalidParameter.self) { try GroupedCrowAMSAA(counts: [1, 2], ends: [2, 1]) }
    #expect(throws: InvalidParameter.self) { try GroupedCrowAMSAA(counts: [1, -2], ends: [1, 2]) }
    #expect(throws: InvalidParameter.self) { try GroupedCrowAMSAA(counts: [1, 2], ends: [1, .nan]) }
  }

  @Test("Too few events leave no process")
  func few() throws {
    #expect(CrowAMSAA(try EventRecord(times: [], until: 5)) == nil)
    #expect(CrowAMSAA(try EventRecord(times: [5], until: 5)) == nil)
    #expect(CrowAMSAA(try EventRecord(untilLastOf: [5])) == nil)
    #expect(CrowAMSAA(try EventRecord(times: [1], until: 5))?.unbiasedShape == nil)
    #expect(DuaneFit(try EventRecord(times: [4, 4], until: 5)) == nil)
  }

  @Test("Duane's line through a power of time is that power")
  func duane() throws {
    // N(t) = 2 √t at t = (i/2)²: t / i = √t / 2.
    let record = try EventRecord(times: (1...20).map { Double($0 * $0) / 4 }, until: 100)
    let fit = try #require(DuaneFit(record))
    #expect(relativeError(fit.growth, 0.5) < 1e-13 && relativeError(fit.line.determination, 1) < 1e-13)
    #expect(relativeError(fit.cumulativeMTBF(at: 64), 4) < 1e-12)
    #expect(relativeError(try #require(fit.instantaneousMTBF(at: 64)), 8) < 1e-12)
  }
}
