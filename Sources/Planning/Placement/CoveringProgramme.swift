/// min p·x where the columns cover a demand, x ≥ 0: a revised simplex with an explicit inverse, for tens of rows.
///
/// Columns that it was given are kept, so that those pay off again that were left once.
struct CoveringProgramme {
  /// A column with its price.
  struct Column {
    let entries: [Double]
    let price: Double
  }

  private var inverse: [[Double]]
  private var prices: [Double]
  private var values: [Double]
  private var pool: [Column]
  /// The price that each row is worth.
  private(set) var duals: [Double]

  /// A programme whose first basis covers each row by one column.
  ///
  /// - Parameter columns: what may enter at any time.
  init(demand: [Double], diagonal: [Double], prices: [Double], columns: [Column]) {
    self.prices = prices
    values = zip(demand, diagonal).map { $0 / $1 }
    inverse = diagonal.indices.map { row in
      diagonal.indices.map { row == $0 ? 1 / diagonal[row] : 0 }
    }
    duals = zip(prices, diagonal).map { $0 / $1 }
    pool = columns
  }

  /// What the columns in use cost.
  var cost: Double { zip(prices, values).reduce(0) { $0 + $1.0 * $1.1 } }

  /// How much cheaper a column is than what it covers, at the prices of now.
  func gain(of column: Column) -> Double {
    var worth = -column.price
    for row in duals.indices where column.entries[row] != 0 { worth += duals[row] * column.entries[row] }
    return worth
  }

  mutating func add(_ column: Column) { pool.append(column) }

  /// Takes columns in as long as any pays off, the best first.
  mutating func solve() {
    for _ in 0..<(20 * values.count + 200) {
      var best: (column: Int, gain: Double)?
      for (index, column) in pool.enumerated() {
        let gain = gain(of: column)
        if gain > 1e-8 * max(1, column.price), gain > best?.gain ?? 0 { best = (index, gain) }
      }
      guard let best, enter(pool[best.column]) else { return }
    }
  }

  /// Takes a column into the basis in place of the one that becomes 0 first; `false` where none does.
  private mutating func enter(_ column: Column) -> Bool {
    let direction = inverse.map { row in zip(row, column.entries).reduce(0) { $0 + $1.0 * $1.1 } }
    var leaving: (row: Int, ratio: Double)?
    for row in direction.indices where direction[row] > 1e-9 {
      let ratio = values[row] / direction[row]
      if ratio < leaving?.ratio ?? .infinity { leaving = (row, ratio) }
    }
    guard let (pivot, ratio) = leaving else { return false }
    let scale = 1 / direction[pivot]
    inverse[pivot] = inverse[pivot].map { $0 * scale }
    for row in direction.indices where row != pivot && direction[row] != 0 {
      for place in inverse[row].indices { inverse[row][place] -= direction[row] * inverse[pivot][place] }
      values[row] = max(0, values[row] - ratio * direction[row])
    }
    (values[pivot], prices[pivot]) = (ratio, column.price)
    duals = inverse.indices.map { row in
      prices.indices.reduce(0) { $0 + prices[$1] * inverse[$1][row] }
    }
    return true
  }
}
