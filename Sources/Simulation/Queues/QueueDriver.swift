internal import Resilience
internal import ServiceGraph
internal import ServiceModel

/// Tells the queues of a replication what is up, whenever that changes.
struct QueueDriver {
  /// What a queue was told last.
  private struct Told {
    var broker = 1.0
    var consumers = 1.0
    var target = 1.0
    var handler = 1.0
  }

  private let layout: QueueLayout
  private var states: [QueueState]
  private var told: [Told]

  init(layout: QueueLayout) {
    self.layout = layout
    states = layout.flows.map { _ in QueueState() }
    told = layout.flows.map { _ in Told() }
  }

  var count: Int { states.count }

  /// Whether there is none to drive.
  var isEmpty: Bool { states.isEmpty }

  /// Begins a replication: everything is well, and nothing waits.
  mutating func begin() {
    for place in states.indices {
      states[place] = QueueState()
      told[place] = Told()
    }
  }

  /// Looks at what is up at a moment.
  mutating func observe(
    at time: Int64, units: borrowing UnitStates, evaluator: borrowing ServiceStateEvaluator
  ) {
    let hours = Ticks.hours(Double(time))
    for place in states.indices {
      let flow = layout.flows[place].compiled
      func tell(_ part: QueueState.Part, _ last: WritableKeyPath<Told, Double>, _ share: Double) {
        guard told[place][keyPath: last] != share else { return }
        told[place][keyPath: last] = share
        states[place].set(part, upShare: share, atHours: hours, flow.queue)
      }
      tell(.broker, \.broker, units.gates.isUp(flow.broker) ? 1 : 0)
      let answered = flow.edges.reduce(1.0) { $0 * (1 - units.edges.lost[$1]) }
      let isTargetUp =
        flow.target.map { units.gates.isUp($0) } ?? true && !flow.queue.givesUpMost(answeredShare: answered)
      let able = QueueDriver.consumersUp(flow, units, evaluator)
      tell(.target, \.target, isTargetUp ? 1 : 0)
      // What is answered in part takes as many more deliveries.
      tell(.consumers, \.consumers, isTargetUp ? answered * able : able)
      tell(.handler, \.handler, flow.handler.map { units.gates.isUp($0) } ?? true ? 1 : 0)
    }
  }

  /// The share of their work that consumers can do, apart from what their own calls are answered: of units that are up, as much as is left of them, and no more than
  /// a degraded broker hands out.
  private static func consumersUp(
    _ flow: CompiledQueue, _ units: borrowing UnitStates, _ evaluator: borrowing ServiceStateEvaluator
  ) -> Double {
    var (sum, best, handedOut) = (0.0, 0.0, 0.0)
    for unit in flow.consumerUnits where units.downCounts[unit] == 0 {
      let remaining = evaluator.remaining(unit, units)
      sum += remaining
      best = max(best, remaining)
    }
    for unit in flow.brokerUnits { handedOut += evaluator.remaining(unit, units) }
    let able: Double
    if let role = flow.movingConsumer {
      able = units.gates.isUp(role) ? 1 : 0
    } else {
      able = flow.order == .strict ? best : min(1, sum / Double(max(1, flow.workingUnits)))
    }
    return able * handedOut / Double(max(1, flow.brokerUnits.count))
  }

  /// Where a queue stands.
  func standing(_ place: Int) -> QueueStanding {
    QueueStanding(states[place], layout.flows[place].compiled.queue)
  }

  /// Lets time pass up to a moment.
  ///
  /// - Returns: every standing in which rates changed by themselves meanwhile, in time.
  mutating func standings(until time: Int64) -> [(queue: Int, standing: QueueStanding, time: Int64)] {
    let end = Ticks.hours(Double(time))
    var found: [(queue: Int, standing: QueueStanding, time: Int64)] = []
    for place in states.indices {
      while states[place].nowHours < end {
        states[place].step(towards: end, layout.flows[place].compiled.queue)
        found.append((place, standing(place), Ticks.from(hours: states[place].nowHours)))
      }
    }
    return found.sorted { ($0.time, $0.queue) < ($1.time, $1.queue) }
  }

  /// Ends a replication.
  mutating func close(at time: Int64, into tallies: inout [QueueTally]) {
    let hours = Ticks.hours(Double(time))
    for place in states.indices {
      states[place].advance(toHours: hours, layout.flows[place].compiled.queue)
      tallies[place].add(states[place].outcome, layout.flows[place])
    }
  }
}
