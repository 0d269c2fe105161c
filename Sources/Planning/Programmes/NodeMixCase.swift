/// The rows of a node mix for one case: with all nodes, or without those of a zone.
struct NodeMixCase {
  private let check: NodeMixCheck
  /// The nodes that are left.
  private let slots: [NodeSlot]
  private let name: String
  /// How many pods of each group need a node.
  private let counts: [Int]

  init(_ check: NodeMixCheck, _ slots: [NodeSlot], lost: Int?) {
    self.check = check
    self.slots = slots.filter { $0.zone != lost }
    name = "\(lost.map { $0 + 1 } ?? 0)"
    counts = check.pods.groups.map { $0.zone != nil && $0.zone == lost ? 0 : $0.count }
  }

  private var pods: PlacementProblem { check.pods }

  /// The pods of each group on each node; a group may not be on every one.
  private struct Placed {
    var columns: [[Int?]]

    func terms(_ groups: [Int], _ slots: [Int]) -> [IntegerProgramme.Term] {
      groups.flatMap { group in slots.compactMap { slot in columns[group][slot].map { ($0, 1) } } }
    }
  }

  /// Adds its rows; returns the unknowns of each group on each node that is left.
  func add(to programme: inout IntegerProgramme) -> [[Int?]] {
    let placed = addPods(&programme)
    for group in pods.groups.indices {
      let terms = placed.terms([group], Array(slots.indices))
      programme.bound("g\(name)_\(group + 1)", terms, .equal, counts[group])
    }
    for slot in slots.indices { addRoom(slot, placed, &programme) }
    for app in pods.apps.indices { addRules(app, placed, &programme) }
    for (index, rule) in pods.separations.enumerated() {
      addSides(rule, "\(name)_\(index + 1)", placed, &programme)
    }
    return placed.columns
  }

  // MARK: Pods and room

  private func allows(_ group: Int, _ slot: NodeSlot) -> Bool {
    let own = pods.groups[group]
    return (own.zone ?? slot.zone) == slot.zone && own.kinds?.contains(check.types[slot.type].kind) ?? true
  }

  private func addPods(_ programme: inout IntegerProgramme) -> Placed {
    Placed(
      columns: pods.groups.indices.map { group in
        slots.map { slot in
          guard counts[group] > 0, allows(group, slot) else { return nil }
          return programme.unknown("x_\(name)_\(group + 1)_\(slot.name)", atMost: counts[group])
        }
      })
  }

  private func addRoom(_ slot: Int, _ placed: Placed, _ programme: inout IntegerProgramme) {
    let place = slots[slot]
    for (resource, room) in check.types[place.type].room.enumerated() {
      let terms = pods.groups.indices.compactMap { group in
        placed.columns[group][slot].map {
          (column: $0, value: room < PlacementNode.unlimited ? pods.groups[group].requests[resource] : 1)
        }
      }
      let most = room < PlacementNode.unlimited ? room : pods.podCount
      programme.bound("r\(name)_\(place.name)_\(resource + 1)", terms + [(place.column, -most)], .atMost, 0)
    }
  }

  // MARK: Rules

  private func groups(of app: Int) -> [Int] { pods.groups.indices.filter { pods.groups[$0].app == app } }

  private func places(_ topology: SpreadRule.Topology) -> [[Int]] {
    if topology == .node { return slots.indices.map { [$0] } }
    return (0..<check.zones).map { zone in slots.indices.filter { slots[$0].zone == zone } }
  }

  private func addRules(_ app: Int, _ placed: Placed, _ programme: inout IntegerProgramme) {
    let own = groups(of: app)
    if let most = pods.apps[app].mostPerNode {
      for slot in slots.indices {
        let terms = placed.terms(own, [slot]) + [(slots[slot].column, -most)]
        programme.bound("a\(name)_\(app + 1)_\(slots[slot].name)", terms, .atMost, 0)
      }
    }
    if let most = pods.apps[app].mostPerZone {
      for (zone, slots) in places(.zone).enumerated() {
        programme.bound("z\(name)_\(app + 1)_\(zone + 1)", placed.terms(own, slots), .atMost, most)
      }
    }
    for (index, rule) in pods.apps[app].spreads.enumerated() where rule.isRequired {
      addSpread(rule, "\(name)_\(app + 1)_\(index + 1)", own, placed, &programme)
    }
  }

  /// count − m ≤ maxSkew; count ≥ m where the place exists (w); m ≤ pods · b, and minDomains · b ≤ Σ w.
  private func addSpread(
    _ rule: SpreadRule, _ name: String, _ own: [Int], _ placed: Placed, _ programme: inout IntegerProgramme
  ) {
    let most = max(1, own.reduce(0) { $0 + counts[$1] })
    let fewest = programme.unknown("m_\(name)", atMost: most)
    let isEnough = programme.unknown("b_\(name)", atMost: 1)
    var existing: [IntegerProgramme.Term] = []
    for (place, slots) in places(rule.topology).enumerated() {
      let open = slots.filter { slot in own.contains { allows($0, self.slots[slot]) } }
      guard !open.isEmpty else { continue }
      let exists = addPlace(open, "\(name)_\(place + 1)", &programme)
      let terms = placed.terms(own, open) + [(fewest, -1)]
      programme.bound("s\(name)_\(place + 1)_up", terms, .atMost, rule.maxSkew)
      programme.bound("s\(name)_\(place + 1)_lo", terms + [(exists, -most)], .atLeast, -most)
      existing.append((exists, 1))
    }
    programme.bound("d\(name)", existing + [(isEnough, -rule.minDomains)], .atLeast, 0)
    programme.bound("e\(name)", [(fewest, 1), (isEnough, -most)], .atMost, 0)
  }

  /// Whether any of some nodes is bought: itself, or a w that is no less than each and no more than all.
  private func addPlace(_ open: [Int], _ name: String, _ programme: inout IntegerProgramme) -> Int {
    if open.count == 1 { return slots[open[0]].column }
    let exists = programme.unknown("w_\(name)", atMost: 1)
    for slot in open {
      programme.bound("w\(name)_\(slots[slot].name)", [(exists, 1), (slots[slot].column, -1)], .atLeast, 0)
    }
    programme.bound("w\(name)", open.map { (slots[$0].column, 1) } + [(exists, -1)], .atLeast, 0)
    return exists
  }

  /// Apps that refuse each other: u says whose place it is.
  private func addSides(
    _ rule: PodSeparation, _ name: String, _ placed: Placed, _ programme: inout IntegerProgramme
  ) {
    let (left, right) = (pods.podCount(of: rule.left), pods.podCount(of: rule.right))
    for (place, slots) in places(rule.topology).enumerated() {
      let side = programme.unknown("u_\(name)_\(place + 1)", atMost: 1)
      let sides = (placed.terms(groups(of: rule.left), slots), placed.terms(groups(of: rule.right), slots))
      programme.bound("p\(name)_\(place + 1)_l", sides.0 + [(side, -left)], .atMost, 0)
      programme.bound("p\(name)_\(place + 1)_r", sides.1 + [(side, right)], .atMost, right)
    }
  }
}
