import Stochastics
import Testing

@Suite("Pooled rates")
struct PooledRatesTests {
  /// Failures of ten pumps in thousands of hours, Gaver and O'Muircheartaigh 1987.
  static func pumps() throws -> PooledRates {
    let hours = [94.3, 15.7, 62.9, 126, 5.24, 31.4, 1.05, 1.05, 2.1, 10.5]
    return try PooledRates(
      zip([5, 1, 5, 14, 3, 19, 1, 1, 4, 22], hours).map { try EventCount(events: $0, exposure: $1) })
  }

  @Test("The best law of the ten pumps has shape 0.823 and 1.262, computed with scipy 1.17")
  func best() throws {
    let pumps = try Self.pumps()
    let law = try #require(pumps.commonLaw)
    #expect(relativeError(law.shape, 0.8229650589451153) < 1e-6)
    #expect(relativeError(law.exposure, 1.2616532742872777) < 1e-6)
    #expect(relativeError(pumps.commonMean, 0.652290986531159) < 1e-6)
    #expect(relativeError(try #require(pumps.empiricalBayes(1)).mean, 0.10747567) < 1e-6)
    #expect(relativeError(try #require(pumps.empiricalBayes(9)).mean, 1.94045552) < 1e-6)
  }

  /// The same integral on 800 × 2,801 points with numpy 2.4 and scipy 1.17.
  @Test(
    "With the law's uncertainty",
    arguments: [
      (0, 0.060796591105763464, 0.025753470341978096, 0.10772667663547975, 0.013677416924254735),
      (1, 0.10616653023413646, 0.014688081287717687, 0.26357880603918254, 0.07511656775576378),
      (6, 0.8164116078659729, 0.11485364827301679, 2.0981553414186416, 0.5059792793625125),
      (9, 1.93869825247852, 1.3034559059748727, 2.680430947421601, 0.1070586366648138),
    ])
  func hierarchical(pump: Int, mean: Double, low: Double, high: Double, shrinkage: Double) throws {
    let pumps = try Self.pumps()
    let estimate = pumps.rateEstimate(pump, confidence: 0.9)
    #expect(relativeError(estimate.value, mean) < 2e-3)
    #expect(relativeError(estimate.low, low) < 2e-3 && relativeError(estimate.high, high) < 2e-3)
    #expect(relativeError(pumps.shrinkage(pump), shrinkage) < 1e-2)
  }

  @Test("A new pump's rate: median 0.402, at 90 % from 0.0082 to 2.73")
  func newComponent() throws {
    let estimate = try Self.pumps().newComponentEstimate(confidence: 0.9)
    #expect(relativeError(estimate.value, 0.4023178959) < 1e-2)
    #expect(
      relativeError(estimate.low, 0.00822756818) < 3e-2 && relativeError(estimate.high, 2.733286843) < 1e-2)
  }

  @Test(
    "5 % of draws lie beyond each limit of the 90 % interval, within 4 standard errors",
    arguments: [0, 1, 9, nil])
  func draws(pump: Int?) throws {
    let pumps = try Self.pumps()
    let estimate =
      pump.map { pumps.rateEstimate($0, confidence: 0.9) } ?? pumps.newComponentEstimate(confidence: 0.9)
    var draws = stream("pumps")
    let rates = (0..<4000).map { _ in pumps.sampleRate(pump, using: &draws) }
    let bound = 4 * (0.05 * 0.95 / 4000).squareRoot()
    for beyond in [rates.filter { $0 < estimate.low }.count, rates.filter { $0 > estimate.high }.count] {
      #expect(abs(Double(beyond) / 4000 - 0.05) < bound)
    }
  }

  @Test("Components alike share one rate; their intervals are wider than of the sum, narrower than alone")
  func alike() throws {
    let components = try (0..<8).map { _ in try EventCount(events: 4, exposure: 100) }
    let pooled = try PooledRates(components)
    #expect(pooled.commonLaw == nil && pooled.bestSpread == 0 && pooled.empiricalBayes(0) == nil)
    #expect(pooled.commonMean == 0.04)
    let estimate = pooled.rateEstimate(0, confidence: 0.9)
    let alone = try GammaRate.jeffreys.updated(events: 4, exposure: 100).rateEstimate(confidence: 0.9)
    let together = try GammaRate.jeffreys.updated(events: 32, exposure: 800).rateEstimate(confidence: 0.9)
    #expect(estimate.halfWidth < alone.halfWidth && estimate.halfWidth > together.halfWidth)
    #expect(relativeError(estimate.value, 0.04) < 0.02)
  }

  @Test("A component without an event gets a rate above 0, one with many keeps its own")
  func extremes() throws {
    let pooled = try PooledRates(
      [(0, 50.0), (3, 60), (5, 40), (400, 1000)].map { try EventCount(events: $0.0, exposure: $0.1) })
    let none = pooled.rateEstimate(0, confidence: 0.9)
    #expect(none.low > 0 && none.value > 0 && none.value < 0.06)
    #expect(relativeError(pooled.rateEstimate(3, confidence: 0.9).value, 0.4) < 0.02)
  }

  @Test("What cannot be pooled is refused")
  func dirty() throws {
    let quiet = try EventCount(events: 0, exposure: 5)
    #expect(throws: InvalidParameter.self) { try PooledRates([]) }
    #expect(throws: InvalidParameter.self) { try PooledRates([EventCount(events: 3, exposure: 5)]) }
    #expect(throws: InvalidParameter.self) { try PooledRates([quiet, quiet]) }
    #expect(throws: InvalidParameter.self) { try EventCount(events: -1, exposure: 5) }
    #expect(throws: InvalidParameter.self) { try EventCount(events: 1, exposure: .nan) }
  }

  /// 40 groups of twelve components from a gamma law.
  @Test("90 % intervals hold the rates as often as they say, within 4 standard errors and a point")
  func coverage() throws {
    let law = try Gamma(shape: 2, scale: 0.5)
    var draws = stream("pooled rates")
    var (held, count) = (0, 0)
    for _ in 0..<25 {
      let rates = (0..<12).map { _ in law.sample(using: &draws) }
      let components = try rates.map { rate in
        var (events, now) = (0, draws.standardExponential() / rate)
        while now < 3 {
          events += 1
          now += draws.standardExponential() / rate
        }
        return try EventCount(events: events, exposure: 3)
      }
      let pooled = try PooledRates(components)
      for index in 0..<3 {
        let estimate = pooled.rateEstimate(index, confidence: 0.9)
        count += 1
        if estimate.low <= rates[index], rates[index] <= estimate.high { held += 1 }
      }
    }
    #expect(
      abs(Double(held) / Double(count) - 0.9) < 4 * (0.09 / Double(count)).squareRoot() + 0.01, "\(held)")
  }
}
