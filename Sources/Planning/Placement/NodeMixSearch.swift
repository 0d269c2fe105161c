/// Looks for cheap nodes: from the best of one type only, by taking nodes away and putting cheaper ones in their place,
/// again and again after small shocks (iterated local search; Lourenço, Martin and Stützle 2003).
struct NodeMixSearch {
  private let check: NodeMixCheck
  private var effort: Int
  private var known: [[[Int]]: Bool] = [:]
  private var random: UInt64 = 0x9E37_79B9_7F4A_7C15

  private let cuts: [FillingCut]

  /// - Parameters:
  ///   - cuts: what shows that nodes will not do before anything is packed.
  ///   - effort: how many sets of nodes are packed.
  init(_ check: NodeMixCheck, _ cuts: [FillingCut], effort: Int) {
    (self.check, self.cuts, self.effort) = (check, cuts, effort)
  }

  /// The cheapest found, zones in the order in which it was seen to do; it ends at a price that can not be bettered.
  mutating func best(atLeast bound: Int) -> [[Int]]? {
    cheapest(atLeast: bound).map(ordered)
  }

  /// Zones that nothing tells apart in one order.
  private func ordered(_ counts: [[Int]]) -> [[Int]] {
    check.tellsZones ? counts : counts.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private mutating func cheapest(atLeast bound: Int) -> [[Int]]? {
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
  private mutating func uniform(of type: Int) -> [[Int]]? {
    func counts(_ total: Int) -> [[Int]] {
      (0..<check.zones).map { zone in
        check.types.indices.map { $0 == type ? (total + check.zones - 1 - zone) / check.zones : 0 }
      }
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

  private mutating func holds(_ counts: [[Int]]) -> Bool {
    let key = ordered(counts)
    if let answer = known[key] { return answer }
    if check.isRefused(key, by: cuts) { return false }
    effort -= 1
    let answer = check.packing(key) != nil
    known[key] = answer
    return answer
  }

  // MARK: Moves

  /// Nodes of one zone and type that come or go.
  private struct Change {
    let zone: Int
    let type: Int
    let by: Int
  }

  private func applied(_ changes: [Change], to counts: [[Int]]) -> [[Int]]? {
    var changed = counts
    for change in changes {
      changed[change.zone][change.type] += change.by
      if changed[change.zone][change.type] < 0 { return nil }
    }
    return changed
  }

  /// The same with fewer or cheaper nodes, until none of the moves helps.
  private mutating func descended(_ start: [[Int]], _ bound: Int) -> [[Int]] {
    var current = start
    improving: while effort > 0, check.price(current) > bound {
      for moves in [removals(current), exchanges(current), merges(current), splits(current)] {
        for changes in moves {
          guard effort > 0 else { return current }
          guard let next = applied(changes, to: current), check.price(next) < check.price(current),
            check.price(next) >= bound, holds(next)
          else { continue }
          current = next
          continue improving
        }
      }
      break
    }
    return current
  }

  private func present(_ counts: [[Int]]) -> [(zone: Int, type: Int)] {
    counts.indices.flatMap { zone in
      check.types.indices.filter { counts[zone][$0] > 0 }.map { (zone, $0) }
    }
  }

  private func removals(_ counts: [[Int]]) -> [[Change]] {
    present(counts).sorted { check.types[$0.type].price > check.types[$1.type].price }.map {
      [Change(zone: $0.zone, type: $0.type, by: -1)]
    }
  }

  /// One node by a cheaper one, anywhere.
  private func exchanges(_ counts: [[Int]]) -> [[Change]] {
    present(counts).flatMap { own in
      check.types.indices.filter { check.types[$0].price < check.types[own.type].price }.flatMap { type in
        zonesTold(counts).map { zone in
          [Change(zone: own.zone, type: own.type, by: -1), Change(zone: zone, type: type, by: 1)]
        }
      }
    }
  }

  /// Two nodes by one that is cheaper than both.
  private func merges(_ counts: [[Int]]) -> [[Change]] {
    let own = present(counts)
    return own.indices.flatMap { left in
      own[left...].flatMap { right -> [[Change]] in
        let price = check.types[own[left].type].price + check.types[right.type].price
        return check.types.indices.filter { check.types[$0].price < price }.flatMap { type in
          zonesTold(counts).map { zone in
            [
              Change(zone: own[left].zone, type: own[left].type, by: -1),
              Change(zone: right.zone, type: right.type, by: -1), Change(zone: zone, type: type, by: 1),
            ]
          }
        }
      }
    }
  }

  /// One node by two that are cheaper together.
  private func splits(_ counts: [[Int]]) -> [[Change]] {
    present(counts).flatMap { own -> [[Change]] in
      check.types.indices.flatMap { first in
        check.types.indices.filter { second in
          second >= first
            && check.types[first].price + check.types[second].price < check.types[own.type].price
        }.flatMap { second in
          zonesTold(counts).map { zone in
            [
              Change(zone: own.zone, type: own.type, by: -1), Change(zone: own.zone, type: first, by: 1),
              Change(zone: zone, type: second, by: 1),
            ]
          }
        }
      }
    }
  }

  /// The zones that are not equal to one before them.
  private func zonesTold(_ counts: [[Int]]) -> [Int] {
    counts.indices.filter { zone in
      check.tellsZones || !counts[..<zone].contains(counts[zone])
    }
  }

  // MARK: Shocks

  /// A node or two more, and perhaps one that moves to another zone.
  private mutating func shocked(_ counts: [[Int]]) -> [[Int]] {
    var changed = counts
    for _ in 0...draw(2) { changed[draw(check.zones)][draw(check.types.count)] += 1 }
    let own = present(changed)
    if draw(2) == 0, !own.isEmpty {
      let one = own[draw(own.count)]
      changed[one.zone][one.type] -= 1
      changed[draw(check.zones)][one.type] += 1
    }
    return holds(changed) ? changed : counts
  }

  /// A number below a limit (Knuth's MMIX generator; the same in every run).
  private mutating func draw(_ limit: Int) -> Int {
    random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((random >> 33) % UInt64(max(1, limit)))
  }
}
