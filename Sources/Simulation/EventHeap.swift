/// Something that will happen in a replication.
struct PendingEvent {
  enum Kind: UInt8 {
    /// An outage ends.
    case end
    /// An outage is noticed.
    case noticed
    /// A role has moved, if its holder is still down.
    case move
  }

  let time: Int64
  let kind: Kind
  /// The process, or the unit whose role moves.
  let subject: Int32
  /// Which attempt to move a role this is; an older one is void.
  let attempt: Int32
}

/// Pending events, soonest first; at one time ends come first, then notices, then moves.
struct EventHeap {
  private var events: [PendingEvent] = []

  var isEmpty: Bool { events.isEmpty }

  /// The time of the next event; the largest time when there is none.
  @inline(__always)
  var nextTime: Int64 { events.isEmpty ? .max : events[0].time }

  mutating func removeAll() { events.removeAll(keepingCapacity: true) }

  mutating func insert(_ event: PendingEvent) {
    events.append(event)
    var place = events.count - 1
    while place > 0 {
      let parent = (place - 1) / 2
      guard EventHeap.precedes(event, events[parent]) else { break }
      events[place] = events[parent]
      place = parent
    }
    events[place] = event
  }

  mutating func removeFirst() -> PendingEvent {
    let first = events[0]
    let last = events.removeLast()
    guard !events.isEmpty else { return first }
    var place = 0
    while true {
      var child = 2 * place + 1
      guard child < events.count else { break }
      if child + 1 < events.count, EventHeap.precedes(events[child + 1], events[child]) { child += 1 }
      guard EventHeap.precedes(events[child], last) else { break }
      events[place] = events[child]
      place = child
    }
    events[place] = last
    return first
  }

  @inline(__always)
  private static func precedes(_ left: PendingEvent, _ right: PendingEvent) -> Bool {
    if left.time != right.time { return left.time < right.time }
    if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
    return left.subject < right.subject
  }
}
