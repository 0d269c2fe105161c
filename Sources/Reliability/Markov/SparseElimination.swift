/// The stationary distribution of a larger irreducible chain by elimination without subtraction, row by row over the
/// moves that exist or arise.
///
/// The same recurrence, and the same accuracy for every probability, as `DenseElimination`, in an order that keeps
/// new moves few (`MinimumDegree`). What arises is found beforehand on the elimination tree of the pattern made
/// symmetric. Source of the row-by-row form: Davis, *Direct Methods for Sparse Linear Systems*, SIAM (2006), ch. 4.
struct SparseElimination {
  /// What is decided by which moves there are, whatever their rates.
  struct Scheme: Sendable {
    let order: MinimumDegree.Order
    /// Which later state each state's elimination reaches first.
    let parents: [Int]
  }

  private let rates: RateMatrix
  private let scheme: Scheme

  /// Finds an order and what arises in it.
  ///
  /// - Parameter memory: schemes that were found before.
  /// - Returns: `nil` when more than `fillLimit` moves would arise or more than `workLimit` multiplications would be
  ///   needed.
  init?(_ rates: RateMatrix, fillLimit: Int, workLimit: Double, memory: EliminationMemory? = nil) {
    if let known = memory?.scheme(for: rates) {
      guard known.order.fill <= fillLimit, known.order.work <= workLimit else { return nil }
      scheme = known
      self.rates = rates.restricted(to: known.order.states)
      return
    }
    let found = MinimumDegree.order(of: rates, fillLimit: fillLimit, workLimit: workLimit)
    guard let order = found else { return nil }
    self.rates = rates.restricted(to: order.states)
    scheme = Scheme(order: order, parents: EliminationTree(self.rates).parents)
    memory?.keep(scheme, for: rates)
  }

  /// The stationary probabilities.
  func stationary() -> [Double] {
    var rows = EliminatedRows(rates: rates, parents: scheme.parents, fill: scheme.order.fill)
    for state in 0..<rates.count { rows.append(state) }
    let weights = normalized(rows.weights())
    var result = weights
    for (place, state) in scheme.order.states.enumerated() { result[state] = weights[place] }
    return result
  }
}

/// Which later state each state's elimination reaches first.
private struct EliminationTree {
  private(set) var parents: [Int]

  init(_ rates: RateMatrix) {
    let back = rates.transposed
    parents = [Int](repeating: -1, count: rates.count)
    var ancestors = parents
    for state in 0..<rates.count {
      let starts = rates.row(state).map { rates.columns[$0] } + back.row(state).map { back.columns[$0] }
      for start in starts {
        var node = start
        while node != -1, node < state {
          let next = ancestors[node]
          ancestors[node] = state
          if next == -1 { parents[node] = state }
          node = next
        }
      }
    }
  }
}

/// The rows that are done: moves to later states with their rates, and the shares handed on from earlier ones.
private struct EliminatedRows {
  private let rates: RateMatrix
  private let back: RateMatrix
  private let parents: [Int]
  private var upperStarts = [0]
  private var upperColumns: [Int32] = []
  private var upperRates: [Double] = []
  private var lowerStarts = [0]
  private var lowerColumns: [Int] = []
  private var shares: [Double] = []
  private var out: [Double] = []
  private var work: [Double]
  private var mark: [Int32]
  private var touched: [Int32] = []

  init(rates: RateMatrix, parents: [Int], fill: Int) {
    self.rates = rates
    self.parents = parents
    back = rates.transposed
    work = [Double](repeating: 0, count: rates.count)
    mark = [Int32](repeating: -1, count: rates.count)
    upperColumns.reserveCapacity(fill)
    upperRates.reserveCapacity(fill)
    lowerColumns.reserveCapacity(fill)
    shares.reserveCapacity(fill)
  }

  /// Works out the next row: earlier states hand on what leads to them.
  mutating func append(_ state: Int) {
    let earlier = earlierStates(of: state)
    touched.removeAll(keepingCapacity: true)
    for place in rates.row(state) {
      let column = rates.columns[place]
      work[column] = rates.values[place]
      if column > state { touched.append(Int32(column)) }
    }
    for column in touched { mark[Int(column)] = Int32(state) }
    for node in earlier { handOn(node, to: state) }
    finish(state)
  }

  /// The earlier states that hand something on to a state, each after those that hand on to it.
  private mutating func earlierStates(of state: Int) -> [Int] {
    var paths: [[Int]] = []
    mark[state] = Int32(state)
    let starts = rates.row(state).map { rates.columns[$0] } + back.row(state).map { back.columns[$0] }
    for start in starts where start < state {
      var node = start
      var path: [Int] = []
      while mark[node] != state {
        mark[node] = Int32(state)
        path.append(node)
        node = parents[node]
      }
      if !path.isEmpty { paths.append(path) }
    }
    return paths.reversed().flatMap { $0 }
  }

  private mutating func handOn(_ node: Int, to state: Int) {
    let rate = work[node]
    work[node] = 0
    guard rate > 0, out[node] > 0 else { return }
    let share = rate / out[node]
    lowerColumns.append(node)
    shares.append(share)
    let row = upperStarts[node]..<upperStarts[node + 1]
    let before = Int32(state)
    // Nearly all of the time is spent here.
    work.withUnsafeMutableBufferPointer { work in
      mark.withUnsafeMutableBufferPointer { mark in
        upperColumns.withUnsafeBufferPointer { columns in
          upperRates.withUnsafeBufferPointer { rates in
            for place in row {
              let column = columns[place]
              if column == before { continue }
              if column > before, mark[Int(column)] != before {
                mark[Int(column)] = before
                touched.append(column)
              }
              work[Int(column)] += share * rates[place]
            }
          }
        }
      }
    }
  }

  private mutating func finish(_ state: Int) {
    var total = 0.0
    for column in touched.sorted() {
      upperColumns.append(column)
      upperRates.append(work[Int(column)])
      total += work[Int(column)]
      work[Int(column)] = 0
    }
    out.append(total)
    upperStarts.append(upperColumns.count)
    lowerStarts.append(lowerColumns.count)
  }

  /// Weights in proportion to the stationary probabilities, from the last state backwards.
  func weights() -> [Double] {
    var weights = [Double](repeating: 0, count: out.count)
    weights[out.count - 1] = 1
    for state in out.indices.reversed() {
      if weights[state] > largeWeight { scaleDown(&weights) }
      let weight = weights[state]
      for place in lowerStarts[state]..<lowerStarts[state + 1] {
        weights[lowerColumns[place]] += weight * shares[place]
      }
    }
    return weights
  }
}
