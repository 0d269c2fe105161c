internal import Quantities
internal import Stochastics

/// A component's data, and what protects it.
public struct DataStore: Sendable {
  /// Its name.
  public let name: String
  /// The volumes it lives on; empty: it lives in memory.
  public let volumes: [String]
  /// How writes reach the volume; `nil`: they do not, and a crash loses what is in memory.
  public let writes: FlushedWrites?
  /// The replica that takes over; `nil`: none.
  public let replication: Replication?
  /// Its backups, in any order.
  public let backups: [BackupSchedule]

  /// A store.
  public init(
    name: String, volumes: [String] = [], writes: FlushedWrites? = nil, replication: Replication? = nil,
    backups: [BackupSchedule] = []
  ) {
    self.name = name
    self.volumes = volumes
    self.writes = writes
    self.replication = replication
    self.backups = backups
  }

  /// The same without its replica.
  public var withoutReplica: DataStore {
    DataStore(name: name, volumes: volumes, writes: writes, backups: backups)
  }

  /// One way to the data after a failure.
  public enum Source: Sendable {
    /// What is on the volume.
    case volume(FlushedWrites)
    /// The replica.
    case replica(Replication)
    /// A backup, with the logs if they outlive the failure.
    case backup(BackupSchedule, withLogs: Bool)

    /// Its name, for reports.
    public var name: String {
      switch self {
      case .volume: "volume"
      case .replica: "replica"
      case .backup(let schedule, let withLogs): schedule.name(withLogs: withLogs)
      }
    }
  }

  /// What outlives a failure, in the order in which it is used: least mean loss first, when noticed at once.
  ///
  /// A failover has the replica alone; without one there is none.
  public func sources(after kind: FailureKind) -> [Source] {
    var sources: [Source] = []
    if kind == .crash, let writes { sources.append(.volume(writes)) }
    if let replication, replication.survives(kind) { sources.append(.replica(replication)) }
    guard kind != .failover else { return sources }
    sources += backups.filter { $0.place.survives(kind) }.map { schedule in
      .backup(schedule.left(after: kind), withLogs: schedule.log?.place.survives(kind) ?? false)
    }
    return sources.enumerated().map { ($0, $1, $1.meanLossHours) }
      .sorted { $0.2 == $1.2 ? $0.0 < $1.0 : $0.2 < $1.2 }.map { $0.1 }
  }
}

extension DataStore.Source {
  /// The mean loss when the failure is noticed at once.
  fileprivate var meanLossHours: Double {
    switch self {
    case .volume(let writes): writes.every.hours / 2
    case .replica(let replication): replication.lag.mean
    case .backup(let schedule, let withLogs):
      BackupAge(
        schedule: schedule, noticedHours: 0, discardsLater: true, log: withLogs ? schedule.log : nil
      ).loss?.mean ?? (schedule.partial?.every ?? schedule.every).hours / 2
    }
  }
}

extension BackupSchedule {
  /// What it is restored from, such as `full, incremental and logs`.
  fileprivate func name(withLogs: Bool) -> String {
    let parts = [name] + (partial.map { [$0.kind.rawValue] } ?? []) + (withLogs ? ["logs"] : [])
    return parts.count > 1
      ? "\(parts.dropLast().joined(separator: ", ")) and \(parts[parts.count - 1])" : name
  }
}
