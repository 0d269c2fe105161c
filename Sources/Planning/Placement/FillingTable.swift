/// The most valuable pods on nodes of any size at once, by dynamic programming over two resources (Bellman 1957).
///
/// Amounts are counted in units that divide all requests, or in larger ones, rounded down, where the table were too large
/// else; other resources and rules between pods are left out. So nothing that has room is worth more than what it finds, and
/// whether that has room is for the caller to see.
struct FillingTable {
  /// A resource, and how much of it counts as one.
  private struct Scale {
    let resource: Int
    var unit: Int
    /// The most that is asked, or that a node has.
    let room: Int

    var steps: Int { room / unit + 1 }
  }

  /// Some equal pods that are taken together or not.
  private struct Item {
    let group: Int
    let count: Int
    let first: Int
    let second: Int
  }

  private let items: [Item]
  private let first: Scale
  private let second: Scale
  /// By item: the most worth with it and those before it, for each number of units of both.
  private var worth: [Double]

  /// How many numbers a table may have.
  private static let mostCells = 1 << 20

  /// A table; `nil` where pods ask for nothing.
  ///
  /// - Parameters:
  ///   - requests: by group, then resource.
  ///   - most: by group, the most on one node.
  ///   - room: the most that any node has, by resource.
  init?(_ requests: [[Int]], most: [Int], room: [Int]) {
    let pieces = most.enumerated().flatMap { group, most in
      FillingTable.pieces(of: most).map { (group: group, count: $0) }
    }
    var scales = FillingTable.scales(requests, most: most, room: room)
    guard scales.count == 2, !pieces.isEmpty else { return nil }
    func cells() -> Double { Double(pieces.count + 1) * Double(scales[0].steps) * Double(scales[1].steps) }
    while cells() > Double(FillingTable.mostCells) {
      scales[scales[0].steps >= scales[1].steps ? 0 : 1].unit *= 2
    }
    (first, second) = (scales[0], scales[1])
    items = pieces.map { piece in
      let units = scales.map { piece.count * requests[piece.group][$0.resource] / $0.unit }
      return Item(group: piece.group, count: piece.count, first: units[0], second: units[1])
    }
    worth = [Double](repeating: 0, count: (items.count + 1) * first.steps * second.steps)
  }

  /// The two resources of which most is asked for what there is; one alone is there twice, the second time as one unit.
  private static func scales(_ requests: [[Int]], most: [Int], room: [Int]) -> [Scale] {
    let asked = room.indices.map { resource in
      zip(requests, most).reduce(0.0) { $0 + Double($1.0[resource]) * Double($1.1) }
    }
    let scarce = room.indices.filter { asked[$0] > 0 }.sorted {
      asked[$0] * Double(room[$1]) > asked[$1] * Double(room[$0])
    }
    let scales = scarce.prefix(2).map { resource in
      Scale(
        resource: resource,
        unit: zip(requests, most).reduce(0) { $1.1 > 0 ? divisor($0, $1.0[resource]) : $0 },
        room: Int(min(Double(room[resource]), asked[resource])))
    }
    guard let only = scales.first, scales.count == 1 else { return scales }
    return [only, Scale(resource: only.resource, unit: only.room + 1, room: only.room)]
  }

  /// The greatest number that divides two (Euclid).
  private static func divisor(_ one: Int, _ other: Int) -> Int {
    var (one, other) = (one, other)
    while other != 0 { (one, other) = (other, one % other) }
    return one
  }

  /// Numbers whose sums are all numbers up to one.
  private static func pieces(of count: Int) -> [Int] {
    var (pieces, rest, next) = ([Int](), count, 1)
    while rest > 0 {
      pieces.append(min(next, rest))
      (rest, next) = (rest - min(next, rest), next * 2)
    }
    return pieces
  }

  /// Fills the table at what a pod of each group is worth.
  mutating func fill(_ value: [Double]) {
    let (columns, rows) = (first.steps, second.steps)
    worth.withUnsafeMutableBufferPointer { worth in
      for (index, item) in items.enumerated() {
        let (before, after) = (index * columns * rows, (index + 1) * columns * rows)
        let gain = value[item.group] * Double(item.count)
        for column in 0..<columns {
          let (old, new) = (before + column * rows, after + column * rows)
          let start = column < item.first || gain <= 0 ? rows : min(rows, item.second)
          for row in 0..<start { worth[new + row] = worth[old + row] }
          let shifted = old - item.first * rows - item.second
          for row in start..<rows {
            let (without, with) = (worth[old + row], worth[shifted + row] + gain)
            worth[new + row] = with > without ? with : without
          }
        }
      }
    }
  }

  /// The most valuable pods on a node.
  ///
  /// - Parameter room: what it has, by resource.
  func best(in room: [Int]) -> (worth: Double, counts: [(group: Int, count: Int)]) {
    let (columns, rows) = (first.steps, second.steps)
    var column = min(columns - 1, room[first.resource] / first.unit)
    var row = min(rows - 1, room[second.resource] / second.unit)
    let most = worth[(items.count * columns + column) * rows + row]
    var counts: [(group: Int, count: Int)] = []
    for (index, item) in items.enumerated().reversed() {
      let without = worth[(index * columns + column) * rows + row]
      guard worth[((index + 1) * columns + column) * rows + row] > without else { continue }
      counts.append((item.group, item.count))
      (column, row) = (column - item.first, row - item.second)
    }
    return (most, counts)
  }
}
