/// Which failures leave something to restore from, for each volume and store.
public struct BackupCoverage: Hashable, Sendable {
  /// One store against each kind of failure.
  public struct Row: Hashable, Sendable {
    /// The store.
    public let store: String
    /// The volumes it lives on.
    public let volumes: [String]
    /// What is used first after each kind of failure, in the order of ``FailureKind``; `nil`: nothing is left.
    public let firstSources: [String?]

    /// The kinds of failure after which nothing is left; a failover without a replica can not happen.
    public var unprotected: [FailureKind] {
      zip(FailureKind.allCases, firstSources).filter { $0 != .failover && $1 == nil }.map { $0.0 }
    }
  }

  /// Each store, as written.
  public let rows: [Row]
  /// The volumes that are in no backup with a history outside the volume, in the order named.
  public let volumesWithoutBackup: [String]

  /// The coverage of these stores.
  ///
  /// - Parameter volumes: all volumes there are; those of no store have no backup.
  public init(stores: [DataStore], volumes: [String] = []) {
    rows = stores.map { store in
      Row(
        store: store.name, volumes: store.volumes,
        firstSources: FailureKind.allCases.map { store.sources(after: $0).first?.name })
    }
    let saved = Set(
      stores.filter { $0.backups.contains { $0.place.distance != .sameVolume } }.flatMap(\.volumes))
    var seen: Set<String> = []
    volumesWithoutBackup = (volumes + stores.flatMap(\.volumes)).filter {
      !saved.contains($0) && seen.insert($0).inserted
    }
  }
}
