import ModelFormat
import ServiceGraph
import ServiceModel
import Simulation

/// A model as people write them: zones, nodes, roles that move, soft dependencies, objectives, seven capabilities.
struct JivsTarget {
  private static let replications = 5000
  private static let rounds = 5
  /// What `datasets/jivs-incidents` holds, in a window of 182.5 days: incidents, and minutes of downtime.
  private static let seen = [
    "backend/node-failure": (2, 10.0), "connection-pool/exhaustion": (3, 25), "load-balancer/crash": (1, 45),
    "postgresql/query-lock": (4, 15), "redis/out-of-memory": (2, 18),
  ]

  let graph: CompiledGraph

  init(root: String) throws {
    let model = try ModelReader().reading(at: root + "/models/jivs/target.relmodel.yaml").model
    let observations = model.incidentReferences.map { reference in
      let (count, minutes) = Self.seen[reference.description] ?? (0, 0)
      return (reference, ModeObservation(count: count, downtimeHours: minutes / 60, windowHours: 4380))
    }
    graph = try CompiledGraph(
      model.binding(Dictionary(uniqueKeysWithValues: observations)).model)
  }

  /// Prints the shortest time of several runs, per failure: its beginning, its end and what it moves.
  func report() {
    let simulator = Simulator(graph, plan: SimulationPlan(replications: Self.replications))
    var best = BestTime()
    for _ in 0..<Self.rounds { _ = best.measure { simulator.run() } }
    let failures = graph.processes.reduce(0) { $0 + ($1.frequencyPerHour ?? 0) * 8760 }
    let years = Double(Self.replications)
    print(
      "models/jivs/target: \(graph.processes.count) processes, \(threeDigits(failures)) failures a year, "
        + "\(graph.capabilities.count) capabilities, \(Self.replications) years, one thread, best of \(Self.rounds)"
    )
    print("  \(threeDigits(best.seconds / years * 1e6)) µs a system-year")
    print("  \(threeDigits(best.seconds / years / failures * 1e9)) ns a failure")
  }
}
