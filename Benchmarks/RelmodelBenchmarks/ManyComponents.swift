import ServiceGraph
import Simulation

/// How the cost of an event grows with the number of components.
enum ManyComponents {
  /// A thousand components in 333 groups, all but one needed in each.
  static func thousand(mtbfHours: Int) throws -> CompiledGraph {
    try ThirtyComponents.graph(
      sizes: [Int](repeating: 3, count: 332) + [4],
      fails: "{mtbf: \(mtbfHours) h, lasts: {exponential: 10 h}}")
  }

  /// Prints the time per event of thirty components and of a thousand, as often failing and as often failing in all.
  static func report() throws {
    for (name, graph, years) in [
      ("30 components", try ThirtyComponents(ThirtyComponents.cases[0]).graph, 10_000),
      ("1,000 components, each failing as often", try thousand(mtbfHours: 1696), 200),
      ("1,000 components, together failing as often", try thousand(mtbfHours: 56_533), 4000),
    ] {
      let simulator = Simulator(graph, plan: SimulationPlan(replications: years))
      var best = BestTime()
      for _ in 0..<4 { _ = best.measure { simulator.run() } }
      let events = graph.processes.reduce(0) { $0 + ($1.frequencyPerHour ?? 0) * 8760 * 2 } * Double(years)
      print("  \(name): \(threeDigits(best.seconds / events * 1e9)) ns an event")
    }
  }
}
