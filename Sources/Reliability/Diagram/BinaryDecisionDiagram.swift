/// A reduced ordered binary decision diagram with complement edges.
///
/// Variables are numbered by their place in the order, from 0 at the top. Functions are numbers; equal functions
/// have equal numbers, and opposite ones differ in the last bit. A class, since all functions share its tables and
/// handles must stay valid while they grow.
///
/// Sources: Bryant, *Graph-based algorithms for Boolean function manipulation*, IEEE Trans. Computers C-35 (1986);
/// Brace, Rudell and Bryant, *Efficient implementation of a BDD package*, DAC (1990).
package final class BinaryDecisionDiagram {
  /// A function over the variables: twice a node's number, plus one for the opposite.
  package typealias Function = UInt32

  /// Never true.
  package static let never: Function = 0
  /// Always true.
  package static let always: Function = 1

  private let storage: UnsafeMutablePointer<DiagramStorage>
  /// The most nodes before operations give up.
  package let nodeLimit: Int

  /// Thrown when an operation would need more nodes, or more steps, than allowed.
  package struct TooLarge: Error {
    /// The limit of nodes.
    package let nodeLimit: Int

    /// Names the limit.
    package init(nodeLimit: Int) { self.nodeLimit = nodeLimit }
  }

  /// An empty diagram that may grow to `nodeLimit` nodes of at most 36 bytes with their share of the tables.
  package init(nodeLimit: Int = 4_000_000) {
    storage = .allocate(capacity: 1)
    self.nodeLimit = min(nodeLimit, Int(DiagramStorage.numberMask) / 2)
    storage.initialize(to: .allocate(nodeLimit: self.nodeLimit))
  }

  deinit {
    storage.pointee.deallocate()
    storage.deinitialize(count: 1)
    storage.deallocate()
  }

  /// How many nodes there are, with the terminal.
  package var nodeCount: Int { storage.pointee.count }

  /// How many steps operations have taken so far: what a budget of work counts.
  package var steps: Int { storage.pointee.steps }

  /// The most steps before operations give up.
  package var stepLimit: Int {
    get { storage.pointee.stepLimit }
    set { storage.pointee.stepLimit = newValue }
  }

  /// The function that is true when a variable is.
  package func variable(_ number: Int) -> Function {
    storage.pointee.node(UInt32(number), BinaryDecisionDiagram.never, BinaryDecisionDiagram.always)
  }

  /// Both.
  package func and(_ left: Function, _ right: Function) throws(TooLarge) -> Function {
    try checked(storage.pointee.and(left, right))
  }

  /// Either or both.
  package func or(_ left: Function, _ right: Function) throws(TooLarge) -> Function {
    try checked(storage.pointee.and(left ^ 1, right ^ 1)) ^ 1
  }

  /// One but not both.
  package func xor(_ left: Function, _ right: Function) throws(TooLarge) -> Function {
    try checked(storage.pointee.xor(left, right))
  }

  /// The opposite.
  package func not(_ function: Function) -> Function { function ^ 1 }

  /// `test` ? `then` : `otherwise`.
  package func ifThenElse(
    _ test: Function, _ then: Function, _ otherwise: Function
  ) throws(TooLarge) -> Function {
    try checked(storage.pointee.ifThenElse(test, then, otherwise))
  }

  /// The sequence in which many functions are joined.
  package enum Sequence: Sendable {
    /// As they are given.
    case given
    /// From the one that begins lowest in the order; where many reach over the same variables, neighbours are joined
    /// in pairs, so that what excludes most meets early.
    case byLevel
  }

  /// All of the functions.
  package func and(
    _ functions: [Function], _ sequence: Sequence = .byLevel
  ) throws(TooLarge) -> Function {
    var open = sequence == .given ? functions : lowestFirst(functions)
    guard sequence == .byLevel, overlap(open) > 4 else {
      var all = BinaryDecisionDiagram.always
      for function in open { all = try and(function, all) }
      return all
    }
    while open.count > 1 {
      var joined: [Function] = []
      for index in stride(from: 0, to: open.count - 1, by: 2) {
        joined.append(try and(open[index], open[index + 1]))
      }
      if open.count & 1 == 1 { joined.append(open[open.count - 1]) }
      open = joined
    }
    return open.first ?? BinaryDecisionDiagram.always
  }

  /// Any of the functions.
  package func or(
    _ functions: [Function], _ sequence: Sequence = .byLevel
  ) throws(TooLarge) -> Function {
    try and(functions.map { $0 ^ 1 }, sequence) ^ 1
  }

  /// An odd number of the functions.
  package func xor(_ functions: [Function]) throws(TooLarge) -> Function {
    var odd = BinaryDecisionDiagram.never
    for function in lowestFirst(functions) { odd = try xor(function, odd) }
    return odd
  }

  /// At least `count` of the functions.
  ///
  /// Built from the function that begins lowest in the order to the highest, keeping the result for each count
  /// that can still matter.
  ///
  /// - Complexity: O(functions × count) operations.
  package func atLeast(_ count: Int, of functions: [Function]) throws(TooLarge) -> Function {
    if count <= 0 { return BinaryDecisionDiagram.always }
    if count > functions.count { return BinaryDecisionDiagram.never }
    var reached = [Function](repeating: BinaryDecisionDiagram.never, count: count + 1)
    reached[0] = BinaryDecisionDiagram.always
    for (taken, function) in lowestFirst(functions).enumerated() {
      let fewest = max(1, count - (functions.count - 1 - taken))
      for needed in stride(from: min(count, taken + 1), through: fewest, by: -1) {
        reached[needed] = try ifThenElse(function, reached[needed - 1], reached[needed])
      }
    }
    return reached[count]
  }

  /// A variable with what follows from it; `nil` for the constants. Hides that opposites share nodes.
  package func parts(of function: Function) -> (variable: Int, low: Function, high: Function)? {
    guard function > 1 else { return nil }
    let node = storage.pointee.nodes[Int(function >> 1)]
    return (Int(node.variable), node.low ^ (function & 1), node.high ^ (function & 1))
  }

  /// The functions that a function reaches, constants left out, children before parents; one that is reached
  /// together with its opposite stands twice.
  package func nodes(of function: Function) -> [Function] {
    guard function > 1 else { return [] }
    let nodes = storage.pointee.nodes
    var isReached = [Bool](repeating: false, count: Int(function | 1) + 1)
    isReached[Int(function)] = true
    var reached: [Function] = []
    for code in stride(from: Int(function | 1), to: 1, by: -1) where isReached[code] {
      let node = nodes[code >> 1]
      isReached[Int(node.low) ^ (code & 1)] = true
      isReached[Int(node.high) ^ (code & 1)] = true
      reached.append(UInt32(code))
    }
    return reached.reversed()
  }

  /// How many nodes a function reaches, opposites counted once.
  package func size(of functions: [Function]) -> Int {
    var isReached = [Bool](repeating: false, count: nodeCount)
    for function in functions { isReached[Int(function >> 1)] = true }
    let nodes = storage.pointee.nodes
    var size = 0
    for number in stride(from: nodeCount - 1, to: 0, by: -1) where isReached[number] {
      isReached[Int(nodes[number].low >> 1)] = true
      isReached[Int(nodes[number].high >> 1)] = true
      size += 1
    }
    return size
  }

  /// Drops the nodes that none of the functions needs, and renumbers the functions; all others become invalid.
  package func collectGarbage(keeping functions: inout [Function]) {
    storage.pointee.collect(keeping: &functions)
  }

  /// A node's own numbers: its variable and its edges.
  func node(_ number: Int) -> DiagramNode { storage.pointee.nodes[number] }

  private func checked(_ result: UInt32) throws(TooLarge) -> Function {
    if result == DiagramStorage.none { throw TooLarge(nodeLimit: nodeLimit) }
    return result
  }

  /// The functions from the one that begins lowest in the order, so that each is joined on top of those before it.
  ///
  /// Where most begin with the same few variables, it is where they end that tells.
  private func lowestFirst(_ functions: [Function]) -> [Function] {
    let nodes = storage.pointee.nodes
    let firsts = functions.map { nodes[Int($0 >> 1)].variable }
    let isShared = functions.count > 8 && Set(firsts).count * 4 < functions.count
    let keys = isShared ? functions.map { lastVariable($0) } : firsts
    return functions.indices.sorted { (keys[$0], $0) > (keys[$1], $1) }.map { functions[$0] }
  }

  /// How many of the functions reach over a variable, on average over those that any reaches over.
  private func overlap(_ functions: [Function]) -> Int {
    if functions.count < 8 { return 0 }
    let nodes = storage.pointee.nodes
    var (sum, first, last) = (0, Int.max, 0)
    for function in functions where function > 1 {
      let (begin, end) = (Int(nodes[Int(function >> 1)].variable), Int(lastVariable(function)))
      sum += end - begin + 1
      (first, last) = (min(first, begin), max(last, end))
    }
    return sum / max(1, last - first + 1)
  }

  /// The variable at the end of one path, as a sign of how low a function reaches.
  private func lastVariable(_ function: Function) -> UInt32 {
    let nodes = storage.pointee.nodes
    var place = Int(function >> 1)
    var last = nodes[place].variable
    while place > 0 {
      let node = nodes[place]
      last = node.variable
      place = Int((node.low >> 1 > 0 ? node.low : node.high) >> 1)
    }
    return last
  }
}
