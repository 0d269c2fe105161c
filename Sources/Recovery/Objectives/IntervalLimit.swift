public import Quantities
internal import Stochastics

extension RecoveryScenario {
  /// How long the interval between two backups, or two shipments of logs, may be for a loss to meet an RPO.
  public struct IntervalLimit: Hashable, Sendable {
    /// Whether it is the interval of the logs, and not that of the whole backups.
    public let isOfLogs: Bool
    /// The longest that meets it; `nil`: none does.
    public let longest: TimeSpan?
    /// How likely a loss meets it then.
    public let probability: Probability
  }

  /// How long the interval of a schedule may be for this failure to meet an RPO by this schedule alone.
  ///
  /// Certain where every backup can be restored and the notice has a latest time, else in 99 of 100 cases. Logs have to
  /// reach back to a backup that can be restored in as many.
  ///
  /// - Returns: `nil` where the interval decides nothing: what is on the volume or a replica meets it, or other copies
  ///   outlive the failure and these do not.
  public func intervalLimit(
    of schedule: BackupSchedule, losing most: TimeSpan, _ plan: SamplingPlan = SamplingPlan()
  ) -> IntervalLimit? {
    guard kind != .failover, schedule.place.survives(kind) else {
      guard sources.isEmpty else { return nil }
      return IntervalLimit(isOfLogs: schedule.log != nil, longest: nil, probability: .one)
    }
    guard !sources.contains(where: { meetsWithoutBackups($0, most, plan) }) else { return nil }
    let isOfLogs = schedule.log?.place.survives(kind) ?? false
    let isCertain = (isOfLogs || schedule.works.complement == 0) && noticesForLoss(plan).isBounded
    let probability = isCertain ? Probability.one : Self.unlessCertain
    return IntervalLimit(
      isOfLogs: isOfLogs,
      longest: longestInterval(of: schedule, losing: most, probability: probability, plan),
      probability: probability)
  }

  private static let unlessCertain = Probability(0.99) ?? .one

  private func meetsWithoutBackups(_ source: DataStore.Source, _ most: TimeSpan, _ plan: SamplingPlan) -> Bool
  {
    switch source {
    case .volume(let writes): return writes.every <= most
    case .replica(let replication):
      let lag = OutcomeLaw(sumOf: [replication.lag], plan: plan, name: streamName)
      return (lag.probability(atMost: most.hours)?.value ?? 0) >= Self.unlessCertain.value
    case .backup: return false
    }
  }

  /// The longest interval of a schedule's logs, or of its whole backups where no logs outlive the failure, with which at
  /// most so much is lost with a probability; `nil` when none does.
  ///
  /// Tests of backups are not counted, which could only make it longer, nor what is made between whole ones.
  ///
  /// - Parameter probability: above 0.
  public func longestInterval(
    of schedule: BackupSchedule, losing most: TimeSpan, probability: Probability,
    _ plan: SamplingPlan = SamplingPlan()
  ) -> TimeSpan? {
    guard probability.value > 0, schedule.works.value > 0 else { return nil }
    let notices = noticesForLoss(plan)
    let relevant = probability == .one ? notices.bounds : notices.values
    if let log = schedule.log, log.place.survives(kind) {
      let kept = min(schedule.keep, log.keep).hours
      let reach = BackupRooms(
        works: schedule.works, hours: notices.values.map { kept - max($0, schedule.takes.hours) })
      guard reach.chance(every: schedule.every.hours) >= Self.unlessCertain.value else { return nil }
      let rooms = relevant.map { room(behind: log, noticed: $0, losing: most) }
      return BackupRooms(works: .one, hours: rooms).longestInterval(probability)
    }
    let rooms = relevant.map { room(of: schedule, noticed: $0, losing: most) }
    let longest = BackupRooms(works: schedule.works, hours: rooms).longestInterval(probability)
    // One that takes longer than its interval is no schedule.
    return longest.flatMap { $0 < schedule.takes ? nil : $0 }
  }

  /// How much older a whole backup may be than the last one is at its youngest: still kept, and not from before what may
  /// be lost. Where rows are put back the loss counts to the failure, else to its notice.
  private func room(of schedule: BackupSchedule, noticed: Double, losing most: TimeSpan) -> Double {
    let oldest = most.hours + (kind.discardsLaterWrites ? 0 : noticed)
    return min(schedule.keep.hours, oldest) - max(noticed, schedule.takes.hours)
  }

  /// How far the last log may be behind, besides the time that a shipment takes.
  private func room(behind log: LogShipping, noticed: Double, losing most: TimeSpan) -> Double {
    guard kind.discardsLaterWrites else { return most.hours + noticed - log.takes.hours }
    return noticed <= most.hours ? most.hours - log.takes.hours : 0
  }
}

/// How late a failure is noticed: equally likely values, and the first and the last.
private struct Notices {
  let values: [Double]
  let bounds: [Double]
  /// Whether nothing is noticed later than the last.
  let isBounded: Bool
}

extension RecoveryScenario {
  private static let quantileCount = 1_000

  /// How late it is noticed as far as the loss depends on it: a volume that is gone takes no more writes.
  private func noticesForLoss(_ plan: SamplingPlan) -> Notices {
    guard kind.loses == .content else { return Notices(values: [0], bounds: [0], isBounded: true) }
    switch OutcomeLaw(sumOf: noticed, plan: plan, name: streamName) {
    case .exact(let law):
      let bounds = [law.minimum, law.maximum]
      guard law.fixedValue == nil else {
        return Notices(values: [law.maximum], bounds: bounds, isBounded: true)
      }
      let count = Self.quantileCount
      let values = (0..<count).map { law.quantile((Double($0) + 0.5) / Double(count)) }
      return Notices(values: values, bounds: bounds, isBounded: law.probabilityOfNever == 0)
    case .sampled(let law):
      return Notices(
        values: law.draws, bounds: [law.draws.first, law.draws.last].compactMap { $0 }, isBounded: false)
    }
  }
}
