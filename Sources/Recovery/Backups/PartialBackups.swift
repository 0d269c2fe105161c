public import Quantities

/// Backups of what has changed, made at intervals after the beginning of each whole backup until the next one begins.
///
/// One holds the data as it was when it began, counts from when it is complete, and is of use only with its whole backup.
/// Each can be restored or not, independently of the others.
public struct PartialBackups: Sendable {
  /// What one holds.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// What has changed since the one before: a restore needs all of them, and one that can not be restored ends the chain.
    case incremental
    /// What has changed since the whole backup: a restore needs the last good one alone.
    case differential
  }

  /// What one holds.
  public let kind: Kind
  /// Time between the beginnings of two.
  public let every: TimeSpan
  /// How long one takes until it is complete.
  public let takes: TimeSpan
  /// How long each is kept.
  public let keep: TimeSpan
  /// The probability that one can be restored.
  public let works: Probability
  /// Where they go.
  public let place: CopyPlace
  /// How one is restored, once its whole backup is; `nil`: in no time.
  public let restoreEach: RestoreMethod?

  /// The most between two whole backups.
  public static let mostBetween = 10_000

  /// Backups of what has changed.
  public init(
    kind: Kind, every: TimeSpan, takes: TimeSpan = .zero, keep: TimeSpan, works: Probability = .one,
    place: CopyPlace, restoreEach: RestoreMethod? = nil
  ) {
    self.kind = kind
    self.every = every
    self.takes = takes
    self.keep = keep
    self.works = works
    self.place = place
    self.restoreEach = restoreEach
  }

  /// How many there are between two whole backups.
  func count(between whole: TimeSpan) -> Int { max(0, Int((whole.hours / every.hours).rounded(.up)) - 1) }

  /// How many of one whole backup are complete and from before a failure.
  ///
  /// - Parameters:
  ///   - age: of the whole backup when the failure is noticed, in hours.
  ///   - noticedHours: from the failure to its notice.
  ///   - count: how many there are between two whole backups.
  func usable(atAge age: Double, noticedHours: Double, of count: Int) -> Int {
    guard !isCut(atAge: age) else { return 0 }
    return min(count, max(0, Int(((age - soonest(noticedHours)) / every.hours).rounded(.down))))
  }

  /// The age at which one begins to be of use.
  func soonest(_ noticedHours: Double) -> Double { max(noticedHours, takes.hours) }

  /// Whether a chain has lost its beginning, and with it all of its use.
  func isCut(atAge age: Double) -> Bool { kind == .incremental && age - every.hours > keep.hours }

  /// What comes of trying: how far it gets, and how many are restored or tried in vain.
  struct Outcome: Hashable {
    let probability: Double
    /// The last one that is restored, counted from the whole backup; 0: none.
    let reached: Int
    /// How many restores that took.
    let tries: Int
  }

  /// What comes of trying `usable` of them: a geometric law, forwards along a chain, or backwards from the last one.
  func outcomes(of usable: Int) -> [Outcome] {
    let (good, bad) = (works.value, works.complement)
    var outcomes: [Outcome] = []
    var left = 1.0
    for done in 0..<usable where left > 0 {
      switch kind {
      case .incremental:
        outcomes.append(Outcome(probability: left * bad, reached: done, tries: done + 1))
        left *= good
      case .differential:
        outcomes.append(Outcome(probability: left * good, reached: usable - done, tries: done + 1))
        left *= bad
      }
    }
    let end = kind == .incremental ? usable : 0
    return (outcomes + [Outcome(probability: left, reached: end, tries: usable)]).filter {
      $0.probability > 0
    }
  }

  /// What is wrong with them between whole backups.
  func faults(between whole: BackupSchedule) -> [RecoveryFault] {
    let name = kind.rawValue
    guard every > .zero, every < whole.every else {
      return [
        RecoveryFault(
          "increment-interval", name,
          "\(name) backups every \(every) between whole ones every \(whole.every); expected them more often",
          help: "every: \(TimeSpan(hours: whole.every.hours / 4) ?? .hour)")
      ]
    }
    var faults: [RecoveryFault] = []
    if takes > every {
      faults.append(
        RecoveryFault(
          "increment-overlap", name,
          "one of the \(name) backups takes \(takes) and they begin every \(every); expected at most that",
          help: "every: \(takes)"))
    }
    let needed = whole.every.hours + whole.takes.hours
    if keep.hours < needed {
      faults.append(
        RecoveryFault(
          "increment-keep", name,
          "\(name) backups are kept for \(keep), less than until the next whole one is complete; expected as long",
          help: "keep: \(TimeSpan(hours: needed) ?? keep)"))
    }
    if whole.every.hours / every.hours > Double(Self.mostBetween) {
      faults.append(
        RecoveryFault(
          "increment-count", name,
          "more than \(Self.mostBetween) \(name) backups between two whole ones; expected fewer"))
    }
    return faults
      + (restoreEach?.faults ?? []).map {
        RecoveryFault("increment-throughput", name, $0.message, help: $0.help)
      }
  }

  /// What a result should say about them.
  var assumptions: [String] {
    var notes = [
      "\(kind.rawValue) backups begin anew with each whole one, and are of no use until it is complete"
    ]
    if works.complement > 0 {
      notes.append(
        kind == .incremental
          ? "an incremental backup that can not be restored is found by trying, and ends its chain"
          : "differential backups are tried from the last one on, each in vain for a whole restore of one")
    }
    return notes
  }
}
