internal import ServiceGraph
internal import Stochastics

extension CompiledGraph {
  /// The start after a process, where all units that it takes down are of one component.
  func start(after process: RenewalProcess) -> (any Distribution)? {
    guard process.startHours > 0, let unit = process.units.first,
      let own = starts.first(where: { $0.units.contains(unit) }),
      process.units.allSatisfy({ own.units.contains($0) })
    else { return nil }
    // What waits for others that start after the same outage takes longer than its own start.
    return own.takes.flatMap { $0.mean > 0 && process.startHours <= $0.mean * (1 + 1e-9) ? $0 : nil }
  }

  /// The same, or how long they wait and start on average, where they wait for others.
  func ownStart(after process: RenewalProcess) -> (any Distribution)? {
    if let start = start(after: process) { return start }
    return process.startHours > 0 ? try? Deterministic(value: process.startHours) : nil
  }

  /// How many of some stages a part of an outage and the start after it gets, by its length; at least 1.
  func stages(_ count: Int, for parts: [any Distribution], of process: RenewalProcess) -> Int {
    let whole = partsWithStart(process).reduce(0) { $0 + $1.mean }
    let part = parts.reduce(0) { $0 + $1.mean }
    return whole > 0 ? max(1, Int((Double(count) * min(1, part / whole)).rounded())) : 1
  }

  /// The outage of a process and the start after it, as far as nothing hits its units meanwhile: that of the units by its law,
  /// or, where several components wait for each other, of mean length.
  func partsWithStart(_ process: RenewalProcess) -> [any Distribution] {
    process.outage + (ownStart(after: process).map { [$0] } ?? [])
  }

  /// Parts as long as all until the units of a process have started: an outage, a start, and what is between the first start
  /// and the one that comes to its end as one exponential part.
  func partsUntilStarted(_ process: RenewalProcess) -> [any Distribution] {
    let parts = partsWithStart(process)
    guard process.startHours > 0, let mean = process.meanHoursUntilStarted,
      let again = try? Exponential(mean: mean - parts.reduce(0) { $0 + $1.mean })
    else { return parts }
    return parts + [again]
  }
}
