/// Sums over a chain's states as functions of time: tabulated at equal steps in blocks, constant once the long run has
/// come.
struct ChainTable: Sendable {
  /// The points of a block beside the first.
  static let stepsInBlock = 24
  /// The points that one interpolation takes.
  static let window = 12

  /// How many functions there are.
  let count: Int
  /// The time after which they are constant, or unknown.
  private(set) var end = 0.0
  /// About how far values are off, relative to themselves.
  private(set) var relativeError = 1e-13
  private var starts: [Double] = []
  private var steps: [Double] = []
  /// Block after block, point after point.
  private var values: [Double] = []
  private var final: [Double] = []

  /// A table without blocks.
  init(count: Int) { self.count = count }

  /// The value of every function at a time.
  ///
  /// - Complexity: O(log blocks + functions).
  func values(at time: Double) -> [Double] {
    guard time < end, let block = block(at: time) else { return final }
    let place = (time - starts[block]) / steps[block]
    let first = min(max(0, Int(place) - Self.window / 2 + 1), Self.stepsInBlock + 1 - Self.window)
    let basis = Self.basis(at: place - Double(first))
    let origin = (block * (Self.stepsInBlock + 1) + first) * count
    var result = [Double](repeating: 0, count: count)
    for (point, weight) in basis.enumerated() where weight != 0 {
      for number in 0..<count { result[number] += weight * values[origin + point * count + number] }
    }
    for number in 0..<count where result[number] < 0 { result[number] = 0 }
    return result
  }

  private func block(at time: Double) -> Int? {
    var (low, high) = (0, starts.count - 1)
    guard high >= 0 else { return nil }
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= time { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// What each of twelve points at 0, 1, 2 … counts for at a place between them; barycentric weights (−1)ʲ C(11, j) after
  /// Berrut and Trefethen, *Barycentric Lagrange interpolation*, SIAM Review 46 (2004), equation 5.1.
  private static func basis(at place: Double) -> [Double] {
    let nearest = place.rounded()
    if place == nearest { return (0..<window).map { Double($0) == place ? 1 : 0 } }
    var terms: [Double] = []
    var binomial = 1.0
    for point in 0..<window {
      terms.append((point.isMultiple(of: 2) ? binomial : -binomial) / (place - Double(point)))
      binomial *= Double(window - 1 - point) / Double(point + 1)
    }
    let sum = terms.reduce(0, +)
    return terms.map { $0 / sum }
  }

  // MARK: Building

  /// Adds a block of points from `start`, each with a value of every function.
  mutating func append(from start: Double, step: Double, _ points: [[Double]]) {
    starts.append(start)
    steps.append(step)
    for point in points { values += point }
    end = start + step * Double(Self.stepsInBlock)
    final = points.last ?? []
  }

  /// Says what the functions are from the end on.
  mutating func settle(at long: [Double]) { final = long }

  /// Says that values may be so far off.
  mutating func mayBeOff(by error: Double) { relativeError = max(relativeError, error) }

  /// How far a block of points would be off if it had only every other one: the largest difference of what those say of the
  /// points between them, relative to the largest value of the function in the block.
  static func coarseError(_ points: [[Double]]) -> Double {
    guard let first = points.first else { return 0 }
    var largest = [Double](repeating: 0, count: first.count)
    for point in points {
      for (number, value) in point.enumerated() { largest[number] = max(largest[number], value) }
    }
    var worst = 0.0
    for odd in stride(from: 1, to: stepsInBlock, by: 2) {
      let place = Double(odd) / 2
      let start = min(max(0, Int(place) - window / 2 + 1), stepsInBlock / 2 + 1 - window)
      let basis = basis(at: place - Double(start))
      for number in first.indices where largest[number] > 0 {
        var value = 0.0
        for (point, weight) in basis.enumerated() { value += weight * points[2 * (start + point)][number] }
        worst = max(worst, abs(value - points[odd][number]) / largest[number])
      }
    }
    return worst
  }
}
