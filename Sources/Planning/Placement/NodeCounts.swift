/// How many nodes of each type there are in each zone.
struct NodeCounts: Hashable {
  private(set) var numbers: [Int]
  let types: Int

  /// - Parameter numbers: by zone, then type.
  init(_ numbers: [Int], types: Int) { (self.numbers, self.types) = (numbers, types) }

  init(zones: Int, types: Int) { self.init([Int](repeating: 0, count: zones * types), types: types) }

  init(_ rows: [[Int]]) { self.init(rows.flatMap(\.self), types: rows.first?.count ?? 0) }

  var zones: Int { types == 0 ? 0 : numbers.count / types }

  /// For each zone, how many of each type.
  var rows: [[Int]] { (0..<zones).map { Array(numbers[($0 * types)..<(($0 + 1) * types)]) } }

  subscript(zone: Int, type: Int) -> Int {
    get { numbers[zone * types + type] }
    set { numbers[zone * types + type] = newValue }
  }

  /// The nodes at a place of `numbers`.
  subscript(place: Int) -> Int {
    get { numbers[place] }
    set { numbers[place] = newValue }
  }

  /// How many of a type there are in all zones but one.
  func total(of type: Int, without lost: Int?) -> Int {
    var total = 0
    for zone in 0..<zones where zone != lost { total += self[zone, type] }
    return total
  }

  /// Whether two zones have the same nodes.
  func areAlike(_ zone: Int, _ other: Int) -> Bool {
    (0..<types).allSatisfy { self[zone, $0] == self[other, $0] }
  }

  /// Zones that nothing tells apart in one order.
  var ordered: NodeCounts { NodeCounts(rows.sorted { $0.lexicographicallyPrecedes($1) }) }
}
