/// Something that will happen in a replication.
struct PendingEvent {
  enum Kind: UInt8 {
    /// An outage ends.
    case end
    /// An outage is noticed.
    case noticed
    /// A role has moved, if its holder is still down.
    case move
    /// A unit has started, if its start is still under way.
    case started
    /// A unit that was ordered looks for its node; a node that was ordered is there; one without units leaves.
    case scheduled
    case nodeAdded
    case nodeRemoved
    /// A unit that autoscaling ordered is there; one that it no longer wants leaves; if that still stands.
    case scaledUp
    case scaledDown
    /// Too much has been asked for too long, if it still is.
    case overloaded
  }

  let time: Int64
  let kind: Kind
  /// The process, the unit whose role moves or that starts, or the slot or trigger of what follows the demand.
  let subject: Int32
  /// Which attempt to move a role, to start or the like this is; an older one is void.
  let attempt: Int32

  /// A place that holds no event yet.
  static let none = PendingEvent(time: .max, kind: .end, subject: 0, attempt: 0)
}

/// Pending events, soonest first; at one time ends come first, then notices, then moves.
struct EventHeap: ~Copyable {
  private var events = FixedArray<PendingEvent>(repeating: .none, count: 64)
  private var count = 0

  @inline(__always)
  var isEmpty: Bool { count == 0 }

  /// The time of the next event; the largest time when there is none.
  @inline(__always)
  var nextTime: Int64 { count == 0 ? .max : events[0].time }

  mutating func removeAll() { count = 0 }

  @inline(__always)
  mutating func insert(_ event: PendingEvent) {
    if count == events.count { grow() }
    var place = count
    count += 1
    while place > 0 {
      let parent = (place - 1) / 2
      guard EventHeap.precedes(event, events[parent]) else { break }
      events[place] = events[parent]
      place = parent
    }
    events[place] = event
  }

  @inline(__always)
  mutating func removeFirst() -> PendingEvent {
    let first = events[0]
    count -= 1
    if count > 0 { siftDown(events[count]) }
    return first
  }

  /// Puts an event at the top and lets it sink.
  private func siftDown(_ event: PendingEvent) {
    var place = 0
    while true {
      var child = 2 * place + 1
      guard child < count else { break }
      if child + 1 < count, EventHeap.precedes(events[child + 1], events[child]) { child += 1 }
      guard EventHeap.precedes(events[child], event) else { break }
      events[place] = events[child]
      place = child
    }
    events[place] = event
  }

  private mutating func grow() {
    let larger = FixedArray<PendingEvent>(repeating: .none, count: 2 * count)
    for place in 0..<count { larger[place] = events[place] }
    events = larger
  }

  @inline(__always)
  private static func precedes(_ left: PendingEvent, _ right: PendingEvent) -> Bool {
    if left.time != right.time { return left.time < right.time }
    if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
    return left.subject < right.subject
  }
}
