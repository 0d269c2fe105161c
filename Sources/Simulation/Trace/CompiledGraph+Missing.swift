internal import ServiceGraph
internal import ServiceModel

extension CompiledGraph {
  /// The components and roles that are short of units below a gate that is down, in the order in which they are met.
  func missing(below gate: Int, _ isUp: [Bool]) -> [String] {
    var names: [String] = []
    var seen: Set<Int> = []
    var stack = [gate]
    while let next = stack.popLast() {
      guard !isUp[next], seen.insert(next).inserted else { continue }
      switch gates[next] {
      case .up: break
      case .unit(let unit): note(roleName(ofUnit: unit), in: &names)
      case .atLeast(_, let inputs): stack += inputs.reversed()
      case .movingRole(let role, _): note(movingRoles[role].name, in: &names)
      }
    }
    return names
  }

  private func note(_ name: String?, in names: inout [String]) {
    if let name, !names.contains(name) { names.append(name) }
  }

  /// The component or role that a unit starts in.
  private func roleName(ofUnit number: Int) -> String? {
    var first = 0
    for (index, component) in model.components.enumerated() {
      if number < first + component.units.count {
        return component.roles.firstIndex { $0.units.contains(number - first) }
          .map { model.name(of: Target(component: index, role: $0)) }
      }
      first += component.units.count
    }
    return nil
  }

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
