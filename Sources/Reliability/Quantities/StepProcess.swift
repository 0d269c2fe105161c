/// A process whose up times and outages take single values: its failures and repairs fall on single instants.
struct StepProcess: Sendable {
  /// The instants of failures with their expected number, ascending.
  private(set) var failures: [(time: Double, mass: Double)] = []
  /// When the unavailability changes, ascending.
  private(set) var times: [Double] = [0]
  /// The unavailability from each of the times on.
  private(set) var values: [Double] = [0]

  /// The long-run failure frequency per hour.
  let steadyFrequency: Double

  private typealias Atom = (value: Double, probability: Double)

  /// Follows the process up to a horizon; `nil` when it takes more than 20,000 instants.
  init?(
    uptime: [(value: Double, probability: Double)], outage: [(value: Double, probability: Double)],
    horizon: Double
  ) {
    let limit = 20_000
    steadyFrequency = 1 / (uptime + outage).reduce(0) { $0 + $1.value * $1.probability }
    var starts: [(time: Double, mass: Double)] = [(0, 1)]
    var repairs: [(time: Double, mass: Double)] = []
    while !starts.isEmpty, failures.count + repairs.count <= limit {
      let failed = StepProcess.later(starts, uptime, horizon: horizon)
      starts = StepProcess.later(failed, outage, horizon: horizon)
      failures = StepProcess.merged(failures + failed)
      repairs = StepProcess.merged(repairs + starts)
    }
    guard starts.isEmpty else { return nil }
    let changes = failures.map { ($0.time, $0.mass) } + repairs.map { ($0.time, -$0.mass) }
    var level = 0.0
    for change in StepProcess.merged(changes.map { (time: $0.0, mass: $0.1) }) {
      level += change.mass
      times.append(change.time)
      values.append(min(1, max(0, level)))
    }
  }

  /// The unavailability at a time.
  func value(at time: Double) -> Double {
    var (low, high) = (0, times.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if times[middle] <= time { low = middle } else { high = middle - 1 }
    }
    return values[low]
  }

  private static func later(
    _ starts: [(time: Double, mass: Double)], _ atoms: [Atom], horizon: Double
  ) -> [(time: Double, mass: Double)] {
    merged(
      starts.flatMap { start in atoms.map { (start.time + $0.value, start.mass * $0.probability) } }
        .filter { $0.0 <= horizon && $0.1 > 1e-18 })
  }

  /// Ascending, with what falls on one instant put together.
  private static func merged(_ masses: [(time: Double, mass: Double)]) -> [(time: Double, mass: Double)] {
    var result: [(time: Double, mass: Double)] = []
    for (time, mass) in masses.sorted(by: { $0.time < $1.time }) {
      if let last = result.last, time - last.time <= 1e-11 * time {
        result[result.count - 1].mass += mass
      } else {
        result.append((time, mass))
      }
    }
    return result
  }
}
