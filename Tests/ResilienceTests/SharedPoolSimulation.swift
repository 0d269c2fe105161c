import Quantities
import Resilience
import Stochastics

/// Single requests to several callees whose calls hold slots of one pool: what the sum of Little's law is held to. It shares
/// nothing with it but the numbers. Times are seconds.
struct SharedPoolSimulation {
  /// The calls to one callee.
  struct Callee: Sendable {
    let callsPerSecond: Double
    /// When it fails, and until when; what a call that starts meanwhile takes.
    var failsAt = 0.0
    var returnsAt = Double.infinity
    var takes: Double?
    static let usual = 0.05
  }

  let callees: [Callee]
  let slots: Int
  let end: Double
  private var random: RandomStream

  init(_ callees: [Callee], slots: Int, until end: Double, run: UInt32, name: String) {
    (self.callees, self.slots, self.end) = (callees, slots, end)
    random = RandomStream(seed: 71, process: ProcessKey(name: name), replication: run)
  }

  private enum Event {
    case arrival(Int)
    case leaves
  }

  /// When the first call is refused, and how many are.
  mutating func run() -> (firstRefused: Double?, refused: Int) {
    var events = EventList<Event>()
    var (busy, refused, first): (Int, Int, Double?) = (0, 0, nil)
    for place in callees.indices { events.add(.arrival(place), at: next(place, after: -5)) }
    while let (time, event) = events.next() {
      guard case .arrival(let place) = event else {
        busy -= 1
        continue
      }
      guard time < end else { continue }
      events.add(.arrival(place), at: next(place, after: time))
      if busy < slots {
        busy += 1
        events.add(.leaves, at: time + takes(place, at: time))
      } else {
        refused += 1
        first = first ?? time
      }
    }
    return (first, refused)
  }

  private mutating func next(_ place: Int, after time: Double) -> Double {
    time + random.standardExponential() / callees[place].callsPerSecond
  }

  private func takes(_ place: Int, at time: Double) -> Double {
    let callee = callees[place]
    guard let takes = callee.takes, time >= callee.failsAt, time < callee.returnsAt else {
      return Callee.usual
    }
    return takes
  }
}
