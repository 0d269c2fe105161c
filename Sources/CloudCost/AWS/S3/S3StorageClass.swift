public import FoundationEssentials

/// A storage class of Amazon S3, and what AWS demands of the objects in it.
///
/// Raw values are what a model writes. Source: Amazon S3 User Guide, “Understanding and managing Amazon S3 storage
/// classes” and “Transitioning objects using Amazon S3 Lifecycle”.
public enum S3StorageClass: String, Sendable, Hashable, CaseIterable {
  /// Read often.
  case standard
  /// AWS moves objects between tiers by how they are read.
  case intelligentTiering = "intelligent-tiering"
  /// Read seldom, at once when it is.
  case standardIA = "standard-ia"
  /// As ``standardIA``, and lost with its zone.
  case oneZoneIA = "one-zone-ia"
  /// An archive that is read at once.
  case glacierInstant = "glacier-instant"
  /// An archive that is read after minutes to hours; Glacier Flexible Retrieval.
  case glacier
  /// An archive that is read after half a day and more.
  case deepArchive = "deep-archive"

  /// What AWS calls it.
  public var title: String {
    switch self {
    case .standard: "Standard"
    case .intelligentTiering: "Intelligent-Tiering"
    case .standardIA: "Standard-IA"
    case .oneZoneIA: "One Zone-IA"
    case .glacierInstant: "Glacier Instant Retrieval"
    case .glacier: "Glacier Flexible Retrieval"
    case .deepArchive: "Glacier Deep Archive"
    }
  }

  /// The days that are paid for at least, also of an object that is deleted or moved on before.
  public var minimumDays: Decimal {
    switch self {
    case .standard, .intelligentTiering: 0
    case .standardIA, .oneZoneIA: 30
    case .glacierInstant, .glacier: 90
    case .deepArchive: 180
    }
  }

  /// What an object is billed as at least, in gigabytes of 2³⁰ bytes: 128 KB, or nothing.
  public var minimumObjectGigabytes: Decimal {
    switch self {
    case .standardIA, .oneZoneIA, .glacierInstant: Self.gigabytes(kibibytes: 128)
    case .standard, .intelligentTiering, .glacier, .deepArchive: 0
    }
  }

  /// What an archived object takes besides itself, in gigabytes: 32 KB of index at the class's price and 8 KB of
  /// metadata at Standard's; `nil` where there is none.
  public var overheadGigabytes: (index: Decimal, metadata: Decimal)? {
    switch self {
    case .glacier, .deepArchive: (Self.gigabytes(kibibytes: 32), Self.gigabytes(kibibytes: 8))
    case .standard, .intelligentTiering, .standardIA, .oneZoneIA, .glacierInstant: nil
    }
  }

  /// Whether objects outlive the loss of an availability zone.
  public var survivesZoneLoss: Bool { self != .oneZoneIA }

  /// Where a lifecycle may move objects from here; it only ever goes down.
  public var successors: [S3StorageClass] {
    switch self {
    case .standard: [.intelligentTiering, .standardIA, .oneZoneIA, .glacierInstant, .glacier, .deepArchive]
    case .standardIA: [.intelligentTiering, .oneZoneIA, .glacierInstant, .glacier, .deepArchive]
    case .intelligentTiering: [.oneZoneIA, .glacierInstant, .glacier, .deepArchive]
    case .oneZoneIA, .glacierInstant: [.glacier, .deepArchive]
    case .glacier: [.deepArchive]
    case .deepArchive: []
    }
  }

  /// The days that an object must be old to be moved here by a lifecycle (AWS refuses younger).
  public var youngestDays: Decimal {
    switch self {
    case .standardIA, .oneZoneIA: 30
    case .standard, .intelligentTiering, .glacierInstant, .glacier, .deepArchive: 0
    }
  }

  /// The item of the price book for a part of this class: `standard-ia/retrieval`.
  func item(_ part: String) -> PriceKey { PriceKey("s3", "\(rawValue)/\(part)") }

  static func gigabytes(kibibytes: Decimal) -> Decimal { kibibytes / 1_048_576 }
}
