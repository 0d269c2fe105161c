internal import Stochastics

/// The units of a replication that are repaired and have not started yet.
///
/// A unit waits until all its gates are up; then its start takes its time, whatever happens to the gates meanwhile. A
/// failure that hits it before it has started ends the start; there is a new one after it.
struct UnitStarts: ~Copyable {
  private let plans: [StartPlans.Plan]
  private let planOfUnit: FixedArray<Int32>
  /// The number of each unit's latest start; an event of an older one is void.
  private let attempts: FixedArray<Int32>
  /// How many outages hold each unit down after which it has to start.
  private let holders: FixedArray<Int32>
  /// For each unit that has not started yet: the origin of the outage that took it down, else −1.
  let origins: FixedArray<Int32>
  /// The units that have not started yet, in the order of their repairs.
  private(set) var held: [Int32] = []
  /// Those of them that wait for their gates.
  private(set) var waiting: [Int32] = []
  private var streams: [RandomStream] = []

  init(_ starts: StartPlans) {
    plans = starts.plans
    planOfUnit = FixedArray(starts.planOfUnit)
    attempts = FixedArray(repeating: 0, count: starts.planOfUnit.count)
    holders = FixedArray(repeating: 0, count: starts.planOfUnit.count)
    origins = FixedArray(repeating: -1, count: starts.planOfUnit.count)
  }

  /// Forgets the last replication; what starts next does so before time 0.
  mutating func begin(seed: UInt64, replication: UInt32) {
    guard !plans.isEmpty else { return }
    streams = plans.map { RandomStream(seed: seed, process: $0.pastKey, replication: replication) }
    origins.fill(with: -1)
    holders.fill(with: 0)
    held.removeAll(keepingCapacity: true)
    waiting.removeAll(keepingCapacity: true)
  }

  /// Time 0 is reached; starts under way go on.
  mutating func beginTime0(seed: UInt64, replication: UInt32) {
    streams = plans.map { RandomStream(seed: seed, process: $0.key, replication: replication) }
  }

  /// Whether a unit has to start after what takes it down.
  func hasStart(_ unit: Int) -> Bool { planOfUnit[unit] >= 0 }

  /// An outage takes a unit down, which will have to start after it.
  ///
  /// - Returns: whether a start held it down until now; that one is over.
  mutating func goDown(_ unit: Int) -> Bool {
    guard planOfUnit[unit] >= 0 else { return false }
    holders[unit] += 1
    guard origins[unit] >= 0 else { return false }
    release(unit)
    return true
  }

  /// Such an outage ends.
  ///
  /// - Returns: whether the start holds the unit down in its place from here on.
  mutating func comeBack(_ unit: Int, origin: Int32) -> Bool {
    guard planOfUnit[unit] >= 0 else { return false }
    holders[unit] -= 1
    guard holders[unit] == 0 else { return false }
    origins[unit] = origin
    held.append(Int32(unit))
    waiting.append(Int32(unit))
    return true
  }

  /// Such an outage is under way at time 0, where it begins anew.
  func letGo(_ unit: Int) {
    guard planOfUnit[unit] >= 0 else { return }
    holders[unit] -= 1
  }

  /// The first unit that waits and has its gates up.
  func nextReady(_ gates: borrowing GateStates) -> Int? {
    for unit in waiting {
      var isReady = true
      for gate in plans[Int(planOfUnit[Int(unit)])].gates where !gates.isUp(gate) { isReady = false }
      if isReady { return Int(unit) }
    }
    return nil
  }

  /// A unit begins to start.
  ///
  /// - Returns: when it will be up.
  mutating func begin(_ unit: Int, at time: Int64) -> PendingEvent {
    waiting.removeAll { $0 == Int32(unit) }
    attempts[unit] += 1
    let place = Int(planOfUnit[unit])
    let hours = plans[place].takes.sample(&streams[place])
    return PendingEvent(
      time: time + Ticks.from(hours: hours), kind: .started, subject: Int32(unit), attempt: attempts[unit])
  }

  /// Whether an event is the end of the start that is under way.
  func isCurrent(_ event: PendingEvent) -> Bool {
    origins[Int(event.subject)] >= 0 && attempts[Int(event.subject)] == event.attempt
  }

  /// A unit has started, or will not any more.
  mutating func release(_ unit: Int) {
    waiting.removeAll { $0 == Int32(unit) }
    attempts[unit] += 1
    origins[unit] = -1
    held.removeAll { $0 == Int32(unit) }
  }
}
