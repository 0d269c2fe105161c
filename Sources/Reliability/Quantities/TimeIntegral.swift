/// Integrals over time of several functions at once, adaptive between the instants where they are not smooth.
struct TimeIntegral {
  /// The relative error aimed at.
  var tolerance = 1e-11
  /// The most pieces.
  var limit = 20_000

  /// ∫ of each function from 0 to `end`, and the largest error met, relative to the integral.
  ///
  /// - Parameters:
  ///   - breaks: where the functions are not smooth, in any order.
  ///   - pace: the shortest time on which they change.
  ///   - values: the values of all functions at a time.
  func integrals(
    upTo end: Double, breaks: [Double], pace: Double, count: Int, _ values: (Double) -> [Double]
  ) -> (values: [Double], relativeError: Double) {
    var stack = TimeIntegral.pieces(upTo: end, breaks: breaks, pace: pace).reversed()
      .map { Piece(low: $0.low, high: $0.high, sums: sums($0.low, $0.high, count, values)) }
    let rough = (0..<count).map { index in stack.reduce(0) { $0 + abs($1.sums[index]) } }
    var totals = [Double](repeating: 0, count: count)
    var errors = [Double](repeating: 0, count: count)
    var used = 0
    while let piece = stack.popLast() {
      used += 1
      let middle = piece.low + (piece.high - piece.low) / 2
      let left = sums(piece.low, middle, count, values)
      let right = sums(middle, piece.high, count, values)
      let off = (0..<count).map { abs(left[$0] + right[$0] - piece.sums[$0]) }
      let share = max((piece.high - piece.low) / end, 1e-3)
      let isDone = (0..<count).allSatisfy { off[$0] <= tolerance * share * rough[$0] }
      if isDone || used > limit || middle <= piece.low || middle >= piece.high {
        for index in 0..<count {
          totals[index] += left[index] + right[index]
          errors[index] += off[index]
        }
      } else {
        stack.append(Piece(low: middle, high: piece.high, sums: right))
        stack.append(Piece(low: piece.low, high: middle, sums: left))
      }
    }
    let relative = zip(errors, totals).map { $1 == 0 ? 0 : $0 / abs($1) }.max() ?? 0
    return (totals, relative)
  }

  private struct Piece {
    let low: Double
    let high: Double
    let sums: [Double]
  }

  private func sums(
    _ low: Double, _ high: Double, _ count: Int, _ values: (Double) -> [Double]
  ) -> [Double] {
    let half = (high - low) / 2
    var sums = [Double](repeating: 0, count: count)
    for index in 0..<GaussRule.count {
      let here = values(low + half + half * GaussRule.points[index])
      for number in 0..<count { sums[number] += GaussRule.weights[index] * half * here[number] }
    }
    return sums
  }

  /// Pieces between the breaks, and finer by fours towards the start.
  static func pieces(upTo end: Double, breaks: [Double], pace: Double) -> [(low: Double, high: Double)] {
    var inner = breaks.filter { $0 > 0 && $0 < end }
    var place = end / 4
    while place > pace {
      inner.append(place)
      place /= 4
    }
    var edges = [0.0]
    for edge in inner.sorted() + [end] where edge > edges[edges.count - 1] * (1 + 1e-13) {
      edges.append(edge)
    }
    return zip(edges, edges.dropFirst()).map { ($0, $1) }
  }
}
