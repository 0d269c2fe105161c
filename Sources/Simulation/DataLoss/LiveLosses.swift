internal import Recovery
internal import Stochastics

/// What the outages of live processes lose of data, in a replication.
///
/// A loss is drawn from a stream of its own when the restore begins, for the time that it took until somebody noticed;
/// where the mode states how long its repair takes, when that ends. How long the whole outage lasted, waits for a crew
/// included, is known when it ends; the store serves again once it has started. An outage that is under way at time 0 lost
/// its data before.
struct LiveLosses {
  /// One outage that lost data.
  struct Incident {
    let failure: Int
    let lossHours: Double
    let recoveryHours: Double
  }

  /// The outage of a process that is under way.
  private struct Open {
    let failedHours: Double
    var noticedHours = 0.0
    /// What it loses, by plan, once it is drawn.
    var losses: [Double] = []
  }

  private let plans: [[LossPlan]]
  private var streams: [[RandomStream]]
  private var starts: [StoreStarts]
  private var open: [Open?]
  /// The outages that began from time 0 on and have ended.
  private(set) var incidents: [Incident] = []

  init(_ plans: [[LossPlan]]) {
    self.plans = plans
    streams = plans.map { $0.map { RandomStream(seed: 0, process: $0.key, replication: 0) } }
    starts = plans.map { StoreStarts($0, seed: 0, replication: 0) }
    open = plans.map { _ in nil }
  }

  /// Whether there is nothing to lose.
  var isEmpty: Bool { plans.isEmpty }

  /// Whether an outage is under way that began in a horizon.
  func isAnyOpen(before horizonHours: Double) -> Bool {
    open.contains { $0.map { $0.failedHours >= 0 && $0.failedHours < horizonHours } ?? false }
  }

  /// Begins a replication.
  mutating func begin(seed: UInt64, replication: UInt32) {
    for place in plans.indices {
      streams[place] = plans[place].map {
        RandomStream(seed: seed, process: $0.key, replication: replication)
      }
      starts[place] = StoreStarts(plans[place], seed: seed, replication: replication)
      open[place] = nil
    }
    incidents.removeAll(keepingCapacity: true)
  }

  mutating func fail(_ process: Int, at now: Double) {
    guard !isEmpty, !plans[process].isEmpty else { return }
    open[process] = Open(failedHours: now)
  }

  mutating func notice(_ process: Int, at now: Double) {
    guard !isEmpty, let began = open[process]?.failedHours else { return }
    open[process]?.noticedHours = now - began
  }

  /// A restore begins.
  ///
  /// - Returns: how long it takes, in hours; ∞ when nothing is left to restore.
  mutating func restore(_ process: Int, at now: Double) -> Double {
    let draws = draw(process)
    guard let own = open[process], let drawn = plans[process].firstIndex(where: { $0.drawsRecovery })
    else { return 0 }
    return max(0, draws[drawn].recoveryHours - own.noticedHours)
  }

  /// An outage ends.
  mutating func end(_ process: Int, at now: Double, horizonHours: Double) {
    guard !isEmpty, let began = open[process]?.failedHours else { return }
    if open[process]?.losses.isEmpty ?? true { _ = draw(process) }
    let losses = open[process]?.losses ?? []
    open[process] = nil
    guard began >= 0, began < horizonHours else { return }
    for (place, loss) in losses.enumerated() {
      incidents.append(
        Incident(
          failure: plans[process][place].failure, lossHours: loss,
          recoveryHours: now - began + starts[process].hours(after: place)))
    }
  }

  /// Ends what does not end: it never recovers.
  mutating func endAll(horizonHours: Double) {
    for process in plans.indices { end(process, at: .infinity, horizonHours: horizonHours) }
  }

  /// Draws what an outage loses by each plan.
  private mutating func draw(_ process: Int) -> [RecoveryDraw] {
    let noticed = open[process]?.noticedHours ?? 0
    let draws = plans[process].indices.map { place in
      plans[process][place].scenario.sample(
        noticedHours: noticed, responseHours: 0, using: &streams[process][place])
    }
    open[process]?.losses = draws.map(\.lossHours)
    return draws
  }
}
