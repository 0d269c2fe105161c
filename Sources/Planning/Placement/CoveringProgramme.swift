/// min p·x where the columns cover a demand, x ≥ 0: a revised simplex with an explicit inverse, for tens of rows.
struct CoveringProgramme {
  private var inverse: [[Double]]
  private var prices: [Double]
  private var values: [Double]

  /// A programme whose first basis covers each row by one column.
  init(demand: [Double], diagonal: [Double], prices: [Double]) {
    self.prices = prices
    values = zip(demand, diagonal).map { $0 / $1 }
    inverse = diagonal.indices.map { row in
      diagonal.indices.map { row == $0 ? 1 / diagonal[row] : 0 }
    }
  }

  /// The price that each row is worth.
  var duals: [Double] {
    inverse.indices.map { row in
      prices.indices.reduce(0) { $0 + prices[$1] * inverse[$1][row] }
    }
  }

  /// Takes a column into the basis in place of the one that becomes 0 first; `false` where none does.
  mutating func enter(_ column: [Double], price: Double) -> Bool {
    let direction = inverse.map { row in zip(row, column).reduce(0) { $0 + $1.0 * $1.1 } }
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
    (values[pivot], prices[pivot]) = (ratio, price)
    return true
  }
}
