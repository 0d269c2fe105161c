internal import ServiceGraph

/// The structure function as flat arrays: which gates a gate is counted in, and how many of its inputs must be up.
struct FlatGates: Sendable {
  /// How many inputs of each gate must be up. A unit's gate has one input, the unit itself; a moving role's gate
  /// has the units that hold the role.
  let needed: [Int32]
  /// How many are when everything is.
  let inputsAtStart: [Int32]
  /// The gates that each gate is an input of, from `userStarts[g]` to `userStarts[g + 1]` in `users`.
  let userStarts: [Int32]
  let users: [Int32]
  /// The gate of each unit and of each moving role; −1 for one that nothing asks for.
  let gateOfUnit: [Int32]
  let gateOfRole: [Int32]
  /// Whether each gate is that of a capability.
  let isTop: [Bool]
  /// For each moving role: the units of its component that can hold it.
  private let roleUnits: [[Int32]]

  init(_ graph: CompiledGraph) {
    var users = [[Int32]](repeating: [], count: graph.gates.count)
    var ofUnit = [Int32](repeating: -1, count: graph.unitNames.count)
    var ofRole = [Int32](repeating: -1, count: graph.movingRoles.count)
    // The policies of a dependency, and not its callee, decide whether it is up.
    let driven = Set(graph.edges.compactMap(\.gate))
    for (number, gate) in graph.gates.enumerated() where !driven.contains(number) {
      switch gate {
      case .up: break
      case .unit(let unit): ofUnit[unit] = Int32(number)
      case .atLeast(_, let inputs): for input in inputs { users[input].append(Int32(number)) }
      case .movingRole(let role, _): ofRole[role] = Int32(number)
      }
    }
    let tops = Set(graph.capabilities.map(\.gate))
    isTop = graph.gates.indices.map { tops.contains($0) }
    needed = graph.gates.map { $0.needed(graph) }
    inputsAtStart = graph.gates.map { $0.inputCount(graph) }
    userStarts = users.reduce(into: [0]) { $0.append(($0.last ?? 0) + Int32($1.count)) }
    self.users = users.flatMap { $0 }
    gateOfUnit = ofUnit
    gateOfRole = ofRole
    roleUnits = graph.movingRoles.map { role in
      graph.movingRoles.filter { $0.component == role.component }.flatMap { $0.units.map(Int32.init) }
    }
  }

  /// The units that can hold a role, up or not.
  func units(ofRole role: Int) -> [Int32] { roleUnits[role] }
}

extension Gate {
  fileprivate func needed(_ graph: CompiledGraph) -> Int32 {
    switch self {
    case .up: 0
    case .unit: 1
    case .atLeast(let count, _): Int32(count)
    case .movingRole(let role, _): Int32(graph.movingRoles[role].required)
    }
  }

  fileprivate func inputCount(_ graph: CompiledGraph) -> Int32 {
    switch self {
    case .up: 0
    case .unit: 1
    case .atLeast(_, let inputs): Int32(inputs.count)
    case .movingRole(let role, _): Int32(graph.movingRoles[role].units.count)
    }
  }
}
