/// What policies make of the calls of each edge now: what the state of the service is worked out from.
struct EdgeStandings: ~Copyable {
  /// The share of calls that get neither an answer nor a fallback, among those for which the caller has a slot.
  let lost: FixedArray<Double>
  /// The same of those for whose answers the ones further up wait until they are lost.
  let answeredLost: FixedArray<Double>
  /// The share of its calls that the caller has no slot for.
  let callerLost: FixedArray<Double>
  /// The origin of the latest outage of each callee.
  let origins: FixedArray<Int32>
  /// What makes each callee treat calls as it does, where that is several things together.
  let makeups: CalleeMakeups

  init(count: Int) {
    lost = FixedArray(repeating: 0, count: count)
    answeredLost = FixedArray(repeating: 0, count: count)
    callerLost = FixedArray(repeating: 0, count: count)
    origins = FixedArray(repeating: 0, count: count)
    makeups = CalleeMakeups(count: count)
  }

  func reset() {
    lost.fill(with: 0)
    answeredLost.fill(with: 0)
    callerLost.fill(with: 0)
    origins.fill(with: 0)
    makeups.reset()
  }

  /// Whether no call is answered.
  func isDown(_ edge: Int) -> Bool { lost[edge] >= EdgeStandings.all }

  /// Whether the caller has no slot at all.
  func callerIsDown(_ edge: Int) -> Bool { callerLost[edge] >= EdgeStandings.all }

  /// Shares are sums and products of doubles.
  static let all = 1 - 1e-12
}
