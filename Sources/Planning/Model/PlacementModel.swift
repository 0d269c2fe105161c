public import ServiceModel

/// The pods and nodes of a model, as a scheduler sees them.
///
/// Pods are the units of components that are on nodes and state requests, limits, a rule or a disruption budget. A group is
/// a role of such a component; with volumes of one zone, its units of one zone.
public struct PlacementModel: Sendable {
  /// The resources, in the order of the amounts: thousandths of a CPU, bytes, pods.
  public enum Resource: Int, CaseIterable, Sendable {
    /// CPU.
    case cpu
    /// Memory.
    case memory
    /// Pods.
    case pods
  }

  /// Pods, nodes and rules.
  public let problem: PlacementProblem
  /// The zones, as indices into the model's domains; the last stands for nodes that are in none.
  public let zones: [Int?]
  /// For each app, its component: those that matter more first, as the scheduler takes them, else as declared.
  public let components: [Int]
  /// For each node, its domain.
  public let domains: [Int]
  /// Where the units are drawn; `nil` where some are on no particular node.
  public let drawn: Packing?
  /// Components on nodes that state nothing a scheduler goes by.
  public let unjudged: [Int]
  /// For each group, its component's role.
  let roles: [Int]

  /// The pods and nodes of a model.
  public init(_ model: Model) {
    let onNodes = model.components.indices.filter { component in
      model.components[component].placement.nodes.contains { !$0.isEmpty }
    }
    let isNamed = model.components.indices.map { component in
      model.components.contains { $0.placement.from.contains { $0.component == component } }
    }
    components = onNodes.filter { isNamed[$0] || model.components[$0].isJudged }.sorted { left, right in
      (model.components[left].urgency, left) < (model.components[right].urgency, right)
    }
    unjudged = onNodes.filter { !isNamed[$0] && !model.components[$0].isJudged }
    var builder = PlacementBuilder(model)
    for component in components { builder.add(component) }
    builder.separate(components)
    let draft = builder.finished()
    (problem, zones, domains, roles) = (draft.problem, draft.zones, draft.domains, draft.roles)
    drawn = draft.drawn
  }
}

extension Component {
  /// Whether a scheduler is told anything about its units.
  fileprivate var isJudged: Bool {
    requests != nil || placement.limits != nil || placement.areStated || disruptionBudget != nil
  }

  /// Its place in the scheduler's queue: what matters more comes first.
  fileprivate var urgency: Int { -(priority.flatMap { UnitPriority.allCases.firstIndex(of: $0) } ?? 0) }

  /// What each of its units asks for, as amounts.
  var amounts: [Int] { (requests ?? .none).amounts + [1] }
}

extension ComputeResources {
  /// CPU and memory as amounts.
  var amounts: [Int] { [Int(min(thousandthsOfCPU, 1e15)), Int(min(bytes, 1e18))] }
}

/// Gathers pods component after component.
private struct PlacementBuilder {
  private let model: Model
  let domains: [Int]
  let zones: [Int?]
  private let zoneOf: [Int]
  private var apps: [PodApp] = []
  private var groups: [(pods: PodGroup, open: [Int], units: [Component.Unit])] = []
  private(set) var roles: [Int] = []
  private var separations: [PodSeparation] = []

  init(_ model: Model) {
    self.model = model
    domains = model.domains.indices.filter { model.domains[$0].kind == .node }
    let found = domains.map { node in
      model.domains.chain(from: node).first { model.domains[$0].kind == .zone }
    }
    let real = model.domains.indices.filter { domain in found.contains { $0 == domain } }
    zones = real.map { $0 } + (found.contains(nil) ? [nil] : [])
    zoneOf = found.map { [zones] zone in zones.firstIndex(of: zone) ?? 0 }
  }

  mutating func add(_ index: Int) {
    let component = model.components[index]
    apps.append(app(of: component))
    for (role, own) in component.roles.enumerated() {
      let units = own.units.map { component.units[$0] }
      let name = own.name.map { "\(component.name)/\($0)" } ?? component.name
      for zone in component.placement.hasVolumesInZones ? Array(zones.indices) : [] {
        add(units.filter { self.zone(of: $0) == zone }, name, component, role: role, zone: zone)
      }
      if !component.placement.hasVolumesInZones { add(units, name, component, role: role, zone: nil) }
    }
  }

  /// Rules between components, the required ones once for each two; preferences stay with who has them.
  mutating func separate(_ components: [Int]) {
    for (app, component) in components.enumerated() {
      for own in model.components[component].placement.from {
        guard let other = components.firstIndex(of: own.component) else { continue }
        for (strength, topology) in [(own.rules.nodes, SpreadRule.Topology.node), (own.rules.zones, .zone)] {
          let rule = PodSeparation(app, other, topology: topology)
          switch strength {
          case .required where !separations.contains(rule): separations.append(rule)
          case .preferred: apps[app].avoided.append(AvoidedApp(app: other, topology: topology))
          case .required, nil: break
          }
        }
      }
    }
  }

  private mutating func add(
    _ units: [Component.Unit], _ name: String, _ component: Component, role: Int, zone: Int?
  ) {
    guard !units.isEmpty else { return }
    let named = zone.flatMap { zones[$0] }.map { "\(name) in \(model.domains[$0].name)" } ?? name
    let pods = PodGroup(
      name: named, app: apps.count - 1, count: units.count, requests: component.amounts, zone: zone)
    groups.append((pods, component.placement.nodes[role], units))
    roles.append(role)
  }

  private func zone(of unit: Component.Unit) -> Int? {
    unit.domain.flatMap { place in
      zones.firstIndex { zone in zone.map { model.domains.chain(from: place).contains($0) } ?? false }
    }
  }

  private func app(of component: Component) -> PodApp {
    var app = PodApp(name: component.name)
    let rules = component.placement
    if rules.apart.nodes == .required { app.mostPerNode = 1 }
    if rules.apart.zones == .required { app.mostPerZone = 1 }
    app.prefersOwnNode = rules.apart.nodes == .preferred
    app.prefersOwnZone = rules.apart.zones == .preferred
    app.spreads = rules.spreads.map { spread in
      SpreadRule(
        topology: spread.topology == .nodes ? .node : .zone, maxSkew: spread.maxSkew,
        minDomains: spread.minDomains, isRequired: spread.whenUnsatisfiable == .doNotSchedule)
    }
    app.kept = component.disruptionBudget?.kept(of: component.units.count)
    return app
  }

  /// Everything, with nodes of one kind where the same pods may be on them.
  func finished() -> (
    problem: PlacementProblem, zones: [Int?], domains: [Int], roles: [Int], drawn: Packing?
  ) {
    let open = groups.map { Set($0.open) }
    let facts = domains.map { node in open.map { $0.contains(node) } }
    var kinds: [[Bool]] = []
    for fact in facts where !kinds.contains(fact) { kinds.append(fact) }
    let pods = groups.enumerated().map { group, entry -> PodGroup in
      var pods = entry.pods
      let own = kinds.indices.filter { kinds[$0][group] }
      pods.kinds = own.count == kinds.count ? nil : own
      return pods
    }
    let nodes = domains.enumerated().map { position, node in
      PlacementNode(
        name: model.domains[node].name, zone: zoneOf[position], room: model.room(of: node),
        kind: kinds.firstIndex(of: facts[position]) ?? 0)
    }
    var problem = PlacementProblem(apps: apps, groups: pods, nodes: nodes)
    problem.separations = separations
    return (problem, zones, domains, roles, drawn)
  }

  private var drawn: Packing? {
    var counts = groups.map { _ in [Int](repeating: 0, count: domains.count) }
    for (group, entry) in groups.enumerated() {
      for unit in entry.units {
        guard let node = unit.domain.flatMap({ domains.firstIndex(of: $0) }) else { return nil }
        counts[group][node] += 1
      }
    }
    return Packing(counts: counts)
  }
}

extension Model {
  /// What a node has for units, as amounts: its own, or as its pool says.
  func room(of node: Int) -> [Int] {
    let domain = domains[node]
    let pool = domain.parents.first { domains[$0].kind == .pool }.map { domains[$0] }
    let room = domain.allocatable ?? pool?.allocatable
    return (room?.amounts ?? [PlacementNode.unlimited, PlacementNode.unlimited])
      + [domain.shape.mostUnits ?? pool?.shape.mostUnits ?? PlacementNode.unlimited]
  }
}
