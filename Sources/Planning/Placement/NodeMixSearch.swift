/// Looks for cheap nodes: from the best of one type only, by taking nodes away and putting cheaper ones in their place,
/// again and again after small shocks (iterated local search; Lourenço, Martin and Stützle 2003).
struct NodeMixSearch {
  private let check: NodeMixCheck
  private let cuts: [FillingCut]
  private let prices: [Int]
  private var effort: Int
  private var known: [NodeCounts: Bool] = [:]
  private var random: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// - Parameters:
  ///   - cuts: what shows that nodes will not do before anything is packed.
  ///   - effort: how many sets of nodes are packed.
  init(_ check: NodeMixCheck, _ cuts: [FillingCut], effort: Int) {
    (self.check, self.cuts, self.effort) = (check, cuts, effort)
    prices = check.types.map(\.price)
  }

  /// The cheapest found, zones in the order in which it was seen to do; it ends at a price that can not be bettered.
  mutating func best(atLeast bound: Int) -> NodeCounts? {
    cheapest(atLeast: bound).map(ordered)
  }

  private func ordered(_ counts: NodeCounts) -> NodeCounts { check.tellsZones ? counts : counts.ordered }

  private mutating func cheapest(atLeast bound: Int) -> NodeCounts? {
    var starts = check.types.indices.compactMap { uniform(of: $0) }
    starts.sort { check.price($0) < check.price($1) }
    guard var best = starts.first else { return nil }
    for start in starts.prefix(3) where check.price(best) > bound && effort > 0 {
      let found = descended(start, bound)
      if check.price(found) < check.price(best) { best = found }
    }
    var (current, shocks) = (best, 0)
    while check.price(best) > bound, effort > 0, shocks < 10_000 {
      shocks += 1
      let found = descended(shocked(current), bound)
      if check.price(found) <= check.price(current) { current = found }
      if check.price(found) < check.price(best) { best = found }
      if shocks % 12 == 0 { current = best }
    }
    return best
  }

  /// Nodes of one type, evenly over the zones, as few as do.
  private mutating func uniform(of type: Int) -> NodeCounts? {
    func counts(_ total: Int) -> NodeCounts {
      var counts = NodeCounts(zones: check.zones, types: prices.count)
      for zone in 0..<check.zones { counts[zone, type] = (total + check.zones - 1 - zone) / check.zones }
      return counts
    }
    var (low, high) = (0, 1)
    while high <= 4096, !holds(counts(high)) { (low, high) = (high, high * 2) }
    guard high <= 4096 else { return nil }
    while high - low > 1 {
      let middle = (low + high) / 2
      if holds(counts(middle)) { high = middle } else { low = middle }
    }
    return counts(high)
  }

  private mutating func holds(_ counts: NodeCounts) -> Bool {
    if check.isRefused(counts, by: cuts) { return false }
    let key = ordered(counts)
    if let answer = known[key] { return answer }
    effort -= 1
    let answer = check.packing(key, steps: NodeMixCheck.quickSteps) != nil
    known[key] = answer
    return answer
  }

  // MARK: Moves

  /// A descent: the same with fewer or cheaper nodes, until none of the moves helps.
  private mutating func descended(_ start: NodeCounts, _ bound: Int) -> NodeCounts {
    var current = start
    while effort > 0, check.price(current) > bound {
      let zones = (0..<check.zones).filter { zone in
        check.tellsZones || !(0..<zone).contains { current.areAlike($0, zone) }
      }
      let nodes = current.numbers.indices.filter { current[$0] > 0 }
      var step = Step(counts: current, price: check.price(current), bound: bound, nodes: nodes, zones: zones)
      guard isRemoved(&step) || isExchanged(&step) || isMerged(&step) || isSplit(&step) else { break }
      current = step.counts
    }
    return current
  }

  /// Nodes on their way to cheaper ones.
  private struct Step {
    var counts: NodeCounts
    let price: Int
    let bound: Int
    /// The places of nodes that there are.
    let nodes: [Int]
    /// The zones that are not equal to one before them.
    let zones: [Int]
  }

  private func price(at place: Int) -> Int { prices[place % prices.count] }

  /// Whether some nodes do in place of others, and cost less; they are taken then.
  private mutating func takes(_ step: inout Step, _ gone: [Int], _ come: [Int]) -> Bool {
    guard effort > 0 else { return false }
    let price =
      step.price - gone.reduce(0) { $0 + self.price(at: $1) } + come.reduce(0) { $0 + self.price(at: $1) }
    guard price < step.price, price >= step.bound else { return false }
    for place in gone { step.counts[place] -= 1 }
    if gone.allSatisfy({ step.counts[$0] >= 0 }) {
      for place in come { step.counts[place] += 1 }
      if holds(step.counts) { return true }
      for place in come { step.counts[place] -= 1 }
    }
    for place in gone { step.counts[place] += 1 }
    return false
  }

  /// One node goes, the dearest first.
  private mutating func isRemoved(_ step: inout Step) -> Bool {
    for place in step.nodes.sorted(by: { (price(at: $1), $0) < (price(at: $0), $1) })
    where takes(&step, [place], []) { return true }
    return false
  }

  /// One node by a cheaper one, anywhere.
  private mutating func isExchanged(_ step: inout Step) -> Bool {
    for place in step.nodes {
      for type in prices.indices where prices[type] < price(at: place) {
        for zone in step.zones where takes(&step, [place], [zone * prices.count + type]) { return true }
      }
    }
    return false
  }

  /// Two nodes by one that is cheaper than both.
  private mutating func isMerged(_ step: inout Step) -> Bool {
    for (index, left) in step.nodes.enumerated() {
      for right in step.nodes[index...] {
        for type in prices.indices where prices[type] < price(at: left) + price(at: right) {
          for zone in step.zones where takes(&step, [left, right], [zone * prices.count + type]) {
            return true
          }
        }
      }
    }
    return false
  }

  /// One node by two that are cheaper together.
  private mutating func isSplit(_ step: inout Step) -> Bool {
    for place in step.nodes {
      let zone = place / prices.count
      for first in prices.indices {
        for second in first..<prices.count where prices[first] + prices[second] < price(at: place) {
          for other in step.zones
          where takes(&step, [place], [zone * prices.count + first, other * prices.count + second]) {
            return true
          }
        }
      }
    }
    return false
  }

  // MARK: Shocks

  /// A node or two more, and perhaps one that moves to another zone.
  private mutating func shocked(_ counts: NodeCounts) -> NodeCounts {
    var changed = counts
    for _ in 0...draw(2) { changed[draw(check.zones), draw(prices.count)] += 1 }
    let own = changed.numbers.indices.filter { changed[$0] > 0 }
    if draw(2) == 0, !own.isEmpty {
      let one = own[draw(own.count)]
      changed[one] -= 1
      changed[draw(check.zones), one % prices.count] += 1
    }
    return holds(changed) ? changed : counts
  }

  /// A number below a limit (Knuth's MMIX generator; the same in every run).
  private mutating func draw(_ limit: Int) -> Int {
    random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((random >> 33) % UInt64(max(1, limit)))
  }
}
