/// Finds nodes for pods that wait by moving others on, each to where the next one had to go (ejection chains; Glover 1996).
struct PackingRepair {
  private var state: PackingState
  private let depth: Int
  private var steps: Int
  /// Nodes on the way, which are left alone.
  private var isKept: [Bool]

  /// - Parameters:
  ///   - depth: how many pods a chain moves.
  ///   - steps: how many moves are tried.
  init(_ facts: PackingFacts, _ packing: Packing, depth: Int = 3, steps: Int = 4_000) {
    state = PackingState(facts, packing)
    isKept = [Bool](repeating: false, count: facts.nodes)
    (self.depth, self.steps) = (depth, steps)
  }

  /// The packing with a node for every pod; `nil` where no chain was found for one of them.
  mutating func repaired() -> Packing? {
    for group in state.facts.app.indices {
      var missing = state.facts.counts[group] - state.placed(of: group)
      while missing > 0 {
        guard place(group, moving: depth) else { return nil }
        missing -= 1
      }
    }
    return state.problem.apps.indices.allSatisfy(state.spreadsHold) ? state.packing : nil
  }

  /// Places a pod, at the cost of so many others at most.
  private mutating func place(_ group: Int, moving depth: Int) -> Bool {
    for node in isKept.indices where !isKept[node] && takes(group, node) {
      state.place(group, on: node)
      return true
    }
    guard depth > 0 else { return false }
    for node in isKept.indices where !isKept[node] && state.facts.isOpen(node, to: group) {
      for other in state.facts.app.indices where other != group && state.count(other, on: node) > 0 {
        steps -= 1
        if steps < 0 { return false }
        if swap(group, for: other, on: node, moving: depth - 1) { return true }
      }
    }
    return false
  }

  /// Places a pod where another one was, and that one elsewhere.
  private mutating func swap(_ group: Int, for other: Int, on node: Int, moving depth: Int) -> Bool {
    state.place(other, on: node, -1)
    if takes(group, node) {
      state.place(group, on: node)
      isKept[node] = true
      let isPlaced = place(other, moving: depth)
      isKept[node] = false
      if isPlaced { return true }
      state.place(group, on: node, -1)
    }
    state.place(other, on: node)
    return false
  }

  private func takes(_ group: Int, _ node: Int) -> Bool {
    state.isOpen(node, to: group) && state.spreadsAllow(state.facts.app[group], on: node)
  }
}
