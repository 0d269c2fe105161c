/// Adds up one capability's downtime and outages after a burn-in.
struct DowntimeObserver: ReplicationObserver {
  static var isTold: Bool { true }

  private let capability: Int
  /// Where counting begins, in ticks.
  private let start: Int64
  private let horizon: Int64
  private var downSince: Int64?
  private var downtime: Int64 = 0
  private var outageCount = 0
  /// The processes that are down.
  private var down: [Int32] = []
  /// The processes that were down when the capability first was, in the counted time.
  private(set) var failed: [Int32] = []

  init(capability: Int, from start: Int64, to horizon: Int64) {
    self.capability = capability
    self.start = start
    self.horizon = horizon
  }

  /// The share of the counted time that was downtime, and how many outages began in it.
  var seen: (share: Double, outages: Int) {
    let open = downSince.map { max(0, horizon - max($0, start)) } ?? 0
    return (Double(downtime + open) / Double(horizon - start), outageCount)
  }

  mutating func open() {
    downSince = nil
    downtime = 0
    outageCount = 0
    down.removeAll(keepingCapacity: true)
    failed.removeAll(keepingCapacity: true)
  }

  mutating func serves(_ state: borrowing ServiceState, at time: Int64) {
    change(isDown: state.isDown[capability], at: time)
  }
  mutating func servesAll(at time: Int64) { change(isDown: false, at: time) }

  private mutating func change(isDown: Bool, at time: Int64) {
    if isDown, downSince == nil {
      downSince = time
      if failed.isEmpty { failed = down }
      if time > start || (time == start && start > 0) { outageCount += 1 }
    } else if !isDown, let since = downSince {
      downtime += max(0, time - max(since, start))
      downSince = nil
    }
  }

  mutating func failed(process: Int, at time: Int64, outage: OutageInterval?) { down.append(Int32(process)) }
  mutating func noticed(process: Int, at time: Int64) {}
  mutating func restored(process: Int, at time: Int64) { down.removeAll { $0 == Int32(process) } }
  mutating func moved(role: Int, from: Int, to: Int, taking times: RoleMoveTimes, at time: Int64) {}
}
