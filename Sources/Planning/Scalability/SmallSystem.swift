/// The inverse of a small symmetric positive definite matrix by Cholesky's factors; `nil` where it is not positive definite.
///
/// Three unknowns at most: a call of a library would cost more than the arithmetic, and its last bits would depend on the CPU.
func inverse(ofPositiveDefinite matrix: [[Double]]) -> [[Double]]? {
  let size = matrix.count
  // Unit diagonal first, so that units of the unknowns do not decide what is singular.
  let scales = (0..<size).map { matrix[$0][$0] > 0 ? 1 / matrix[$0][$0].squareRoot() : 0 }
  guard scales.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
  var factor = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
  for row in 0..<size {
    for column in 0...row {
      let known = (0..<column).reduce(0) { $0 + factor[row][$1] * factor[column][$1] }
      let rest = matrix[row][column] * scales[row] * scales[column] - known
      guard row == column else {
        factor[row][column] = rest / factor[column][column]
        continue
      }
      guard rest > 1e-14 else { return nil }
      factor[row][row] = rest.squareRoot()
    }
  }
  let columns = (0..<size).map { solve(factor, unit: $0) }
  return (0..<size).map { row in
    (0..<size).map { columns[$0][row] * scales[row] * scales[$0] }
  }
}

/// The solution for a unit vector, from Cholesky's factor.
private func solve(_ factor: [[Double]], unit: Int) -> [Double] {
  let size = factor.count
  var values = [Double](repeating: 0, count: size)
  for row in 0..<size {
    let known = (0..<row).reduce(0) { $0 + factor[row][$1] * values[$1] }
    values[row] = ((row == unit ? 1 : 0) - known) / factor[row][row]
  }
  for row in (0..<size).reversed() {
    let known = (row + 1..<size).reduce(0) { $0 + factor[$1][row] * values[$1] }
    values[row] = (values[row] - known) / factor[row][row]
  }
  return values
}

/// A symmetric matrix times a vector.
func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
  matrix.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
}
