/// min p·x in whole numbers x ≥ 0 where rows cover what they must: by branch and bound, the least bound first.
///
/// Prices and so all bounds are 0 or more, which makes the start dual feasible: each node of the search is solved by the
/// dual simplex from its parent's dictionary (Lemke 1954). Only rows that are broken are in a dictionary.
struct CoveringSearch {
  /// Σ value · x ≥ limit.
  struct Row: Hashable {
    let values: [Double]
    let limit: Double

    func worth(of amounts: [Double]) -> Double {
      var sum = 0.0
      for (place, value) in values.enumerated() where value != 0 { sum += value * amounts[place] }
      return sum
    }
  }

  private let prices: [Double]
  private var rows: [Row]
  private var open: [Node] = []
  private var limit: Int

  /// What is known of a part of the possibilities.
  struct Node {
    fileprivate var dictionary: CoveringDictionary
    /// Nothing in it costs less.
    var bound: Double { dictionary.cost }
    /// The cheapest values, which need not be whole.
    var values: [Double] { dictionary.values }
  }

  /// A search.
  ///
  /// - Parameter limit: how many nodes it solves.
  init(prices: [Double], rows: [Row], limit: Int) {
    (self.prices, self.rows, self.limit) = (prices, rows, limit)
    var root = Node(dictionary: CoveringDictionary(prices: prices))
    if isSolved(&root) { open = [root] }
  }

  /// Nothing costs less; `nil`: there is nothing.
  var bound: Double? { open.map(\.bound).min() }

  /// Rows that must be covered, too.
  mutating func add(_ more: [Row]) { rows += more }

  /// The cheapest whole numbers, as far as rows tell; `nil` once there are none, or the limit is reached.
  mutating func next() -> [Int]? {
    while limit > 0, let best = open.indices.min(by: { open[$0].bound < open[$1].bound }) {
      limit -= 1
      var node = open[best]
      guard isSolved(&node) else {
        open.remove(at: best)
        continue
      }
      open[best] = node
      if open.contains(where: { $0.bound < node.bound - 1e-9 }) { continue }
      guard let split = split(node.values) else { return node.values.map { Int($0.rounded()) } }
      open.remove(at: best)
      open += children(of: node, at: split)
    }
    return nil
  }

  /// Leaves some whole numbers out, and all that are no more than they anywhere.
  mutating func refuse(_ values: [Int]) {
    guard let place = open.indices.min(by: { open[$0].bound < open[$1].bound }) else { return }
    let node = open.remove(at: place)
    var rest = node
    for (column, value) in values.enumerated() {
      var more = rest
      more.dictionary.bound(column, atLeast: Double(value + 1))
      if isSolved(&more) { open.append(more) }
      rest.dictionary.bound(column, atMost: Double(value))
    }
  }

  /// The value that is least whole.
  private func split(_ values: [Double]) -> Int? {
    let parts = values.map { abs($0 - $0.rounded()) }
    return parts.indices.max { parts[$0] < parts[$1] }.flatMap { parts[$0] > 1e-6 ? $0 : nil }
  }

  private func children(of node: Node, at column: Int) -> [Node] {
    let below = node.values[column].rounded(.down)
    var (less, more) = (node, node)
    less.dictionary.bound(column, atMost: below)
    more.dictionary.bound(column, atLeast: below + 1)
    return [less, more].compactMap { child in
      var child = child
      return isSolved(&child) ? child : nil
    }
  }

  /// Solves a node, with all rows that its values break; `false` where nothing is left in it.
  private func isSolved(_ node: inout Node) -> Bool {
    for _ in 0...rows.count {
      guard node.dictionary.solve() else { return false }
      let values = node.values
      var worst: (row: Int, lack: Double)?
      for (index, row) in rows.enumerated() {
        let lack = row.limit - row.worth(of: values)
        if lack > 1e-7 * max(1, abs(row.limit)), lack > worst?.lack ?? 0 { worst = (index, lack) }
      }
      guard let worst else { return true }
      node.dictionary.add(rows[worst.row].values, atLeast: rows[worst.row].limit)
    }
    return true
  }
}
