public import Quantities

/// How long it takes until an object of a class can be read, in one of the ways in which AWS brings it.
///
/// Times are what AWS calls typical, for one object; a restore of very many, and copying them, come on top.
public struct S3Retrieval: Sendable, Hashable {
  /// In which way.
  public enum Speed: String, Sendable, Hashable, CaseIterable {
    /// By reading it.
    case instant
    /// Before all others, dearly.
    case expedited
    /// The default of an archive.
    case standard
    /// At leisure, cheaply.
    case bulk
  }

  /// In which way.
  public let speed: Speed
  /// The shortest that is typical.
  public let shortest: TimeSpan
  /// The longest that is typical; what a recovery must reckon with.
  public let longest: TimeSpan
  /// Who says so.
  public let source: String

  private init(_ speed: Speed, hours: ClosedRange<Double>, source: String = Self.restoring) {
    self.speed = speed
    shortest = TimeSpan(hours: hours.lowerBound) ?? .zero
    longest = TimeSpan(hours: hours.upperBound) ?? .zero
    self.source = source
  }

  private static let restoring = "Amazon S3 User Guide, Understanding archive retrieval options"

  /// 100 to 200 ms to the first byte.
  static let instant = [
    S3Retrieval(
      .instant, hours: (0.1 / 3600)...(0.2 / 3600),
      source: "Amazon S3 User Guide, Performance design patterns: roughly 100–200 milliseconds")
  ]

  /// Glacier Flexible Retrieval: 1–5 minutes, 3–5 hours, 5–12 hours.
  static let glacier = [
    S3Retrieval(.expedited, hours: (1.0 / 60)...(5.0 / 60)),
    S3Retrieval(.standard, hours: 3...5),
    S3Retrieval(.bulk, hours: 5...12),
  ]

  /// Glacier Deep Archive: within 12 hours, within 48 hours.
  static let deepArchive = [
    S3Retrieval(.standard, hours: 0...12),
    S3Retrieval(.bulk, hours: 0...48),
  ]
}

extension S3StorageClass {
  /// The ways in which its objects can be read, fastest first.
  public var retrievals: [S3Retrieval] {
    switch self {
    case .standard, .intelligentTiering, .standardIA, .oneZoneIA, .glacierInstant: S3Retrieval.instant
    case .glacier: S3Retrieval.glacier
    case .deepArchive: S3Retrieval.deepArchive
    }
  }

  /// Whether objects must be brought before they can be read.
  var isArchive: Bool { retrievals.first?.speed != .instant }
  /// Whether every gigabyte that is read costs.
  var chargesRetrieval: Bool { self != .standard && self != .intelligentTiering }
}
