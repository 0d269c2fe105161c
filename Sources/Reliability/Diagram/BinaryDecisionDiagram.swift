/// A reduced ordered binary decision diagram.
///
/// Variables are numbered by their place in the order, from 0 at the top. Functions are node numbers; equal
/// functions have equal numbers. A class, since all functions share its tables and handles must stay valid while
/// they grow.
///
/// Source: Bryant, *Graph-based algorithms for Boolean function manipulation*, IEEE Trans. Computers C-35 (1986).
package final class BinaryDecisionDiagram {
  /// A function over the variables.
  package typealias Function = UInt32

  /// Never true.
  package static let never: Function = 0
  /// Always true.
  package static let always: Function = 1

  private let storage: UnsafeMutablePointer<DiagramStorage>
  /// The most nodes before operations give up.
  private let nodeLimit: Int

  /// Thrown when an operation would need more nodes than allowed.
  package struct TooLarge: Error {
    /// The limit that was reached.
    package let nodeLimit: Int
  }

  /// An empty diagram that may grow to `nodeLimit` nodes of 36 bytes with their share of the tables.
  package init(nodeLimit: Int = 4_000_000) {
    storage = .allocate(capacity: 1)
    storage.initialize(to: .allocate())
    self.nodeLimit = nodeLimit
  }

  deinit {
    storage.pointee.deallocate()
    storage.deinitialize(count: 1)
    storage.deallocate()
  }

  /// How many nodes there are, with the two terminals.
  package var nodeCount: Int { storage.pointee.count }

  /// The function that is true when a variable is.
  package func variable(_ number: Int) -> Function {
    storage.pointee.node(UInt32(number), BinaryDecisionDiagram.never, BinaryDecisionDiagram.always)
  }

  /// Both.
  package func and(_ left: Function, _ right: Function) throws(TooLarge) -> Function {
    try ifThenElse(left, right, BinaryDecisionDiagram.never)
  }

  /// Either or both.
  package func or(_ left: Function, _ right: Function) throws(TooLarge) -> Function {
    try ifThenElse(left, BinaryDecisionDiagram.always, right)
  }

  /// The opposite.
  package func not(_ function: Function) throws(TooLarge) -> Function {
    try ifThenElse(function, BinaryDecisionDiagram.never, BinaryDecisionDiagram.always)
  }

  /// At least `count` of the functions.
  ///
  /// Built from the last function to the first, keeping the result for each count that can still matter.
  ///
  /// - Complexity: O(functions × count) operations.
  package func atLeast(_ count: Int, of functions: [Function]) throws(TooLarge) -> Function {
    if count <= 0 { return BinaryDecisionDiagram.always }
    if count > functions.count { return BinaryDecisionDiagram.never }
    var reached = [Function](repeating: BinaryDecisionDiagram.never, count: count + 1)
    reached[0] = BinaryDecisionDiagram.always
    for function in functions.reversed() {
      for needed in stride(from: count, to: 0, by: -1) {
        reached[needed] = try ifThenElse(function, reached[needed - 1], reached[needed])
      }
    }
    return reached[count]
  }

  /// A variable with what follows from it.
  package func parts(of function: Function) -> (variable: Int, low: Function, high: Function)? {
    guard function > 1 else { return nil }
    let node = storage.pointee.nodes[Int(function)]
    return (Int(node.variable), node.low, node.high)
  }

  /// The nodes that a function reaches, terminals left out, children before parents.
  package func nodes(of function: Function) -> [Function] {
    guard function > 1 else { return [] }
    let nodes = storage.pointee.nodes
    var isReached = [Bool](repeating: false, count: Int(function) + 1)
    isReached[Int(function)] = true
    var reached: [Function] = []
    for number in stride(from: Int(function), to: 1, by: -1) where isReached[number] {
      isReached[Int(nodes[number].low)] = true
      isReached[Int(nodes[number].high)] = true
      reached.append(UInt32(number))
    }
    return reached.reversed()
  }

  // MARK: If-then-else

  /// One suspended step of `ifThenElse`.
  private struct Frame {
    let test: Function
    let then: Function
    let otherwise: Function
    let variable: UInt32
    var low: Function = 0
    var hasLow = false
  }

  /// `test` ? `then` : `otherwise`, on an explicit stack, so that deep diagrams can not overflow the thread's.
  package func ifThenElse(
    _ test: Function, _ then: Function, _ otherwise: Function
  ) throws(TooLarge) -> Function {
    if let result = settled(test, then, otherwise) { return result }
    var stack = [frame(test, then, otherwise)]
    var value: Function?
    while let top = stack.last {
      if let result = value {
        value = take(result, top, &stack)
        continue
      }
      guard storage.pointee.count < nodeLimit else { throw TooLarge(nodeLimit: nodeLimit) }
      value = descend(top, high: top.hasLow, &stack)
    }
    return value ?? BinaryDecisionDiagram.never
  }

  /// Gives a finished cofactor to the step that waits for it; returns that step's result when it was the last.
  private func take(_ result: Function, _ top: Frame, _ stack: inout [Frame]) -> Function? {
    guard top.hasLow else {
      stack[stack.count - 1].low = result
      stack[stack.count - 1].hasLow = true
      return nil
    }
    let node = storage.pointee.node(top.variable, top.low, result)
    remember(top, result: node)
    stack.removeLast()
    return node
  }

  /// Starts on one cofactor; returns its result when it needs no steps of its own.
  private func descend(_ top: Frame, high: Bool, _ stack: inout [Frame]) -> Function? {
    let test = cofactor(top.test, top.variable, high: high)
    let then = cofactor(top.then, top.variable, high: high)
    let otherwise = cofactor(top.otherwise, top.variable, high: high)
    if let result = settled(test, then, otherwise) { return result }
    stack.append(frame(test, then, otherwise))
    return nil
  }

  private func frame(_ test: Function, _ then: Function, _ otherwise: Function) -> Frame {
    let nodes = storage.pointee.nodes
    let variable = min(
      nodes[Int(test)].variable, min(nodes[Int(then)].variable, nodes[Int(otherwise)].variable))
    return Frame(test: test, then: then, otherwise: otherwise, variable: variable)
  }

  private func cofactor(_ function: Function, _ variable: UInt32, high: Bool) -> Function {
    let node = storage.pointee.nodes[Int(function)]
    guard node.variable == variable else { return function }
    return high ? node.high : node.low
  }

  /// The result when it follows at once or is remembered.
  private func settled(_ test: Function, _ then: Function, _ otherwise: Function) -> Function? {
    if test == BinaryDecisionDiagram.always || then == otherwise { return then }
    if test == BinaryDecisionDiagram.never { return otherwise }
    if then == BinaryDecisionDiagram.always, otherwise == BinaryDecisionDiagram.never { return test }
    let place = DiagramStorage.hash(test, then, otherwise) & storage.pointee.cacheMask
    let entry = storage.pointee.cache[place]
    return entry.test == test && entry.then == then && entry.otherwise == otherwise ? entry.result : nil
  }

  private func remember(_ frame: Frame, result: Function) {
    let place = DiagramStorage.hash(frame.test, frame.then, frame.otherwise) & storage.pointee.cacheMask
    storage.pointee.cache[place] = DiagramCacheEntry(
      test: frame.test, then: frame.then, otherwise: frame.otherwise, result: result)
  }
}
