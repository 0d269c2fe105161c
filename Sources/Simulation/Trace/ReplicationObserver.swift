/// Is told what happens in a replication.
///
/// The worker is compiled for each observer, so that one who writes nothing down costs nothing.
protocol ReplicationObserver {
  /// Whether it wants to know everything, in the order that events of one instant have.
  static var isTold: Bool { get }
  /// Whether it wants to know what repairs, roles, calls and messages wait for.
  static var wantsReasons: Bool { get }
  /// Forgets the last replication.
  mutating func open()
  /// A process failed; where its outage is known already: when it will be noticed and when it will end.
  mutating func failed(process: Int, at time: Int64, outage: OutageInterval?)
  mutating func noticed(process: Int, at time: Int64)
  /// Whether somebody knows of an outage that is under way, as far as it was told.
  func knows(of process: Int) -> Bool
  mutating func restored(process: Int, at time: Int64)
  mutating func moved(role: Int, from: Int, to: Int, taking times: RoleMoveTimes, at time: Int64)
  /// A unit that is repaired begins to start.
  mutating func starting(unit: Int, at time: Int64)
  /// It has started.
  mutating func started(unit: Int, at time: Int64)
  /// The state of the service from this instant on.
  mutating func serves(_ state: borrowing ServiceState, at time: Int64)
  /// From this instant on everything is as it should be.
  mutating func servesAll(at time: Int64)
  /// The capabilities that have gone down with the state told last.
  var losses: [Int] { get }
  /// What one of them lacks.
  mutating func explain(loss capability: Int, lacks names: [String])
  /// Whatever else happened.
  mutating func note(_ kind: TraceEvent.Kind, at time: Int64)
  /// Where the calls of a dependency stand; told whenever that may have changed.
  mutating func follow(edge: Int, _ standing: EdgeStanding, at time: Int64)
  /// The same for a queue.
  mutating func follow(queue: Int, _ standing: QueueStanding, at time: Int64)
}

extension ReplicationObserver {
  @inline(__always) func knows(of process: Int) -> Bool { false }
  @inline(__always) mutating func starting(unit: Int, at time: Int64) {}
  @inline(__always) mutating func started(unit: Int, at time: Int64) {}
  static var wantsReasons: Bool { false }
  @inline(__always) var losses: [Int] { [] }
  @inline(__always) mutating func explain(loss capability: Int, lacks names: [String]) {}
  @inline(__always) mutating func note(_ kind: TraceEvent.Kind, at time: Int64) {}
  @inline(__always) mutating func follow(edge: Int, _ standing: EdgeStanding, at time: Int64) {}
  @inline(__always) mutating func follow(queue: Int, _ standing: QueueStanding, at time: Int64) {}
}

/// Writes nothing down.
struct NoObserver: ReplicationObserver {
  static var isTold: Bool { false }

  @inline(__always) mutating func open() {}
  @inline(__always) mutating func failed(process: Int, at time: Int64, outage: OutageInterval?) {}
  @inline(__always) mutating func noticed(process: Int, at time: Int64) {}
  @inline(__always) mutating func restored(process: Int, at time: Int64) {}
  @inline(__always) mutating func moved(
    role: Int, from: Int, to: Int, taking times: RoleMoveTimes, at time: Int64
  ) {}
  @inline(__always) mutating func serves(_ state: borrowing ServiceState, at time: Int64) {}
  @inline(__always) mutating func servesAll(at time: Int64) {}
}

/// The worker of a run that nobody watches.
typealias SilentWorker = ReplicationWorker<NoObserver>
