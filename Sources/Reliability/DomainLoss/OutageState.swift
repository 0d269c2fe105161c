internal import ServiceGraph

/// Which units, roles and gates are up while units fail and roles move, kept by counts.
///
/// A change costs as much as the gates it touches, not as the graph; every change can be taken back.
struct OutageState {
  /// What was done, so that it can be undone.
  private enum Change {
    case failed(Int)
    case swapped(Int, Int)
  }

  let graph: CompiledGraph
  /// The gate of each unit.
  private let gateOfUnit: [Int]
  /// The gate of each moving role; −1 for none.
  private let gateOfRole: [Int]
  /// The gates that use each gate: those of gate g from `firstUser[g]` on.
  private let firstUser: [Int]
  private let users: [Int]
  /// The moving roles of each component that has some, ascending.
  let rolesOfComponent: [Int: [Int]]
  /// For each gate, how many inputs more are up than it needs; below 0 it is down.
  private(set) var slack: [Int]
  /// For each moving role, how many of the units that have it are up.
  private(set) var upInRole: [Int]
  /// The moving role that each unit has at the moment; −1 for none.
  private(set) var roleOfUnit: [Int]
  /// Whether each unit is up.
  private(set) var isUnitUp: [Bool]
  /// The gates whose slack changed since the recorder was cleared; a gate stands once for each change.
  private(set) var touched: [Int] = []
  private var changes: [Change] = []
  private var flipped: [Int] = []

  /// Everything up.
  init(_ graph: CompiledGraph) {
    self.graph = graph
    var gateOfUnit = [Int](repeating: -1, count: graph.unitNames.count)
    var gateOfRole = [Int](repeating: -1, count: graph.movingRoles.count)
    var counts = [Int](repeating: 0, count: graph.gates.count + 1)
    for (number, gate) in graph.gates.enumerated() {
      switch gate {
      case .up: break
      case .unit(let unit): gateOfUnit[unit] = number
      case .atLeast(_, let inputs): for input in inputs { counts[input + 1] += 1 }
      case .movingRole(let role, _): gateOfRole[role] = number
      }
    }
    for gate in graph.gates.indices { counts[gate + 1] += counts[gate] }
    firstUser = counts
    users = Self.users(of: graph.gates, firstUser: counts)
    self.gateOfUnit = gateOfUnit
    self.gateOfRole = gateOfRole
    isUnitUp = [Bool](repeating: true, count: graph.unitNames.count)
    var roleOfUnit = [Int](repeating: -1, count: graph.unitNames.count)
    for (number, role) in graph.movingRoles.enumerated() {
      for unit in role.units { roleOfUnit[unit] = number }
    }
    self.roleOfUnit = roleOfUnit
    rolesOfComponent = Dictionary(grouping: graph.movingRoles.indices) { graph.movingRoles[$0].component }
    upInRole = graph.movingRoles.map(\.units.count)
    slack = graph.gates.map { gate in
      switch gate {
      case .up, .unit: 0
      case .atLeast(let count, let inputs): inputs.count - count
      case .movingRole(let role, _): graph.movingRoles[role].units.count - graph.movingRoles[role].required
      }
    }
  }

  private static func users(of gates: [Gate], firstUser: [Int]) -> [Int] {
    var users = [Int](repeating: 0, count: firstUser[gates.count])
    var next = firstUser
    for (number, gate) in gates.enumerated() {
      guard case .atLeast(_, let inputs) = gate else { continue }
      for input in inputs {
        users[next[input]] = number
        next[input] += 1
      }
    }
    return users
  }

  /// Whether a gate is up.
  func isUp(_ gate: Int) -> Bool { slack[gate] >= 0 }

  /// How many changes there have been.
  var mark: Int { changes.count }

  /// Forgets which gates were touched.
  mutating func clearTouched() { touched.removeAll(keepingCapacity: true) }

  /// Takes units down.
  mutating func fail(_ units: [Int]) {
    for unit in units where isUnitUp[unit] {
      changes.append(.failed(unit))
      set(unit, isUp: false)
    }
  }

  /// A unit that is up takes the role of one that is down, which gets its role.
  mutating func swap(down: Int, up: Int) {
    changes.append(.swapped(down, up))
    exchange(down: down, up: up)
  }

  /// Takes back all changes after a mark.
  mutating func undo(to mark: Int) {
    while changes.count > mark, let change = changes.popLast() {
      switch change {
      case .failed(let unit): set(unit, isUp: true)
      case .swapped(let down, let up): exchange(down: down, up: up)
      }
    }
  }

  private mutating func set(_ unit: Int, isUp: Bool) {
    isUnitUp[unit] = isUp
    let step = isUp ? 1 : -1
    if gateOfUnit[unit] >= 0 { change(gateOfUnit[unit], by: step) }
    if roleOfUnit[unit] >= 0 { change(role: roleOfUnit[unit], by: step) }
  }

  /// Both units change roles; the one that is up brings its work along.
  private mutating func exchange(down: Int, up: Int) {
    let (gained, lost) = (roleOfUnit[down], roleOfUnit[up])
    roleOfUnit.swapAt(down, up)
    change(role: gained, by: 1)
    change(role: lost, by: -1)
  }

  private mutating func change(role: Int, by step: Int) {
    upInRole[role] += step
    if gateOfRole[role] >= 0 { change(gateOfRole[role], by: step) }
  }

  /// Changes the slack of a gate and of all that hangs on it.
  private mutating func change(_ gate: Int, by step: Int) {
    flipped.removeAll(keepingCapacity: true)
    count(gate, by: step)
    while let next = flipped.popLast() {
      for place in firstUser[next]..<firstUser[next + 1] { count(users[place], by: step) }
    }
  }

  /// A step up lifts whatever reaches 0, a step down drops whatever leaves it.
  private mutating func count(_ gate: Int, by step: Int) {
    let wasUp = slack[gate] >= 0
    slack[gate] += step
    touched.append(gate)
    if wasUp != (slack[gate] >= 0) { flipped.append(gate) }
  }
}
