internal import ServiceModel

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

  /// The components of which an outage hits any unit where it is at home, ascending.
  public func components(hitBy process: RenewalProcess) -> [Int] {
    let hit = Set(process.units)
    return zip(model.components.indices, unitsOfComponents).filter { $1.contains(where: hit.contains) }
      .map(\.0)
  }

  /// Whether something still answers all calls while all units of some components are down: other members of a group do, each of
  /// them well.
  public func othersAnswer(at callee: Int, without components: [Int]) -> Bool {
    let units = unitsOfComponents
    return gates.isUp(callee, without: Set(components.flatMap { Array(units[$0]) }))
  }

  private var unitsOfComponents: [Range<Int>] {
    var first = 0
    return model.components.map { component in
      defer { first += component.units.count }
      return first..<first + component.units.count
    }
  }
}
