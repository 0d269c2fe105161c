internal import Quantities
internal import Stochastics

/// The exact laws of what whole backups leave together with those of what has changed, for a failure that is noticed
/// after a fixed time.
///
/// The age a of a whole backup is uniform over one interval. Cut where one more of its partial backups becomes of use,
/// it is uniform over each stretch, and so is the age a − g · every of what g of them reach.
struct PartialBackupAge {
  let schedule: BackupSchedule
  let partial: PartialBackups
  let noticedHours: Double

  /// An age as a number of intervals after the first of use, or as it is: equal ones are then equal to the bit.
  private struct Edge {
    let value: Double
    let step: Int?
  }

  /// One of the ways it may be.
  private struct Stretch {
    let low: Edge
    let high: Edge
    let usable: Int
  }

  private var count: Int { partial.count(between: schedule.every) }
  private var soonest: Double { partial.soonest(noticedHours) }

  private func edge(_ step: Int) -> Edge {
    Edge(value: soonest + Double(step) * partial.every.hours, step: step)
  }

  /// Where so many of them reach from an age.
  private func reached(_ edge: Edge, by number: Int) -> Double {
    guard let step = edge.step else { return max(0, edge.value - Double(number) * partial.every.hours) }
    return soonest + Double(step - number) * partial.every.hours
  }

  // MARK: Stretches

  /// The ages of the whole backup at a place from the end, cut where what is of use changes.
  private func stretches(place: Int) -> [Stretch] {
    let first = max(noticedHours, schedule.takes.hours) + Double(place) * schedule.every.hours
    let last = min(first + schedule.every.hours, schedule.keep.hours)
    guard first < last else { return [] }
    var edges = [Edge(value: first, step: nil)]
    edges += (1...max(1, count)).map(edge).filter { first < $0.value && $0.value < last }
    let cut = partial.keep.hours + partial.every.hours
    if partial.kind == .incremental, first < cut, cut < last { edges.append(Edge(value: cut, step: nil)) }
    edges.append(Edge(value: last, step: nil))
    edges.sort { $0.value < $1.value }
    return zip(edges, edges.dropFirst()).filter { $0.value < $1.value }.map { low, high in
      let middle = low.value + (high.value - low.value) / 2
      return Stretch(
        low: low, high: high,
        usable: partial.usable(atAge: middle, noticedHours: noticedHours, of: count))
    }
  }

  /// Whether differential backups of all whole ones that may be tried are still there; a chain is cut as a whole.
  private var isClosed: Bool {
    guard partial.kind == .differential else { return true }
    let tried = Double(schedule.restorableChances.chances.count)
    let oldest = max(noticedHours, schedule.takes.hours) + tried * schedule.every.hours
    return min(oldest, schedule.keep.hours) - partial.every.hours <= partial.keep.hours
  }

  /// How long a stretch is as a share of the interval.
  private func share(_ stretch: Stretch) -> Double {
    (stretch.high.value - stretch.low.value) / schedule.every.hours
  }

  // MARK: Laws

  /// The age of what can be restored; never: nothing can. `nil` when it has no exact law, or too many parts.
  var age: PiecewiseLaw? {
    let chances = schedule.restorableChances.chances
    guard isClosed, count * count * chances.count <= Self.mostParts else { return nil }
    var parts: [(low: Double, high: Double, probability: Double)] = []
    for (place, chance) in chances.enumerated() {
      for stretch in stretches(place: place) {
        for outcome in partial.outcomes(of: stretch.usable) {
          parts.append(
            (
              reached(stretch.low, by: outcome.reached), reached(stretch.high, by: outcome.reached),
              chance * share(stretch) * outcome.probability
            ))
        }
      }
    }
    return mixture(parts)
  }

  private static let mostParts = 400_000

  /// How likely none of the whole backups can be restored, or the first that can is too old.
  private var never: Double {
    let (chances, none) = schedule.restorableChances
    let first = max(noticedHours, schedule.takes.hours)
    return chances.enumerated().reduce(none) { sum, slot in
      let end = first + Double(slot.offset + 1) * schedule.every.hours
      return sum + slot.element * min(1, max(0, (end - schedule.keep.hours) / schedule.every.hours))
    }
  }

  /// The law of parts that are uniform, equal ones taken together; what is missing never comes.
  private func mixture(_ parts: [(low: Double, high: Double, probability: Double)]) -> PiecewiseLaw {
    let sorted = parts.sorted { ($0.low, $0.high) < ($1.low, $1.high) }
    var merged: [(low: Double, high: Double, probability: Double)] = []
    for part in sorted {
      if let last = merged.last, last.low == part.low, last.high == part.high {
        merged[merged.count - 1].probability += part.probability
      } else {
        merged.append(part)
      }
    }
    return .mixture(
      merged.map { ($0.probability, PiecewiseLaw.uniform(from: $0.low, to: $0.high)) } + [(never, .never)])
  }

  /// The law of the time to restore, in hours; `nil` when it has no exact law.
  ///
  /// One restore for each whole backup that is tried, and a fixed time for each of those after it. What is replayed
  /// depends on how far they reach; then there is none.
  var restore: PiecewiseLaw? {
    let chances = schedule.restorableChances.chances
    guard isClosed, let each = eachHours, count * chances.count <= Self.mostRestores else { return nil }
    var whole: PiecewiseLaw? = .always(0)
    var parts: [(probability: Double, law: PiecewiseLaw)] = []
    for (place, chance) in chances.enumerated() {
      whole = whole.flatMap { schedule.restore.extending($0) }
      guard let whole else { return nil }
      for (tries, probability) in triesByNumber(place: place).enumerated() where probability > 0 {
        parts.append((chance * probability, whole.adding(Double(tries) * each)))
      }
    }
    return .mixture(parts + [(never, .never)])
  }

  private static let mostRestores = 4_000

  /// How likely no, one, two, … of them are restored or tried after the whole backup at a place from the end.
  private func triesByNumber(place: Int) -> [Double] {
    var found = [Double](repeating: 0, count: count + 1)
    for stretch in stretches(place: place) {
      for outcome in partial.outcomes(of: stretch.usable) {
        found[outcome.tries] += share(stretch) * outcome.probability
      }
    }
    return found
  }

  /// The time for each, where it is fixed.
  private var eachHours: Double? {
    guard let method = partial.restoreEach else { return 0 }
    return method.extending(.always(0))?.fixedValue
  }
}
