/// Is told what happens in a replication.
///
/// The worker is compiled for each observer, so that one who writes nothing down costs nothing.
protocol ReplicationObserver {
  /// Whether it wants to know everything, in the order that events of one instant have.
  static var isTold: Bool { get }
  /// Forgets the last replication.
  mutating func open()
  /// A process failed; where its outage is known already: when it will be noticed and when it will end.
  mutating func failed(process: Int, at time: Int64, outage: OutageInterval?)
  mutating func noticed(process: Int, at time: Int64)
  mutating func restored(process: Int, at time: Int64)
  mutating func moved(role: Int, from: Int, to: Int, at time: Int64)
  /// A unit that is repaired begins to start.
  mutating func starting(unit: Int, at time: Int64)
  /// It has started.
  mutating func started(unit: Int, at time: Int64)
  /// A unit that comes and goes goes down with the place where it is.
  mutating func carried(unit: Int, process: Int, at time: Int64)
  /// A unit is on another node now, so long after its own went down; `nil`: from before the beginning.
  mutating func rescheduled(unit: Int, domain: Int, afterHours: Double?, at time: Int64)
  /// Planned work goes on.
  mutating func planned(_ step: PlannedStep, work: Int, at time: Int64)
  /// Another number of units is wanted of a load, for what is asked of it.
  mutating func scales(load: Int, from: Int, to: Int, asked: Double, at time: Int64)
  /// All units that were ordered run.
  mutating func scaled(load: Int, running: Int, at time: Int64)
  /// The state of the service from this instant on.
  mutating func serves(_ state: ServiceState, at time: Int64)
  /// From this instant on everything is as it should be.
  mutating func servesAll(at time: Int64)
}

extension ReplicationObserver {
  @inline(__always) mutating func starting(unit: Int, at time: Int64) {}
  @inline(__always) mutating func started(unit: Int, at time: Int64) {}
  @inline(__always) mutating func carried(unit: Int, process: Int, at time: Int64) {}
  @inline(__always) mutating func rescheduled(unit: Int, domain: Int, afterHours: Double?, at time: Int64) {}
  @inline(__always) mutating func planned(_ step: PlannedStep, work: Int, at time: Int64) {}
  @inline(__always) mutating func scales(load: Int, from: Int, to: Int, asked: Double, at time: Int64) {}
  @inline(__always) mutating func scaled(load: Int, running: Int, at time: Int64) {}
}

/// Writes nothing down.
struct NoObserver: ReplicationObserver {
  static var isTold: Bool { false }

  @inline(__always) mutating func open() {}
  @inline(__always) mutating func failed(process: Int, at time: Int64, outage: OutageInterval?) {}
  @inline(__always) mutating func noticed(process: Int, at time: Int64) {}
  @inline(__always) mutating func restored(process: Int, at time: Int64) {}
  @inline(__always) mutating func moved(role: Int, from: Int, to: Int, at time: Int64) {}
  @inline(__always) mutating func serves(_ state: ServiceState, at time: Int64) {}
  @inline(__always) mutating func servesAll(at time: Int64) {}
}

/// Writes everything down.
struct TraceObserver: ReplicationObserver {
  static var isTold: Bool { true }

  private(set) var events: [TraceEvent] = []
  /// The share that each capability lost when it last changed, and whether it was down.
  private var lost: [Double]
  private var isDown: [Bool]

  init(capabilities: Int) {
    lost = [Double](repeating: 0, count: capabilities)
    isDown = [Bool](repeating: false, count: capabilities)
  }

  mutating func open() { self = TraceObserver(capabilities: lost.count) }

  mutating func failed(process: Int, at time: Int64, outage: OutageInterval?) {
    let noticed = outage.flatMap { $0.noticed > time ? Ticks.hours(Double($0.noticed - time)) : nil }
    let lasts = outage.map { Ticks.hours(Double($0.end - time)) }
    add(.failure(process: process, noticedAfterHours: noticed, lastsHours: lasts), time)
  }

  mutating func noticed(process: Int, at time: Int64) { add(.noticed(process: process), time) }
  mutating func restored(process: Int, at time: Int64) { add(.restoration(process: process), time) }

  mutating func moved(role: Int, from: Int, to: Int, at time: Int64) {
    add(.roleMoved(role: role, from: from, to: to), time)
  }

  mutating func starting(unit: Int, at time: Int64) { add(.starting(unit: unit), time) }
  mutating func planned(_ step: PlannedStep, work: Int, at time: Int64) {
    add(.planned(work: work, step), time)
  }

  mutating func started(unit: Int, at time: Int64) { add(.started(unit: unit), time) }

  mutating func carried(unit: Int, process: Int, at time: Int64) {
    add(.carried(unit: unit, process: process), time)
  }

  mutating func rescheduled(unit: Int, domain: Int, afterHours: Double?, at time: Int64) {
    add(.rescheduled(unit: unit, domain: domain, afterHours: afterHours), time)
  }

  mutating func scales(load: Int, from: Int, to: Int, asked: Double, at time: Int64) {
    add(.scales(load: load, from: from, to: to, asked: asked), time)
  }

  mutating func scaled(load: Int, running: Int, at time: Int64) {
    add(.scaled(load: load, running: running), time)
  }

  mutating func serves(_ state: ServiceState, at time: Int64) {
    for capability in lost.indices {
      change(capability, isDown: state.isDown[capability], lost: state.lost[capability], at: time)
    }
  }

  mutating func servesAll(at time: Int64) {
    for capability in lost.indices { change(capability, isDown: false, lost: 0, at: time) }
  }

  private mutating func change(_ capability: Int, isDown down: Bool, lost share: Double, at time: Int64) {
    let share = down ? 1 : share
    guard down != isDown[capability] || share != lost[capability] else { return }
    isDown[capability] = down
    lost[capability] = share
    add(.service(capability: capability, isDown: down, servedFraction: 1 - share), time)
  }

  private mutating func add(_ kind: TraceEvent.Kind, _ time: Int64) {
    events.append(TraceEvent(hours: Ticks.hours(Double(time)), kind: kind))
  }
}

/// The worker of a run that nobody watches.
typealias SilentWorker = ReplicationWorker<NoObserver>
