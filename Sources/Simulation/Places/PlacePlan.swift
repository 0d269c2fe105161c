internal import ServiceGraph
internal import ServiceModel

/// Where the units of rescheduling components may be, laid out for the event loop.
struct PlacePlan: Sendable {
  /// A unit that leaves nodes which are down, or comes and goes by autoscaling.
  struct Unit: Sendable {
    let unit: Int32
    /// Its component, as a place among those whose units change their nodes.
    let component: Int
    /// Where it is at first, and where it may be, in the order declared: places among the nodes. `nil`: it is nowhere until
    /// it is wanted.
    let home: Int?
    let nodes: [Int]
    /// Its role in the component.
    let role: Int
    /// How long it waits for its node; ∞: until that is back.
    let afterHours: Double
    /// What it asks of its node.
    let requests: ComputeResources
  }

  /// What a process of the graph takes down, or leaves degraded.
  struct Reach: Sendable {
    /// For each node, whether it is in the place that fails.
    let covers: [Bool]
    /// The component whose units there it hits; `nil`: all units, and the node itself.
    let component: Int?
    let takesDown: Bool

    /// Whether nodes are down with it.
    var losesNodes: Bool { component == nil && takesDown }

    func hits(_ unit: Unit, on node: Int) -> Bool {
      covers[node] && (component ?? unit.component) == unit.component
    }
  }

  private(set) var units: [Unit] = []
  /// The domain of each node, ascending.
  private(set) var nodes: [Int] = []
  /// What each node has for units, `nil` where that is as much as they ask for, and what those take that stay on it.
  private(set) var room: [ComputeResources?] = []
  private(set) var taken: [ComputeResources] = []
  /// For each process of the graph, its reach where units may come and go.
  private(set) var reaches: [Reach?] = []
  /// For each component, where its units may come beside others; empty where nothing is ruled.
  private(set) var rules: [PlaceRules] = []
  /// The clock of the first unit's wait; the others follow.
  private(set) var firstClock = 0
  let componentCount: Int

  init(_ graph: CompiledGraph, firstClock: Int) {
    self.firstClock = firstClock
    componentCount = graph.rescheduling.count
    guard componentCount > 0 else { return }
    let nodes = Set(graph.rescheduling.flatMap { $0.nodes.joined() }).sorted()
    self.nodes = nodes
    let places = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($0.element, $0.offset) })
    let comers = Set(graph.demand.loads.flatMap { $0.autoscaling == nil ? [] : $0.unitsThatComeAndGo })
    for (component, own) in graph.rescheduling.enumerated() {
      for (offset, unit) in own.units.enumerated() {
        let home = comers.contains(unit) ? nil : own.homes[offset].flatMap { places[$0] }
        guard home != nil || comers.contains(unit) else { continue }
        units.append(
          Unit(
            unit: Int32(unit), component: component, home: home,
            nodes: own.nodes[offset].compactMap { places[$0] },
            role: graph.model.components[own.component].units[offset].role, afterHours: own.afterHours,
            requests: graph.model.components[own.component].requests ?? .none))
      }
    }
    let components = graph.rescheduling.map(\.component)
    let rules = components.indices.map { PlaceRules(of: $0, among: components, on: nodes, in: graph.model) }
    if rules.contains(where: \.areAny) { self.rules = rules }
    let chains = nodes.map { Set(graph.model.domains.chain(from: $0)) }
    reaches = graph.processes.map { reach(of: $0, chains, graph) }
    room = nodes.map { graph.model.domains[$0].allocatable }
    taken = nodes.map { _ in .none }
    for component in graph.model.components where component.rescheduling == nil {
      guard let requests = component.requests else { continue }
      for node in component.units.compactMap({ $0.domain.flatMap { places[$0] } }) {
        taken[node] = taken[node] + requests
      }
    }
  }

  private func reach(
    of process: RenewalProcess, _ chains: [Set<Int>], _ graph: CompiledGraph
  ) -> Reach? {
    guard let place = process.situation.place else { return nil }
    let component = place.component.map { own in graph.rescheduling.firstIndex { $0.component == own } }
    if let component, component == nil { return nil }
    let covers = chains.map { $0.contains(place.domain) }
    guard covers.contains(true) else { return nil }
    return Reach(covers: covers, component: component ?? nil, takesDown: process.takesDown)
  }

  /// A process for each node that is a failure there alone, as places in a list of processes.
  func processesOfNodes(among processes: [RenewalProcess]) -> [[Int]] {
    // One with a season goes on by the calendar, and an operating clock by the units that are there.
    let resting = processes.indices.filter {
      processes[$0].season == nil && processes[$0].situation.clock == .calendar
    }
    let ofDomain = Dictionary(grouping: resting) { processes[$0].situation.place?.domain ?? -1 }
    return nodes.map { ofDomain[$0] ?? [] }
  }

  /// The nodes inside some domains, as places among the nodes.
  func nodes(inside domains: [Int], _ graph: CompiledGraph) -> [Int] {
    nodes.indices.filter { node in
      graph.model.domains.chain(from: nodes[node]).contains { domains.contains($0) }
    }
  }

  /// What a process does to nodes; `nil`: nothing that changes.
  func reach(of process: Int) -> Reach? { reaches.isEmpty ? nil : reaches[process] }

  /// The units that come and go, among those that a process may hit.
  func comers(to process: Int) -> [Int] { placesOfComers(to: process).map { Int(units[$0].unit) } }

  /// The same as places among the units that change their nodes.
  func placesOfComers(to process: Int) -> [Int] {
    guard let reach = reach(of: process) else { return [] }
    return units.indices.filter { unit in units[unit].nodes.contains { reach.hits(units[unit], on: $0) } }
  }
}
