import Resilience
import ServiceGraph
import Simulation
import Stochastics
import Testing

/// Two callees on one request pool in a model.
@Suite("Callees that share a caller's slots, simulated")
struct SharedPoolModelTests {
  static func model(_ payments: String, _ search: String, slots: Int = 60, order: Bool = true) -> String {
    let calls = [
      "payments: {soft: 10 %, timeout: 10 s, traffic: {calls: 20 /s}}",
      "search: {soft: 10 %, timeout: 10 s, traffic: {calls: 10 /s}}",
    ]
    return """
      pools: {web: {of: shop, kind: threads, size: \(slots), serves: requests}}
      components:
        shop: {depends-on: {\((order ? calls : calls.reversed()).joined(separator: ", "))}}
        payments: {fails: {stuck: {lifetime: {deterministic: \(payments)}, lasts: 30 s, fails-by: hangs}}}
        search: {fails: {stuck: {lifetime: {deterministic: \(search)}, lasts: 30 s, fails-by: hangs}}}
      capabilities: {service: {depends-on: {shop: hard}}}
      """
  }

  static let refused = erlangB(offered: 300, servers: 60)

  /// Nothing is random but which comes first. Both hang at once: full after 60 / 30 s, nobody leaves before 10 s, and then
  /// Erlang's loss of 300 in 60 slots for 20 s. Hanging calls lose 10 % each of what is left.
  @Test("two that hang at once fill the slots together", arguments: [true, false])
  func together(_ order: Bool) throws {
    let result = try Simulated.once(Self.model("100 h", "100 h", order: order), years: 0.02)
    let service = result["service"]
    #expect(abs(service.downtimeHours(years: 0.02) * 3600 - 8) < 0.02)
    // All lost for 8 s; 0.9² served of what is not refused for 20 s; 0.9² before it is full.
    let unserved = 8 + 20 * (1 - (1 - Self.refused) * 0.81) + 2 * (1 - 0.81)
    #expect(abs(service.unservedHours(years: 0.02) * 3600 - unserved) < 0.05)
    #expect(abs(result.edges.reduce(0) { $0 + $1.cascadesCaused.value } * 0.02 - 1) < 1e-9)
    let full = result.edges.reduce(0) { $0 + $1.callerDownHours.value } * 0.02 * 3600
    #expect(abs(full - (8 + 20 * Self.refused)) < 0.02)
  }

  /// 200 calls of one and 100 of the other never fill 250 slots alone.
  @Test("callees that hang at different times do not fill what they would fill together")
  func apart() throws {
    let apart = try Simulated.once(Self.model("100 h", "110 h", slots: 250), years: 0.02)
    #expect(apart["service"].downtimeHours() == 0)
    let together = try Simulated.once(Self.model("100 h", "100 h", slots: 250), years: 0.02)
    // Full after 250 / 30 s, until the first leave.
    #expect(abs(together["service"].downtimeHours(years: 0.02) * 3600 - (10 - 250.0 / 30)) < 0.02)
  }

  @Test("a trace tells when they are full")
  func traced() throws {
    let graph = try ModelText.graph(Self.model("100 h", "100 h"))
    let plan = SimulationPlan(years: 0.02, replications: 1, start: .new)
    let told = Simulator(graph, plan: plan).trace(replication: 0).events.compactMap {
      event -> (Double, DependencyStep)? in
      guard case .dependency(_, let step) = event.kind else { return nil }
      return ((event.hours - 100) * 3600, step)
    }
    let full = told.compactMap { seconds, step -> [Double]? in
      guard case .callerFills(let share) = step else { return nil }
      return [seconds, share]
    }
    #expect(full.count == 2)
    for (seen, expected) in zip(full, [[2, 1], [10, Self.refused]]) {
      #expect(abs(seen[0] - expected[0]) < 0.01 && abs(seen[1] - expected[1]) < 1e-9)
    }
    let free = told.filter { $0.1 == .callerIsFree }
    #expect(free.count == 1 && abs((free.first?.0 ?? 0) - 30) < 0.01)
  }
}
