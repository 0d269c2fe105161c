internal import ServiceGraph

extension CompiledGraph {
  /// Whether each gate is up while some units are down and every role is where it starts.
  func gateStates(without down: Set<Int>) -> [Bool] {
    var isUp: [Bool] = []
    for gate in gates {
      switch gate {
      case .up: isUp.append(true)
      case .unit(let unit): isUp.append(!down.contains(unit))
      case .atLeast(let count, let inputs): isUp.append(inputs.count { isUp[$0] } >= count)
      case .movingRole(let role, _):
        let own = movingRoles[role]
        isUp.append(own.units.count { !down.contains($0) } >= own.required)
      }
    }
    return isUp
  }
}
