internal import ServiceGraph
internal import Stochastics

/// What failures lose that a failover answers, in a replication.
///
/// A role that moves loses by how much its new holder is behind, drawn from a stream of the failure's own. A holder that
/// returns first has everything. What is under way at time 0 began before, and what is at the end of the horizon is
/// left out: nobody has moved yet.
struct MoveLosses {
  /// The loss of a holder that nothing has answered yet.
  private struct Open {
    let process: Int32
    let plan: Int
    let since: Int64
  }

  private let plans: [Int32: [MoveLossPlan]]
  private var streams: [Int32: [RandomStream]] = [:]
  /// By unit.
  private var open: [Int: [Open]] = [:]

  init(_ layout: LossLayout) {
    plans = Dictionary(uniqueKeysWithValues: layout.moves.map { (Int32($0.key), $0.value) })
  }

  /// Whether there is nothing to lose.
  @inline(__always)
  var isEmpty: Bool { plans.isEmpty }

  /// Begins a replication.
  mutating func begin(seed: UInt64, replication: UInt32) {
    streams = plans.mapValues { plans in
      plans.map { RandomStream(seed: seed, process: $0.key, replication: replication) }
    }
    open.removeAll(keepingCapacity: true)
  }

  /// A process takes down the unit that holds a role.
  mutating func holderFails(_ unit: Int, role: Int, process: Int32, at time: Int64) {
    guard time > 0, let own = plans[process] else { return }
    open[unit] = own.indices.filter { own[$0].role == role }
      .map { Open(process: process, plan: $0, since: time) }
  }

  /// A role has moved away from a unit, or the unit is back before that.
  mutating func end(_ unit: Int, hasMoved: Bool, at time: Int64, in account: inout DataLossAccount) {
    guard let ended = open.removeValue(forKey: unit) else { return }
    for loss in ended {
      guard let plan = plans[loss.process]?[loss.plan] else { continue }
      let lag = hasMoved ? draw(plan, of: loss) : 0
      account.add(
        lossHours: lag, recoveryHours: Ticks.hours(Double(time - loss.since)), failure: plan.failure)
    }
  }

  private mutating func draw(_ plan: MoveLossPlan, of loss: Open) -> Double {
    guard var stream = streams[loss.process]?[loss.plan] else { return 0 }
    let lag = plan.lag.sample(using: &stream)
    streams[loss.process]?[loss.plan] = stream
    return lag
  }
}
