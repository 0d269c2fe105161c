/// The most valuable pods that one node takes: a bounded knapsack with several resources, by branch and bound.
struct FillingSearch {
  let order: [Int]
  let worth: [Double]
  let requests: [[Int]]
  let most: [Int]
  let app: [Int]
  var perNode: [Int]
  /// For each app those that may not share a node with it.
  let refused: [[Int]]
  private(set) var best: [Int]
  private(set) var bestWorth = 0.0
  /// No filling is worth more: the best, once the search has ended, else a bound.
  private(set) var atMost = 0.0
  private var counts: [Int]
  /// How many pods of each app the node has.
  private var taken: [Int]
  private var steps: Int
  /// For each resource the items by what a unit of it is worth, most first.
  private let byValue: [[Int]]
  /// The place of each item in the order.
  private let place: [Int]

  init(
    order: [Int], worth: [Double], requests: [[Int]], most: [Int], app: [Int], perNode: [Int],
    refused: [[Int]], steps: Int
  ) {
    (self.steps, self.refused) = (steps, refused)
    taken = perNode.map { _ in 0 }
    (self.order, self.worth, self.requests) = (order, worth, requests)
    (self.most, self.app, self.perNode) = (most, app, perNode)
    best = [Int](repeating: 0, count: worth.count)
    counts = best
    var place = [Int](repeating: -1, count: worth.count)
    for (position, item) in order.enumerated() { place[item] = position }
    self.place = place
    byValue = (requests.first ?? []).indices.map { resource in
      order.sorted { left, right in
        worth[left] * Double(requests[right][resource]) > worth[right] * Double(requests[left][resource])
      }
    }
  }

  mutating func run(_ room: [Int]) {
    var left = room
    let root = bound(0, left)
    descend(0, &left, 0)
    atMost = steps > 0 ? bestWorth : root
  }

  private mutating func descend(_ position: Int, _ left: inout [Int], _ value: Double) {
    steps -= 1
    if value > bestWorth { (bestWorth, best) = (value, counts) }
    guard position < order.count, steps > 0, value + bound(position, left) > bestWorth * (1 + 1e-12) else {
      return
    }
    let item = order[position]
    for count in stride(from: capacity(item, left), through: 0, by: -1) {
      take(item, count, &left)
      descend(position + 1, &left, value + Double(count) * worth[item])
      take(item, -count, &left)
      if steps <= 0 { return }
    }
  }

  private mutating func take(_ item: Int, _ count: Int, _ left: inout [Int]) {
    guard count != 0 else { return }
    for resource in left.indices { left[resource] -= count * requests[item][resource] }
    counts[item] += count
    taken[app[item]] += count
    if perNode[app[item]] < Int.max { perNode[app[item]] -= count }
  }

  private func capacity(_ item: Int, _ left: [Int]) -> Int {
    var count = min(most[item], perNode[app[item]])
    for (asked, left) in zip(requests[item], left) where asked > 0 { count = min(count, left / asked) }
    return refused[app[item]].contains { taken[$0] > 0 } ? 0 : max(0, count)
  }

  /// What the items from a place on are worth at most: by the resource that leaves least, with fractions (Dantzig 1957).
  private func bound(_ position: Int, _ left: [Int]) -> Double {
    var least = Double.infinity
    for resource in left.indices {
      var (room, sum) = (Double(left[resource]), 0.0)
      for item in byValue[resource] where place[item] >= position {
        let asked = Double(requests[item][resource])
        let count = Double(max(0, min(most[item], perNode[app[item]])))
        let taken = asked > 0 ? min(count, room / asked) : count
        (room, sum) = (room - taken * asked, sum + taken * worth[item])
        if room <= 0 { break }
      }
      least = min(least, sum)
    }
    return least
  }
}
