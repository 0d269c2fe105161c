public import Diagnostics
public import Quantities
public import Recovery
public import Stochastics

/// The data that a component keeps, and what protects it.
public struct ComponentData: Sendable {
  /// How much the data matters.
  public enum Importance: String, Sendable, Hashable, CaseIterable {
    /// Its loss can not be made good.
    case critical
    /// Its loss hurts.
    case important
    /// It can be made again from what is kept elsewhere.
    case rebuildable
  }

  /// A volume.
  public struct Volume: Sendable, Hashable {
    /// Its name, unique in the model.
    public let name: String
    /// How much it holds; `nil`: not stated.
    public let size: DataSize?

    /// A volume.
    public init(name: String, size: DataSize? = nil) {
      self.name = name
      self.size = size
    }
  }

  /// How much it matters; `nil`: not stated.
  public let importance: Importance?
  /// The volumes it is kept on; none: it is kept in memory.
  public let volumes: [Volume]
  /// What is kept, and where else.
  public let store: DataStore
  /// How long it takes to work again without the data, in hours; `nil`: not stated.
  public let rebuild: (any Distribution)?
  /// The roles whose units hold replicas.
  public let replicaRoles: [Int]
}

extension ComponentData {
  /// The replica that no unit of the component holds; `nil`: there is none.
  var outsideReplica: Replication? { replicaRoles.isEmpty ? store.replication : nil }

  /// What is kept and where else, after a failure that takes the units down that hold replicas, or one that does not.
  func surviving(isReplicaHit: Bool) -> ComponentData {
    guard isReplicaHit, !replicaRoles.isEmpty else { return self }
    return ComponentData(
      importance: importance, volumes: volumes, store: store.withoutReplica, rebuild: rebuild,
      replicaRoles: replicaRoles)
  }
}

/// The data of a component as written; its schedules are checked.
public struct ComponentDataDraft: Sendable {
  /// Where it is written.
  public var location: SourceLocation
  /// How much it matters.
  public var importance: ComponentData.Importance?
  /// The volumes.
  public var volumes: [(name: Located<String>, size: DataSize?)] = []
  /// Time between two writes to the volume; `nil`: at once.
  public var flushed: TimeSpan?
  /// How long a start with what is on the volume takes, in hours.
  public var restart: (any Distribution)?
  /// How long a start without the data takes, in hours.
  public var rebuild: (any Distribution)?
  /// Full backups and snapshots, with the logs between them.
  public var schedules: [BackupSchedule] = []
  /// The replica that takes over.
  public var replication: ReplicationDraft?
  /// The logs between full backups, and where they are stated.
  public var log: (shipping: LogShipping, location: SourceLocation)?
  /// The backups of what has changed since full ones, and where they are stated.
  public var partial: (backups: PartialBackups, location: SourceLocation)?
  /// What was taken where nothing was stated: the rest of a path, and what it is.
  public var defaults: [(path: String, text: String)] = []

  /// Data with nothing stated.
  public init(location: SourceLocation) { self.location = location }
}

/// A replica as written.
public struct ReplicationDraft: Sendable {
  /// The roles whose units hold the copies.
  public var roles: [Located<String>]
  /// How far it is behind, in hours.
  public var lag: any Distribution
  /// How long it takes to move to it, in hours; `nil`: as long as the failover.
  public var takes: (any Distribution)?
  /// Where it is.
  public var place: CopyPlace
  /// Where it is written.
  public var location: SourceLocation

  /// A replica.
  public init(
    roles: [Located<String>], lag: any Distribution, takes: (any Distribution)?, place: CopyPlace,
    location: SourceLocation
  ) {
    self.roles = roles
    self.lag = lag
    self.takes = takes
    self.place = place
    self.location = location
  }
}
