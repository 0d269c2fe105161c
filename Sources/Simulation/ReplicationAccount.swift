internal import ServiceGraph
internal import Stochastics

/// The downtime of one replication as it adds up.
struct ReplicationAccount {
  fileprivate let layout: SimulationLayout
  private var downtime: [Int64]
  /// Ticks × 2²⁰ths of the service, so that how a stretch of time is cut makes no difference.
  private var unserved: [Int128]
  private var outages: [Int64]
  private var isDown: [Bool]
  /// When the outage under way began; −1 when before the horizon.
  private var downSince: [Int64]
  private var firstOutage: [Int64]
  private var anyDown = false
  private var firstOrigin: [Int32]
  /// The windows of each objective: downtime in each, and the one that time has come to.
  private var windowDowntime: [[Int64]]
  private var windowPosition: [Int]
  private var windowsOfCapability: [[Int]]
  private var planned: PlannedAccount
  /// When the outages began that have a price, by capability.
  private(set) var begun: [[Int64]]
  private let pricesOutages: [Bool]

  init(layout: SimulationLayout) {
    self.layout = layout
    let count = layout.graph.capabilities.count
    downtime = [Int64](repeating: 0, count: count)
    unserved = [Int128](repeating: 0, count: count)
    outages = [Int64](repeating: 0, count: count)
    isDown = [Bool](repeating: false, count: count)
    downSince = [Int64](repeating: -1, count: count)
    firstOutage = [Int64](repeating: -1, count: count)
    firstOrigin = [Int32](repeating: 0, count: count)
    planned = PlannedAccount(layout.planned, capabilities: count)
    begun = [[Int64]](repeating: [], count: count)
    pricesOutages = (0..<count).map { index in
      layout.prices.contains { $0.capability == index && $0.pricesOutages }
    }
    windowDowntime = layout.windows.map { [Int64](repeating: 0, count: $0.ends.count) }
    windowPosition = [Int](repeating: 0, count: layout.windows.count)
    windowsOfCapability = (0..<count).map { capability in
      layout.windows.indices.filter { layout.windows[$0].capability == capability }
    }
  }

  /// Starts a replication with everything up.
  mutating func open() {
    for index in downtime.indices {
      downtime[index] = 0
      unserved[index] = 0
      outages[index] = 0
      begun[index].removeAll(keepingCapacity: true)
      isDown[index] = false
      firstOutage[index] = -1
    }
    planned.open()
    anyDown = false
    for window in windowPosition.indices {
      windowPosition[window] = 0
      for place in windowDowntime[window].indices { windowDowntime[window][place] = 0 }
    }
  }

  /// Everything is up from a time on.
  mutating func nothingDown(at time: Int64, tally: inout Tally) {
    guard anyDown else { return }
    for index in isDown.indices where isDown[index] {
      isDown[index] = false
      endOutage(index, at: time, &tally)
    }
    anyDown = false
  }

  /// Counts the outages that a new state begins and ends; what is down at the very start began before.
  mutating func note(_ state: ServiceState, at time: Int64, trigger: Int32, tally: inout Tally) {
    anyDown = false
    for index in isDown.indices {
      if state.isDown[index], !isDown[index] {
        firstOrigin[index] = trigger
        beginOutage(index, at: time)
      } else if isDown[index], !state.isDown[index] {
        endOutage(index, at: time, &tally)
      }
      isDown[index] = state.isDown[index]
      anyDown = anyDown || isDown[index]
    }
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
    if downSince[index] >= 0, time < layout.horizon {
      tally.capabilities[index].outageLengths.record(time - downSince[index])
    } else {
      tally.capabilities[index].outagesCut += 1
    }
  }

  /// Adds a stretch of time in a state.
  mutating func charge(_ state: ServiceState, from start: Int64, to end: Int64, tally: inout Tally) {
    let length = end - start
    guard length > 0 else { return }
    planned.charge(state, length: length)
    for index in downtime.indices {
      if state.isDown[index] {
        downtime[index] += length
        tally.capabilities[index].firstOriginTicks[Int(firstOrigin[index])] += length
        for cause in state.restoring[index] { tally.capabilities[index].restoringTicks[Int(cause)] += length }
        for window in windowsOfCapability[index]
        where !(state.isPlanned[index] && layout.windows[window].excludesPlanned) {
          chargeWindow(window, from: start, to: end)
        }
      } else if state.lost[index] > 0 {
        unserved[index] += Int128(length) * Int128((state.lost[index] * 0x1p20).rounded())
      }
    }
  }

  /// Splits a stretch of downtime over the windows it lies in.
  private mutating func chargeWindow(_ window: Int, from start: Int64, to end: Int64) {
    let ends = layout.windows[window].ends
    var position = windowPosition[window]
    while position < ends.count, ends[position] <= start { position += 1 }
    windowPosition[window] = position
    var from = start
    while position < ends.count, from < end {
      let to = min(end, ends[position])
      windowDowntime[window][position] += to - from
      from = to
      position += 1
    }
  }

  /// What one capability lacked in the replication.
  func totals(ofCapability index: Int) -> ReplicationTotals {
    ReplicationTotals(
      downtime: downtime[index], unserved: downtime[index] + Int64(unserved[index] >> 20),
      outages: outages[index])
  }

  /// The downtime in each window of a plan.
  func lengths(ofWindow window: Int) -> [Int64] { windowDowntime[window] }

  /// How many windows of a plan had more downtime than they allow.
  func windowsMissed(_ window: Int) -> Int64 {
    zip(windowDowntime[window], layout.windows[window].allowed).reduce(0) { $0 + ($1.0 > $1.1 ? 1 : 0) }
  }

  /// Adds the replication to the tally.
  mutating func close(into tally: inout Tally, failovers: [Int64], replication: Int) {
    tally.replications += 1
    nothingDown(at: layout.horizon, tally: &tally)
    for index in downtime.indices {
      let totals = totals(ofCapability: index)
      tally.capabilities[index].downtime.add(totals.downtime)
      tally.capabilities[index].unserved.add(totals.unserved)
      tally.capabilities[index].outages.add(totals.outages)
      tally.capabilities[index].downtimes.record(downtime[index])
      tally.capabilities[index].worst.note(downtime[index], replication: replication)
      tally.capabilities[index].outageCounts.record(outages[index])
      if downtime[index] > 0 { tally.capabilities[index].replicationsDown += 1 }
      if firstOutage[index] >= 0 { tally.capabilities[index].firstOutages.record(firstOutage[index]) }
    }
    for window in windowDowntime.indices {
      tally.windows[window].add(windowDowntime[window], plan: layout.windows[window])
    }
    closeMoney(into: &tally)
    planned.close(downtime, into: &tally.planned)
    for role in failovers.indices { tally.failovers[role].add(failovers[role]) }
  }
}

extension ReplicationAccount {
  /// What being without a capability costs in the replication.
  func cost(_ price: DowntimePricing) -> ReplicationCost {
    price.cost(
      totals(ofCapability: price.capability), months: price.months.map { lengths(ofWindow: $0) } ?? [],
      years: Ticks.hours(Double(layout.horizon)) / 8760)
  }

  private func closeMoney(into tally: inout Tally) {
    var place = 0
    for price in layout.prices where price.hasTerms {
      tally.money[place].add(cost(price))
      place += 1
    }
  }
}

/// What one capability lacked in one replication; times in ticks.
struct ReplicationTotals: Sendable, Hashable {
  let downtime: Int64
  /// Downtime, and the share lost while degraded.
  let unserved: Int64
  let outages: Int64
}
