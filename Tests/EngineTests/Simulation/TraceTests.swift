import Simulation
import Stochastics
import Testing

@Suite("Traces")
struct TraceTests {
  static let plan = SimulationPlan(replications: 60, seed: 5)

  /// The hours that a capability was down in a trace.
  static func downtime(_ trace: ReplicationTrace, capability: Int) -> Double {
    var hours = 0.0
    var began: Double?
    for event in trace.events {
      guard case .service(capability, let isDown, _) = event.kind else { continue }
      if let start = began { hours += event.hours - start }
      began = isDown ? event.hours : nil
    }
    return hours + (began.map { trace.horizonHours - $0 } ?? 0)
  }

  /// Overlaps, roles that move, soft losses, unnoticed units: the stories of all replications add up to the result.
  @Test("the traces of all replications add up to the downtime of the run", arguments: [0, 1])
  func addUp(_ capability: Int) throws {
    let simulator = Simulator(try ModelText.graph(DeterminismTests.model), plan: Self.plan)
    let whole = simulator.run().capabilities[capability].unavailability.value * 8760
    let told = (0..<60).map { Self.downtime(simulator.trace(replication: $0), capability: capability) }
    let mean = told.reduce(0, +) / 60
    #expect(whole > 0)
    #expect(abs(mean - whole) <= 1e-9 * whole)
  }

  @Test("events stand in time, and what is restored had failed")
  func order() throws {
    let trace = Simulator(try ModelText.graph(DeterminismTests.model), plan: Self.plan).trace(replication: 7)
    var down: Set<Int> = []
    var last = 0.0
    var moves = 0
    for event in trace.events {
      #expect(event.hours >= last)
      last = event.hours
      switch event.kind {
      case .failure(let process, _, _): #expect(down.insert(process).inserted)
      case .restoration(let process): #expect(down.remove(process) != nil)
      case .noticed(let process): #expect(down.contains(process))
      case .roleMoved: moves += 1
      case .service, .starting, .started, .carried, .rescheduled, .planned, .scales, .scaled, .addsNodes,
        .nodesRun:
        break
      case .repair, .response, .spare, .role, .dependency, .queue: break
      }
    }
    #expect(last < trace.horizonHours)
    #expect(moves > 0)
  }
}

extension TraceTests {
  @Test("the worst replication is the one whose story has the most downtime", arguments: [0, 1])
  func worst(_ capability: Int) throws {
    let simulator = Simulator(try ModelText.graph(DeterminismTests.model), plan: Self.plan)
    let worst = try #require(simulator.run().capabilities[capability].worst)
    let told = (0..<60).map { Self.downtime(simulator.trace(replication: $0), capability: capability) }
    let most = try #require(told.max())
    #expect(abs(worst.hours - most) <= 1e-9 * most)
    #expect(abs(told[worst.replication] - most) <= 1e-9 * most)
  }

  /// Two copies in two zones of which one fails ten times as often as the other, a part in no zone, and a shock to both.
  @Test("downtime is counted for the zone in which its outage began")
  func places() throws {
    let text = """
      domains: {za: {kind: zone}, zb: {kind: zone}}
      components:
        left: {in: za, fails: {crash: {mtbf: 100 h, lasts: 1 h}}}
        right: {in: zb, fails: {crash: {mtbf: 1000 h, lasts: 1 h}}}
        outside: {fails: {crash: {mtbf: 500 h, lasts: 1 h}}}
        pair: {replicas: {count: 2, required: 1, spread: zones}, fails: {shock: {scope: component, mtbf: 2000 h, lasts: 1 h}}}
      capabilities: {service: {depends-on: {left: hard, right: hard, outside: hard, pair: hard}}}
      """
    let result = try Simulated.result(
      text, SimulationPlan(replications: 400, seed: 9, confidence: Simulated.fourAndAHalf))
    let places = result["service"].places
    #expect(places.map(\.place) == ["za", "zb", "several zones at once", "in no zone"])
    #expect(abs(places.reduce(0) { $0 + $1.share } - 1) < 1e-12)
    // Outages hardly ever overlap, so shares are as the rates: 20 : 2 : 1 : 4 of 27.
    for (place, expected) in zip(places, [20.0 / 27, 2.0 / 27, 1.0 / 27, 4.0 / 27]) {
      let outages = 400 * 8760 * 0.0135
      #expect(
        abs(place.share - expected) <= 4.5 * (expected * (1 - expected) / outages).squareRoot() + 0.01
          * expected)
    }
  }
}
