public import ServiceModel

/// The rules about which nodes units that are rescheduled may come to, beside those that are there.
///
/// As of Kubernetes, judged when a unit comes: required anti-affinity against its own component and against others, which
/// holds both ways; topology spread that does not schedule; volumes that only one zone reaches. A unit that waits keeps its
/// place for anti-affinity, since it stays there when its node comes back. Spread rules count what runs on nodes that are
/// up, and only their places.
public struct PlaceRules: Sendable {
  /// Where units are, by places among the nodes.
  public struct Standing {
    /// How many units of a component, as a place among those that are rescheduled, are bound to a node.
    public let crowd: (_ component: Int, _ node: Int) -> Int
    /// Whether a node is up.
    public let isUp: (_ node: Int) -> Bool

    /// Where units are.
    public init(crowd: @escaping (Int, Int) -> Int, isUp: @escaping (Int) -> Bool) {
      (self.crowd, self.isUp) = (crowd, isUp)
    }
  }

  private struct Refusal: Sendable {
    let other: Int
    let isZone: Bool
  }

  private let own: Int
  private let rules: PlacementRules
  /// The zone of each node; nodes of no zone are in one together.
  private let zones: [Int]
  /// For each role, the nodes that its units may be on.
  private let nodes: [[Int]]
  private let refusals: [Refusal]
  /// The nodes that units of components that stay where they are keep others from.
  private let isClosed: [Bool]

  /// The rules of one component.
  ///
  /// - Parameters:
  ///   - own: its place among those that are rescheduled.
  ///   - rescheduled: these, as indices into the model's components.
  ///   - domains: the nodes, as indices into the model's domains.
  public init(of own: Int, among rescheduled: [Int], on domains: [Int], in model: Model) {
    self.own = own
    let component = model.components[rescheduled[own]]
    rules = component.placement
    zones = domains.map { PlaceRules.zone(of: $0, in: model) }
    let places = Dictionary(uniqueKeysWithValues: domains.enumerated().map { ($0.element, $0.offset) })
    nodes = component.rescheduling?.nodes.map { $0.compactMap { places[$0] } } ?? []
    let refused = PlaceRules.refused(by: rescheduled[own], in: model)
    refusals = refused.compactMap { entry in
      rescheduled.firstIndex(of: entry.component).map { Refusal(other: $0, isZone: entry.isZone) }
    }
    let fixed = refused.filter { !rescheduled.contains($0.component) }
    isClosed = domains.map { node in
      fixed.contains { entry in
        model.components[entry.component].units.compactMap(\.domain).contains { other in
          entry.isZone
            ? PlaceRules.zone(of: other, in: model) == PlaceRules.zone(of: node, in: model) : other == node
        }
      }
    }
  }

  /// Whether there is any rule.
  public var areAny: Bool { rules.canRefuse || !refusals.isEmpty || isClosed.contains(true) }

  /// Whether a unit of a role may come to a node.
  ///
  /// - Parameters:
  ///   - home: the node where it was at first, whose zone has its volumes; `nil`: it has none yet.
  ///   - last: the node that it leaves; `nil`: it comes from nowhere.
  public func allow(_ node: Int, role: Int, home: Int?, leaving last: Int?, _ standing: Standing) -> Bool {
    if isClosed[node] { return false }
    if let home, rules.hasVolumesInZones, zones[node] != zones[home] { return false }
    if rules.apart.nodes == .required, standing.crowd(own, node) > 0 { return false }
    if rules.apart.zones == .required {
      let others =
        bound(own, inZoneOf: node, standing) - (last.map { zones[$0] == zones[node] } ?? false ? 1 : 0)
      if others > 0 { return false }
    }
    let isRefused = refusals.contains { refusal in
      refusal.isZone
        ? bound(refusal.other, inZoneOf: node, standing) > 0 : standing.crowd(refusal.other, node) > 0
    }
    return !isRefused && rules.spreads.allSatisfy { isEven($0, with: node, role: role, standing) }
  }

  private func bound(_ component: Int, inZoneOf node: Int, _ standing: Standing) -> Int {
    zones.indices.reduce(0) { $0 + (zones[$1] == zones[node] ? standing.crowd(component, $1) : 0) }
  }

  /// Whether a place, with one more, is no more than `maxSkew` above the fewest of all places that are up.
  private func isEven(_ rule: TopologySpread, with node: Int, role: Int, _ standing: Standing) -> Bool {
    guard rule.whenUnsatisfiable == .doNotSchedule else { return true }
    let up = nodes[role].filter(standing.isUp)
    let place = { (node: Int) in rule.topology == .nodes ? node : zones[node] }
    var counts: [(place: Int, units: Int)] = []
    for other in up {
      let units = standing.crowd(own, other)
      if let known = counts.firstIndex(where: { $0.place == place(other) }) {
        counts[known].units += units
      } else {
        counts.append((place(other), units))
      }
    }
    let fewest = counts.count < rule.minDomains ? 0 : counts.map(\.units).min() ?? 0
    let here = counts.first { $0.place == place(node) }?.units ?? 0
    return here + 1 - fewest <= rule.maxSkew
  }

  private static func zone(of node: Int, in model: Model) -> Int {
    model.domains.chain(from: node).first { model.domains[$0].kind == .zone } ?? -1
  }

  /// The components that units of one may not be beside, whichever of the two says so.
  private static func refused(by component: Int, in model: Model) -> [(component: Int, isZone: Bool)] {
    model.components.indices.flatMap { other -> [(component: Int, isZone: Bool)] in
      guard other != component else { return [] }
      let rules =
        model.components[component].placement.from.filter { $0.component == other }
        + model.components[other].placement.from.filter { $0.component == component }
      return (rules.contains { $0.rules.nodes == .required } ? [(other, false)] : [])
        + (rules.contains { $0.rules.zones == .required } ? [(other, true)] : [])
    }
  }
}
