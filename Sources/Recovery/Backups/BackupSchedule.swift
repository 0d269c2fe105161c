public import Quantities

/// Backups made at intervals, with or without logs between them.
///
/// A backup holds the data as it was when it began, and counts from when it is complete. Each can be restored or not,
/// independently of the others; nobody knows before trying, or before a test finds out.
public struct BackupSchedule: Sendable {
  /// Its name, such as `full` or `snapshot`.
  public let name: String
  /// Time between the beginnings of two backups.
  public let every: TimeSpan
  /// How long one takes until it is complete.
  public let takes: TimeSpan
  /// How long each is kept.
  public let keep: TimeSpan
  /// The probability that one can be restored.
  public let works: Probability
  /// Tests by restoring; `nil`: none.
  public let verification: BackupVerification?
  /// Where they go.
  public let place: CopyPlace
  /// How one is restored.
  public let restore: RestoreMethod
  /// Logs between backups; `nil`: none.
  public let log: LogShipping?
  /// What is made between them of what has changed; `nil`: nothing.
  public private(set) var partial: PartialBackups?

  /// The most backups that are kept.
  public static let mostKept = 100_000

  /// - Throws: everything that is wrong: an interval of no time, a backup that takes longer than its interval, one
  ///   that is kept for less than it takes to make the next, too many of them, logs and restores that take no data.
  public init(
    name: String, every: TimeSpan, takes: TimeSpan = .zero, keep: TimeSpan, works: Probability = .one,
    verification: BackupVerification? = nil, place: CopyPlace, restore: RestoreMethod,
    log: LogShipping? = nil,
    partial: PartialBackups? = nil
  ) throws(InvalidRecovery) {
    self.name = name
    self.every = every
    self.takes = takes
    self.keep = keep
    self.works = works
    self.verification = verification
    self.place = place
    self.restore = restore
    self.log = log
    self.partial = partial
    let partialFaults = every > .zero ? partial?.faults(between: self) ?? [] : []
    try InvalidRecovery.check(intervalFaults + logFaults + restore.faults + partialFaults)
  }

  private var intervalFaults: [RecoveryFault] {
    guard every > .zero else {
      return [RecoveryFault("backup-interval", name, "\(name) every 0 s; expected more", help: "every: 24 h")]
    }
    var faults: [RecoveryFault] = []
    if takes > every {
      faults.append(
        RecoveryFault(
          "backup-overlap", name,
          "\(name) takes \(takes) and begins every \(every); expected at most its interval",
          help: "every: \(takes)"))
    }
    if keep.hours < every.hours + takes.hours {
      faults.append(
        RecoveryFault(
          "backup-keep", name,
          "\(name) is kept for \(keep), less than until the next one is complete; at times there would be none",
          help: "keep: \(TimeSpan(hours: every.hours + takes.hours) ?? every)"))
    }
    if keep.hours / every.hours > Double(Self.mostKept) {
      faults.append(
        RecoveryFault(
          "backup-count", name, "\(name) keeps more than \(Self.mostKept) backups; expected fewer"))
    }
    if let verification, verification.every == .zero {
      faults.append(RecoveryFault("verification", name, "\(name) is tested every 0 s; expected more"))
    }
    return faults
  }

  private var logFaults: [RecoveryFault] {
    guard let log else { return [] }
    var faults: [RecoveryFault] = []
    if log.every == .zero {
      faults.append(
        RecoveryFault("log-interval", name, "logs of \(name) every 0 s; expected more", help: "every: 5 min"))
    }
    if !log.replayShare.isFinite {
      faults.append(
        RecoveryFault("log-replay", name, "logs of \(name) are replayed at 0 B an hour; expected more"))
    }
    return faults
  }

  /// What is left of it after a failure: without the backups of what has changed where they are gone.
  func left(after kind: FailureKind) -> BackupSchedule {
    var schedule = self
    if let partial, !partial.place.survives(kind) { schedule.partial = nil }
    return schedule
  }

  /// How many backups there are at most at any time.
  public var keptCount: Int { Int((keep.hours / every.hours).rounded(.down)) + 1 }

  /// How much storage it needs at most.
  ///
  /// - Parameters:
  ///   - size: of one backup.
  ///   - written: the log written in an hour.
  public func storage(size: DataSize, written: DataSize? = nil) -> DataSize? {
    let logs = log.map { (written?.bytes ?? 0) * ($0.keep.hours + $0.every.hours) } ?? 0
    return DataSize(bytes: size.bytes * Double(keptCount) + logs)
  }

  /// The probability that a backup which is not the last can be restored: p + q t f p, with the share t that is
  /// tested, the probability f of finding, and another try that works with p.
  ///
  /// The last one is taken as not tested yet.
  var worksOnceTested: Double {
    guard let verification else { return works.value }
    let tested = min(1, every.hours / verification.every.hours)
    return works.value + works.complement * tested * verification.finds.value * works.value
  }

  /// The probability that the last, last but one, … backup is the first from the end that can be restored, and that
  /// none of those kept can.
  var restorableChances: (chances: [Double], none: Double) {
    var (chances, none) = ([works.value], works.complement)
    let later = worksOnceTested
    // Below 2⁻⁶⁰ nothing is left that a sum near 1 could hold.
    while chances.count < keptCount && none > 0x1p-60 {
      chances.append(none * later)
      none *= 1 - later
    }
    return (chances, none)
  }

  /// What a result should say about it.
  var assumptions: [String] {
    var notes: [String] = []
    if works.complement > 0 {
      notes.append("each backup of \(name) can be restored or not independently of the others")
      notes.append("one that can not is found by trying, and costs a whole restore")
    }
    if verification != nil {
      notes.append(
        "the last backup of \(name) is not tested yet; one made again counts as old as the first try")
    }
    return notes + (partial?.assumptions ?? [])
  }
}
