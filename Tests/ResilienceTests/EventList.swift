/// Things that will happen, soonest first; of two at one time the one that was added first.
struct EventList<Event> {
  private var entries: [(time: Double, number: Int, event: Event)] = []
  private var added = 0

  mutating func add(_ event: Event, at time: Double) {
    entries.append((time, added, event))
    added += 1
    var place = entries.count - 1
    while place > 0, precedes(place, (place - 1) / 2) {
      entries.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func next() -> (time: Double, event: Event)? {
    guard let first = entries.first else { return nil }
    entries.swapAt(0, entries.count - 1)
    entries.removeLast()
    var place = 0
    while true {
      var smallest = place
      for child in [2 * place + 1, 2 * place + 2]
      where child < entries.count && precedes(child, smallest) { smallest = child }
      guard smallest != place else { break }
      entries.swapAt(place, smallest)
      place = smallest
    }
    return (first.time, first.event)
  }

  private func precedes(_ left: Int, _ right: Int) -> Bool {
    (entries[left].time, entries[left].number) < (entries[right].time, entries[right].number)
  }
}
