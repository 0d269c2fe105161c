/// Transient probabilities of a small chain: the matrix of transition probabilities over a short time, squared.
///
/// Only sums and products of positive numbers, and each diagonal comes from the rest of its row, so each probability
/// keeps its digits even where the time holds a billion of the fastest moves. Source: Xue and Ye, *Computing
/// exponentials of essentially non-negative matrices entrywise to high relative accuracy*, Mathematics of
/// Computation 82 (2013).
struct MatrixSquaring {
  /// The most states for which full matrices are made.
  static let limit = 2_000

  private let rates: RateMatrix
  private let step: Double
  private let squarings: Int
  private let count: Int

  /// - Parameter squarings: so many that `time` / 2^squarings holds at most about one of the fastest moves.
  init(_ rates: RateMatrix, time: Double, squarings: Int) {
    self.rates = rates
    self.squarings = squarings
    step = time / Double(sign: .plus, exponent: squarings, significand: 1)
    count = rates.count
  }

  /// The probabilities and mean times from where the chain starts.
  func answer(from initial: [Double]) -> TransientAnswer {
    var (power, occupancy) = shortStep(from: initial)
    for _ in 0..<squarings {
      // The time until 2 h is that until h and, from where the chain is then, that until h again.
      let later = row(occupancy, times: power)
      for column in 0..<count { occupancy[column] += later[column] }
      power = doubled(&power)
    }
    return TransientAnswer(distribution: row(initial, times: power), occupancy: occupancy)
  }

  /// The matrix of transition probabilities over the time, row after row.
  func power() -> [Double] {
    var (power, _) = shortStep(from: [Double](repeating: 0, count: count))
    for _ in 0..<squarings { power = doubled(&power) }
    return power
  }

  /// The matrix over the shortest step, and the mean times in it.
  private func shortStep(from initial: [Double]) -> (power: [Double], occupancy: [Double]) {
    var power = [Double](repeating: 0, count: count * count)
    var occupancy = [Double](repeating: 0, count: count)
    let incoming = rates.transposed
    for state in 0..<count {
      var start = [Double](repeating: 0, count: count)
      start[state] = 1
      // One jump at most, about: the series ends after some twenty terms.
      var series = Uniformisation(rates, incoming: incoming, time: step, initial: start)
      let row = series.answer()
      for column in 0..<count {
        power[state * count + column] = row.distribution[column]
        occupancy[column] += initial[state] * row.occupancy[column]
      }
    }
    completeDiagonal(&power)
    return (power, occupancy)
  }

  /// The matrix over twice the time.
  func doubled(_ power: inout [Double]) -> [Double] {
    var product = squared(&power)
    completeDiagonal(&product)
    return product
  }

  /// Sets each row's sum to 1: by the diagonal where that is the larger part, else in proportion.
  private func completeDiagonal(_ power: inout [Double]) {
    for state in 0..<count {
      let start = state * count
      var others = 0.0
      for column in 0..<count where column != state { others += power[start + column] }
      if others <= 0.5 {
        power[start + state] = 1 - others
      } else {
        let total = others + power[start + state]
        for column in 0..<count { power[start + column] /= total }
      }
    }
  }

  private func squared(_ matrix: inout [Double]) -> [Double] {
    var product = [Double](repeating: 0, count: count * count)
    matrix.withUnsafeMutableBufferPointer { matrix in
      product.withUnsafeMutableBufferPointer { product in
        guard let from = matrix.baseAddress, let into = product.baseAddress else { return }
        let factor = MatrixPart(start: from, rowLength: count, rows: count, columns: count)
        MatrixPart(start: into, rowLength: count, rows: count, columns: count).add(factor, times: factor)
      }
    }
    return product
  }

  /// A row of probabilities after the time of a matrix.
  func row(_ vector: [Double], times matrix: [Double]) -> [Double] {
    var product = [Double](repeating: 0, count: count)
    for state in 0..<count where vector[state] != 0 {
      let weight = vector[state]
      for column in 0..<count { product[column] += weight * matrix[state * count + column] }
    }
    return product
  }
}
