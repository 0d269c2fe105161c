/// Finds nodes for pods that wait by moving others on, each to where the next one had to go (ejection chains; Glover 1996).
struct PackingRepair {
  private var state: PackingState
  private let depth: Int
  private var steps: Int

  /// - Parameters:
  ///   - depth: how many pods a chain moves.
  ///   - steps: how many moves are tried.
  init(_ problem: PlacementProblem, _ packing: Packing, depth: Int = 3, steps: Int = 4_000) {
    state = PackingState(problem, packing)
    (self.depth, self.steps) = (depth, steps)
  }

  /// The packing with a node for every pod; `nil` where no chain was found for one of them.
  mutating func repaired() -> Packing? {
    let problem = state.problem
    for group in problem.groups.indices {
      while state.packing.placed(of: group) < problem.groups[group].count {
        guard place(group, moving: depth, kept: []) else { return nil }
      }
    }
    let holds = problem.apps.indices.allSatisfy { state.spreadsHold($0) }
    return holds ? state.packing : nil
  }

  /// Places a pod, at the cost of so many others at most; nodes on the way are left alone.
  private mutating func place(_ group: Int, moving depth: Int, kept: [Int]) -> Bool {
    let problem = state.problem
    let nodes = problem.nodes.indices.filter { !kept.contains($0) && problem.allows(group, on: $0) }
    for node in nodes where state.openings(for: group, on: node) > 0 && holdsSpread(group, node) {
      state.place(group, on: node)
      return true
    }
    guard depth > 0 else { return false }
    for node in nodes {
      for other in problem.groups.indices where other != group && state.packing.counts[other][node] > 0 {
        steps -= 1
        if steps < 0 { return false }
        state.place(other, on: node, -1)
        if state.openings(for: group, on: node) > 0, holdsSpread(group, node) {
          state.place(group, on: node)
          if place(other, moving: depth - 1, kept: kept + [node]) { return true }
          state.place(group, on: node, -1)
        }
        state.place(other, on: node)
      }
    }
    return false
  }

  private func holdsSpread(_ group: Int, _ node: Int) -> Bool {
    state.spreadsAllow(state.problem.groups[group].app, on: node)
  }
}
