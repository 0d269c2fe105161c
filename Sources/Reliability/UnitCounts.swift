/// How likely it is that so many units of a group are down, and so many of these unnoticed.
///
/// Units that are alike and independent need no more than their number: with u, the chance that one is down, and h that
/// it is down unnoticed,
///
///     P(d down, q of them unnoticed) = C(n, d) u^d (1 − u)^(n−d) · C(d, q) (h / u)^q (1 − h / u)^(d−q).
struct UnitCounts {
  /// Chances by a number, from the first that can be.
  struct Row {
    var first = 0
    var chances: [Double] = []
  }

  /// By the number of units that are down; for each, by how many of these are unnoticed.
  private(set) var rows: [Row]

  /// Nobody is down.
  static let none = UnitCounts(rows: [Row(first: 0, chances: [1])])

  private init(rows: [Row]) { self.rows = rows }

  /// Units that are alike: each up, or else down, and perhaps unnoticed.
  ///
  /// - Parameter most: what happens while more are down is left out.
  /// - Complexity: O(most²), less where few are likely to be down.
  init(_ count: Int, up: Double, down: Double, unnoticed: Double, most: Int) {
    let number = Row(binomial: count, success: down, failure: up)
    rows = []
    for (place, chance) in number.chances.enumerated() where number.first + place <= most {
      let down = Row(
        binomial: number.first + place, success: unnoticed, failure: max(0, down - unnoticed))
      if rows.isEmpty { rows = [Row](repeating: Row(), count: number.first) }
      rows.append(Row(first: down.first, chances: down.chances.map { $0 * chance }))
    }
  }

  /// Units that are all down, and unnoticed with these chances each.
  init(down count: Int, unnoticed: Double, noticed: Double) {
    rows = [Row](repeating: Row(), count: count)
    rows.append(Row(binomial: count, success: unnoticed, failure: noticed))
  }

  /// With other units beside these, as long as no more than `most` are down in all.
  func and(_ other: UnitCounts, most: Int) -> UnitCounts {
    var sums = [Row](repeating: Row(), count: max(0, min(most + 1, rows.count + other.rows.count - 1)))
    for (down, own) in rows.enumerated() where !own.chances.isEmpty {
      for (more, row) in other.rows.enumerated() where !row.chances.isEmpty && down + more < sums.count {
        sums[down + more].add(own, row)
      }
    }
    return UnitCounts(rows: sums)
  }
}

extension UnitCounts.Row {
  /// Chances below this share of the greatest are left out.
  private static let least = 1e-60

  /// The binomial distribution, from its mode by the ratios of neighbours, so that all digits are good.
  ///
  /// - Parameters:
  ///   - success: how much speaks for it, against…
  ///   - failure: …how much against it; only the ratio of the two matters.
  init(binomial count: Int, success: Double, failure: Double) {
    if success <= 0 || count == 0 {
      self.init(first: 0, chances: [1])
    } else if failure <= 0 {
      self.init(first: count, chances: [1])
    } else {
      let odds = success / failure
      let mode = min(count, Int(Double(count + 1) * success / (success + failure)))
      var (above, below): ([Double], [Double]) = ([1], [])
      while let last = above.last, last > Self.least, mode + above.count <= count {
        let number = Double(mode + above.count)
        above.append(last * odds * (Double(count) - number + 1) / number)
      }
      var last = 1.0
      while last > Self.least, mode - below.count > 0 {
        let number = Double(mode - below.count)
        last *= number / (odds * (Double(count) - number + 1))
        below.append(last)
      }
      let all = below.reversed() + above
      let total = all.sorted().reduce(0, +)
      self.init(first: mode - below.count, chances: all.map { $0 / total })
    }
  }

  /// Adds the chances of sums of two numbers.
  fileprivate mutating func add(_ one: Self, _ other: Self) {
    let low = one.first + other.first
    let high = low + one.chances.count + other.chances.count - 1
    if chances.isEmpty {
      first = low
    } else if low < first {
      chances.insert(contentsOf: [Double](repeating: 0, count: first - low), at: 0)
      first = low
    }
    if high > first + chances.count {
      chances += [Double](repeating: 0, count: high - first - chances.count)
    }
    for (place, chance) in one.chances.enumerated() {
      for (next, more) in other.chances.enumerated() {
        chances[low - first + place + next] += chance * more
      }
    }
  }
}
