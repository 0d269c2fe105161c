internal import ServiceModel

/// The role that each unit of a graph starts in.
package struct UnitRoles: Sendable {
  /// Every role of every component: where it is, its name, its units.
  package let roles: [(component: Int, role: Int, name: String, units: Range<Int>)]
  /// The role of each unit, numbered over all components.
  package let roleOfUnit: [Int]

  package init(_ graph: CompiledGraph) {
    var roles: [(component: Int, role: Int, name: String, units: Range<Int>)] = []
    var roleOfUnit: [Int] = []
    var first = 0
    for (index, component) in graph.model.components.enumerated() {
      for (number, role) in component.roles.enumerated() {
        let name = graph.model.name(of: Target(component: index, role: number))
        let units = first + role.units.lowerBound..<first + role.units.upperBound
        roleOfUnit += units.map { _ in roles.count }
        roles.append((index, number, name, units))
      }
      first += component.units.count
    }
    (self.roles, self.roleOfUnit) = (roles, roleOfUnit)
  }

  /// The components and roles that are short of units below a gate that is down, in the order in which they are met.
  ///
  /// - Parameter isUp: whether a gate of the graph is.
  package func missing(below gate: Int, of graph: CompiledGraph, isUp: (Int) -> Bool) -> [String] {
    var names: [String] = []
    var known: Set<String> = []
    for lack in graph.lacks(below: gate, isUp: isUp) {
      let name =
        switch lack {
        case .unit(let unit): roles[roleOfUnit[unit]].name
        case .movingRole(let role): graph.movingRoles[role].name
        }
      if known.insert(name).inserted { names.append(name) }
    }
    return names
  }
}

extension CompiledGraph {
  /// What a gate may be down for.
  package enum Lack: Hashable, Sendable {
    case unit(Int)
    case movingRole(Int)
  }

  /// The units and moving roles that are down below a gate that is down, in the order in which they are met through gates that
  /// are.
  package func lacks(below gate: Int, isUp: (Int) -> Bool) -> [Lack] {
    var found: [Lack] = []
    var seen: Set<Int> = []
    var stack = [gate]
    while let next = stack.popLast() {
      guard !isUp(next), seen.insert(next).inserted else { continue }
      switch gates[next] {
      case .up: break
      case .unit(let unit): found.append(.unit(unit))
      case .atLeast(_, let inputs): stack += inputs.reversed()
      case .movingRole(let role, _): found.append(.movingRole(role))
      }
    }
    return found
  }
}
