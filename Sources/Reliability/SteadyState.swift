public import ServiceGraph

/// What is known exactly about a capability in the long run.
public struct SteadyStateResult: Sendable {
  /// How much a cause contributes.
  public struct Contribution: Sendable, Hashable {
    /// `component/mode` or `domain/mode`.
    public let cause: String
    /// The fraction of downtime during which repairing this cause alone would restore the service. Shares
    /// need not sum to 1: what is down for two reasons counts for neither, or for both.
    public let share: Double
    /// How long the cause lasts, seen from an instant while it does, in hours: E[D²] / E[D], and of several processes the
    /// longest; 0 when no length is known.
    public let coveringHours: Double
  }

  /// Something whose failure alone takes the capability down.
  public struct SinglePoint: Sendable, Hashable {
    /// A unit, a component as a whole, or a domain.
    public let entity: String
    /// The causes that do it.
    public let causes: [String]
  }

  /// The capability's name.
  public let capability: String
  /// The long-run share of time it is down, 0…1.
  public let unavailability: Double
  /// How often it goes down, per hour; `nil` when a frequency it depends on is not known.
  public let frequencyPerHour: Double?
  /// The long-run share of service not served, down or degraded; `nil` when only a simulation can tell.
  public let unservedFraction: Double?
  /// Why the unserved fraction is not known.
  public let unservedReason: String?
  /// The contributions, largest first; those below 1e-12 are left out.
  public let contributions: [Contribution]
  /// What takes it down alone, in the order of the model.
  public let singlePoints: [SinglePoint]
  /// What was approximated, and how.
  public let approximations: [String]

  /// The mean length of an outage in hours; `nil` when no frequency is known, or it never fails.
  public var meanOutageHours: Double? {
    frequencyPerHour.flatMap { $0 > 0 ? unavailability / $0 : nil }
  }
}

/// Exact long-run availability of a graph's capabilities.
public enum SteadyState {
  /// Why there is no exact answer.
  public struct TooLarge: Error, Sendable {
    /// The number of diagram nodes at which the computation gave up; 0 when a Markov chain did.
    public let nodeLimit: Int
    /// Which Markov chain could not be solved and why; `nil` when it was the diagram.
    public let unsolvedChain: String?

    init(nodeLimit: Int, unsolvedChain: String? = nil) {
      self.nodeLimit = nodeLimit
      self.unsolvedChain = unsolvedChain
    }
  }

  /// Unavailability, failure frequency, contributions and single points of failure of every capability.
  ///
  /// Unavailability by decision diagram over independent events, right for any law of up times and outages
  /// since only their means matter; frequency Σ (Birnbaum importance × event frequency).
  /// Source: Schneeweiss, *Computing failure frequency, MTBF & MTTR via mixed products of availabilities and
  /// unavailabilities*, IEEE Trans. Reliability R-30 (1981).
  ///
  /// Roles that move, crews, spares and shared load are solved as Markov chains first, and stand in the diagram as modules.
  ///
  /// - Throws: `TooLarge` when the diagram or a chain outgrows its limit.
  public static func results(of graph: CompiledGraph) throws(TooLarge) -> [SteadyStateResult] {
    try results(of: SolvedRoles(graph))
  }

  /// The same of a graph whose roles other questions ask about too.
  public static func results(of roles: SolvedRoles) throws(TooLarge) -> [SteadyStateResult] {
    let analysis = try SteadyStateAnalysis(roles.graph) { roles.modules }
    let changes = try analysis.frequenciesOfFailovers()
    let covering = analysis.coveringHoursOfCauses
    var unserved = UnservedFraction(analysis.failure)
    return roles.graph.capabilities.indices.map {
      analysis.result(ofCapability: $0, changes, covering, &unserved)
    }
  }

  /// The same with roles that move taken by their mean role outage, inside the outage that drives them away: fast, and
  /// right in how it follows rates.
  static func unavailabilitiesByMeanMoves(of graph: CompiledGraph) throws(TooLarge) -> [Double] {
    let failure = FailureNetwork(graph, modules: try DependentModule.all(graph))
    let diagram = try NetworkDiagram.ofCapabilities(failure)
    let probabilities = failure.probabilities
    return graph.capabilities.indices.map { diagram.probability(ofRoot: $0, probabilities) }
  }

  /// The long-run unavailability of every capability, and nothing else.
  public static func unavailabilities(of graph: CompiledGraph) throws(TooLarge) -> [Double] {
    let analysis = try SteadyStateAnalysis(graph)
    return graph.capabilities.indices.map {
      analysis.unavailability(ofCapability: $0)
    }
  }
}

/// Reads results off a diagram.
struct SteadyStateAnalysis {
  let graph: CompiledGraph
  let failure: FailureNetwork
  let diagram: NetworkDiagram
  let probabilities: [Double]
  private let preciseOdds: [PreciseOdds]
  /// The same with every move settled, when roles move by a Markov chain: what single points are read from.
  let settled: (failure: FailureNetwork, diagram: NetworkDiagram)?

  init(_ graph: CompiledGraph, memory: SolvedChains? = nil) throws(SteadyState.TooLarge) {
    try self.init(graph) { FailoverModule.all(graph, memory: memory) }
  }

  /// - Parameter failovers: the modules of the graph's roles that move, asked for once it is known that nothing else stands
  ///   in the way.
  init(_ graph: CompiledGraph, failovers: () -> [FailoverModule]) throws(SteadyState.TooLarge) {
    self.graph = graph
    let modules = try DependentModule.all(graph)
    failure = FailureNetwork(graph, modules: modules, failovers: failovers())
    probabilities = failure.probabilities
    preciseOdds = failure.events.map { $0.preciseOdds(in: graph) }
    do throws(BinaryDecisionDiagram.TooLarge) {
      diagram = try NetworkDiagram(failure.network, roots: failure.capabilityFailures)
      if failure.failovers.isEmpty {
        settled = nil
      } else {
        let resting = FailureNetwork(graph, modules: modules, moves: .settled)
        settled = (resting, try NetworkDiagram(resting.network, roots: resting.capabilityFailures))
      }
    } catch {
      throw SteadyState.TooLarge(nodeLimit: error.nodeLimit)
    }
  }

  /// How often each capability fails because a component's roles move, and the variables that this counts.
  struct FailoverFrequencies {
    let perHour: [Double]
    let counted: Set<Int>
  }

  func frequenciesOfFailovers() throws(SteadyState.TooLarge) -> FailoverFrequencies {
    var perHour = [Double](repeating: 0, count: graph.capabilities.count)
    guard !failure.failovers.isEmpty else { return FailoverFrequencies(perHour: perHour, counted: []) }
    let transitions = FailoverTransitions(failure)
    let roots = transitions.changes.flatMap(\.failures)
    do throws(BinaryDecisionDiagram.TooLarge) {
      let diagram = try NetworkDiagram(transitions.failure.network, roots: roots)
      let probabilities = transitions.failure.probabilities
      var root = 0
      for change in transitions.changes {
        for capability in perHour.indices {
          perHour[capability] += change.frequency * diagram.probability(ofRoot: root, probabilities)
          root += 1
        }
      }
    } catch {
      throw SteadyState.TooLarge(nodeLimit: error.nodeLimit)
    }
    return FailoverFrequencies(perHour: perHour, counted: transitions.sharedVariables)
  }

  func result(
    ofCapability index: Int, _ changes: FailoverFrequencies, _ covering: [Double],
    _ unserved: inout UnservedFraction
  ) -> SteadyStateResult {
    let support = diagram.support(ofRoot: index)
    let unavailability = unavailability(ofCapability: index)
    let outcome = unserved.outcome(
      ofCapability: index, unavailability: unavailability, probabilities)
    return SteadyStateResult(
      capability: graph.capabilities[index].name, unavailability: unavailability,
      frequencyPerHour: frequency(index, support: support, changes), unservedFraction: outcome.value,
      unservedReason: outcome.reason,
      contributions: contributions(index, support: support, covering),
      singlePoints: singlePoints(index),
      approximations: approximations(support) + outcome.approximations
        + graph.policiesLeftOut(ofCapability: index)
        + graph.simulatedOnly(ofCapability: index, .longRun))
  }

  /// The unavailability to the last digit, unless the diagram is large.
  func unavailability(ofCapability index: Int) -> Double {
    diagram.preciseProbability(ofRoot: index, preciseOdds)
      ?? diagram.probability(ofRoot: index, probabilities)
  }

  /// Σ Birnbaum importance × event frequency.
  func frequency(_ root: Int, support: [Int], _ changes: FailoverFrequencies) -> Double? {
    let importance = diagram.birnbaumImportance(ofRoot: root, probabilities)
    var total = changes.perHour[root]
    let needed = Set(support)
    for variable in support where !changes.counted.contains(variable) {
      if failsWhileStarting(variable, in: needed) {
        guard let own = frequency(root, whileStarting: variable) else { return nil }
        total += own
        continue
      }
      let difference = drivesRoles(variable) ? startImportance(root, variable) : importance[variable]
      guard difference > 0 else { continue }
      guard let own = failure.events[variable].frequencyPerHour(in: graph) else { return nil }
      total += difference * own
    }
    for group in failure.groups(support) { total += stepFrequency(root, group: group) }
    return total
  }

  /// Σ (frequency of a step to a worse outcome) × (what it adds to the probability of being down).
  private func stepFrequency(_ root: Int, group: Int) -> Double {
    let module = failure.modules[group]
    let variables = failure.variablesOfModule[group]
    let down = module.outcomes.indices.map { outcome in
      var certain = probabilities
      variables.set(certainOutcome: outcome, in: &certain)
      return diagram.probability(ofRoot: root, certain)
    }
    return module.steps.reduce(0) { total, step in
      total + step.frequencyPerHour * max(0, down[step.to] - down[step.from])
    }
  }

  private func drivesRoles(_ variable: Int) -> Bool { !failure.moves[variable].isEmpty }

  /// What the start of an event changes: with it, the roles that it drives away have not moved yet.
  private func startImportance(_ root: Int, _ variable: Int) -> Double {
    var started = probabilities
    started[variable] = 1
    for moving in failure.moves[variable] { started[moving] = 1 }
    var absent = probabilities
    absent[variable] = 0
    return diagram.probability(ofRoot: root, started) - diagram.probability(ofRoot: root, absent)
  }

  /// How long each cause lasts, seen from an instant while it does; of its processes the longest.
  var coveringHoursOfCauses: [Double] {
    graph.processes.reduce(into: [Double](repeating: 0, count: graph.causes.count)) { longest, process in
      longest[process.cause] = max(longest[process.cause], process.coveringOutageHours ?? 0)
    }
  }

  /// share = 1 − U without the cause / U: the downtime that its repair alone would end.
  private func contributions(
    _ root: Int, support: [Int], _ covering: [Double]
  ) -> [SteadyStateResult.Contribution] {
    let unavailability = diagram.probability(ofRoot: root, probabilities)
    guard unavailability > 0 else { return [] }
    let groups = failure.groups(support)
    return variablesOfCauses(support, groups).map { cause, variables in
      var without = probabilities
      for variable in variables {
        without[variable] = failure.events[variable].unavailability(in: graph, without: cause)
      }
      for group in groups {
        guard let number = failure.modules[group].causes.firstIndex(of: cause) else { continue }
        failure.variablesOfModule[group].set(
          outcomes: failure.modules[group].probabilitiesWithout[number], in: &without)
      }
      let share = 1 - diagram.probability(ofRoot: root, without) / unavailability
      return SteadyStateResult.Contribution(
        cause: graph.causes[cause], share: min(1, share), coveringHours: covering[cause])
    }
    .filter { $0.share > 1e-12 }
    .sorted { $0.share != $1.share ? $0.share > $1.share : $0.cause < $1.cause }
  }

  /// The variables behind each cause, causes ascending.
  private func variablesOfCauses(_ support: [Int], _ groups: [Int]) -> [(cause: Int, variables: [Int])] {
    var variables: [Int: [Int]] = [:]
    for cause in groups.flatMap({ failure.modules[$0].causes }) { variables[cause] = [] }
    for variable in support {
      let causes = Set(failure.events[variable].processes.map { graph.processes[$0].cause })
      for cause in causes { variables[cause, default: []].append(variable) }
    }
    return variables.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private func approximations(_ support: [Int]) -> [String] {
    var notes = failure.groups(support).flatMap { failure.modules[$0].approximations }
    for variable in support {
      for note in approximations(of: failure.events[variable]) where !notes.contains(note) {
        notes.append(note)
      }
    }
    let causes = Set(variablesOfCauses(support, failure.groups(support)).map(\.cause))
    for note in graph.watchNotes(ofCauses: causes) where !notes.contains(note) { notes.append(note) }
    return notes
  }

  private func approximations(of event: BasicEvent) -> [String] {
    switch event.kind {
    case .processes, .starting, .leaving, .dependent: []
    case .moving(let role, _, _):
      [
        "failover of \(graph.movingRoles[role].name): (failure frequency of the holder) × (mean role outage), "
          + "inside the outage that causes it"
      ] + (graph.movingRoles[role].failover?.seeingGate == nil ? [] : [CompiledGraph.blindNote])
    case .outcome(let outcome): failure.failovers[outcome.module].module.approximations
    }
  }
}

extension UnservedFraction.Outcome {
  fileprivate var value: Double? {
    if case .value(let value, _) = self { value } else { nil }
  }

  fileprivate var approximations: [String] {
    if case .value(_, let approximations) = self { approximations } else { [] }
  }

  fileprivate var reason: String? {
    if case .unknown(let reason) = self { reason } else { nil }
  }
}
