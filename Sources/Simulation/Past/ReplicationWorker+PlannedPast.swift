/// Planned work before time 0, among the outages there: a wave begins when the units of the last have started.
extension ReplicationWorker {
  /// The waves under way, as outages that time 0 ends.
  var plannedBeforeTime0: [PastOutage] {
    planned.states.indices.compactMap { work in
      let wave = planned.states[work].underWay
      guard wave >= 0, planned.isPlayedBeforeTime0(work) else { return nil }
      return PastOutage(cause: .work(work, wave: wave), start: 0, end: 0)
    }
  }

  /// Lets go of the units whose wave ends.
  mutating func endPlannedBeforeTime0(at time: Int64) {
    for work in planned.states.indices
    where planned.isPlayedBeforeTime0(work) && planned.states[work].end <= time {
      endPast(PastOutage(cause: .work(work, wave: planned.end(work)), start: time, end: time))
    }
  }

  /// Lets occasions come and waves begin, now that all else has happened at this instant.
  mutating func beginPlannedBeforeTime0(at time: Int64) {
    for work in planned.states.indices where planned.isPlayedBeforeTime0(work) {
      guard planned.mayBeginBeforeTime0(work, at: time), !isStarting(work) else { continue }
      guard bearBeforeTime0(work) else {
        planned.waitsBeforeTime0(work)
        continue
      }
      planned.begin(work, at: time)
      beginPast(
        PastOutage(cause: .work(work, wave: planned.states[work].underWay), start: time, end: 0))
    }
  }

  /// Spares take over from units that are worked on while live processes run before time 0.
  mutating func tellSparesBeforeTime0(_ list: [Int32], areDown: Bool, at time: Int64) {
    guard isWarmingUp, !layout.live.pools.isEmpty else { return }
    let hours = liveHours(at: time)
    if areDown { live.beginWork(on: list, at: hours) } else { live.endWork(on: list, at: hours) }
    applyLiveChanges()
  }

  /// Whether spares have taken over from a wave under way at time 0 before it.
  func hasToldSpares(_ work: Int) -> Bool { playsPastBesideLive && planned.isPlayedBeforeTime0(work) }

  /// Whether the budgets bear the next wave of a kind of work. Before live processes and demand have begun nobody knows what is
  /// up: all units are, then.
  private func bearBeforeTime0(_ work: Int) -> Bool {
    guard isWarmingUp || (layout.live.isEmpty && !followsDemand) else {
      return planned.isBorneWithAllUp(work)
    }
    return layout.planned.works[work].waves[planned.states[work].wave].budgets.allSatisfy { bears($0) }
  }
}
