/// Places pods by simple rules, hard ones first, without ever moving one.
struct QuickPacking {
  /// Which of the open nodes takes the next pod.
  enum Choice: CaseIterable {
    /// The one with the fewest pods of the app around, then the fullest.
    case even
    /// The fullest.
    case tight
    /// The one whose room looks most like what the pod asks for (Panigrahy et al. 2011, dot product).
    case alike
    /// The one with most room.
    case loose
  }

  private let facts: PackingFacts
  /// By resource: how scarce it is.
  private let weight: [Double]

  init(_ facts: PackingFacts) {
    self.facts = facts
    weight = QuickPacking.weights(of: facts.problem)
  }

  /// The packing of several ways in which the fewest pods wait; it ends with the first in which none does.
  ///
  /// - Parameter isForMost: also looks for the most pods when all do not fit, the smallest first.
  func best(isForMost: Bool = false) -> Packing {
    var best: (packing: Packing, pending: Int)?
    let orders = [order(byLargest: true), order(byLargest: false)]
    for order in orders + (isForMost ? [Array(orders[1].reversed())] : []) {
      for choice in Choice.allCases {
        let state = packed(order, choice)
        let pending = state.pendingCount
        if pending < best?.pending ?? Int.max { best = (state.packing, pending) }
        if pending == 0 { return state.packing }
      }
    }
    return best?.packing ?? Packing(facts.problem)
  }

  /// How scarce each resource is: what is asked of it over what there is.
  private static func weights(of problem: PlacementProblem) -> [Double] {
    guard let first = problem.nodes.first else { return [] }
    return first.room.indices.map { resource in
      let asked = problem.groups.reduce(0.0) { $0 + Double($1.count) * Double($1.requests[resource]) }
      let room = problem.nodes.reduce(0.0) { $0 + Double($1.room[resource]) }
      let mean = room / Double(max(1, problem.nodes.count))
      return room > 0 && mean > 0 ? min(1, asked / room) / mean : 0
    }
  }

  /// The groups, those with the strictest rules first, then the largest pods.
  private func order(byLargest: Bool) -> [Int] {
    func size(_ group: Int) -> Double {
      let parts = zip(facts.problem.groups[group].requests, weight).map { Double($0) * $1 }
      return byLargest ? parts.max() ?? 0 : parts.reduce(0, +)
    }
    func strictness(_ group: Int) -> Int {
      let pod = facts.problem.groups[group]
      let app = facts.problem.apps[pod.app]
      return (pod.zone == nil ? 0 : 4) + (pod.kinds == nil ? 0 : 2) + (app.hasZoneRules ? 1 : 0)
    }
    let keys = facts.app.indices.map { (strictness($0), size($0)) }
    return facts.app.indices.sorted { left, right in
      byLargest && keys[left].0 != keys[right].0
        ? keys[left].0 > keys[right].0 : (-keys[left].1, left) < (-keys[right].1, right)
    }
  }

  private func packed(_ order: [Int], _ choice: Choice) -> PackingState {
    var state = PackingState(facts)
    for group in order {
      var missing = facts.counts[group]
      while missing > 0, let node = node(for: group, choice, state) {
        state.place(group, on: node)
        missing -= 1
      }
    }
    return state
  }

  private func node(for group: Int, _ choice: Choice, _ state: PackingState) -> Int? {
    let app = facts.app[group]
    let hasRequiredSpread = !facts.spreads[app].isEmpty
    var best: (node: Int, key: (Int, Double))?
    for node in 0..<facts.nodes where state.isOpen(node, to: group) {
      if hasRequiredSpread, !state.spreadsAllow(app, on: node) { continue }
      let crowd =
        choice == .even || hasRequiredSpread
        ? state.pods(of: app, around: node) * 1000 + state.pods(of: app, on: node) : 0
      if let best, crowd > best.key.0 { continue }
      let key = (crowd, fullness(of: node, for: group, choice, state))
      if best.map({ key < $0.key }) ?? true { best = (node, key) }
    }
    return best?.node
  }

  private func fullness(of node: Int, for group: Int, _ choice: Choice, _ state: PackingState) -> Double {
    var value = 0.0
    for resource in 0..<facts.resources {
      let share = Double(state.left(resource, on: node)) * weight[resource]
      switch choice {
      case .even, .tight: value += share
      case .loose: value -= share
      case .alike:
        value -= share * Double(facts.requests[group * facts.resources + resource]) * weight[resource]
      }
    }
    return value
  }
}
