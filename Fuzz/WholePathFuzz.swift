import Diagnostics
import ModelFormat
import Quantities
import Reliability
import ServiceGraph
import ServiceModel
import Simulation
import Stochastics

/// What one input may ask for before the expensive stages are left out, so that a run tries many inputs.
private enum Budget {
  /// Replicas and generated nodes.
  static let units = 500
  /// Failures in a simulated year.
  static let failures = 2_000.0
  /// Windows of all objectives in a simulated year.
  static let windows = 10_000.0
  /// Units of one component among which roles move: the chain of more may have thousands of states.
  static let holders = 2
}

/// Takes a declaration all the way: grammar, draft, model, graph, both engines.
///
/// Wrong input ends in findings that can be printed; right input ends in numbers that are numbers.
func fuzzWholePath(_ declaration: Declaration, source: SourceText) {
  do {
    guard ModelReader().decoded(declaration).draft.unitCount <= Budget.units else { return }
    let model = try ModelReader().model(from: declaration)
    let (bound, bindings) = try model.binding(history(of: model))
    precondition(bindings.allSatisfy { $0.exposureHours >= 0 })
    fuzzEngines(try CompiledGraph(bound))
  } catch {
    let text = FindingsRenderer().text(error.adding(sources: [source]))
    precondition(!text.isEmpty, "findings that say nothing")
  }
}

/// A history in which the first mode was never seen and the others fail now and then.
private func history(of model: Model) -> [ModeReference: ModeObservation] {
  var observations: [ModeReference: ModeObservation] = [:]
  for (count, reference) in model.incidentReferences.enumerated() {
    observations[reference] = ModeObservation(
      count: count, downtimeHours: Double(count) * 0.5, windowHours: 8760)
  }
  return observations
}

private func fuzzEngines(_ graph: CompiledGraph) {
  for process in graph.processes {
    precondition((0...1).contains(process.unavailability), "\(process.name): \(process.unavailability)")
  }
  guard graph.mostHolders <= Budget.holders else { return fuzzSimulation(graph) }
  guard let results = try? SteadyState.results(of: graph) else { return }
  for result in results {
    precondition((0...1).contains(result.unavailability), "\(result.capability): \(result.unavailability)")
    precondition(result.frequencyPerHour.map { $0 >= 0 } ?? true, "the frequency is no number")
    precondition(result.contributions.allSatisfy { $0.share >= 0 }, "a share is no number")
  }
  fuzzSimulation(graph)
}

private func fuzzSimulation(_ graph: CompiledGraph) {
  let plan = SimulationPlan(replications: 3, seed: 1)
  guard SimulationObstacle.all(of: graph, plan: plan).isEmpty, graph.failuresPerYear <= Budget.failures,
    graph.windowsPerYear <= Budget.windows
  else { return }
  let result = Simulator(graph, plan: plan).run()
  for capability in result.capabilities {
    let value = capability.unavailability.value
    precondition((0...1).contains(value), "\(capability.name): \(value) simulated")
  }
}

extension ModelDraft {
  fileprivate var unitCount: Int {
    let replicas = components.flatMap(\.roles).map(\.count.value)
    let nodes = domains.compactMap { $0.nodes?.count.value }
    return (replicas + nodes).reduce(0) { $0 + min($1, Budget.units + 1) }
  }
}

extension CompiledGraph {
  fileprivate var mostHolders: Int {
    movingRoles.reduce(into: [:]) { $0[$1.component, default: 0] += $1.units.count }.values.max() ?? 0
  }

  fileprivate var failuresPerYear: Double {
    processes.reduce(0) { $0 + 8760 * ($1.frequencyPerHour ?? 0) }
  }

  fileprivate var windowsPerYear: Double {
    model.capabilities.flatMap(\.objectives).reduce(0) { total, objective in
      if case .tumbling(let length) = objective.window { total + 8760 / length.hours } else { total + 12 }
    }
  }
}
