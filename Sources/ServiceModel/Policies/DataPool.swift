public import Diagnostics
public import Quantities

/// Memory or storage that each unit of a component has for what it keeps: a cache, a disk.
///
/// No engine fills it: `capacity` says how full it is, and until when it lasts.
public struct DataPool: Sendable {
  /// What there is only so much of.
  public enum Kind: String, Hashable, Sendable { case memory, storage }

  /// What becomes of more than there is room for.
  public enum Overflow: String, Hashable, Sendable {
    /// It is refused.
    case reject
    /// It takes the room of what was there before.
    case evict
  }

  /// How what is kept lies on the units.
  public enum Holding: String, Hashable, Sendable {
    /// Each unit has all of it, so a unit less changes nothing for the others.
    case copies
    /// Each unit has its part, which the others take over when it is lost.
    case parts
  }

  /// The name.
  public let name: String
  /// The component whose units each have one.
  public let component: Int
  /// Memory or storage.
  public let kind: Kind
  /// What one unit has.
  public let size: DataSize
  /// What is used of it in each unit; `nil`: nothing is stated.
  public let used: DataSize?
  /// What becomes of more.
  public let overflow: Overflow
  /// How what is kept lies on the units.
  public let holding: Holding
  /// How what is used changes, and who is told.
  public let outlook: PoolOutlook
}

/// How the use of a pool changes, and at which use somebody is told.
public struct PoolOutlook: Hashable, Sendable {
  /// How much more is used after a year: 0.2 is a fifth; `nil`: nothing is stated.
  public let growthPerYear: Double?
  /// Who is told when.
  public let alert: PoolAlert?

  /// How use changes, and who is told.
  public init(growthPerYear: Double? = nil, alert: PoolAlert? = nil) {
    (self.growthPerYear, self.alert) = (growthPerYear, alert)
  }
}

/// The use of a pool at which a detector alerts.
public struct PoolAlert: Hashable, Sendable {
  /// The share of the pool that is used.
  public let share: Double
  /// The detector's name; `nil`: none is stated.
  public let detector: String?
}

/// How the use of a pool changes, as written.
public struct PoolOutlookDraft: Sendable {
  /// How much more is used after a year.
  public var growth: Located<Double>?
  /// The share at which somebody is told.
  public var alertShare: Located<Double>?
  /// The detector that sees it.
  public var detector: Located<String>?

  /// Nothing is stated.
  public init() {}
}

/// A pool of memory or storage, as written.
public struct DataPoolDraft: Sendable {
  /// The name.
  public var name: Located<String>
  /// The component whose units each have one.
  public var owner: Located<String>
  /// Memory or storage.
  public var kind: DataPool.Kind
  /// What one unit has.
  public var size: Located<DataSize>
  /// What is used of it in each unit.
  public var used: Located<DataSize>?
  /// What becomes of more.
  public var overflow = DataPool.Overflow.reject
  /// How what is kept lies on the units.
  public var holding = DataPool.Holding.copies
  /// How what is used changes.
  public var outlook = PoolOutlookDraft()

  /// A pool that refuses what it has no room for.
  public init(
    name: Located<String>, owner: Located<String>, kind: DataPool.Kind, size: Located<DataSize>
  ) {
    (self.name, self.owner, self.kind, self.size) = (name, owner, kind, size)
  }
}
