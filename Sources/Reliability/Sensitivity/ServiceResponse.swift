public import ServiceGraph

/// How the long run of a service's capabilities answers to the numbers of its model.
///
/// The structure is compiled once; other numbers only change the probabilities of the diagram's variables.
public struct ServiceResponse: Sendable {
  /// The numbers, in the order of the model.
  public let parameters: [ModelParameter]
  /// The names of the capabilities.
  public let capabilities: [String]
  /// The names of the numbers that are held at their stated values: those of parts that wait for a crew, stand by or
  /// share their load, which are solved as Markov chains once.
  public let held: [String]
  private let modules: [DependentModule]
  private let variablesOfModule: [DependentVariables]
  private let events: [EventFormula]
  private let moves: [[Int]]
  private let diagram: NetworkDiagram
  private let support: [[Int]]

  /// One variable of the diagram.
  private enum EventFormula {
    case processes([ProcessFormula])
    case move(MoveFormula)
    case fixed(Double)
  }

  /// Compiles a graph.
  ///
  /// - Throws: `TooLarge` when the diagram outgrows its limit.
  public init(_ graph: CompiledGraph) throws(SteadyState.TooLarge) {
    let table = ParameterTable(graph)
    let failure = try Self.network(of: graph)
    parameters = table.parameters
    held = Self.held(in: graph, table: table)
    modules = failure.modules
    variablesOfModule = failure.variablesOfModule
    capabilities = graph.capabilities.map(\.name)
    moves = failure.moves
    do throws(BinaryDecisionDiagram.TooLarge) {
      diagram = try NetworkDiagram(failure.network, roots: failure.capabilityFailures)
    } catch {
      throw SteadyState.TooLarge(nodeLimit: error.nodeLimit)
    }
    let diagram = diagram
    support = graph.capabilities.indices.map { diagram.support(ofRoot: $0) }
    let nominal = table.parameters.map(\.value)
    events = failure.events.map { event in
      switch event.kind {
      case .processes(let numbers):
        .processes(numbers.compactMap { Self.formula($0, of: graph, table: table, nominal: nominal) })
      case .moving(let role, let process, let share):
        Self.move(role, process, of: graph, table: table, nominal: nominal).map { .move($0) } ?? .fixed(share)
      case .dependent, .outcome: .fixed(event.unavailability(in: graph))
      }
    }
  }

  private static func network(of graph: CompiledGraph) throws(SteadyState.TooLarge) -> FailureNetwork {
    do throws(DependentModule.Unsolved) {
      var modules: [DependentModule] = []
      for group in graph.dependentGroups { modules.append(try DependentModule(group, in: graph)) }
      return FailureNetwork(graph, modules: modules)
    } catch {
      throw SteadyState.TooLarge(nodeLimit: 0, unsolvedChain: error.reason)
    }
  }

  private static func held(in graph: CompiledGraph, table: ParameterTable) -> [String] {
    let numbers = graph.dependentGroups.flatMap(\.processes).compactMap {
      self.numbers($0, of: graph, table: table)
    }
    let places = numbers.flatMap { numbers in
      [numbers.uptime, numbers.unavailability, numbers.beta].compactMap { $0 }
        + numbers.outage.map(\.parameter)
    }
    return Set(places).sorted().map { table.parameters[$0].name }
  }

  private static func numbers(_ number: Int, of graph: CompiledGraph, table: ParameterTable)
    -> ModeParameters?
  {
    let process = graph.processes[number]
    let cause = graph.causes[process.cause]
    let own = cause.hasSuffix("/common-cause") ? String(cause.dropLast("/common-cause".count)) : cause
    let mode = own.split(separator: "/").last.map(String.init) ?? own
    return table.modes["\(process.entity)/\(mode)"] ?? table.modes[own]
  }

  private static func formula(
    _ number: Int, of graph: CompiledGraph, table: ParameterTable, nominal: [Double]
  ) -> ProcessFormula? {
    let process = graph.processes[number]
    return numbers(number, of: graph, table: table).map {
      ProcessFormula(
        process, mode: $0, nominal: nominal,
        isCommonCause: graph.causes[process.cause].hasSuffix("/common-cause"))
    }
  }

  private static func move(
    _ role: Int, _ number: Int, of graph: CompiledGraph, table: ParameterTable, nominal: [Double]
  ) -> MoveFormula? {
    guard let mode = numbers(number, of: graph, table: table), let failover = table.failovers[role] else {
      return nil
    }
    return MoveFormula(
      failover: failover, outage: mode.outage,
      streamName: "\(graph.processes[number].name)/failover-mean", nominalValues: nominal)
  }

  /// The stated values of the parameters.
  public var statedValues: [Double] { parameters.map(\.value) }

  // MARK: Answers

  /// The long-run share of time that each capability is down.
  ///
  /// - Parameter values: one for each of ``parameters``.
  public func unavailabilities(_ values: [Double]) -> [Double] {
    let probabilities = probabilities(values)
    return capabilities.indices.map { diagram.probability(ofRoot: $0, probabilities) }
  }

  /// How often each capability goes down, per hour; `nil` when a frequency it depends on is not known.
  ///
  /// Σ (Birnbaum importance × event frequency); an event that drives roles away starts before they have moved.
  public func frequencies(_ values: [Double]) -> [Double?] {
    let probabilities = probabilities(values)
    return capabilities.indices.map { root in
      let importance = diagram.birnbaumImportance(ofRoot: root, probabilities)
      var total = 0.0
      for variable in support[root] {
        let difference =
          moves[variable].isEmpty
          ? importance[variable] : startImportance(root, variable, probabilities)
        guard difference > 0 else { continue }
        guard let own = frequency(of: events[variable], values) else { return nil }
        total += difference * own
      }
      for group in modules.indices { total += stepFrequency(root, group: group, probabilities) }
      return total
    }
  }

  /// Σ (frequency of a step of a chain to a worse outcome) × (what it adds to the probability of being down).
  private func stepFrequency(_ root: Int, group: Int, _ probabilities: [Double]) -> Double {
    let down = modules[group].outcomes.indices.map { outcome in
      var certain = probabilities
      variablesOfModule[group].set(certainOutcome: outcome, in: &certain)
      return diagram.probability(ofRoot: root, certain)
    }
    return modules[group].steps.reduce(0) { total, step in
      total + step.frequencyPerHour * max(0, down[step.to] - down[step.from])
    }
  }

  /// The elasticities ∂ ln U / ∂ ln x of each capability's unavailability, by the chain rule over the Birnbaum
  /// importance of the events.
  ///
  /// - Returns: for each capability, one for each parameter that it depends on; none when it never fails.
  public func elasticities(_ values: [Double]) -> [[Elasticity]] {
    let probabilities = probabilities(values)
    let slopes = events.map { self.slopes(of: $0, values) }
    return capabilities.indices.map { root in
      let unavailability = diagram.probability(ofRoot: root, probabilities)
      guard unavailability > 0 else { return [] }
      let importance = diagram.birnbaumImportance(ofRoot: root, probabilities)
      var derivative = [Double?](repeating: nil, count: parameters.count)
      for variable in support[root] {
        for (parameter, slope) in slopes[variable] {
          derivative[parameter] = (derivative[parameter] ?? 0) + importance[variable] * slope
        }
      }
      return parameters.indices.compactMap { index in
        derivative[index].map {
          Elasticity(name: parameters[index].name, value: $0 * values[index] / unavailability)
        }
      }
    }
  }

  // MARK: Events

  private func probabilities(_ values: [Double]) -> [Double] {
    events.map { event in
      switch event {
      case .processes(let formulas): combined(formulas.map { $0.unavailability(values) })
      case .move(let formula): formula.share(values)
      case .fixed(let share): share
      }
    }
  }

  /// A part starts the event only while no other part is down. A move starts with its process, which counts it.
  private func frequency(of event: EventFormula, _ values: [Double]) -> Double? {
    guard case .processes(let formulas) = event else { return 0 }
    var total = 0.0
    for (place, formula) in formulas.enumerated() {
      guard let own = formula.frequency(values) else { return nil }
      total += own * othersUp(formulas, but: place, values)
    }
    return total
  }

  private func othersUp(_ formulas: [ProcessFormula], but place: Int, _ values: [Double]) -> Double {
    formulas.indices.reduce(1) { $1 == place ? $0 : $0 * (1 - formulas[$1].unavailability(values)) }
  }

  private func slopes(of event: EventFormula, _ values: [Double]) -> [(parameter: Int, slope: Double)] {
    switch event {
    case .processes(let formulas):
      formulas.indices.flatMap { place in
        let others = othersUp(formulas, but: place, values)
        return formulas[place].slopes(values).map { ($0.parameter, $0.slope * others) }
      }
    case .move(let formula): formula.slopes(values)
    case .fixed: []
    }
  }

  private func startImportance(_ root: Int, _ variable: Int, _ probabilities: [Double]) -> Double {
    var started = probabilities
    started[variable] = 1
    for moving in moves[variable] { started[moving] = 1 }
    let absent = probabilities.setting(variable, to: 0)
    return diagram.probability(ofRoot: root, started) - diagram.probability(ofRoot: root, absent)
  }
}
