/// Points of several numbers, to be asked whether one of them is nowhere larger than another point.
///
/// Boxes within boxes: a box whose least corner is larger somewhere holds no such point, one whose greatest corner is larger
/// nowhere holds nothing else (ND-tree: Jaszkiewicz and Lust, IEEE Transactions on Evolutionary Computation 22 (2018)).
/// The answer is the same as that of asking every point.
package struct DominanceTree {
  /// What is in a box.
  private enum Content {
    case points([Int32])
    /// Below the value of a number, and from it on.
    case split(number: Int, value: Double, below: Int32, above: Int32)
  }

  private let width: Int
  private var points: [Double] = []
  private var contents: [Content] = [.points([])]
  private var least: [Double]
  private var greatest: [Double]
  /// The most points of a box that is not split.
  private static let leafSize = 24

  /// No points yet.
  ///
  /// - Parameter width: how many numbers a point has, at least one.
  package init(width: Int) {
    self.width = width
    least = [Double](repeating: .infinity, count: width)
    greatest = [Double](repeating: -.infinity, count: width)
  }

  /// Whether a point is nowhere larger than this one.
  package func holdsNoneLarger(than point: [Double]) -> Bool {
    var open: [Int32] = [0]
    while let box = open.popLast() {
      guard isNowhereLarger(least, Int(box), than: point) else { continue }
      switch contents[Int(box)] {
      case .split(_, _, let below, let above):
        if isNowhereLarger(greatest, Int(box), than: point) { return true }
        open.append(above)
        open.append(below)
      case .points(let own):
        if own.contains(where: { isNowhereLarger(points, Int($0), than: point) }) { return true }
      }
    }
    return false
  }

  private func isNowhereLarger(_ values: [Double], _ place: Int, than point: [Double]) -> Bool {
    let first = place * width
    return values.withUnsafeBufferPointer { values in
      point.withUnsafeBufferPointer { point in
        for number in 0..<width where values[first + number] > point[number] { return false }
        return true
      }
    }
  }

  /// Takes a point in.
  package mutating func insert(_ point: [Double]) {
    let number = Int32(points.count / width)
    points += point
    var box = 0
    while true {
      widen(box, to: Int(number))
      switch contents[box] {
      case .split(let axis, let value, let below, let above): box = Int(point[axis] < value ? below : above)
      case .points(let own):
        contents[box] = .points(own + [number])
        if own.count >= Self.leafSize { split(box, own + [number]) }
        return
      }
    }
  }

  private mutating func widen(_ box: Int, to point: Int) {
    for number in 0..<width {
      least[box * width + number] = min(least[box * width + number], points[point * width + number])
      greatest[box * width + number] = max(greatest[box * width + number], points[point * width + number])
    }
  }

  /// In two at the median of the number in which the points are furthest apart; as one where they are all alike.
  private mutating func split(_ box: Int, _ own: [Int32]) {
    let spread = (0..<width).map { greatest[box * width + $0] - least[box * width + $0] }
    guard let axis = spread.indices.max(by: { spread[$0] < spread[$1] }), spread[axis] > 0 else { return }
    let values = own.map { points[Int($0) * width + axis] }.sorted()
    // The least value above the least, so that neither side is empty.
    let middle = values[values.count / 2]
    guard let value = middle > values[0] ? middle : values.first(where: { $0 > values[0] }) else { return }
    let below = add(own.filter { points[Int($0) * width + axis] < value })
    let above = add(own.filter { points[Int($0) * width + axis] >= value })
    contents[box] = .split(number: axis, value: value, below: below, above: above)
  }

  private mutating func add(_ own: [Int32]) -> Int32 {
    let box = contents.count
    contents.append(.points(own))
    least += [Double](repeating: .infinity, count: width)
    greatest += [Double](repeating: -.infinity, count: width)
    for point in own { widen(box, to: Int(point)) }
    return Int32(box)
  }
}
