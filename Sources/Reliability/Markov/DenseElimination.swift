/// The stationary distribution of a small irreducible chain by elimination without subtraction.
///
/// State by state is taken out of the chain, its moves handed on to the states left: with q the rates and s the state,
/// q(i, j) += q(i, s) q(s, j) / Σ q(s, ·). The diagonal is never formed, so nothing cancels, and every probability keeps
/// its digits however small it is, where LU factors keep 16 digits of the largest only. Sources: Grassmann, Taksar
/// and Heyman, *Regenerative analysis and steady state distributions for Markov chains*, Operations Research 33
/// (1985); O'Cinneide, *Entrywise perturbation theory and error analysis for Markov chains*, Numerische
/// Mathematik 65 (1993): the relative error of each is a few n times the rounding unit.
///
/// Blocks of states are taken out together, so that most of the work is a product of matrices (OpenBLAS).
struct DenseElimination {
  /// The most states for which a full matrix is made: 128 MB.
  static let limit = 4_000
  private static let blockSize = 48

  private let count: Int
  /// The rates, row after row; the lower half turns into the shares handed on.
  private var matrix: [Double]

  /// The rates of an irreducible chain.
  init(_ rates: RateMatrix) {
    count = rates.count
    matrix = [Double](repeating: 0, count: count * count)
    // Backwards, so that the first state, mostly the likeliest, stays to the end and the weights stay small.
    for state in 0..<count {
      let row = (count - 1 - state) * count
      for place in rates.row(state) { matrix[row + count - 1 - rates.columns[place]] = rates.values[place] }
    }
  }

  /// Weights in proportion to the stationary probabilities, scaled so that they add up to 1.
  ///
  /// - Complexity: 2/3 n³ multiplications.
  mutating func stationary() -> [Double] {
    var start = 0
    while start < count {
      let end = min(start + Self.blockSize, count)
      eliminate(start..<end)
      start = end
    }
    return normalized(substituteBack().reversed())
  }

  private mutating func eliminate(_ block: Range<Int>) {
    let count = self.count
    matrix.withUnsafeMutableBufferPointer { matrix in
      for state in block {
        let row = state * count
        let out = sum(matrix, row + state + 1..<row + count)
        guard out > 0 else { continue }
        for below in state + 1..<count {
          let share = matrix[below * count + state] / out
          matrix[below * count + state] = share
          guard share > 0 else { continue }
          // Rows of the block are finished; the rest gets the block's columns here and all others at once below.
          let end = below < block.upperBound ? count : block.upperBound
          let target = below * count
          for column in state + 1..<max(end, state + 1) {
            matrix[target + column] += share * matrix[row + column]
          }
        }
      }
    }
    updateRest(after: block)
  }

  /// The rates among the states left: those handed on by the whole block.
  private mutating func updateRest(after block: Range<Int>) {
    guard block.upperBound < count else { return }
    let count = self.count
    matrix.withUnsafeMutableBufferPointer { matrix in
      guard let base = matrix.baseAddress else { return }
      func part(_ rows: Range<Int>, _ columns: Range<Int>) -> MatrixPart {
        MatrixPart(
          start: base + rows.lowerBound * count + columns.lowerBound, rowLength: count, rows: rows.count,
          columns: columns.count)
      }
      let later = block.upperBound..<count
      part(later, later).add(part(later, block), times: part(block, later))
    }
  }

  private func substituteBack() -> [Double] {
    var weights = [Double](repeating: 0, count: count)
    weights[count - 1] = 1
    for state in stride(from: count - 1, through: 0, by: -1) {
      if weights[state] > largeWeight { scaleDown(&weights) }
      let weight = weights[state]
      for earlier in 0..<state { weights[earlier] += weight * matrix[state * count + earlier] }
    }
    return weights
  }
}

/// The sum of a stretch, in order.
private func sum(_ values: UnsafeMutableBufferPointer<Double>, _ range: Range<Int>) -> Double {
  var total = 0.0
  for place in range { total += values[place] }
  return total
}

/// Weights above this are scaled down by `scaleDown`, long before they overflow.
let largeWeight = 1e200

/// The same weights at a scale that leaves room above.
func scaleDown(_ weights: inout [Double]) {
  for index in weights.indices { weights[index] *= 1e-200 }
}

/// The same weights with sum 1.
func normalized(_ weights: [Double]) -> [Double] {
  let total = compensatedSum(weights)
  return total > 0 ? weights.map { $0 / total } : weights
}

/// A sum with the rounding of each addition carried along. Source: Neumaier, ZAMM 54 (1974).
func compensatedSum(_ values: [Double]) -> Double {
  var total = 0.0
  var carry = 0.0
  for value in values {
    let next = total + value
    carry += abs(total) >= abs(value) ? (total - next) + value : (value - next) + total
    total = next
  }
  return total + carry
}
