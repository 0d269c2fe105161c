import ServiceGraph
import Simulation

/// How the cost of an event grows with the number of components.
enum ManyComponents {
  /// Prints the time per event of thirty components and of a thousand, as often failing and as often failing in all.
  static func report() throws {
    let thirty = [3, 3, 3, 3, 3, 3, 4, 4, 4]
    let thousand = [Int](repeating: 3, count: 332) + [4]
    for (name, sizes, mtbf, years) in [
      ("30 components", thirty, 1696, 10_000),
      ("1,000 components, each failing as often", thousand, 1696, 200),
      ("1,000 components, together failing as often", thousand, 56_533, 4000),
    ] {
      let graph = try ThirtyComponents.graph(
        sizes: sizes, fails: "{mtbf: \(mtbf) h, lasts: {exponential: 10 h}}")
      let simulator = Simulator(graph, plan: SimulationPlan(replications: years))
      var best = BestTime()
      for _ in 0..<4 { _ = best.measure { simulator.run() } }
      let events = graph.processes.reduce(0) { $0 + ($1.frequencyPerHour ?? 0) * 8760 * 2 } * Double(years)
      print("  \(name): \(threeDigits(best.seconds / events * 1e9)) ns an event")
    }
  }
}
