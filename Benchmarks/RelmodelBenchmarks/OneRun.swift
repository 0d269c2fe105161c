import ServiceGraph
import Simulation
import Stochastics

/// One simulation and nothing else, for `perf` and callgrind:
/// `relmodel-benchmarks --simulate FOLDER NAME new|steady YEARS`.
struct OneRun {
  private let graph: CompiledGraph
  private let plan: SimulationPlan

  /// Reads what to simulate: the first word of a law of the thirty components, `busy`, `quiet` or `target`.
  init?(_ words: [String]) throws {
    guard words.count == 4, let years = Int(words[3]) else { return nil }
    switch words[1] {
    case "busy": graph = try ManyComponents.thousand(mtbfHours: 1696)
    case "quiet": graph = try ManyComponents.thousand(mtbfHours: 56_533)
    case "target": graph = try JivsTarget(root: words[0]).graph
    case let name:
      guard let one = ThirtyComponents.cases.first(where: { $0.name.hasPrefix(name) }) else { return nil }
      graph = try ThirtyComponents(one).graph
    }
    plan = SimulationPlan(replications: years, start: words[2] == "new" ? .new : .steady)
  }

  /// Prints what it found to the last digit, and the time it took.
  func report() {
    var time = BestTime()
    let result = time.measure { Simulator(graph, plan: plan).run() }
    for capability in result.capabilities {
      print(capability.name, capability.unavailability.value, capability.unservedFraction.value)
    }
    print("\(threeDigits(time.seconds / Double(plan.replications) * 1e6)) µs a system-year")
  }
}
