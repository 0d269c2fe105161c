/// A walk over all sets of a diagram, depth first, the sets with an element before those without.
///
/// Its memory is taken once: no path is longer than the longest of the diagram. Taking a node's module enters the
/// module's own sets, and a continuation says where to go on when one is complete.
struct CutSetWalk {
  /// Where to go on when a module's set is complete.
  private struct Continuation {
    let node: Int
    let next: Int
    /// The least number of elements and the highest probability that are still to come from here on.
    let order: Int
    let probability: Double
  }

  /// The sets without an element, left for later.
  private struct Choice {
    let node: Int
    let continuation: Int
    let continuationCount: Int
    let order: Int
    let probability: Double
  }

  private let sets: MinimalCutSets
  private let filter: CutSetFilter
  private let literalProbabilities: UnsafeMutableBufferPointer<Double>
  private let literals: UnsafeMutableBufferPointer<CutSetLiteral>
  private let choices: UnsafeMutableBufferPointer<Choice>
  private let continuations: UnsafeMutableBufferPointer<Continuation>
  /// For each node, what its best set has; empty when all sets pass.
  private let leastOrders: [Int32]
  private let highestProbabilities: [Double]

  init(_ sets: MinimalCutSets, _ filter: CutSetFilter, _ trueProbabilities: [Double]) {
    self.sets = sets
    self.filter = filter
    let lengths: [Int] = sets.values(
      none: 0, empty: 0, literal: { _ in 1 },
      join: { low, element, high in max(low, element + high) + 1 })
    let length = lengths[sets.root] + 1
    literalProbabilities = .allocate(capacity: trueProbabilities.count * 2 + 2)
    for (variable, p) in trueProbabilities.enumerated() {
      literalProbabilities.initializeElement(at: variable * 2, to: p)
      literalProbabilities.initializeElement(at: variable * 2 + 1, to: 1 - p)
    }
    literals = .allocate(capacity: length)
    choices = .allocate(capacity: length)
    continuations = .allocate(capacity: length)
    leastOrders = filter.passesAll ? [] : sets.leastOrders()
    highestProbabilities = filter.passesAll ? [] : sets.highestProbabilities(trueProbabilities)
  }

  func deallocate() {
    literalProbabilities.deallocate()
    literals.deallocate()
    choices.deallocate()
    continuations.deallocate()
  }

  /// Calls `body` with each set.
  func run(_ body: (UnsafeBufferPointer<CutSetLiteral>, Double) -> Void) {
    let first = UnsafePointer(literals.baseAddress)
    var left = filter.maximumCount ?? .max
    sets.nodes.withUnsafeBufferPointer { nodes in
      var choiceCount = 0
      var continuationCount = 0
      var (node, continuation, order, probability) = (sets.root, -1, 0, 1.0)
      while true {
        if node != 0, !filter.passesAll, !mayPass(node, continuation, order, probability) { node = 0 }
        if node <= 1 {
          if node == 1, continuation >= 0 {
            node = continuations[continuation].node
            continuation = continuations[continuation].next
            continue
          }
          if node == 1 {
            body(UnsafeBufferPointer(start: first, count: order), probability)
            left -= 1
            if left == 0 { return }
          }
          if choiceCount == 0 { return }
          choiceCount -= 1
          let choice = choices[choiceCount]
          (node, order, probability) = (choice.node, choice.order, choice.probability)
          (continuation, continuationCount) = (choice.continuation, choice.continuationCount)
          continue
        }
        let place = nodes[node]
        if place.low != 0 {
          choices[choiceCount] = Choice(
            node: Int(place.low), continuation: continuation, continuationCount: continuationCount,
            order: order, probability: probability)
          choiceCount += 1
        }
        if place.isModule {
          continuations[continuationCount] = self.continuation(Int(place.high), continuation)
          (continuation, node) = (continuationCount, place.module)
          continuationCount += 1
        } else {
          literals[order] = place.literal
          probability *= literalProbabilities[Int(place.label)]
          (order, node) = (order + 1, Int(place.high))
        }
      }
    }
  }

  private func continuation(_ node: Int, _ next: Int) -> Continuation {
    if filter.passesAll { return Continuation(node: node, next: next, order: 0, probability: 1) }
    return Continuation(
      node: node, next: next, order: Int(leastOrders[node]) + (next < 0 ? 0 : continuations[next].order),
      probability: highestProbabilities[node] * (next < 0 ? 1 : continuations[next].probability))
  }

  /// Whether some set from here on can pass; rounding never keeps one out that is right at the cut-off.
  private func mayPass(_ node: Int, _ continuation: Int, _ order: Int, _ probability: Double) -> Bool {
    var order = order + Int(leastOrders[node])
    var probability = probability * highestProbabilities[node]
    if continuation >= 0 {
      order += continuations[continuation].order
      probability *= continuations[continuation].probability
    }
    if order > filter.maximumOrder ?? .max { return false }
    return probability * (1 + 1e-12) >= filter.minimumProbability
  }
}

extension MinimalCutSets {
  /// The number of elements of the smallest set of every node.
  func leastOrders() -> [Int32] {
    values(
      none: .max / 4, empty: 0, literal: { _ in 1 },
      join: { low, element, high in min(low, min(element + high, .max / 4)) })
  }
}
