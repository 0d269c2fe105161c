public import Quantities
public import Stochastics

/// Writes that reach the volume at intervals: a log that is synced, an append-only file.
///
/// It protects from a crash, and from nothing that takes the volume or its content.
public struct FlushedWrites: Sendable {
  /// Time between two syncs; 0: every write is on the volume when it is acknowledged.
  public let every: TimeSpan
  /// How long it takes to start again with what is on the volume, in hours.
  public let restart: any Distribution

  /// Writes.
  public init(every: TimeSpan, restart: any Distribution) {
    self.every = every
    self.restart = restart
  }
}

/// A replica that follows at once or with a lag, and copies what is wrong as well.
public struct Replication: Sendable {
  /// How far it is behind, in hours; always 0 when writes wait for it.
  public let lag: any Distribution
  /// Where it is.
  public let place: CopyPlace
  /// How long it takes to move to it, in hours.
  public let failover: any Distribution

  /// A replica.
  public init(lag: any Distribution, place: CopyPlace, failover: any Distribution) {
    self.lag = lag
    self.place = place
    self.failover = failover
  }

  /// Whether it holds the data after a failure.
  public func survives(_ kind: FailureKind) -> Bool { kind.loses != .content && place.survives(kind) }
}

/// Logs shipped between backups, with which a restore reaches any instant that they cover.
public struct LogShipping: Sendable {
  /// Time between two shipments.
  public let every: TimeSpan
  /// How long a shipment takes.
  public let takes: TimeSpan
  /// How long logs are kept; a backup older than that is restored without them.
  public let keep: TimeSpan
  /// Where they go.
  public let place: CopyPlace
  /// Hours of replay for an hour of log: volume written an hour over volume replayed an hour.
  public let replayShare: Double

  /// Logs.
  ///
  /// - Parameters:
  ///   - written: the log written in an hour.
  ///   - replayed: the log replayed in an hour; `nil`: replay takes no time.
  public init(
    every: TimeSpan, takes: TimeSpan = .zero, keep: TimeSpan, place: CopyPlace, written: DataSize? = nil,
    replayed: DataSize? = nil
  ) {
    self.every = every
    self.takes = takes
    self.keep = keep
    self.place = place
    replayShare =
      if let written, let replayed, written.bytes > 0 { written.bytes / replayed.bytes } else { 0 }
  }

  /// How far the last shipped log is behind at a random instant, in hours.
  var lag: PiecewiseLaw { .uniform(from: takes.hours, to: takes.hours + every.hours) }
}

/// Tests of backups by restoring them.
public struct BackupVerification: Hashable, Sendable {
  /// Time between two tests, each of the backup that is then the last.
  public let every: TimeSpan
  /// The probability that a test finds that a backup can not be restored. It is then made again.
  public let finds: Probability

  /// Tests.
  public init(every: TimeSpan, finds: Probability) {
    self.every = every
    self.finds = finds
  }
}

/// How a backup is restored.
public enum RestoreMethod: Sendable {
  /// In so long, in hours.
  case takes(any Distribution)
  /// By a procedure, until the service is back.
  case procedure(Procedure)
  /// By moving so much data at so much an hour, and what must be done besides.
  case transfer(size: DataSize, perHour: DataSize, besides: TimeSpan)

  /// The law of a time and then a restore; `nil` when it has no exact law.
  func extending(_ law: PiecewiseLaw) -> PiecewiseLaw? {
    switch self {
    case .takes(let takes): law.adding(takes)
    case .procedure(let procedure): procedure.extending(law)
    case .transfer(let size, let perHour, let besides):
      law.adding(size.bytes / perHour.bytes + besides.hours)
    }
  }

  /// A draw of how long it takes, in hours.
  public func sample(using stream: inout RandomStream) -> Double {
    switch self {
    case .takes(let takes): takes.sample(using: &stream)
    case .procedure(let procedure): procedure.sample(using: &stream).serviceHours
    case .transfer(let size, let perHour, let besides): size.bytes / perHour.bytes + besides.hours
    }
  }

  var faults: [RecoveryFault] {
    guard case .transfer(_, let perHour, _) = self, perHour.bytes <= 0 else { return [] }
    return [
      RecoveryFault(
        "restore-throughput", "restore", "a restore that moves no data; expected more than 0 B an hour")
    ]
  }
}
