import Reliability
import Reports
import ServiceGraph
import Simulation
import Stochastics
import Testing

@Suite("Cross-check")
struct CrossCheckTests {
  static let failover = """
    components:
      ledger:
        roles: {writer: {count: 1}, standby: {count: 1, required: 0}}
        failover: {writer: {from: [standby], takes: 5 min}}
        fails: {instance: {mtbf: 400 h, lasts: 4 h}}
    capabilities: {service: {depends-on: {ledger/writer: hard}}}
    """
  static let plain = """
    components: {part: {fails: {crash: {mtbf: 400 h, lasts: 4 h}}}}
    capabilities: {service: {depends-on: {part: hard}}}
    """
  static let exponential = plain.split(separator: "lasts: 4 h").joined(separator: "lasts: {exponential: 4 h}")

  static func check(_ exact: String, _ simulated: String) throws -> CrossCheck {
    let plan = SimulationPlan(replications: 2000, seed: 9, confidence: CrossCheck.confidence)
    let result = try SteadyState.results(of: ModelText.graph(exact))[0]
    return CrossCheck(exact: result, simulated: try Simulated.result(simulated, plan)["service"])
  }

  @Test("the engines agree on one model")
  func agrees() throws {
    let check = try Self.check(Self.plain, Self.plain)
    #expect(check.agrees)
    #expect(!check.isApproximate)
    #expect(check.capability == "service")
    #expect(abs(check.exact - 4.0 / 404) < 1e-15)
    #expect(check.simulated.confidence == CrossCheck.confidence)
  }

  @Test("a difference is seen: one engine on a model with 10 % more failures")
  func disagrees() throws {
    let other = Self.plain.split(separator: "400 h").joined(separator: "360 h")
    #expect(try !Self.check(Self.plain, other).agrees)
    #expect(try !Self.check(other, Self.plain).agrees)
  }

  @Test("hardly ever up: the interval stays between 0 and 1", arguments: [1, 2, 3, 4, 5])
  func hardlyEverUp(seed: UInt64) throws {
    let text = """
      components: {part: {fails: {crash: {mtbf: 1 s, lasts: 1000 h}}}}
      capabilities: {service: {depends-on: {part: hard}}}
      """
    let plan = SimulationPlan(replications: 300, seed: seed, confidence: CrossCheck.confidence)
    let result = try SteadyState.results(of: ModelText.graph(text))[0]
    let check = CrossCheck(exact: result, simulated: try Simulated.result(text, plan)["service"])
    #expect(abs(check.exact - 3_600_000.0 / 3_600_001) < 1e-12)
    #expect(check.simulated.low >= 0 && check.simulated.high <= 1)
  }

  @Test("failover is called an approximation")
  func approximation() throws {
    #expect(try Self.check(Self.failover, Self.failover).isApproximate)
  }
}
