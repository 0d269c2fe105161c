/// What has happened to live processes and has not been applied yet.
struct LiveLog {
  /// What they do to units.
  private(set) var changes: [LiveChange] = []
  /// What else there is to tell, where anybody wants to know: each with its place before one of the changes.
  private(set) var notes: [(place: Int, kind: TraceEvent.Kind)] = []
  private let wantsReasons: Bool

  init(wantsReasons: Bool) { self.wantsReasons = wantsReasons }

  mutating func append(_ change: LiveChange) { changes.append(change) }

  /// Tells, if anybody wants to know.
  @inline(__always)
  mutating func note(_ kind: @autoclosure () -> TraceEvent.Kind) {
    if wantsReasons { notes.append((changes.count, kind())) }
  }

  mutating func removeAll() {
    changes.removeAll(keepingCapacity: true)
    notes.removeAll(keepingCapacity: true)
  }
}
