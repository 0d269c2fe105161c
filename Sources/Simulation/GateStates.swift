/// Which gates are up, kept current as units and roles change: the work is proportional to the gates that change.
struct GateStates: ~Copyable {
  private let needed: FixedArray<Int32>
  private let atStart: FixedArray<Int32>
  private let userStarts: FixedArray<Int32>
  private let users: FixedArray<Int32>
  private let gateOfUnit: FixedArray<Int32>
  private let gateOfRole: FixedArray<Int32>
  /// How many inputs of each gate are up.
  private let inputsUp: FixedArray<Int32>
  /// Gates whose users still have to be told; each gate stands here at most once at a time.
  private let waiting: FixedArray<Int32>
  /// Whether a gate is that of a capability.
  private let isTop: FixedArray<Bool>

  init(_ gates: FlatGates) {
    needed = FixedArray(gates.needed)
    atStart = FixedArray(gates.inputsAtStart)
    userStarts = FixedArray(gates.userStarts)
    users = FixedArray(gates.users)
    gateOfUnit = FixedArray(gates.gateOfUnit)
    gateOfRole = FixedArray(gates.gateOfRole)
    inputsUp = FixedArray(gates.inputsAtStart)
    waiting = FixedArray(repeating: 0, count: gates.needed.count)
    isTop = FixedArray(gates.isTop)
  }

  /// Everything is up, and every role is where it starts.
  func reset() { inputsUp.copy(from: atStart) }

  /// Takes over the states of other gates of the same graph.
  func copy(from other: borrowing GateStates) { inputsUp.copy(from: other.inputsUp) }

  @inline(__always)
  func isUp(_ gate: Int) -> Bool { inputsUp[gate] >= needed[gate] }

  /// A unit that has a role, or −1, went down (by −1) or came back (by 1).
  @inline(__always)
  func change(unit: Int, role: Int32, by step: Int32) {
    change(gateOfUnit[unit], by: step)
    if role >= 0 { change(gateOfRole[Int(role)], by: step) }
  }

  /// A unit that has no role went down (by −1) or came back (by 1).
  ///
  /// - Returns: whether that may bear on a capability, or on whose repair would restore one. It does not where all gates that
  ///   count the unit stay up: whoever else is repaired, they are up as before.
  @inline(__always)
  func changeMatters(unit: Int, by step: Int32) -> Bool {
    let gate = gateOfUnit[unit]
    guard gate >= 0, flips(Int(gate), by: step) else { return true }
    var matters = isTop[Int(gate)]
    for place in Int(userStarts[Int(gate)])..<Int(userStarts[Int(gate) + 1]) {
      let user = Int(users[place])
      let (old, new) = (inputsUp[user], inputsUp[user] &+ step)
      inputsUp[user] = new
      guard min(old, new) < needed[user] else { continue }
      matters = true
      if max(old, new) >= needed[user] { tellUsers(of: users[place], step) }
    }
    return matters
  }

  /// Whether a unit that has no role is all that a capability needs, or counted by a gate that is down.
  func bears(unit: Int) -> Bool {
    guard gateOfUnit[unit] >= 0 else { return false }
    let gate = Int(gateOfUnit[unit])
    for place in Int(userStarts[gate])..<Int(userStarts[gate + 1]) where !isUp(Int(users[place])) {
      return true
    }
    return isTop[gate]
  }

  /// A unit that is up left a role (by −1) or took one (by 1).
  func change(role: Int, by step: Int32) { change(gateOfRole[role], by: step) }

  /// A gate that is set from outside went down (by −1) or came back (by 1).
  func change(gate: Int, by step: Int32) { change(Int32(gate), by: step) }

  @inline(__always)
  private func change(_ gate: Int32, by step: Int32) {
    guard gate >= 0 else { return }
    if flips(Int(gate), by: step) { tellUsers(of: gate, step) }
  }

  /// Counts one input more or less; whether that takes the gate up or down.
  @inline(__always)
  private func flips(_ gate: Int, by step: Int32) -> Bool {
    let (before, after) = (inputsUp[gate], inputsUp[gate] &+ step)
    inputsUp[gate] = after
    return max(before, after) == needed[gate]
  }

  private func tellUsers(of gate: Int32, _ step: Int32) {
    waiting[0] = gate
    var count = 1
    while count > 0 {
      count -= 1
      let from = Int(waiting[count])
      for place in Int(userStarts[from])..<Int(userStarts[from + 1])
      where flips(Int(users[place]), by: step) {
        waiting[count] = users[place]
        count += 1
      }
    }
  }
}
