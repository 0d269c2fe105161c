extension HoltWinters {
  /// The weights with the smallest sum of squared errors one step ahead, by the simplex method of Nelder and Mead from
  /// several starts, each kept in its range.
  ///
  /// - Parameter isDamped: whether φ, 0.8 to 0.995, is sought too.
  /// - Returns: `nil` where `init` would return it.
  public static func fitted(
    _ values: [Double], season: Season, period: Int, isDamped: Bool = false
  ) -> HoltWinters? {
    guard let start = SeasonalStart(values, season: season, period: period) else { return nil }
    func smoothed(_ point: [Double]) -> HoltWinters? {
      HoltWinters(
        values, start, season: season, period: period,
        weights: Weights(
          level: point[0], trend: point[1], season: point[2], damping: isDamped ? point[3] : 1))
    }
    let lows = [0, 0, 0] + (isDamped ? [0.8] : [])
    let highs = [1, 1, 1] + (isDamped ? [0.995] : [])
    let search = BoundedSimplex(lows: lows, highs: highs) { smoothed($0)?.squaredErrors ?? .infinity }
    let starts = startingWeights.map { $0 + (isDamped ? [0.95] : []) }
    let bestStarts = starts.sorted { search.loss($0) < search.loss($1) }.prefix(3)
    let found = bestStarts.map { search.minimum(from: $0) }
    guard let best = found.min(by: { search.loss($0) < search.loss($1) }) else { return nil }
    return smoothed(best)
  }

  private static let startingWeights: [[Double]] = [0.1, 0.3, 0.7].flatMap { level in
    [0.02, 0.1, 0.4].flatMap { trend in [0.1, 0.4, 0.8].map { [level, trend, $0] } }
  }
}

/// The minimum of a function over a box by a simplex of points; a point outside is moved to the edge.
///
/// Source: Nelder and Mead, "A simplex method for function minimization", Computer Journal 7 (1965).
struct BoundedSimplex {
  private let lows: [Double]
  private let highs: [Double]
  let loss: ([Double]) -> Double

  init(lows: [Double], highs: [Double], loss: @escaping ([Double]) -> Double) {
    (self.lows, self.highs, self.loss) = (lows, highs, loss)
  }

  private typealias Corner = (point: [Double], loss: Double)

  /// The best point found; started again from it until that helps no more.
  func minimum(from start: [Double]) -> [Double] {
    var best: Corner = (start, loss(start))
    for _ in 0..<3 {
      let next = descent(from: best.point)
      let isDone = !(next.loss < best.loss * (1 - 1e-12))
      if next.loss < best.loss { best = next }
      if isDone { break }
    }
    return best.point
  }

  private func descent(from start: [Double]) -> Corner {
    var corners =
      [corner(start)]
      + start.indices.map { index in
        var point = start
        let step = (highs[index] - lows[index]) / 10
        point[index] += point[index] + step > highs[index] ? -step : step
        return corner(point)
      }
    for _ in 0..<300 {
      corners.sort { $0.loss < $1.loss }
      let spread = start.indices.map { index in
        abs(corners[0].point[index] - corners[corners.count - 1].point[index])
      }
      if (spread.max() ?? 0) < 1e-8 { break }
      move(&corners)
    }
    return corners.min { $0.loss < $1.loss } ?? corner(start)
  }

  private func move(_ corners: inout [Corner]) {
    let last = corners.count - 1
    let centre = lows.indices.map { index in
      corners[..<last].reduce(0) { $0 + $1.point[index] } / Double(last)
    }
    func along(_ factor: Double) -> Corner {
      corner(zip(centre, corners[last].point).map { $0 + factor * ($1 - $0) })
    }
    let reflected = along(-1)
    if reflected.loss < corners[0].loss {
      let expanded = along(-2)
      corners[last] = expanded.loss < reflected.loss ? expanded : reflected
    } else if reflected.loss < corners[last - 1].loss {
      corners[last] = reflected
    } else {
      let contracted = along(reflected.loss < corners[last].loss ? -0.5 : 0.5)
      if contracted.loss < min(reflected.loss, corners[last].loss) {
        corners[last] = contracted
      } else {
        shrink(&corners)
      }
    }
  }

  private func shrink(_ corners: inout [Corner]) {
    let best = corners[0].point
    for index in corners.indices.dropFirst() {
      corners[index] = corner(zip(best, corners[index].point).map { ($0 + $1) / 2 })
    }
  }

  private func corner(_ point: [Double]) -> Corner {
    let inside = point.indices.map { min(highs[$0], max(lows[$0], point[$0])) }
    return (inside, loss(inside))
  }
}
