internal import ServiceGraph
internal import ServiceModel

/// The failures of a service graph as a coherent function of single failures: what minimal sets are made of.
///
/// Roles that move, and positions that a spare fills, are down for the shares of `FailureShares`. Units that depend on
/// each other are events like any other; how likely several of them are together is the chain's to say.
struct ServiceSets {
  let graph: CompiledGraph
  let failure: FailureNetwork
  /// One root for each capability.
  let diagram: NetworkDiagram
  let probabilities: [Double]
  let modules: [DependentModule]
  /// For each variable: its joint law, −1 for an event that is independent of the others.
  let lawOfVariable: [Int]
  private let shares: FailureShares

  /// - Parameters:
  ///   - failovers: the graph's components with failover, solved.
  ///   - modules: the graph's dependent groups, solved.
  init(
    _ graph: CompiledGraph, failovers: [FailoverModule], modules: [DependentModule]
  ) throws(SteadyState.TooLarge) {
    self.graph = graph
    self.modules = modules
    shares = FailureShares(graph, failovers: failovers, modules: modules)
    failure = FailureNetwork(graph, modules: [], moves: .shares(shares))
    do throws(BinaryDecisionDiagram.TooLarge) {
      diagram = try NetworkDiagram(failure.network, roots: failure.capabilityFailures)
    } catch {
      throw SteadyState.TooLarge(nodeLimit: error.nodeLimit)
    }
    let counts = shares.counts
    var probabilities = failure.probabilities
    let laws = failure.events.map { event in event.processes.first.flatMap { counts[$0] } ?? -1 }
    // One member alone has the marginal probability of the chain.
    let single = JointProbabilities(modules, isUp: false)
    for variable in probabilities.indices where laws[variable] >= 0 {
      var members = [Int](repeating: 0, count: single.laws.count)
      members[laws[variable]] = 1
      probabilities[variable] = single.probability(members)
    }
    self.probabilities = probabilities
    lawOfVariable = laws
  }

  /// Solves the chains first.
  init(_ graph: CompiledGraph) throws(SteadyState.TooLarge) {
    try self.init(graph, failovers: FailoverModule.all(graph), modules: DependentModule.all(graph))
  }

  /// Whether events of some sets depend on each other.
  func hasJointEvents(_ support: [Int]) -> Bool { support.contains { lawOfVariable[$0] >= 0 } }

  /// Whether moves of roles or takeovers of spares are in some sets, which enter as shares of an outage.
  func hasShares(_ support: [Int]) -> Bool {
    support.contains {
      switch failure.events[$0].kind {
      case .moving, .leaving: true
      case .processes, .starting, .dependent, .outcome: failure.waits[$0] != nil
      }
    }
  }

  /// What people call each variable: `api/1/crash`, or `api/1/(crash, leak)` when several failures do the same.
  var names: [String] { failure.events.indices.map { name($0) } }

  private func name(_ variable: Int) -> String {
    if let wait = failure.waits[variable] {
      return "no spare of \(graph.model.components[wait.component].name) in place after "
        + graph.processes[wait.process].name
    }
    switch failure.events[variable].kind {
    case .processes(let numbers): return name(of: numbers.map { graph.processes[$0] })
    case .starting(let numbers, _):
      return
        "\(startingComponents(variable)) not started after \(name(of: numbers.map { graph.processes[$0] }))"
    case .moving(_, let process, _):
      return "\(roles(movedBy: variable)) not moved after \(graph.processes[process].name)"
    case .leaving(let process, let units, _):
      return "\(components(of: units)) not elsewhere after \(graph.processes[process].name)"
    case .dependent, .outcome: return "a state of parts that depend on each other"
    }
  }

  private func startingComponents(_ variable: Int) -> String {
    let units = failure.units(ofVariable: variable)
    return graph.starts.filter { !Set($0.units).isDisjoint(with: units) }
      .map { graph.model.components[$0.component].name }.joined(separator: ", ")
  }

  private func components(of units: [Int]) -> String {
    graph.rescheduling.filter { !Set($0.units).isDisjoint(with: units) }
      .map { graph.model.components[$0.component].name }.joined(separator: ", ")
  }

  private func roles(movedBy variable: Int) -> String {
    (failure.rolesOfMove[variable] ?? []).map { graph.movingRoles[$0].name }.joined(separator: " and ")
  }

  private func name(of processes: [RenewalProcess]) -> String {
    guard let first = processes.first, processes.count > 1 else { return processes.first?.name ?? "" }
    guard processes.allSatisfy({ $0.entity == first.entity }) else {
      return processes.map(\.name).joined(separator: " or ")
    }
    let modes = processes.map { String($0.name.dropFirst(first.entity.count + 1)) }
    return "\(first.entity)/(\(modes.joined(separator: ", ")))"
  }

  /// What it takes that a variable is false, by the variable's name, where "not" does not say it.
  var opposites: [String: String] {
    var opposites: [String: String] = [:]
    for (variable, event) in failure.events.enumerated() {
      if let wait = failure.waits[variable] {
        opposites[name(variable)] =
          "a spare of \(graph.model.components[wait.component].name) in place after "
          + graph.processes[wait.process].name
      } else if case .moving(_, let process, _) = event.kind {
        let verb = (failure.rolesOfMove[variable]?.count ?? 0) > 1 ? "move" : "moves"
        opposites[name(variable)] =
          "\(roles(movedBy: variable)) \(verb) after \(graph.processes[process].name)"
      } else if case .starting(let numbers, _) = event.kind {
        opposites[name(variable)] =
          "\(startingComponents(variable)) started after \(name(of: numbers.map { graph.processes[$0] }))"
      } else if case .leaving(let process, let units, _) = event.kind {
        opposites[name(variable)] =
          "\(components(of: units)) elsewhere after \(graph.processes[process].name)"
      }
    }
    return opposites
  }

  /// The sums of some sets, with the joint probabilities; failures of some processes may be left out.
  func joint(_ sets: MinimalCutSets, isUp: Bool, leftOut: Set<Int> = []) -> JointSets? {
    JointSets(
      sets, JointProbabilities(modules, isUp: isUp, leftOut: leftOut), lawOfVariable: lawOfVariable)
  }
}
