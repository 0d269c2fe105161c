internal import ServiceGraph
internal import Simulation

/// What a long story leaves out.
struct QuietOutages {
  /// How many outages.
  var count = 0
  /// The places of their events, and of other events that nobody would notice.
  var events: Set<Int> = []
}

extension TraceReport {
  /// Whether so much happened that the story is told without what did nothing.
  var isLong: Bool { trace.events.count > 100 }

  /// Outages from whose beginning, with everything else up, to the end of the starts that follow nothing else happened:
  /// spare copies that came and went, repaired at once, and stand by again. And messages that waited, less than one at a time.
  var quietOutages: QuietOutages {
    var quiet = QuietOutages()
    var down: Set<Int> = []
    var starting: Set<Int> = []
    var stretch: [Int] = []
    var (isQuiet, failures) = (true, 0)
    let idle = idleQueueEvents
    let places = trace.events.indices.filter { !idle.contains($0) }
    for (place, next) in zip(places, places.dropFirst().map(Optional.some) + [nil]) {
      stretch.append(place)
      switch trace.events[place].kind {
      case .failure(let process, _, _):
        down.insert(process)
        // A start that is cut short begins anew.
        starting.subtract(graph.unitsThatStay(ofProcess: process))
        failures += 1
      case .restoration(let process): down.remove(process)
      case .starting(let unit): starting.insert(unit)
      case .started(let unit): starting.remove(unit)
      case .noticed, .repair(_, _, .begins(hasWaited: false)): break
      case .spare(_, .standsBy) where failures > 0: break
      default: isQuiet = false
      }
      guard down.isEmpty, starting.isEmpty, !(next.map { isReturn($0, rightAfter: place) } ?? false) else {
        continue
      }
      if isQuiet { quiet.count += failures }
      if isQuiet { quiet.events.formUnion(stretch) }
      (stretch, isQuiet, failures) = ([], true, 0)
    }
    quiet.events.formUnion(idle)
    return quiet
  }

  /// Whether an event is of a unit that starts or stands by, at the instant of the event before it.
  private func isReturn(_ place: Int, rightAfter last: Int) -> Bool {
    switch trace.events[place].kind {
    case .starting, .started, .spare(_, .standsBy): trace.events[place].hours == trace.events[last].hours
    default: false
    }
  }

  /// The stretches in which less than a message waited and none was lost.
  private var idleQueueEvents: Set<Int> {
    var idle: Set<Int> = []
    var stretches = [[Int]](repeating: [], count: graph.queues.count)
    for (place, event) in trace.events.enumerated() {
      guard case .queue(let queue, let step) = event.kind else { continue }
      stretches[queue].append(place)
      guard case .drained(let most, let letters, let lost) = step else { continue }
      if max(most, letters, lost) < 1 { idle.formUnion(stretches[queue]) }
      stretches[queue] = []
    }
    return idle
  }
}
