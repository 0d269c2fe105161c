extension ReplicationWorker {
  /// Goes past outages that begin while everything is up, as far as they bear on nothing but each other: what a set of
  /// them does together is known or found out at once, so no event has to wait in the heap.
  mutating func passSettledOutages(_ next: inout Int) {
    while next < outages.count {
      let outage = outages[next]
      if next + 1 == outages.count || outages[next + 1].start > outage.end {
        guard passLoneOutage(outage) else { return }
        next += 1
      } else {
        // Who is told of everything is told in the order of the heap.
        guard !Observer.isTold else { return }
        if let end = endOfSpared(from: next) {
          trigger = facts[Int(outages[end - 1].process)].origin
          next = end
          continue
        }
        if isHarmlessPair(next) {
          next += 2
          continue
        }
        guard let end = endOfSettled(from: next) else { return }
        passTogether(&next, to: end)
      }
    }
  }

  /// When something happens next that no outage in the list decides.
  @inline(__always)
  private var nextOwnTime: Int64 { min(liveTime, plannedTime) }

  /// Goes past an outage that ends before the next begins; whether that could be done.
  @inline(__always)
  private mutating func passLoneOutage(_ outage: OutageInterval) -> Bool {
    let facts = facts[Int(outage.process)]
    guard outage.end < nextOwnTime, outage.start > 0, !facts.variesAlone, !facts.touchesStarts,
      !facts.touchesClocks
    else {
      return false
    }
    let index = alone.knownIndex(of: Int(outage.process))
    guard index != AloneStates.unknown else { return false }
    guard outage.end > outage.start, outage.start < layout.horizon else { return true }
    observeAlone(outage, state: index)
    guard index >= 0 else { return true }
    let end = min(outage.end, layout.horizon)
    account.note(alone.states[index], at: outage.start, trigger: facts.origin, tally: &tally)
    account.charge(alone.states[index], from: outage.start, to: end)
    account.nothingDown(at: end, tally: &tally)
    return true
  }

  /// Tells of an outage that begins while all is well and ends before anything else happens.
  @inline(__always)
  private mutating func observeAlone(_ outage: OutageInterval, state: Int) {
    let process = Int(outage.process)
    observer.failed(process: process, at: outage.start, outage: outage)
    if state >= 0 { observer.serves(alone.states[state], at: outage.start) }
    if state >= 0 { tellOfLosses(by: process) }
    guard outage.end < layout.horizon else { return }
    observer.restored(process: process, at: outage.end)
    observer.servesAll(at: outage.end)
  }

  // MARK: Several together

  /// The first outage that begins after all from `first` on have ended, where each of them only takes an input from a gate of
  /// its own that can spare one: all is fully served meanwhile. `nil` for others.
  @inline(__always)
  private func endOfSpared(from first: Int) -> Int? {
    guard outages[first].start > 0 else { return nil }
    var end = outages[first].end
    var next = first
    while outages[next].start <= end {
      let gate = facts[Int(outages[next].process)].sparingGate
      guard gate >= 0, next - first < OutageSet.limit else { return nil }
      for other in first..<next where facts[Int(outages[other].process)].sparingGate == gate { return nil }
      end = max(end, outages[next].end)
      next += 1
    }
    return end < min(layout.horizon, nextOwnTime) ? next : nil
  }

  /// Whether the next two outages are over before a third begins, and all is fully served meanwhile.
  @inline(__always)
  private mutating func isHarmlessPair(_ next: Int) -> Bool {
    let (first, second) = (outages[next], outages[next + 1])
    let end = max(first.end, second.end)
    guard next + 2 == outages.count || outages[next + 2].start > end, end < min(layout.horizon, nextOwnTime),
      first.start > 0, first.process != second.process
    else { return false }
    let (low, high) = (min(first.process, second.process), max(first.process, second.process))
    guard together.index(of: OutageSet.key(low, high)) ?? 0 < 0, alone.knownIndex(of: Int(low)) == -1,
      alone.knownIndex(of: Int(high)) == -1
    else { return false }
    let facts = facts[Int(second.process)]
    guard facts.isSettled, self.facts[Int(first.process)].isSettled else { return false }
    trigger = facts.origin
    return true
  }

  /// The first outage that begins after all from `first` on have ended; `nil` when more bears on them than they
  /// themselves, or they are too many.
  @inline(__always)
  private func endOfSettled(from first: Int) -> Int? {
    guard outages[first].start > 0 else { return nil }
    var end = outages[first].end
    var next = first
    while next < outages.count, outages[next].start <= end {
      let facts = facts[Int(outages[next].process)]
      guard facts.isSettled, next - first < OutageSet.limit else { return nil }
      end = max(end, outages[next].end)
      next += 1
    }
    return end < min(layout.horizon, nextOwnTime) ? next : nil
  }

  /// Goes through outages that are all over before the one at `end` begins.
  @inline(__always)
  private mutating func passTogether(_ next: inout Int, to end: Int) {
    var last = outages[next].start
    while next < end || underWay.count > 0 {
      let start = next < end ? outages[next].start : .max
      let firstEnd = underWay.nextEnd
      let now = min(start, firstEnd)
      if current != .perfect { charge(from: last, to: now) }
      last = now
      let isUpWithinTick = start == firstEnd && anyBegins(from: next, at: now) { underWay.contains($0) }
      underWay.remove(endingAt: now)
      if isUpWithinTick {
        current = stateTogether()
        note(at: now)
      }
      while next < end, outages[next].start == now {
        begin(together: outages[next])
        next += 1
      }
      current = stateTogether()
      note(at: now)
    }
  }

  @inline(__always)
  private mutating func begin(together outage: OutageInterval) {
    guard outage.end > outage.start else { return }
    underWay.insert(outage.process, until: outage.end)
    trigger = facts[Int(outage.process)].origin
  }

  @inline(__always)
  private mutating func stateTogether() -> Current {
    if underWay.count == 0 { return .perfect }
    if underWay.count == 1 {
      let known = alone.knownIndex(of: Int(underWay[0]))
      if known != AloneStates.unknown { return known < 0 ? .perfect : .alone(known) }
    }
    let key = underWay.key
    if key != 0, let known = together.index(of: key) { return known < 0 ? .perfect : .together(known) }
    return evaluatedTogether(key)
  }

  /// Holds everything down that the set takes down, looks, and lets go.
  private mutating func evaluatedTogether(_ key: UInt64) -> Current {
    for place in 0..<underWay.count {
      units.beginOutage(of: underWay[place])
      let facts = facts[Int(underWay[place])]
      if facts.takesDown { hold(facts, isUnnoticed: false) }
    }
    let isPerfect = evaluator.isPerfect(units)
    if !isPerfect { evaluator.evaluate(units, starts, into: &mixed) }
    for place in 0..<underWay.count {
      units.endOutage(of: underWay[place])
      let facts = facts[Int(underWay[place])]
      guard facts.takesDown else { continue }
      for unit in facts.units { units.release(Int(unitList[unit])) }
    }
    if isPerfect || mixed.isPerfect {
      if key != 0 { together.keepPerfect(for: key) }
      return .perfect
    }
    return key == 0 ? .mixed : .together(together.keep(mixed, for: key))
  }
}
