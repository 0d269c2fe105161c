public import Diagnostics
public import Quantities
public import ServiceModel

/// A model compiled to dense indices: what both engines read.
public struct CompiledGraph: Sendable {
  /// A failure mode that could not be put into numbers.
  public struct LeftOut: Sendable, Hashable {
    /// The cause's name.
    public let cause: String
    /// Why.
    public let reason: String
    /// The upper 95 % bound on its rate, when the history gives one.
    public let upperBound: Rate?
    /// The units it would hit.
    let units: Set<Int>
  }

  /// The model.
  public let model: Model
  /// What failures are counted under: `component/mode` or `domain/mode`, in the order declared.
  public let causes: [String]
  /// Every alternating renewal process.
  public let processes: [RenewalProcess]
  /// The processes that are not independent: crews, spares, shared load. All others are.
  public let dependentGroups: [DependentGroup]
  /// The outages that depend on who watches, by process, ascending.
  public let watched: [WatchedOutage]
  /// What else a simulation follows for that; `nil`: nothing.
  let watchedGroup: DependentGroup?
  /// The components whose units change their nodes.
  public let rescheduling: [ReschedulingComponent]
  /// What else a simulation follows for them, and for failures on an operating clock; `nil`: nothing.
  let followedGroup: DependentGroup?
  /// The detectors that need something.
  public let seeingGates: [SeeingGate]
  /// The names of the units, over all components.
  public let unitNames: [String]
  /// The structure function; inputs come before what uses them.
  public let gates: [Gate]
  /// Roles of components with failover.
  public let movingRoles: [MovingRole]
  /// The capabilities, in the order declared.
  public let capabilities: [CompiledCapability]
  /// The recipes for served fractions; those a recipe asks for come before it.
  public let fractions: [ServedFraction]
  /// The queues, each as every group of its consumers sees it.
  public let queues: [CompiledQueue]
  /// How units start after what held them down; those not named are up at once.
  public let starts: [ComponentStart]
  /// Work on units on purpose, and how many of them it leaves up.
  public let planned: CompiledPlannedWork
  /// What could not be put into numbers.
  public let leftOut: [LeftOut]
  /// The dependencies with policies, in the order of the model's.
  public let edges: [CompiledEdge]
  /// What calls meet while something is down.
  public let failures: CalleeFailures
  /// What is asked of components over time; empty where nothing follows it.
  public let demand: CompiledDemand
  /// The graph that a simulation follows, with every unit that autoscalers may add and with failures by overload, where
  /// that is another; at most one.
  private let scaledOut: [CompiledGraph]

  /// The most processes a graph may have; a model with more is refused rather than run out of memory.
  public static let processLimit = 1_000_000

  /// Compiles a model whose history, if it asks for any, is bound.
  ///
  /// - Throws: a finding when the model has too many processes, or one still waits for its history.
  public init(_ model: Model) throws(Findings) {
    let scaledOut = model.followsDemand ? [try CompiledGraph(model.scaledOut, withOverload: true)] : []
    try self.init(model, withOverload: false, scaledOut: scaledOut)
  }

  private init(_ model: Model, withOverload: Bool, scaledOut: [CompiledGraph] = []) throws(Findings) {
    var processes = ProcessCompiler(model: model, withOverload: withOverload)
    try processes.compile()
    var groups = DependentGroupCompiler(processes)
    self.dependentGroups = try groups.compile()
    var gates = GateCompiler(model: model, firstUnit: processes.firstUnit)
    let capabilityGates = gates.compile()
    self.starts = gates.compileStarts()
    self.planned = CompiledPlannedWork(model, firstUnit: processes.firstUnit)
    var watches = WatchCompiler(processes)
    try watches.compile(&gates, dependent: Set(dependentGroups.flatMap(\.processes)))
    gates.addSight(watches.seeing)
    let followed = FollowedCompiler(processes)
    self.rescheduling = followed.rescheduling
    self.followedGroup = followed.group(
      besides: Set((dependentGroups + (watches.group.map { [$0] } ?? [])).flatMap(\.processes)))
    var recipes = FractionCompiler(
      model: model, firstUnit: processes.firstUnit, degradable: processes.degradableUnits, gates: gates)
    let capabilityFractions = recipes.compile()
    self.model = model
    self.causes = processes.causes
    self.processes = StartDelays(model).lengthening(followed.settled(), firstUnit: processes.firstUnit)
    self.unitNames = model.components.flatMap { $0.units.map(\.name) }
    self.queues = recipes.gates.compileQueues()
    self.failures = CalleeFailures(processes)
    self.edges = try EdgeCompiler.edges(of: &recipes.gates, failures)
    self.gates = recipes.gates.gates
    self.movingRoles = gates.movingRoles
    (watched, watchedGroup, seeingGates) = (watches.watched, watches.group, watches.seeing)
    self.fractions = recipes.fractions
    self.capabilities = model.capabilities.indices.map { index in
      CompiledCapability(
        name: model.capabilities[index].name, gate: capabilityGates[index],
        fraction: capabilityFractions[index])
    }
    self.leftOut = processes.leftOut
    self.demand = CompiledDemand(processes, movingRoles: gates.movingRoles)
    self.scaledOut = scaledOut
  }

  /// The graph that a simulation follows: this one, unless units come and go or fail by what is asked of them.
  public var simulated: CompiledGraph { scaledOut.first ?? self }

  private init(
    copying graph: CompiledGraph, processes: [RenewalProcess], movingRoles: [MovingRole]? = nil,
    dependentGroups: [DependentGroup]? = nil
  ) {
    model = graph.model
    causes = graph.causes
    self.processes = processes
    self.dependentGroups = dependentGroups ?? graph.dependentGroups
    (watched, watchedGroup, seeingGates) = (graph.watched, graph.watchedGroup, graph.seeingGates)
    (rescheduling, followedGroup) = (graph.rescheduling, graph.followedGroup)
    unitNames = graph.unitNames
    gates = graph.gates
    self.movingRoles = movingRoles ?? graph.movingRoles
    capabilities = graph.capabilities
    fractions = graph.fractions
    queues = graph.queues
    starts = graph.starts
    planned = graph.planned
    leftOut = graph.leftOut
    edges = graph.edges
    failures = graph.failures
    demand = graph.demand
    scaledOut = []
  }

  /// The units whose loss, alone or with others, a capability may feel.
  public func unitsNeeded(byCapability index: Int) -> Set<Int> {
    units(below: [capabilities[index].gate] + fractions[capabilities[index].fraction].softLosses.map(\.gate))
  }

  /// The units that some gates stand on, apart from those over other gates.
  public func units(below gates: [Int], notThrough others: Set<Int> = []) -> Set<Int> {
    var needed: Set<Int> = []
    var seen = [Bool](repeating: false, count: self.gates.count)
    var stack = gates
    while let gate = stack.popLast() {
      if seen[gate] || others.contains(gate) { continue }
      seen[gate] = true
      switch self.gates[gate] {
      case .up: break
      case .unit(let unit): needed.insert(unit)
      case .atLeast(_, let inputs): stack += inputs
      case .movingRole(_, let settled): stack.append(settled)
      }
    }
    return needed
  }

  /// The causes left out that would hit a unit the capability needs, in the order declared.
  public func causesLeftOut(ofCapability index: Int) -> [String] {
    guard !leftOut.isEmpty else { return [] }
    let needed = unitsNeeded(byCapability: index)
    var causes: [String] = []
    for entry in leftOut where !entry.units.isDisjoint(with: needed) && !causes.contains(entry.cause) {
      causes.append(entry.cause)
    }
    return causes
  }

  /// The graph with other numbers in the same structure: as many processes, roles and groups as before, that mean the same.
  package func replacing(
    processes: [RenewalProcess], movingRoles: [MovingRole], dependentGroups: [DependentGroup]
  ) -> CompiledGraph {
    CompiledGraph(
      copying: self, processes: processes, movingRoles: movingRoles, dependentGroups: dependentGroups)
  }

  /// The graph with the rates of some causes multiplied.
  public func scalingRates(ofCauses scaled: Set<Int>, by factor: Double) -> CompiledGraph {
    CompiledGraph(
      copying: self,
      processes: processes.map { scaled.contains($0.cause) ? $0.scalingRate(by: factor) : $0 })
  }
}
