extension CompiledGraph {
  /// The dependencies with policies that a capability stands on, ascending.
  public func edgesNeeded(byCapability index: Int) -> [Int] {
    var found: Set<Int> = []
    var seen: Set<Int> = []
    var stack = [capabilities[index].fraction]
    while let number = stack.popLast() {
      guard seen.insert(number).inserted else { continue }
      let recipe = fractions[number]
      found.formUnion(recipe.edgeLosses.map(\.edge) + recipe.slotEdges)
      found.formUnion(recipe.softLosses.flatMap(\.edges).map(\.edge))
      stack += recipe.softLosses.compactMap(\.calls)
      stack += recipe.alternatives.flatMap { $0.members.map(\.fraction) }
    }
    return found.sorted()
  }

  /// What an answer about a capability leaves out that reads gates alone; empty where there is nothing.
  public func policiesLeftOut(ofCapability index: Int) -> [String] {
    let names = edgesNeeded(byCapability: index).map { edges[$0].name }
    guard !names.isEmpty else { return [] }
    let listed = names.prefix(6).joined(separator: ", ") + (names.count > 6 ? ", …" : "")
    return ["the policies of \(listed) are left out, as plain dependencies; simulate plays them"]
  }
}
