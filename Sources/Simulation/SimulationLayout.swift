internal import Quantities
internal import ServiceGraph
internal import ServiceModel

/// A compiled graph laid out for the event loop.
struct SimulationLayout: Sendable {
  let graph: CompiledGraph
  let timelines: Timelines
  let losses: LossLayout
  let live: LiveLayout
  let edges: EdgeLayout
  let starts: StartPlans
  let planned: PlannedLayout
  let demand: DemandLayout
  let gates: FlatGates
  /// The graph's recipes for served fractions, without the capacities that can not run short while they are up.
  let fractions: [ServedFraction]
  /// For each process: the units it hits, from `unitStarts[p]` to `unitStarts[p + 1]` in `unitList`.
  let unitStarts: [Int32]
  let unitList: [Int32]
  let causes: [Int32]
  /// Where outages begin, and where those of each process do.
  let origins: [OutageOrigin]
  let originPlaces: OriginPlaces
  let originOfProcess: [Int32]
  let takesDown: [Bool]
  let remaining: [Double]
  /// Whether any process degrades units without taking them down.
  let degradesUnits: Bool
  /// Whether requests still go to a unit that a process has taken down and nobody has noticed.
  let tracksNotice: [Bool]
  /// Whether a process hits a unit whose role can move.
  let touchesMovingRole: [Bool]
  /// Whether a process takes down a unit that has a failure on an operating clock.
  let touchesClocks: [Bool]
  /// Whether what a process does alone is not always the same: it hits a unit whose role can move, that has spares, or that
  /// is called under policies.
  let variesAlone: [Bool]
  /// The moving role that each unit starts in, or −1.
  let startRole: [Int32]
  /// What decides who has them, and which units are starting, when the simulation begins in the long run; `nil`: those with
  /// whom the model begins, and none.
  let past: PastLayout?
  let horizon: Int64
  let windows: [WindowPlan]
  /// What being without the capabilities costs that have a price.
  let prices: [DowntimePricing]
  let queues: QueueLayout
  /// What requests go through whose latency somebody promises.
  let latency: LatencyLayout
  /// Replications between two looks at the estimate: fixed by model and plan, so that stopping early at such a
  /// boundary gives the same answer with any number of threads.
  let batch: Int
  /// About how many nanoseconds one replication takes.
  let work: Double

  init(_ compiled: CompiledGraph, plan: SimulationPlan) {
    let graph = compiled.simulated
    self.graph = graph
    losses = LossLayout(graph)
    timelines = Timelines(graph, losses: losses, plan: plan)
    live = LiveLayout(graph, losses: losses, plan: plan)
    edges = EdgeLayout(graph)
    let fixed = graph.processes.indices.map { graph.unitsThatStay(ofProcess: $0) }
    let places = live.places
    let everHit = fixed.indices.map { fixed[$0] + places.comers(to: $0) }
    starts = StartPlans(graph, everHit: everHit)
    demand = DemandLayout(graph, live)
    gates = FlatGates(graph)
    fractions = SimulationLayout.fractions(graph, gates, everHit: everHit)
    var starts: [Int32] = [0]
    for units in fixed { starts.append((starts.last ?? 0) + Int32(units.count)) }
    unitStarts = starts
    unitList = fixed.flatMap { $0.map(Int32.init) }
    causes = graph.processes.map { Int32($0.cause) }
    var origins: [OutageOrigin]
    (origins, originOfProcess) = OutageOrigin.all(of: graph)
    planned = PlannedLayout(graph, live.places, origins: &origins)
    self.origins = origins
    originPlaces = OriginPlaces(origins, of: graph.model)
    takesDown = graph.processes.map(\.takesDown)
    remaining = graph.processes.map(\.remainingFraction)
    degradesUnits = graph.processes.contains { !$0.takesDown }
    startRole = SimulationLayout.startRoles(graph)
    let shared = SimulationLayout.unitsThatShareWork(graph)
    let roles = startRole
    tracksNotice = zip(graph.processes, everHit).map { process, units in
      process.takesDown && process.detectionParts > 0 && units.contains { shared.contains($0) }
    }
    touchesMovingRole = everHit.map { $0.contains { roles[$0] >= 0 } }
    let clocks = live.operating
    touchesClocks = zip(graph.processes, everHit).map { process, units in
      process.takesDown && units.contains { clocks.watches($0) }
    }
    let spares = Set(graph.dependentGroups.flatMap { $0.pools.flatMap(\.units) })
    let called = edges.units
    variesAlone = everHit.indices.map { process in
      places.reach(of: process) != nil
        || everHit[process].contains { roles[$0] >= 0 || spares.contains($0) || called.contains($0) }
    }
    past = PastLayout(graph, live, plan: plan)
    horizon = Ticks.from(hours: plan.horizonHours)
    windows = WindowPlan.all(of: graph, plan: plan)
    prices = DowntimePricing.all(of: graph, windows: windows, horizon: horizon)
    queues = QueueLayout(graph, plan: plan)
    latency = LatencyLayout(graph)
    work =
      SimulationLayout.work(graph, live, plan: plan) + 400 * demand.changesPerHour * plan.horizonHours / 8
    // A look at the estimate wants batches; without one they only cost the threads the time to wait for each other.
    batch = max(1, min(plan.relativeError == nil ? 1_000_000 : 1000, Int(min(250_000_000 / work, 1e6))))
  }

  /// Every outage, and the gates and attributions that change where it overlaps with others.
  private static func work(_ graph: CompiledGraph, _ live: LiveLayout, plan: SimulationPlan) -> Double {
    let lived = plan.horizonHours + (plan.start == .new ? 0 : live.warmUpHours)
    let advanced = live.failuresPerHour(in: graph) * lived
    let outages = graph.processes.reduce(1) { $0 + ($1.frequencyPerHour ?? 0) * plan.horizonHours }
    let overlapping = min(1, graph.processes.reduce(0) { $0 + $1.unavailability })
    let size = Double(graph.gates.count + graph.processes.count)
    return outages * (60 + overlapping * (200 + size / 10))
      + graph.planned.wavesPerHour * plan.horizonHours * (500 + size) + advanced * 250 + size * 4
  }

  /// What downtime is counted under: the causes of the graph, then the planned work.
  var causeNames: [String] { graph.causes + graph.planned.works.map(\.name) }

  private static func startRoles(_ graph: CompiledGraph) -> [Int32] {
    var roles = [Int32](repeating: -1, count: graph.unitNames.count)
    for (index, role) in graph.movingRoles.enumerated() {
      for unit in role.units { roles[unit] = Int32(index) }
    }
    return roles
  }

  /// Units that do their work together with others, for some capability.
  private static func unitsThatShareWork(_ graph: CompiledGraph) -> Set<Int> {
    Set(graph.fractions.flatMap { $0.capacities.filter { $0.units.count > 1 }.flatMap(\.units) })
  }

  /// Where no more is asked of a role than it needs to be up, it can only run short by units that are degraded, or
  /// down without anybody knowing.
  private static func fractions(
    _ graph: CompiledGraph, _ gates: FlatGates, everHit: [[Int]]
  ) -> [ServedFraction] {
    let fallShort = Set(
      graph.processes.indices.filter {
        !graph.processes[$0].takesDown || graph.processes[$0].detectionParts > 0
      }.flatMap { everHit[$0] })
    var kept: [ServedFraction] = []
    for var fraction in graph.fractions {
      fraction.capacities.removeAll { capacity in
        let holders = capacity.movingRole.map { gates.units(ofRole: $0).map(Int.init) } ?? capacity.units
        return capacity.demand <= Double(capacity.required) && capacity.profile == nil
          && !holders.contains { fallShort.contains($0) }
      }
      fraction.alternatives.removeAll { $0.members.allSatisfy { kept[$0.fraction].isTrivial } }
      kept.append(fraction)
    }
    return kept
  }

  /// Whether nothing but outages that are known beforehand ever decides what happens.
  var isSettledThroughout: Bool {
    live.isEmpty && edges.isEmpty && starts.isEmpty && planned.isEmpty && demand.isEmpty && queues.isEmpty
      && graph.processes.indices.allSatisfy { ProcessFacts($0, layout: self).isSettled }
  }

  /// The units a process hits.
  @inline(__always)
  func units(of process: Int) -> Range<Int> { Int(unitStarts[process])..<Int(unitStarts[process + 1]) }
}
