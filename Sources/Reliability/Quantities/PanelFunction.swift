/// A function of time in pieces, each a polynomial through twelve Gauss points; constant after the last.
struct PanelFunction: Sendable {
  /// The ends of the pieces, ascending, the first at 0.
  private(set) var ends: [Double] = [0]
  /// The values at the points of each piece, one piece after the other.
  private var values: [Double] = []
  /// The value after the last piece.
  var final = 0.0

  /// Where the pieces stop.
  var end: Double { ends[ends.count - 1] }

  /// The Gauss points of a piece.
  static func points(from low: Double, to high: Double) -> [Double] {
    let half = (high - low) / 2
    return GaussRule.points.map { low + half + half * $0 }
  }

  /// Adds a piece up to `end` by its values at the Gauss points.
  mutating func append(to end: Double, _ piece: [Double]) {
    ends.append(end)
    values += piece
  }

  /// The value at a time.
  ///
  /// - Complexity: O(log pieces).
  func value(at time: Double) -> Double {
    guard time <= end, ends.count > 1 else { return final }
    let (piece, place) = position(time)
    let first = piece * GaussRule.count
    let lanes = GaussRule.lanes
    let distances = place - lanes.points
    if any(distances .== 0), let hit = GaussRule.points.firstIndex(of: place) { return values[first + hit] }
    let terms = lanes.barycentric / distances
    var above = 0.0
    for index in 0..<GaussRule.count { above += terms[index] * values[first + index] }
    return above / terms.sum()
  }

  /// The slope at a time; 0 after the last piece.
  func slope(at time: Double) -> Double {
    guard time < end else { return 0 }
    let (piece, place) = position(time)
    let half = (ends[piece + 1] - ends[piece]) / 2
    let step = 1e-3
    func at(_ offset: Double) -> Double {
      let basis = GaussRule.basis(at: place + offset)
      return (0..<GaussRule.count).reduce(0) { $0 + basis[$1] * values[piece * GaussRule.count + $1] }
    }
    // Central differences of a polynomial of degree 11, the error of order step⁴ removed.
    return (8 * (at(step) - at(-step)) - (at(2 * step) - at(-2 * step))) / (12 * step * half)
  }

  /// The piece that covers a time, and the place in it, −1…1.
  private func position(_ time: Double) -> (piece: Int, place: Double) {
    var (low, high) = (0, ends.count - 2)
    while low < high {
      let middle = (low + high + 1) / 2
      if ends[middle] <= time { low = middle } else { high = middle - 1 }
    }
    let width = ends[low + 1] - ends[low]
    return (low, 2 * ((time - ends[low]) / width) - 1)
  }
}
