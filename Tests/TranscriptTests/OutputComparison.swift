/// Expected and printed lines side by side, with as few differences as can be.
///
/// An expected line that holds only `…` stands for any number of lines.
struct OutputComparison {
  enum Row: Equatable {
    case same(expected: String, actual: String)
    case missing(String)
    case unexpected(String)
    /// The line with the `…`.
    case skipped(String)
  }

  let rows: [Row]

  init(expected: [String], actual: [String], tolerance: LineTolerance) {
    let table = CostTable(expected: expected, actual: actual, tolerance: tolerance)
    rows = table.rows()
  }

  var matches: Bool {
    rows.allSatisfy { row in
      switch row {
      case .same, .skipped: true
      case .missing, .unexpected: false
      }
    }
  }

  /// The printed lines, with `…` where it stood.
  var refreshed: [String] {
    rows.compactMap { row in
      switch row {
      case .same(_, let actual): actual
      case .unexpected(let line), .skipped(let line): line
      case .missing: nil
      }
    }
  }

  /// The differences in the manner of `diff -u`, each with three lines around it.
  var diff: String {
    let marked = rows.map(OutputComparison.marked)
    let changes = rows.indices.filter { marked[$0].first != " " }
    let shown = Set(changes.flatMap { ($0 - 3)...($0 + 3) })
    var lines = ["--- expected", "+++ printed"]
    for index in rows.indices where shown.contains(index) {
      if !shown.contains(index - 1) { lines.append("@@") }
      lines.append(marked[index])
    }
    return lines.joined(separator: "\n")
  }

  private static func marked(_ row: Row) -> String {
    switch row {
    case .same(let line, _), .skipped(let line): " \(line)"
    case .missing(let line): "-\(line)"
    case .unexpected(let line): "+\(line)"
    }
  }
}

/// The cost of the differences between each end of the expected and each end of the printed lines.
private struct CostTable {
  /// Of a changed, missing or unexpected line.
  private static let difference = 1_000_000
  /// Among equally few differences, the way with the most lines kept is best.
  private static let sameness = -1

  let expected: [String]
  let actual: [String]
  private let tolerance: LineTolerance
  private var costs: [Int]

  init(expected: [String], actual: [String], tolerance: LineTolerance) {
    self.expected = expected
    self.actual = actual
    self.tolerance = tolerance
    costs = Array(repeating: 0, count: (expected.count + 1) * (actual.count + 1))
    for i in expected.indices.reversed() {
      costs[place(i, actual.count)] = cost(i + 1, actual.count) + price(i)
    }
    for j in actual.indices.reversed() {
      costs[place(expected.count, j)] = cost(expected.count, j + 1) + CostTable.difference
    }
    for i in expected.indices.reversed() {
      for j in actual.indices.reversed() { costs[place(i, j)] = leastCost(i, j) }
    }
  }

  /// The cheapest way through; a changed line is told as one missing and one unexpected.
  func rows() -> [OutputComparison.Row] {
    var rows: [OutputComparison.Row] = []
    var unexpected: [OutputComparison.Row] = []
    var (i, j) = (0, 0)
    func close() {
      rows += unexpected
      unexpected = []
    }
    while i < expected.count || j < actual.count {
      let hasBoth = i < expected.count && j < actual.count
      if i < expected.count, isSkip(i) {
        close()
        while j < actual.count, cost(i, j) < cost(i + 1, j) { j += 1 }
        rows.append(.skipped(expected[i]))
        i += 1
      } else if hasBoth, cost(i, j) == cost(i + 1, j + 1) + price(i, j) {
        if isSame(i, j) {
          close()
          rows.append(.same(expected: expected[i], actual: actual[j]))
        } else {
          rows.append(.missing(expected[i]))
          unexpected.append(.unexpected(actual[j]))
        }
        (i, j) = (i + 1, j + 1)
      } else if i < expected.count, cost(i, j) == cost(i + 1, j) + CostTable.difference {
        rows.append(.missing(expected[i]))
        i += 1
      } else {
        unexpected.append(.unexpected(actual[j]))
        j += 1
      }
    }
    close()
    return rows
  }

  private func leastCost(_ i: Int, _ j: Int) -> Int {
    if isSkip(i) { return min(cost(i + 1, j), cost(i, j + 1)) }
    let either = min(cost(i + 1, j), cost(i, j + 1)) + CostTable.difference
    return min(cost(i + 1, j + 1) + price(i, j), either)
  }

  private func isSame(_ i: Int, _ j: Int) -> Bool { tolerance.matches(expected[i], actual[j]) }
  private func isSkip(_ i: Int) -> Bool { expected[i].trimmed == "…" }
  private func price(_ i: Int) -> Int { isSkip(i) ? 0 : CostTable.difference }
  private func price(_ i: Int, _ j: Int) -> Int { isSame(i, j) ? CostTable.sameness : CostTable.difference }
  private func place(_ i: Int, _ j: Int) -> Int { i * (actual.count + 1) + j }
  private func cost(_ i: Int, _ j: Int) -> Int { costs[place(i, j)] }
}
