/// The most valuable pods that one node takes: a bounded knapsack with several resources, by branch and bound.
struct FillingSearch {
  /// The pods of each kind, the most worth for their size first.
  struct Items {
    let worth: [Double]
    /// By item, then resource.
    let requests: [Int]
    let most: [Int]
    let app: [Int]
  }

  private let items: Items
  private let resources: Int
  private var perNode: [Int]
  /// For each app those that may not share a node with it.
  private let refused: [[Int]]
  private(set) var best: [Int]
  private(set) var bestWorth = 0.0
  /// No filling is worth more: the best, once the search has ended, else a bound.
  private(set) var atMost = 0.0
  private var counts: [Int]
  /// How many pods of each app the node has.
  private var taken: [Int]
  private var steps: Int
  /// For each resource the items by what a unit of it is worth, most first, and what one of them asks for.
  private let byValue: [Int]
  private let asked: [Double]
  private var left: [Int] = []
  /// The resource that ended the last bound.
  private var tightest = 0

  /// - Parameters:
  ///   - perNode: by app, the most pods on a node.
  ///   - refused: by app, those that may not share a node with it.
  init(_ items: Items, resources: Int, perNode: [Int], refused: [[Int]], steps: Int) {
    (self.items, self.resources, self.steps) = (items, resources, steps)
    (self.perNode, self.refused) = (perNode, refused)
    taken = perNode.map { _ in 0 }
    best = items.worth.map { _ in 0 }
    counts = best
    byValue = (0..<resources).flatMap { resource in
      items.worth.indices.sorted { left, right in
        items.worth[left] * Double(items.requests[right * resources + resource])
          > items.worth[right] * Double(items.requests[left * resources + resource])
      }
    }
    asked = byValue.enumerated().map { place, item in
      Double(items.requests[item * resources + place / max(1, items.worth.count)])
    }
  }

  mutating func run(_ room: [Int]) {
    left = room
    let root = bound(0, above: -.infinity)
    descend(0, 0)
    atMost = steps > 0 ? bestWorth : root
  }

  private mutating func descend(_ position: Int, _ value: Double) {
    steps -= 1
    if value > bestWorth { (bestWorth, best) = (value, counts) }
    guard position < items.worth.count, steps > 0 else { return }
    let needed = bestWorth * (1 + 1e-12) - value
    guard bound(position, above: needed) > needed else { return }
    for count in stride(from: capacity(position), through: 0, by: -1) {
      take(position, count)
      descend(position + 1, value + Double(count) * items.worth[position])
      take(position, -count)
      if steps <= 0 { return }
    }
  }

  private mutating func take(_ item: Int, _ count: Int) {
    guard count != 0 else { return }
    for resource in 0..<resources { left[resource] -= count * items.requests[item * resources + resource] }
    counts[item] += count
    taken[items.app[item]] += count
    if perNode[items.app[item]] < Int.max { perNode[items.app[item]] -= count }
  }

  private func capacity(_ item: Int) -> Int {
    let app = items.app[item]
    var count = min(items.most[item], perNode[app])
    for resource in 0..<resources {
      let asked = items.requests[item * resources + resource]
      if asked > 0 { count = min(count, left[resource] / asked) }
    }
    return refused[app].contains { taken[$0] > 0 } ? 0 : max(0, count)
  }

  /// What the items from a place on are worth at most: by the resource that leaves least, with fractions (Dantzig 1957); the
  /// first bound that is no more than what is needed ends it.
  private mutating func bound(_ position: Int, above needed: Double) -> Double {
    let count = items.worth.count
    var least = Double.infinity
    for turn in 0..<resources {
      let resource = turn == 0 ? tightest : turn <= tightest ? turn - 1 : turn
      var (room, sum) = (Double(left[resource]), 0.0)
      for place in (resource * count)..<((resource + 1) * count) where byValue[place] >= position {
        let item = byValue[place]
        let most = Double(max(0, min(items.most[item], perNode[items.app[item]])))
        let needs = most * asked[place]
        if needs >= room, needs > 0 {
          sum += room / asked[place] * items.worth[item]
          break
        }
        (room, sum) = (room - needs, sum + most * items.worth[item])
      }
      least = min(least, sum)
      if least <= needed {
        tightest = resource
        break
      }
    }
    return least
  }
}
