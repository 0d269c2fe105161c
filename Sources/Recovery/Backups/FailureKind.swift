/// A kind of failure, by what it does to data.
public enum FailureKind: String, Hashable, Sendable, CaseIterable {
  /// A process or machine stops; what was only in memory is gone.
  case crash
  /// A role moves to a replica; what had not reached it is gone.
  case failover
  /// A volume is gone, with everything on it.
  case volumeLoss = "volume loss"
  /// Data is wrong, and so is every copy that follows it, until somebody notices.
  case corruption
  /// Data is deleted, and in every copy that follows it; what is restored is put back beside what was written since.
  case deletion
  /// Data is encrypted, and so is every copy that can be reached.
  case ransomware
  /// A region is gone, with all copies in it.
  case regionLoss = "region loss"

  /// What a failure takes, in the words of a model's `loses:`.
  public enum Loses: String, Hashable, Sendable, CaseIterable {
    /// What was not on a volume yet.
    case memory
    /// What had not reached the replica.
    case transactions
    /// A volume.
    case volume
    /// The right content, wherever the wrong one was copied.
    case content
  }

  /// What it takes.
  public var loses: Loses {
    switch self {
    case .crash: .memory
    case .failover: .transactions
    case .volumeLoss, .regionLoss: .volume
    case .corruption, .deletion, .ransomware: .content
    }
  }

  /// Whether restoring throws away what was written between the failure and its notice.
  public var discardsLaterWrites: Bool { self == .corruption || self == .ransomware }
}

/// Where a copy lies.
public struct CopyPlace: Hashable, Sendable {
  /// How far from the original.
  public enum Distance: String, Hashable, Sendable, CaseIterable {
    /// On the volume itself, as a snapshot.
    case sameVolume = "same volume"
    /// Elsewhere in the region.
    case sameRegion = "same region"
    /// In another region.
    case otherRegion = "other region"
  }

  /// How far from the original.
  public let distance: Distance
  /// Whether nobody who can write the original can change it: offline, or immutable.
  public let isOffline: Bool

  /// A place.
  public init(_ distance: Distance, isOffline: Bool = false) {
    self.distance = distance
    self.isOffline = isOffline
  }

  /// Whether a copy with a history outlives a failure.
  public func survives(_ kind: FailureKind) -> Bool {
    switch kind {
    case .crash, .failover, .corruption, .deletion: true
    case .volumeLoss: distance != .sameVolume
    case .regionLoss: distance == .otherRegion
    case .ransomware: isOffline
    }
  }
}
