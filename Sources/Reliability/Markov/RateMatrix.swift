/// The rates of a chain, row by row; without the diagonal, which is minus the sum of its row.
struct RateMatrix: Sendable {
  /// How many states there are.
  let count: Int
  /// Where each state's row begins, and one end more.
  private(set) var starts: [Int]
  /// The state entered, ascending in each row.
  private(set) var columns: [Int]
  /// The rate; more than 0.
  private(set) var values: [Double]
  /// The rate at which each state is left by any move.
  private(set) var totals: [Double]

  /// The rates of moves in any order.
  init(count: Int, transitions: [MarkovChain.Transition]) {
    let used = transitions.filter { $0.rate > 0 && $0.from != $0.to }
    self.init(count: count, from: used.map(\.from), to: used.map(\.to), rates: used.map(\.rate))
  }

  /// The rates of moves in any order, given as three arrays; no move leads from a state to itself.
  init(count: Int, from: [Int], to: [Int], rates: [Double]) {
    self.count = count
    // Sorting by column first makes the columns of each row ascend.
    let byColumn = Self.order(of: to, below: count, starting: Array(to.indices))
    let sorted = Self.order(of: from, below: count, starting: byColumn)
    starts = [0]
    columns = []
    values = []
    totals = [Double](repeating: 0, count: count)
    columns.reserveCapacity(sorted.count)
    values.reserveCapacity(sorted.count)
    var next = 0
    for state in 0..<count {
      let start = columns.count
      while next < sorted.count, from[sorted[next]] == state {
        let move = sorted[next]
        if columns.count > start, columns[columns.count - 1] == to[move] {
          values[values.count - 1] += rates[move]
        } else {
          columns.append(to[move])
          values.append(rates[move])
        }
        totals[state] += rates[move]
        next += 1
      }
      starts.append(columns.count)
    }
  }

  /// A stable counting sort of `items` by their keys.
  private static func order(of keys: [Int], below count: Int, starting items: [Int]) -> [Int] {
    var places = [Int](repeating: 0, count: count + 1)
    for key in keys { places[key + 1] += 1 }
    for key in 0..<count { places[key + 1] += places[key] }
    var sorted = [Int](repeating: 0, count: items.count)
    for item in items {
      sorted[places[keys[item]]] = item
      places[keys[item]] += 1
    }
    return sorted
  }

  /// The places of a state's moves.
  func row(_ state: Int) -> Range<Int> { starts[state]..<starts[state + 1] }

  /// The same moves by the state entered: the row of a state lists where it is entered from. `totals` are then
  /// the sums of what enters.
  var transposed: RateMatrix {
    var from: [Int] = []
    from.reserveCapacity(columns.count)
    for state in 0..<count { for _ in row(state) { from.append(state) } }
    return RateMatrix(count: count, from: columns, to: from, rates: values)
  }

  /// The moves among some states only, which are renumbered in the order given.
  func restricted(to states: [Int]) -> RateMatrix {
    var number = [Int](repeating: -1, count: count)
    for (index, state) in states.enumerated() { number[state] = index }
    var from: [Int] = []
    var to: [Int] = []
    var rates: [Double] = []
    for (index, state) in states.enumerated() {
      for place in row(state) where number[columns[place]] >= 0 {
        from.append(index)
        to.append(number[columns[place]])
        rates.append(values[place])
      }
    }
    return RateMatrix(count: states.count, from: from, to: to, rates: rates)
  }
}
