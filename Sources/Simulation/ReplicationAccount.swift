internal import ServiceGraph
internal import Stochastics

/// The downtime of one replication as it adds up, and how it splits up.
struct ReplicationAccount: ~Copyable {
  let horizon: Int64
  private let downtime: FixedArray<Int64>
  /// Ticks × 2²⁰ths of the service, so that how a stretch of time is cut makes no difference.
  private let unserved: FixedArray<Int128>
  private let outages: FixedArray<Int64>
  private let isDown: FixedArray<Bool>
  /// When the outage under way began; −1 when before the horizon.
  private let downSince: FixedArray<Int64>
  private let firstOutage: FixedArray<Int64>
  private var anyDown = false
  private let firstOrigin: FixedArray<Int32>
  private let causeOfOrigin: FixedArray<Int32>
  private let lateOutages: LateOutages
  fileprivate let windows: WindowAccount
  private var planned: PlannedAccount
  /// When the outages began that have a price, by capability.
  private(set) var begun: [[Int64]]
  private let pricesOutages: FixedArray<Bool>
  let prices: [DowntimePricing]
  /// Downtime in hours of a price of their own, and work that is lost.
  let hours: HoursAccount
  private let placeOfOrigin: FixedArray<Int32>
  /// Downtime by the causes whose repair would end it, by those that its outages began with, and by where these began.
  private var restoring: SplitAccount
  private var begunBy: SplitAccount
  private var begunAt: SplitAccount

  init(layout: SimulationLayout) {
    let count = layout.graph.capabilities.count
    horizon = layout.horizon
    downtime = FixedArray(repeating: 0, count: count)
    unserved = FixedArray(repeating: 0, count: count)
    outages = FixedArray(repeating: 0, count: count)
    isDown = FixedArray(repeating: false, count: count)
    downSince = FixedArray(repeating: -1, count: count)
    firstOutage = FixedArray(repeating: -1, count: count)
    firstOrigin = FixedArray(repeating: 0, count: count)
    causeOfOrigin = FixedArray(layout.origins.map { Int32($0.cause) })
    lateOutages = LateOutages(layout.recoveryTimes)
    windows = WindowAccount(layout.windows, capabilities: count)
    planned = PlannedAccount(layout.planned, capabilities: count)
    begun = [[Int64]](repeating: [], count: count)
    pricesOutages = FixedArray(
      (0..<count).map { index in layout.prices.contains { $0.capability == index && $0.pricesOutages } })
    prices = layout.prices
    hours = HoursAccount(prices, windows: layout.windows, capabilities: count)
    placeOfOrigin = FixedArray(layout.originPlaces.ofOrigin)
    restoring = SplitAccount(capabilities: count, places: layout.causeNames.count)
    begunBy = SplitAccount(capabilities: count, places: layout.causeNames.count)
    begunAt = SplitAccount(capabilities: count, places: layout.originPlaces.names.count)
  }

  /// Starts a replication with everything up.
  mutating func open() {
    downtime.fill(with: 0)
    unserved.fill(with: 0)
    outages.fill(with: 0)
    isDown.fill(with: false)
    firstOutage.fill(with: -1)
    windows.open()
    hours.open()
    for index in begun.indices { begun[index].removeAll(keepingCapacity: true) }
    planned.open()
    restoring.open()
    begunBy.open()
    begunAt.open()
    anyDown = false
  }

  /// Everything is up from a time on.
  @inline(__always)
  mutating func nothingDown(at time: Int64, tally: inout Tally) {
    guard anyDown else { return }
    for index in 0..<isDown.count where isDown[index] {
      isDown[index] = false
      endOutage(index, at: time, &tally)
    }
    anyDown = false
  }

  /// Counts the outages that a new state begins and ends; what is down at the very start began before.
  mutating func note(_ state: borrowing ServiceState, at time: Int64, trigger: Int32, tally: inout Tally) {
    guard anyDown else { return noteFirst(state, at: time, trigger: trigger) }
    anyDown = false
    for index in 0..<isDown.count {
      let (was, goesDown) = (isDown[index], state.isDown[index])
      if goesDown, !was {
        firstOrigin[index] = origin(of: index, state, trigger: trigger)
        beginOutage(index, at: time)
      } else if was, !goesDown {
        endOutage(index, at: time, &tally)
      }
      isDown[index] = goesDown
      anyDown = anyDown || goesDown
    }
  }

  /// The same where nothing was down before.
  @inline(__always)
  private mutating func noteFirst(_ state: borrowing ServiceState, at time: Int64, trigger: Int32) {
    for place in 0..<state.lackingCount {
      let index = Int(state.lacking[place])
      guard state.isDown[index] else { continue }
      firstOrigin[index] = origin(of: index, state, trigger: trigger)
      beginOutage(index, at: time)
      isDown[index] = true
      anyDown = true
    }
  }

  /// Where an outage comes from: what has just happened, unless the capability would be down without it and other things, at the
  /// same instant, are why it is.
  private func origin(of capability: Int, _ state: borrowing ServiceState, trigger: Int32) -> Int32 {
    var other: Int32?
    for place in 0..<state.restorationCount {
      let found = state.restoration(place)
      guard Int(found.capability) == capability else { continue }
      if found.cause == causeOfOrigin[Int(trigger)] { return trigger }
      if other == nil { other = found.origin }
    }
    return other ?? trigger
  }

  private mutating func beginOutage(_ index: Int, at time: Int64) {
    downSince[index] = time > 0 ? time : -1
    guard time > 0 else { return }
    outages[index] += 1
    if pricesOutages[index] { begun[index].append(time) }
    if firstOutage[index] < 0 { firstOutage[index] = time }
  }

  /// What ends at the very start ended before it.
  private func endOutage(_ index: Int, at time: Int64, _ tally: inout Tally) {
    guard time > 0 else { return }
    if time < horizon, hours.counts(index) { hours.endOutage(index, at: time) }
    if downSince[index] >= 0, time < horizon {
      tally.capabilities[index].outageLengths.record(time - downSince[index])
      lateOutages.add(index, lasting: time - downSince[index])
    } else {
      tally.capabilities[index].outagesCut += 1
    }
  }

  /// Adds a stretch of time in a state.
  mutating func charge(_ state: borrowing ServiceState, from start: Int64, to end: Int64) {
    let length = end - start
    guard length > 0 else { return }
    planned.charge(state, length: length)
    for place in 0..<state.lackingCount {
      let index = Int(state.lacking[place])
      if state.isDown[index] {
        downtime[index] += length
        let origin = Int(firstOrigin[index])
        begunBy.charge(index, Int(causeOfOrigin[origin]), length)
        if placeOfOrigin[origin] >= 0 { begunAt.charge(index, Int(placeOfOrigin[origin]), length) }
        windows.charge(index, isPlanned: state.isPlanned[index], from: start, to: end)
        if hours.counts(index) { hours.charge(index, from: start, to: end) }
      } else {
        unserved[index] += Int128(length) * Int128(state.lostParts[index])
      }
    }
    for place in 0..<state.restorationCount {
      let found = state.restoration(place)
      restoring.charge(Int(found.capability), Int(found.cause), length)
    }
  }

  /// What one capability lacked in the replication.
  func totals(ofCapability index: Int) -> ReplicationTotals {
    ReplicationTotals(
      downtime: downtime[index], unserved: downtime[index] + Int64(unserved[index] >> 20),
      outages: outages[index])
  }

  /// How many windows of a plan had more downtime than they allow.
  func windowsMissed(_ window: Int) -> Int64 { windows.missed(window) }

  /// Adds the replication to the tally.
  mutating func close(into tally: inout Tally, failovers: [Int64], replication: Int) {
    tally.replications += 1
    nothingDown(at: horizon, tally: &tally)
    for index in 0..<downtime.count {
      tally.capabilities[index].add(
        totals(ofCapability: index), firstOutage: firstOutage[index], replication: replication)
    }
    closeSplit(into: &tally)
    windows.close(into: &tally.windows)
    closeMoney(into: &tally)
    planned.close(downtime, into: &tally.planned)
    for role in failovers.indices { tally.failovers[role].add(failovers[role]) }
  }

  /// Adds how the downtime splits up.
  private func closeSplit(into tally: inout Tally) {
    restoring.forEach { tally.capabilities[$0].restoring[$1].add($2, of: downtime[$0]) }
    begunBy.forEach { tally.capabilities[$0].begunBy[$1].add($2, of: downtime[$0]) }
    begunAt.forEach { tally.capabilities[$0].begunAt[$1].add($2, of: downtime[$0]) }
  }

  /// Adds which outages of all replications were late.
  func addLateOutages(to tally: inout Tally) {
    for index in 0..<downtime.count {
      for (place, late) in lateOutages.counts(ofCapability: index).enumerated() {
        tally.capabilities[index].lateOutages[place] += late
      }
    }
  }
}

extension ReplicationAccount {
  /// The downtime in each window of a plan, in ticks.
  func lengths(ofWindow window: Int) -> [Int64] { windows.lengths(window) }

  /// The same without what may be rounding, to be held against what a promise allows.
  func certainLengths(ofWindow window: Int) -> [Int64] { windows.certainLengths(window) }
}

/// What one capability lacked in one replication; times in ticks.
struct ReplicationTotals: Sendable, Hashable {
  let downtime: Int64
  /// Downtime, and the share lost while degraded.
  let unserved: Int64
  let outages: Int64
}
