internal import ServiceGraph

/// The structure function as flat arrays, evaluated bottom up.
struct FlatGates: Sendable {
  private enum Kind: UInt8 { case up, unit, atLeast, movingRole }

  private var kinds: [Kind] = []
  /// The unit, the count needed, or the moving role.
  private var parameters: [Int32] = []
  private var inputStarts: [Int32] = [0]
  private var inputs: [Int32] = []
  /// For each moving role: how many units it needs, and the units of its component that can hold it.
  private let rolesNeeded: [Int32]
  private let roleUnits: [[Int32]]

  init(_ graph: CompiledGraph) {
    rolesNeeded = graph.movingRoles.map { Int32($0.required) }
    roleUnits = graph.movingRoles.map { role in
      graph.movingRoles.filter { $0.component == role.component }.flatMap { $0.units.map(Int32.init) }
    }
    for gate in graph.gates { append(gate) }
  }

  var count: Int { kinds.count }

  private mutating func append(_ gate: Gate) {
    switch gate {
    case .up: add(.up, 0, [])
    case .unit(let unit): add(.unit, unit, [])
    case .atLeast(let count, let members): add(.atLeast, count, members)
    case .movingRole(let role, _): add(.movingRole, role, [])
    }
  }

  private mutating func add(_ kind: Kind, _ parameter: Int, _ members: [Int]) {
    kinds.append(kind)
    parameters.append(Int32(parameter))
    inputs += members.map(Int32.init)
    inputStarts.append(Int32(inputs.count))
  }

  /// Evaluates every gate.
  ///
  /// - Parameters:
  ///   - downCounts: how many outages hold each unit down.
  ///   - roles: the moving role that each unit has now, or −1.
  ///   - isUp: receives the state of each gate.
  func evaluate(downCounts: [Int32], roles: [Int32], into isUp: inout [Bool]) {
    for gate in kinds.indices {
      let parameter = Int(parameters[gate])
      switch kinds[gate] {
      case .up: isUp[gate] = true
      case .unit: isUp[gate] = downCounts[parameter] == 0
      case .atLeast:
        var up = 0
        for place in Int(inputStarts[gate])..<Int(inputStarts[gate + 1]) where isUp[Int(inputs[place])] {
          up += 1
        }
        isUp[gate] = up >= parameter
      case .movingRole:
        isUp[gate] = holders(of: parameter, downCounts: downCounts, roles: roles) >= rolesNeeded[parameter]
      }
    }
  }

  /// The units that can hold a role, up or not.
  func units(ofRole role: Int) -> [Int32] { roleUnits[role] }

  private func holders(of role: Int, downCounts: [Int32], roles: [Int32]) -> Int32 {
    var up: Int32 = 0
    for unit in roleUnits[role] where roles[Int(unit)] == role && downCounts[Int(unit)] == 0 { up += 1 }
    return up
  }
}
