/// Processes that fail again in the tick in which their last outage ended: they were up in between, for less than a tick.
///
/// That takes no time off the downtime, but it ends one outage and begins another. What ends and begins in one tick of
/// different processes may as well have overlapped, and is looked at as a whole.
extension ReplicationWorker {
  /// Whether any of the outages that begin at a time, from `next` on, is of a process of which something holds.
  func anyBegins(from next: Int, at time: Int64, of holds: (Int32) -> Bool) -> Bool {
    var place = next
    while place < outages.count, outages[place].start == time {
      let outage = outages[place]
      if outage.end > outage.start, holds(outage.process) { return true }
      place += 1
    }
    return false
  }

  /// Looks at the service between the end of a live outage and the next of the same process. Policies, which may set live
  /// processes going themselves, look at the whole tick.
  mutating func lookWithinTick(at time: Int64) {
    current = state()
    note(at: time)
  }
}
