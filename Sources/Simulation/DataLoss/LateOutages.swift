internal import Quantities
internal import Recovery
internal import ServiceGraph
internal import ServiceModel

/// How many outages of each capability took longer than a time that it promises to recover in, over all replications.
///
/// They are counted one by one: a histogram can not tell an outage that lasts exactly as long as the promise from one
/// that is a little longer.
struct LateOutages: ~Copyable {
  /// The promises of each capability, from `starts[c]` to `starts[c + 1]` in `limits` and `counts`.
  private let starts: FixedArray<Int>
  /// The longest that an outage in time may be counted, in ticks.
  private let limits: FixedArray<Int64>
  private let counts: FixedArray<Int64>

  /// None of them yet, for recovery times in hours, by capability.
  init(_ recoveryTimes: [[Double]]) {
    starts = FixedArray(recoveryTimes.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) })
    limits = FixedArray(
      recoveryTimes.joined().map { hours in
        let limit = Ticks.from(hours: hours)
        return limit + Ticks.roundingOfOutage(within: limit)
      })
    counts = FixedArray(repeating: 0, count: limits.count)
  }

  /// Counts an outage of so many ticks that began and ended in the horizon.
  @inline(__always)
  func add(_ capability: Int, lasting length: Int64) {
    for place in starts[capability]..<starts[capability + 1] where length > limits[place] {
      counts[place] += 1
    }
  }

  /// How many there were of a capability, in the order of its promises.
  func counts(ofCapability index: Int) -> [Int64] { (starts[index]..<starts[index + 1]).map { counts[$0] } }
}

extension SimulationLayout {
  /// The times in hours that each capability promises to recover in, in the order declared.
  var recoveryTimes: [[Double]] {
    graph.model.capabilities.map { $0.recoveryObjectives.compactMap { $0.recoveryTime?.hours } }
  }
}
