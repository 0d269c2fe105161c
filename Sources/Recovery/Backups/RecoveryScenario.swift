internal import Quantities
public import Stochastics

/// A kind of failure of a store, how late it is noticed, and how late somebody responds.
public struct RecoveryScenario: Sendable {
  /// The store.
  public let store: DataStore
  /// The kind of failure.
  public let kind: FailureKind
  /// Independent parts of the time until it is noticed, in hours. For a loss of content, everything written since is
  /// wrong or lost, and backups that are kept for less are of no use.
  public let noticed: [any Distribution]
  /// Independent parts of the time from the notice to the beginning of the restore, in hours.
  public let responds: [any Distribution]
  /// How long it takes from the response on, whatever the data comes from, as independent parts in hours; `nil`: as long
  /// as what it is restored from takes.
  public let restores: [any Distribution]?
  /// How long it takes from the response on to work again without the data, in hours, when nothing can be restored;
  /// `nil`: then it never does.
  public let rebuild: (any Distribution)?
  /// Independent parts of the time from when the data is back until the store serves again, in hours: the start of what
  /// holds it. An outage of the model ends before, its start follows by itself.
  public let starts: [any Distribution]
  /// The ways to the data, in the order in which they are used.
  public let sources: [DataStore.Source]

  /// A scenario.
  ///
  /// - Throws: for a failover of a store without a replica.
  public init(
    store: DataStore, kind: FailureKind, noticed: [any Distribution] = [], responds: [any Distribution] = [],
    restores: [any Distribution]? = nil, rebuild: (any Distribution)? = nil, starts: [any Distribution] = []
  ) throws(InvalidRecovery) {
    guard kind != .failover || store.replication != nil else {
      throw InvalidRecovery(faults: [
        RecoveryFault(
          "no-replica", store.name, "a failover of \(store.name), which has no replica",
          help: "replication: {to: [reader], lag: 10 s}")
      ])
    }
    self.store = store
    self.kind = kind
    self.noticed = noticed
    self.responds = responds
    self.restores = restores
    self.rebuild = rebuild
    self.starts = starts
    sources = store.sources(after: kind)
  }

  /// One source and how often it is the one.
  public struct Source: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// The probability that it is restored from.
    public let share: Estimate
  }

  /// How much is lost and how long it takes.
  public struct Outcome: Sendable {
    /// Hours of writes that are lost: from the recovery point to the failure, and on to its notice where what was
    /// written since is thrown away too. Never: no copy is left, and all is lost.
    public let loss: OutcomeLaw
    /// Hours from the failure until the store serves again, notice, response and start included. Never: its data does
    /// not come back.
    public let recovery: OutcomeLaw
    /// What it is restored from, first to last resort.
    public let sources: [Source]
    /// What was taken for granted.
    public let assumptions: [String]
  }

  /// The laws of loss and recovery: each exact where its parts allow it, else from a sample.
  ///
  /// The loss is exact when replicas lag by fixed or uniform times and, for a loss of content, the notice is fixed or
  /// only backups without logs are left, or logs that always reach a backup. The recovery is when restores are fixed,
  /// uniform or serial procedures of such, and the start is.
  public func outcome(_ plan: SamplingPlan = SamplingPlan()) -> Outcome {
    Outcome(
      loss: exactLoss.map { .exact($0) } ?? .sampled(plan.law(streamName) { sample(using: &$0).lossHours }),
      recovery: exactRecovery.map { .exact($0) }
        ?? .sampled(plan.law(streamName) { sample(using: &$0).recoveryHours }),
      sources: shares(plan), assumptions: assumptions)
  }

  /// How often each source is the one: it has something, and those before it have nothing.
  private func shares(_ plan: SamplingPlan) -> [Source] {
    guard exactLoss != nil else { return sampledShares(plan) }
    var nothing = 1.0
    return sources.map { source in
      // What is never needed may have no exact law.
      let law = nothing > 0 ? exactLoss(of: source) ?? .never : .never
      defer { nothing *= law.probabilityOfNever }
      let share = nothing * law.total
      return Source(
        name: source.name, share: Estimate(value: share, low: share, high: share, confidence: 0.95))
    }
  }

  private func sampledShares(_ plan: SamplingPlan) -> [Source] {
    let used = plan.draws(streamName) { sample(using: &$0).source }
    return sources.compactMap { source in
      let count = used.count { $0 == source.name }
      return proportionEstimate(successes: count, trials: plan.count, confidence: 0.95)
        .map { Source(name: source.name, share: $0) }
    }
  }

  var streamName: String { "recovery/\(store.name)/\(kind.rawValue)" }

  private var assumptions: [String] {
    let notes = sources.flatMap { source -> [String] in
      if case .backup(let schedule, _) = source { schedule.assumptions } else { [] }
    }
    guard sources.count > 1 else { return notes }
    return notes + [
      "the next source is used only when the one before has nothing to restore, and nobody tries in vain"
    ]
  }
}

extension RecoveryScenario {
  /// How late the failure is noticed as far as the loss depends on it: a volume that is gone takes no more writes.
  private var noticedForLoss: PiecewiseLaw? {
    kind.loses == .content ? PiecewiseLaw(sumOf: noticed) : .always(0)
  }

  /// The law of the loss, of one source after the other; `nil` when one has no exact law.
  var exactLoss: PiecewiseLaw? { inTurn { exactLoss(of: $0) } }

  /// The law of the first source that has something; `nil` when one that is needed has no exact law, or when one notice
  /// that is not fixed decides about several of them.
  private func inTurn(_ lawOf: (DataStore.Source) -> PiecewiseLaw?) -> PiecewiseLaw? {
    var law = PiecewiseLaw.never
    for (place, source) in sources.enumerated() where law.probabilityOfNever > 0 {
      guard place == 0 || noticedForLoss?.fixedValue != nil, let next = lawOf(source) else { return nil }
      law = law.total > 0 ? law.otherwise(next) : next
    }
    return law
  }

  private func exactLoss(of source: DataStore.Source) -> PiecewiseLaw? {
    switch source {
    case .volume(let writes): return .uniform(from: 0, to: writes.every.hours)
    case .replica(let replication): return PiecewiseLaw(sumOf: [replication.lag])
    case .backup(let schedule, let withLogs):
      guard let noticedForLoss else { return nil }
      if let fixed = noticedForLoss.fixedValue {
        return age(of: schedule, withLogs: withLogs, noticedHours: fixed).loss
      }
      guard schedule.partial == nil else { return nil }
      if withLogs { return exactLoss(noticed: noticedForLoss, schedule) }
      return kind.discardsLaterWrites ? BackupAge.law(of: schedule, noticed: noticedForLoss) : nil
    }
  }

  /// The loss with logs that always reach back to a backup: max(notice, lag) of which the part before the failure is
  /// max(0, lag − notice); `nil` when they may not, and the notice decides about both.
  private func exactLoss(noticed law: PiecewiseLaw, _ schedule: BackupSchedule) -> PiecewiseLaw? {
    guard let log = schedule.log, schedule.works.complement == 0 else { return nil }
    let oldest = oldestHours(noticed: law, schedule)
    let covers = max(law.minimum, schedule.takes.hours) >= log.lag.maximum
    guard oldest <= min(schedule.keep, log.keep).hours, covers else { return nil }
    return kind.discardsLaterWrites ? law.last(with: log.lag) : log.lag.lessened(by: noticed)
  }

  private func age(of schedule: BackupSchedule, withLogs: Bool, noticedHours: Double) -> BackupAge {
    BackupAge(
      schedule: schedule, noticedHours: noticedHours, discardsLater: kind.discardsLaterWrites,
      log: withLogs ? schedule.log : nil)
  }

  /// The law of the whole recovery; `nil` when a part has no exact law.
  var exactRecovery: PiecewiseLaw? {
    exactRestore?.adding(noticed + responds + starts)
  }

  /// The law of the time from the response on; `nil` when a part has no exact law.
  var exactRestore: PiecewiseLaw? {
    if let restores { return PiecewiseLaw(sumOf: restores) }
    guard let law = inTurn({ exactRestore(of: $0) }) else { return nil }
    guard let rebuild, law.probabilityOfNever > 0 else { return law }
    // Whether anything is left may depend on the notice; then it is no independent choice.
    guard noticedForLoss?.fixedValue != nil || law.total == 0, let again = PiecewiseLaw(sumOf: [rebuild])
    else {
      return nil
    }
    return law.total > 0 ? law.otherwise(again) : again
  }

  private func exactRestore(of source: DataStore.Source) -> PiecewiseLaw? {
    switch source {
    case .volume(let writes): return PiecewiseLaw(sumOf: [writes.restart])
    case .replica(let replication): return PiecewiseLaw(sumOf: [replication.failover])
    case .backup(let schedule, let withLogs):
      guard let noticedForLoss else { return nil }
      if let fixed = noticedForLoss.fixedValue {
        return age(of: schedule, withLogs: withLogs, noticedHours: fixed).restore
      }
      // Else the notice decides how much is replayed and how many are tried, unless it is always none and one.
      let replayShare = withLogs ? schedule.log?.replayShare ?? 0 : 0
      guard schedule.works.complement == 0, replayShare == 0, schedule.partial == nil,
        oldestHours(noticed: noticedForLoss, schedule) <= schedule.keep.hours
      else { return nil }
      return schedule.restore.extending(.always(0))
    }
  }

  /// The greatest age of the last backup when the failure is noticed.
  private func oldestHours(noticed law: PiecewiseLaw, _ schedule: BackupSchedule) -> Double {
    max(law.maximum, schedule.takes.hours) + schedule.every.hours
  }
}

extension PiecewiseLaw {
  /// The value of a law that always has the same; `nil` for others.
  var fixedValue: Double? { pieces.isEmpty && total > 0 ? maximum : nil }

  func adding(_ parts: [any Distribution]) -> PiecewiseLaw? {
    parts.reduce(self as PiecewiseLaw?) { $0?.adding($1) }
  }
}
