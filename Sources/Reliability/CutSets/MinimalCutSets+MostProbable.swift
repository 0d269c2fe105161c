extension MinimalCutSets {
  /// The most probable sets, in order, then by their literals; found without listing the others.
  ///
  /// Best first: every unfinished set carries the probability of the best way to finish it, which the diagram knows
  /// exactly, so the next to be taken is always the next of the answer. When sets of equal probability straddle the
  /// end, the diagram's order decides which are in.
  ///
  /// - Parameters:
  ///   - count: How many at most.
  ///   - trueProbabilities: P(true) of each variable, 0…1.
  ///   - ranks: The place of each variable among all when sorted by name; by number when `nil`.
  /// - Complexity: O(nodes + count × length × log count).
  package func mostProbable(_ count: Int, _ trueProbabilities: [Double], ranks: [Int]? = nil) -> [CutSet] {
    guard count > 0, root != 0 else { return [] }
    var search = BestFirstSearch(self, trueProbabilities)
    var found: [CutSet] = []
    while found.count < count, let literals = search.next(stillWanted: count - found.count) {
      found.append(CutSet(literals, trueProbabilities, ranks: ranks))
    }
    return CutSet.sorted(found, ranks: ranks)
  }
}

/// A search for the sets of a diagram by falling probability.
struct BestFirstSearch {
  /// An unfinished set.
  private struct Branch {
    /// The probability of its best completion.
    let bound: Double
    let node: Int
    let continuation: Int
    let prefix: Int
    /// The probability of what it has so far.
    let probability: Double
  }

  private let sets: MinimalCutSets
  private let trueProbabilities: [Double]
  private let highest: [Double]
  /// A binary heap, the best on top.
  private var branches: [Branch]
  /// The literals of unfinished sets, each with the one before.
  private var prefixes: [(literal: CutSetLiteral, before: Int)] = []
  /// Where to go on after a module's set, and the probability of the best completion from there.
  private var continuations: [(node: Int, next: Int, highest: Double)] = []

  init(_ sets: MinimalCutSets, _ trueProbabilities: [Double]) {
    self.sets = sets
    self.trueProbabilities = trueProbabilities
    highest = sets.highestProbabilities(trueProbabilities)
    branches = [
      Branch(bound: highest[sets.root], node: sets.root, continuation: -1, prefix: -1, probability: 1)
    ]
  }

  /// The literals of the next set, from the last to the first; `nil` when there is none.
  mutating func next(stillWanted: Int) -> [CutSetLiteral]? {
    if branches.count > 4 * stillWanted + 4096 { forget(after: stillWanted) }
    guard var at = pop() else { return nil }
    while at.node != 1 || at.continuation >= 0 {
      if at.node == 1 {
        let (node, next, _) = continuations[at.continuation]
        at = branch(node, next, at.prefix, at.probability)
        continue
      }
      let node = sets.nodes[at.node]
      let with = taken(node, at)
      if node.low == 0 {
        at = with
        continue
      }
      let without = branch(Int(node.low), at.continuation, at.prefix, at.probability)
      push(with.bound >= without.bound ? without : with)
      at = with.bound >= without.bound ? with : without
    }
    var literals: [CutSetLiteral] = []
    var prefix = at.prefix
    while prefix >= 0 {
      literals.append(prefixes[prefix].literal)
      prefix = prefixes[prefix].before
    }
    return literals
  }

  /// The branch with a node's element.
  private mutating func taken(_ node: CutSetNode, _ from: Branch) -> Branch {
    if node.isModule {
      let after = from.continuation < 0 ? 1 : continuations[from.continuation].highest
      continuations.append((Int(node.high), from.continuation, highest[Int(node.high)] * after))
      return branch(node.module, continuations.count - 1, from.prefix, from.probability)
    }
    prefixes.append((node.literal, from.prefix))
    return branch(
      Int(node.high), from.continuation, prefixes.count - 1,
      from.probability * node.literal.probability(trueProbabilities))
  }

  private func branch(_ node: Int, _ continuation: Int, _ prefix: Int, _ probability: Double) -> Branch {
    let after = continuation < 0 ? 1 : continuations[continuation].highest
    return Branch(
      bound: probability * highest[node] * after, node: node, continuation: continuation, prefix: prefix,
      probability: probability)
  }

  // MARK: Heap

  /// Drops the branches that can not matter: each stands for at least one set as good as its bound.
  private mutating func forget(after count: Int) {
    branches.sort { $0.bound > $1.bound }
    branches.removeLast(max(0, branches.count - count))
  }

  private mutating func push(_ branch: Branch) {
    var place = branches.count
    branches.append(branch)
    while place > 0, branches[(place - 1) / 2].bound < branch.bound {
      branches[place] = branches[(place - 1) / 2]
      place = (place - 1) / 2
    }
    branches[place] = branch
  }

  private mutating func pop() -> Branch? {
    guard let best = branches.first else { return nil }
    let moved = branches.removeLast()
    if branches.isEmpty { return best }
    var place = 0
    while place * 2 + 1 < branches.count {
      var child = place * 2 + 1
      if child + 1 < branches.count, branches[child + 1].bound > branches[child].bound { child += 1 }
      if branches[child].bound <= moved.bound { break }
      branches[place] = branches[child]
      place = child
    }
    branches[place] = moved
    return best
  }
}
