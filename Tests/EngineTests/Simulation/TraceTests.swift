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
      case .service: break
      }
    }
    #expect(last < trace.horizonHours)
    #expect(moves > 0)
  }
}
