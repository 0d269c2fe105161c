internal import Stochastics

/// What replications add up to of several whole numbers each.
///
/// Figures number from 0, in the order in which files hold them.
struct FigureTotals<Figure: CaseIterable & RawRepresentable>: Sendable where Figure.RawValue == Int {
  /// One for each figure.
  private(set) var moments = [Moments](repeating: Moments(), count: Figure.allCases.count)

  init() {}

  /// The totals that numbers from a file stand for; `nil` when no replications have them.
  ///
  /// - Parameters:
  ///   - replications: how many they must rest on.
  ///   - limit: the most that a replication counts of any figure.
  init?(_ moments: [Moments], replications: Int, limit: Int128) {
    guard moments.count == Figure.allCases.count,
      moments.allSatisfy({ $0.isPossible(replications: replications, limit: limit) })
    else { return nil }
    self.moments = moments
  }

  subscript(figure: Figure) -> Moments { moments[figure.rawValue] }

  mutating func add(_ number: Int64, to figure: Figure) { moments[figure.rawValue].add(number) }

  mutating func merge(_ other: FigureTotals) {
    for place in moments.indices { moments[place].merge(other.moments[place]) }
  }
}

extension Moments {
  /// Whether so many whole numbers, each at most `limit`, may have these: Σx ≤ Σx² ≤ Σx · limit.
  func isPossible(replications: Int, limit: Int128) -> Bool {
    let (most, isUnbounded) = sum.multipliedReportingOverflow(by: limit)
    return sum >= 0 && sum <= Int128(replications) * limit && squares >= sum
      && (isUnbounded || squares <= most)
  }
}
