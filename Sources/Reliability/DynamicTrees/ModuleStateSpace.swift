/// The states that a module can reach, and how often it moves between them.
struct ModuleStateSpace: Sendable {
  /// A move from one state to another.
  struct Transition: Sendable {
    let to: Int
    let rate: Double
  }

  /// Which outputs have failed in each state, one bit each.
  private(set) var failed: [UInt64] = []
  /// The probability of each state at time 0.
  private(set) var initial: [Double] = []
  /// The moves of each state, from `starts[state]` up to `starts[state + 1]`.
  private(set) var transitions: [Transition] = []
  /// Where each state's moves begin.
  private(set) var starts: [Int] = [0]
  /// Whether the order in which dependencies strike changed some outcome.
  private(set) var isOrderDependent = false

  /// The number of states.
  var stateCount: Int { failed.count }

  /// Explores a module breadth first.
  ///
  /// - Throws: `tooManyStates` when there are more than `stateLimit`, `tooManyMoves` when they have more than `moveLimit`.
  init(_ module: DynamicModule, stateLimit: Int, moveLimit: Int) throws(DynamicTreeError) {
    var explorer = ModuleExplorer(module, stateLimit: stateLimit)
    for outcome in explorer.starts() {
      let state = try explorer.number(of: outcome.state)
      while initial.count < explorer.states.count { initial.append(0) }
      initial[state] += outcome.probability
    }
    var next = 0
    while next < explorer.states.count {
      let state = explorer.states[next]
      failed.append(explorer.failedOutputs(state))
      for (outcome, rate) in explorer.moves(from: state) {
        let to = try explorer.number(of: outcome.state)
        transitions.append(Transition(to: to, rate: rate * outcome.probability))
      }
      if transitions.count > moveLimit {
        throw .tooManyMoves(module: module.name(of: module.outputs[0]), limit: moveLimit)
      }
      starts.append(transitions.count)
      next += 1
    }
    initial += [Double](repeating: 0, count: explorer.states.count - initial.count)
    isOrderDependent = explorer.isOrderDependent
  }
}

/// A set of states of equal length, numbered in the order in which they came.
struct StateTable {
  private let width: Int
  private var bytes: [UInt8] = []
  private var places: [Int32] = [Int32](repeating: -1, count: 64)
  private(set) var count = 0

  init(width: Int) { self.width = width }

  /// A state by its number.
  subscript(number: Int) -> [UInt8] { Array(bytes[number * width..<(number + 1) * width]) }

  /// The number of a state, if it is known.
  ///
  /// - Returns: the number, and whether the state was known.
  mutating func insert(_ state: [UInt8]) -> (number: Int, isNew: Bool) {
    if count * 2 >= places.count { grow() }
    var place = Self.hash(state[...]) & (places.count - 1)
    while places[place] >= 0 {
      let number = Int(places[place])
      if isEqual(number, state) { return (number, false) }
      place = (place + 1) & (places.count - 1)
    }
    places[place] = Int32(count)
    bytes += state
    count += 1
    return (count - 1, true)
  }

  private func isEqual(_ number: Int, _ state: [UInt8]) -> Bool {
    let start = number * width
    for offset in 0..<width where bytes[start + offset] != state[offset] { return false }
    return true
  }

  private mutating func grow() {
    places = [Int32](repeating: -1, count: places.count * 2)
    for number in 0..<count {
      var place = Self.hash(bytes[number * width..<(number + 1) * width]) & (places.count - 1)
      while places[place] >= 0 { place = (place + 1) & (places.count - 1) }
      places[place] = Int32(number)
    }
  }

  /// FNV-1a, mixed so that the low bits depend on all bytes.
  private static func hash(_ state: ArraySlice<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in state { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    hash = (hash ^ (hash >> 32)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: hash >> 20)
  }
}
