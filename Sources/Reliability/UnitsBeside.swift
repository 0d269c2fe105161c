internal import ServiceGraph

/// What else of a group may be down while an outage of some of its units is under way.
struct UnitsBeside {
  let work: SharedWork
  /// The variables that hit its units, and how many; `nil` when these are not all that hold them down, or not independent.
  let hits: [Int: Set<Int>]?

  init(_ work: SharedWork, in failure: FailureNetwork) {
    self.work = work
    var hits: [Int: Set<Int>] = [:]
    var isIndependent = true
    for unit in work.capacity.units {
      guard let events = failure.independentEvents(ofUnit: unit) else {
        isIndependent = false
        continue
      }
      for event in events { hits[event, default: []].insert(unit) }
    }
    self.hits = isIndependent ? hits : nil
  }

  /// The mean of j / (n − h − j), with j other units down beside h of n, and never more than leave the group up.
  ///
  /// The share of requests that h units unnoticed take away, h / n of the work of n − h, changes by no more than this part
  /// of it: with j others down it is at most h / (n − j), and at least h / n of what n − h − j units do.
  /// - Complexity: O(outages · units)
  func crowding(beside hit: Int, _ probabilities: [Double]) -> Double {
    let most = work.capacity.units.count - work.capacity.required - hit
    guard let hits, most > 0 else { return 0 }
    var chances = [1.0] + [Double](repeating: 0, count: most)
    for (variable, units) in hits.sorted(by: { $0.key < $1.key }) where probabilities[variable] > 0 {
      for down in stride(from: most, through: 0, by: -1) {
        let moved = chances[down] * probabilities[variable]
        chances[down] -= down < most ? moved : 0
        if down < most { chances[min(most, down + units.count)] += moved }
      }
    }
    let left = Double(work.capacity.units.count - hit)
    return chances.enumerated().reduce(0) { $0 + $1.element * Double($1.offset) / (left - Double($1.offset)) }
  }

  /// How likely it is, at most, that something else hits the group, or only some of its units.
  func probability(_ probabilities: [Double], but variable: Int, overlapping units: Set<Int>? = nil) -> Double
  {
    guard let hits else { return 1 }
    return hits.reduce(0) { sum, hit in
      let counts = hit.key != variable && units.map { !$0.isDisjoint(with: hit.value) } != false
      return sum + (counts ? probabilities[hit.key] : 0)
    }
  }
}
