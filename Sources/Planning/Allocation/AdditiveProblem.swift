/// One option for each of several places, where every measure of a plan is the sum over its places.
///
/// Measures are to be small: money, weight, and for parts in series -log(availability). All are 0 or more.
package struct AdditiveProblem: Sendable {
  /// How many measures an option has.
  package let measures: Int
  /// The options of each place, each with its measures.
  package let places: [[[Double]]]
  /// The most of each measure; infinite where there is no limit.
  package let limits: [Double]

  /// A choice among options.
  ///
  /// - Parameter places: at least one option each, of as many measures as there are limits.
  package init(places: [[[Double]]], limits: [Double]) {
    self.measures = limits.count
    self.places = places
    self.limits = limits
  }

  /// Room for rounding in sums of a measure, which is far below any difference that is meant.
  package var tolerances: [Double] {
    (0..<measures).map { measure in
      let most = places.reduce(0) { $0 + ($1.map { $0[measure] }.filter(\.isFinite).max() ?? 0) }
      return 1e-13 * most
    }
  }

  /// The limits with room for rounding.
  var roomyLimits: [Double] { limits.map { $0 + 1e-9 * abs($0) } }

  /// The least of each measure from each place on, chosen for each measure alone; the last row is 0.
  var leastFrom: [[Double]] {
    var rows = [[Double](repeating: 0, count: measures)]
    for place in places.reversed() {
      let least = (0..<measures).map { measure in place.map { $0[measure] }.min() ?? 0 }
      rows.append(zip(least, rows[rows.count - 1]).map(+))
    }
    return rows.reversed()
  }

  /// The measures of a plan.
  package func sums(of plan: [Int]) -> [Double] {
    var sums = [Double](repeating: 0, count: measures)
    for (place, option) in zip(places, plan) {
      for measure in 0..<measures { sums[measure] += place[option][measure] }
    }
    return sums
  }

  /// The same with some options only.
  func keeping(_ kept: [[Int]]) -> AdditiveProblem {
    AdditiveProblem(
      places: zip(places, kept).map { place, kept in kept.map { place[$0] } }, limits: limits)
  }

  /// Which options no other option of their place is as good as, in every measure that `counts`.
  func undominatedOptions(_ counts: [Bool]) -> [[Int]] {
    places.map { options in
      options.indices.filter { one in
        !options.indices.contains { other in
          other != one && AdditiveProblem.isAsGood(options[other], options[one], counts)
            && (other < one || !AdditiveProblem.isAsGood(options[one], options[other], counts))
        }
      }
    }
  }

  private static func isAsGood(_ one: [Double], _ other: [Double], _ counts: [Bool]) -> Bool {
    one.indices.allSatisfy { !counts[$0] || one[$0] <= other[$0] }
  }
}
