internal import ServiceGraph

/// The failure of each capability of a graph over time, from new.
///
/// Roles that move, crews, spares and shared load are Markov chains, followed from the start; all else is renewal
/// processes. The diagram joins them at every time.
struct CapabilityCurves {
  let graph: CompiledGraph
  let failure: FailureNetwork
  let diagram: NetworkDiagram
  let events: EventCurves
  private let changes: [ModuleChanges?]

  /// The most states of a chain of roles that move, from the detail of the long run downwards: following a chain over time
  /// takes more work than solving it.
  private static let stateLimits = [FailoverModule.stateLimit, 2_000, 300]

  init(_ graph: CompiledGraph, horizonHours: Double) throws(SteadyState.TooLarge) {
    self.graph = graph
    let modules = try Self.modules(graph, horizonHours: horizonHours)
    (failure, diagram) = (modules.failure, modules.diagram)
    events = EventCurves(
      failure, needed: modules.needed, modules: modules.curves, horizonHours: horizonHours)
    changes = try ModuleChanges.all(failure, diagram: diagram)
  }

  func curve(ofCapability index: Int) -> SystemCurve {
    SystemCurve(diagram: diagram, root: index, events: events, changes: changes[index])
  }

  /// A time from which no chain changes any more; the horizon where one still does.
  var settledHours: Double { events.modules.reduce(0) { max($0, $1.table.end) } }

  // MARK: Modules

  /// A network with its diagrams, and what its modules do over time.
  private struct Modules {
    let failure: FailureNetwork
    let diagram: NetworkDiagram
    let curves: [ModuleCurve]

    /// For each variable, whether some capability depends on it.
    var needed: [Bool] {
      var needed = [Bool](repeating: false, count: failure.events.count)
      for root in failure.graph.capabilities.indices {
        for variable in diagram.support(ofRoot: root) { needed[variable] = true }
      }
      for module in failure.failovers {
        for variable in module.shared.flatMap({ failure.variables(ofShared: $0) }) { needed[variable] = true }
      }
      return needed
    }
  }

  private static func modules(
    _ graph: CompiledGraph, horizonHours: Double
  ) throws(SteadyState.TooLarge) -> Modules {
    let groups = try DependentModule.all(graph)
    var reason = ""
    for limit in stateLimits {
      let failovers = FailoverModule.all(graph, stateLimit: limit, isFromNew: true)
      let failure = FailureNetwork(graph, modules: groups, failovers: failovers)
      let diagram = try NetworkDiagram.ofCapabilities(failure)
      do throws(MarkovChain.Unsolved) {
        return Modules(
          failure: failure, diagram: diagram, curves: try curves(failure, horizonHours: horizonHours))
      } catch {
        reason = error.overTimeReason
      }
      if failovers.isEmpty { break }
    }
    throw SteadyState.TooLarge(nodeLimit: 0, unsolvedChain: reason)
  }

  /// What the modules do over time: those of roles that move, then those of dependent groups.
  private static func curves(
    _ failure: FailureNetwork, horizonHours: Double
  ) throws(MarkovChain.Unsolved) -> [ModuleCurve] {
    var curves: [ModuleCurve] = []
    for (module, variables) in zip(failure.failovers, failure.variablesOfFailovers) {
      curves.append(try module.curve(variables: variables, horizonHours: horizonHours))
    }
    for (module, variables) in zip(failure.modules, failure.variablesOfModule) {
      curves.append(try module.curve(variables: variables.outcomeVariables, horizonHours: horizonHours))
    }
    return curves
  }

  // MARK: What is not exact

  /// What is not exact about a capability's curve.
  func approximations(ofCapability index: Int) -> [String] {
    var found = graph.simulatedOnly(ofCapability: index, .overTime)
    for variable in diagram.support(ofRoot: index) {
      for note in notes(variable) where !found.contains(note) { found.append(note) }
    }
    let causes = diagram.support(ofRoot: index).flatMap { failure.events[$0].processes }.map {
      graph.processes[$0].cause
    }
    for note in graph.watchNotes(ofCauses: Set(causes)) where !found.contains(note) { found.append(note) }
    return found + graph.policiesLeftOut(ofCapability: index)
  }

  private func notes(_ variable: Int) -> [String] {
    switch failure.events[variable].kind {
    case .moving(let role, _, _):
      [
        "failover of \(graph.movingRoles[role].name): the mean role outage as a constant share of the outage that "
          + "causes it"
      ]
    case .leaving(let process, _, _):
      [
        "\(graph.causes[graph.processes[process].cause]): units that leave are held for a constant share of the outage"
      ]
    case .starting: []
    case .dependent(let group, _): failure.modules[group].approximations
    case .outcome(let outcome): failure.failovers[outcome.module].module.approximations
    case .processes(let indices):
      indices.map { graph.processes[$0] }.filter { $0.uptime == nil || $0.outage.isEmpty }.map {
        "\($0.name): only its availability is known, so it counts as steady from the start"
      } + blurNotes(variable, indices)
    }
  }

  /// Up times of single values leave spikes that a lattice spreads over its steps: means are right, instants are not.
  private func blurNotes(_ variable: Int, _ processes: [Int]) -> [String] {
    guard case .anyOf(let numbers) = events.sources[variable] else { return [] }
    return zip(numbers, processes).compactMap { number, index in
      let process = graph.processes[index]
      let curve = events.curves[number]
      // Each failure holds its units for the share of time over how often it comes.
      guard let frequency = curve.steadyFrequency, curve.blurHours * frequency > curve.steadyState / 4 else {
        return nil
      }
      return
        "\(process.name): up for single values, so from the second outage on means over several outages are right, "
        + "not single instants, nor how it coincides with another such process"
    }
  }
}

extension NetworkDiagram {
  /// The failure of each capability.
  static func ofCapabilities(_ failure: FailureNetwork) throws(SteadyState.TooLarge) -> NetworkDiagram {
    do throws(BinaryDecisionDiagram.TooLarge) {
      return try NetworkDiagram(failure.network, roots: failure.capabilityFailures)
    } catch {
      throw SteadyState.TooLarge(nodeLimit: error.nodeLimit)
    }
  }
}

extension MarkovChain.Unsolved {
  fileprivate var overTimeReason: String {
    switch self {
    case .notConverged(let states, _): "a chain of \(states) states did not settle"
    case .tooStiff(let states, _):
      "a chain of \(states) states has too many fast moves to be followed over time"
    }
  }
}
