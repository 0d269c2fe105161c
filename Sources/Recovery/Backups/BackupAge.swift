internal import Quantities

/// The exact laws of what a backup schedule leaves, for a failure that is noticed after a fixed time.
struct BackupAge {
  let schedule: BackupSchedule
  let noticedHours: Double
  /// Whether what was written after the failure is lost too.
  let discardsLater: Bool
  /// The logs that outlive the failure.
  let log: LogShipping?

  /// The age of the last backup from before the failure that is complete when it is noticed: max(noticed, takes), the
  /// rest of the interval, and one interval for each that can not be restored; never when it was kept no longer.
  static func law(of schedule: BackupSchedule, noticed: PiecewiseLaw) -> PiecewiseLaw {
    let last = noticed.notBelow(schedule.takes.hours).addingUniform(width: schedule.every.hours)
    let slots = schedule.restorableChances
    // Each is cut for itself, so that a small probability of nothing keeps its digits.
    let laws = slots.chances.enumerated().map { place, chance in
      (chance, last.adding(Double(place) * schedule.every.hours).truncated(at: schedule.keep.hours))
    }
    return .mixture(laws + [(slots.none, .never)])
  }

  private var age: PiecewiseLaw? {
    guard let partialAge else { return Self.law(of: schedule, noticed: .always(noticedHours)) }
    return partialAge.age
  }

  private var partialAge: PartialBackupAge? {
    schedule.partial.map { PartialBackupAge(schedule: schedule, partial: $0, noticedHours: noticedHours) }
  }

  /// The law of the loss in hours of writes; never: nothing can be restored. `nil` when it has no exact law.
  ///
  /// With logs back to the backup the loss is that of the last log, or nothing before the failure when that is older.
  var loss: PiecewiseLaw? {
    wholeLoss.map { discardsLater ? $0 : $0.lessened(by: noticedHours) }
  }

  private var wholeLoss: PiecewiseLaw? {
    guard let log, let age else { return age }
    let within = age.truncated(at: log.keep.hours)
    guard within.total > 0 else { return age }
    let shipped = log.lag.notBelow(noticedHours).first(with: within.givenAValue)
    let beyond = age.above(log.keep.hours)
    let sum = PiecewiseLaw.mixture([(within.total, shipped), (1, beyond)])
    return PiecewiseLaw(pieces: sum.pieces, maximum: sum.maximum, never: age.probabilityOfNever)
  }

  /// The law of the time to restore, in hours; `nil` when a restore has no exact law, or too many have to be tried.
  ///
  /// One restore for each backup that is tried, and the replay of the log from the backup to the recovery point.
  var restore: PiecewiseLaw? {
    if let partialAge { return (log?.replayShare ?? 0) > 0 ? nil : partialAge.restore }
    let (chances, none) = schedule.restorableChances
    guard chances.count <= Self.mostSlots, replayIsClosed else { return nil }
    var slots: [(probability: Double, law: PiecewiseLaw)] = []
    for (place, chance) in chances.enumerated() {
      let first = max(noticedHours, schedule.takes.hours) + Double(place) * schedule.every.hours
      let age = PiecewiseLaw.uniform(from: first, to: first + schedule.every.hours)
        .truncated(at: schedule.keep.hours)
      guard var law = replay(age) else { return nil }
      for _ in 0...place {
        guard let longer = schedule.restore.extending(law) else { return nil }
        law = longer
      }
      slots.append((chance, law))
    }
    return .mixture(slots + [(none, .never)])
  }

  private static let mostSlots = 64

  /// Whether the recovery point is a fixed time before the notice, or a log's lag before it.
  private var replayIsClosed: Bool {
    guard let log, log.replayShare > 0 else { return true }
    return noticedHours == 0 || noticedHours >= log.lag.maximum
  }

  /// The law of the replay: its share of the time between the backup and the recovery point; none without logs so far
  /// back.
  private func replay(_ age: PiecewiseLaw) -> PiecewiseLaw? {
    guard let log, log.replayShare > 0 else {
      return PiecewiseLaw(pieces: [], maximum: 0, never: age.probabilityOfNever)
    }
    let within = age.truncated(at: log.keep.hours)
    // Less a uniform lag is plus one, less the most.
    let span =
      noticedHours > 0
      ? within.lessened(by: noticedHours)
      : within.addingUniform(width: log.every.hours).lessened(by: log.lag.maximum)
    let beyond = PiecewiseLaw.mixture([
      (age.total - within.total, .always(0)), (1 - age.total + within.total, .never),
    ])
    let sum = PiecewiseLaw.mixture([(1, span.scaled(by: log.replayShare)), (1, beyond)])
    return PiecewiseLaw(pieces: sum.pieces, maximum: sum.maximum, never: age.probabilityOfNever)
  }
}
