import Quantities
import Reliability
import Reports
import Simulation
import Stochastics
import Testing

/// Two engines that are both right are not to contradict each other where outages are few or of very unequal length.
@Suite("Cross-check of few outages")
struct CrossCheckFewTests {
  /// Two equal components of which one is enough: 2 R / M² outages an hour, half a repair long.
  static func pair(mtbf: Double, _ lasts: String = "{exponential: 1 h}") -> String {
    """
    components:
      part: {replicas: {count: 2, required: 1}, fails: {crash: {mtbf: \(mtbf) h, lasts: \(lasts)}}}
    capabilities: {service: {depends-on: {part: hard}}}
    """
  }

  static func check(
    _ exact: String, _ simulated: String, replications: Int = 2000, years: Double = 1, seed: UInt64 = 42
  ) throws -> CrossCheck {
    let plan = SimulationPlan(
      years: years, replications: replications, seed: seed, confidence: CrossCheck.confidence)
    let result = try SteadyState.results(of: ModelText.graph(exact))[0]
    return CrossCheck(exact: result, simulated: try Simulated.result(simulated, plan)["service"])
  }

  static func members(_ check: CrossCheck) -> [String: JSONValue] {
    if case .object(let members) = check.json { members } else { [:] }
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let mtbf: Double, lasts: String, outages: Double
    var testDescription: String { "mtbf \(mtbf) h, lasts \(lasts)" }
  }

  static let skewed = "{lognormal: {median: 30 min, p90: 4 h}}"
  static let hour = "{exponential: 1 h}"

  /// The number of outages in 2,000 years of 8,760 h: 2 R / M² an hour, times the share of time that both are as they
  /// are; R is 1 h, and 1.865 h for the lognormal law.
  static let rows = [
    Row(mtbf: 3500, lasts: hour, outages: 2.86), Row(mtbf: 2000, lasts: hour, outages: 8.75),
    Row(mtbf: 2000, lasts: skewed, outages: 16.3), Row(mtbf: 1200, lasts: hour, outages: 24.3),
    Row(mtbf: 800, lasts: hour, outages: 54.6),
  ]

  /// With 0.1 % each, 0.1 of 100 seeds are contradictions; at the 17 % that a normal law has, 17.
  @Test("few outages contradict nothing that is right", arguments: rows)
  func few(_ row: Row) throws {
    let model = Self.pair(mtbf: row.mtbf, row.lasts)
    let checks = try (1...100).map { try Self.check(model, model, seed: $0) }
    #expect(checks.count { $0.verdict == .outside } <= 1)
    let expected = try #require(checks[0].expectedOutages)
    #expect(abs(expected / row.outages - 1) < 0.01)
    let seen = Double(checks.reduce(0) { $0 + $1.outages })
    #expect(abs(seen - 100 * expected) < 4.5 * (100 * expected).squareRoot())
    #expect(checks.count { $0.verdict == .tooFew } > 90)
  }

  @Test("enough outages are inside, and twice or half as many are outside")
  func enough() throws {
    let model = Self.pair(mtbf: 300)
    let check = try Self.check(model, model)
    #expect(check.verdict == .inside)
    #expect(check.agrees)
    #expect(check.verdictText == "inside the simulation's 99.9 % interval")
    // 389 exponential outages tell as much as half as many of equal length.
    #expect(check.effectiveOutages > 150 && check.effectiveOutages < 250)
    for factor in [2.squareRoot(), 0.5.squareRoot()] {
      #expect(try Self.check(Self.pair(mtbf: 300 * factor), model).verdict == .outside)
    }
  }

  @Test("55 outages contradict twice as many")
  func factorTwo() throws {
    let model = Self.pair(mtbf: 800)
    let twice = Self.pair(mtbf: 800 / 2.squareRoot())
    let found = try (1...20).count { try Self.check(twice, model, seed: $0).verdict == .outside }
    #expect(found >= 18)
  }

  /// 2 R / M² = 12 / 8,760 h for M = 38 h: 24,000 outages in 2,000 years, where 3 are seen.
  @Test("three outages contradict twelve a year")
  func gross() throws {
    let check = try Self.check(Self.pair(mtbf: 38), Self.pair(mtbf: 3500))
    #expect(check.verdict == .outside)
    let text = check.verdictText
    #expect(
      text.hasPrefix(
        "outside the simulation's 99.9 % interval: \(check.outages) outages in 2,000 years, exact"))
    #expect(Self.members(check)["agrees"] == .bool(false))
  }

  @Test("too few outages are neither inside nor outside, and say how many they are")
  func words() throws {
    let model = Self.pair(mtbf: 3500)
    let check = try Self.check(model, model)
    #expect(check.verdict == .tooFew)
    #expect(!check.agrees)
    #expect(check.verdictText == "too few outages (\(check.outages) in 2,000 years) to check")
    #expect(
      Self.members(check)["agrees"] == [
        "unknown": .string("too few outages (\(check.outages) in 2,000 years) to check")
      ])
    #expect(Self.members(check)["verdict"] == "tooFew")
    let heavy = Self.pair(mtbf: 800, Self.skewed)
    let unequal = try Self.check(heavy, heavy)
    #expect(unequal.outages > 60)
    #expect(unequal.verdictText.contains("of equal length) to check"))
    #expect(
      try Self.check(Self.pair(mtbf: 10), Self.pair(mtbf: 10), replications: 1, years: 1000).verdictText
        == "too few replications (1) to check")
  }

  /// Where no frequency is known a replication may be down throughout: none seen in n bounds the share by log(2000) / n.
  @Test("without a frequency, a share that is far larger than any seen is outside")
  func unknownFrequency() throws {
    func known(_ availability: String) -> String {
      """
      components: {part: {fails: {crash: {availability: \(availability)}}}}
      capabilities: {service: {depends-on: {part: hard}}}
      """
    }
    let never = """
      components: {part: {}}
      capabilities: {service: {depends-on: {part: hard}}}
      """
    let limit = try Self.check(known("99.9 %"), never)
    #expect(limit.expectedOutages == nil)
    #expect(limit.verdict == .tooFew)
    #expect(abs(limit.simulated.high * 2000 / 7.600902459542082 - 1) < 1e-6)
    #expect(try Self.check(known("99 %"), never).verdict == .outside)
  }

  @Test("what never fails agrees, and so does what is never up")
  func always() throws {
    let never = """
      components: {part: {}}
      capabilities: {service: {depends-on: {part: hard}}}
      """
    let check = try Self.check(never, never)
    #expect(check.exact == 0 && check.verdict == .inside)
    let failing = try Self.check(never, Self.pair(mtbf: 300))
    #expect(failing.verdict == .outside)
    let down = """
      components: {part: {fails: {crash: {mtbf: 1 s, lasts: 1000000 y}}}}
      capabilities: {service: {depends-on: {part: hard}}}
      """
    let always = try Self.check(down, down)
    #expect(always.exact > 1 - 1e-12 && always.verdict == .inside)
    #expect(try Self.check(Self.pair(mtbf: 300), down).verdict == .outside)
    #expect(try Self.check(down, Self.pair(mtbf: 300)).verdict == .outside)
  }
}
