public import Stochastics
internal import Quantities

/// What one failure lost and how long it took.
public struct RecoveryDraw: Hashable, Sendable {
  /// Hours of writes that are lost; ∞: everything.
  public let lossHours: Double
  /// Hours from the failure until the data is back, or until the store has started; ∞: never.
  public let recoveryHours: Double
  /// What it was restored from; `nil`: nothing was left.
  public let source: String?
  /// How many restores were tried.
  public let attempts: Int
}

extension RecoveryScenario {
  /// A draw of loss and recovery together, start included.
  public func sample(using stream: inout RandomStream) -> RecoveryDraw {
    let noticedHours = noticed.reduce(0) { $0 + $1.sample(using: &stream) }
    let responseHours = responds.reduce(0) { $0 + $1.sample(using: &stream) }
    let draw = sample(noticedHours: noticedHours, responseHours: responseHours, using: &stream)
    return RecoveryDraw(
      lossHours: draw.lossHours, recoveryHours: draw.recoveryHours + startSample(using: &stream),
      source: draw.source, attempts: draw.attempts)
  }

  /// A draw of the time from when the data is back until the store serves again, in hours.
  public func startSample(using stream: inout RandomStream) -> Double {
    starts.reduce(0) { $0 + $1.sample(using: &stream) }
  }

  /// A draw for a failure whose notice and response are known, such as one in a simulated night; without the start.
  public func sample(
    noticedHours: Double, responseHours: Double, using stream: inout RandomStream
  ) -> RecoveryDraw {
    let draw = restoration(noticedHours: noticedHours, using: &stream)
    let restore = restores.map { parts in parts.reduce(0) { $0 + $1.sample(using: &stream) } }
    return RecoveryDraw(
      lossHours: draw.lossHours,
      recoveryHours: noticedHours + responseHours + (restore ?? draw.recoveryHours),
      source: draw.source, attempts: draw.attempts)
  }

  /// A draw from the first source that has something, its recovery counted from the response on.
  private func restoration(noticedHours: Double, using stream: inout RandomStream) -> RecoveryDraw {
    for source in sources {
      if let draw = sample(source, noticedHours: noticedHours, using: &stream) { return draw }
    }
    let again = restores == nil ? rebuild?.sample(using: &stream) : nil
    return RecoveryDraw(lossHours: .infinity, recoveryHours: again ?? .infinity, source: nil, attempts: 0)
  }

  /// A draw from one source, its recovery counted from the response on; `nil` when it has nothing to restore.
  private func sample(
    _ source: DataStore.Source, noticedHours: Double, using stream: inout RandomStream
  ) -> RecoveryDraw? {
    switch source {
    case .volume(let writes):
      return RecoveryDraw(
        lossHours: stream.uniform() * writes.every.hours,
        recoveryHours: writes.restart.sample(using: &stream), source: source.name, attempts: 1)
    case .replica(let replication):
      return RecoveryDraw(
        lossHours: replication.lag.sample(using: &stream),
        recoveryHours: replication.failover.sample(using: &stream), source: source.name, attempts: 1)
    case .backup(let schedule, let withLogs):
      let relevant = kind.loses == .content ? noticedHours : 0
      return schedule.sample(
        noticedHours: relevant, discardsLater: kind.discardsLaterWrites, withLogs: withLogs, using: &stream)
    }
  }
}

extension BackupSchedule {
  /// A draw of what a failure loses that is noticed after so long; `nil` when no backup can be restored.
  func sample(
    noticedHours: Double, discardsLater: Bool, withLogs: Bool, using stream: inout RandomStream
  ) -> RecoveryDraw? {
    let last = max(noticedHours, takes.hours) + stream.uniform() * every.hours
    guard let place = restorablePlace(using: &stream) else { return nil }
    let age = last + Double(place) * every.hours
    guard age <= keep.hours else { return nil }
    let later = partial?.sample(
      wholeAge: age, noticedHours: noticedHours, between: every, using: &stream)
    let base = later?.ageHours ?? age
    var (point, replay) = (base, 0.0)
    if withLogs, let log {
      let lag = log.takes.hours + stream.uniform() * log.every.hours
      if base <= log.keep.hours {
        point = min(base, max(noticedHours, lag))
        replay = log.replayShare * (base - point)
      }
    }
    let restores =
      (0...place).reduce(0.0) { hours, _ in hours + restore.sample(using: &stream) }
      + (later?.restoreHours ?? 0)
    return RecoveryDraw(
      lossHours: discardsLater ? point : max(0, point - noticedHours), recoveryHours: restores + replay,
      source: DataStore.Source.backup(self, withLogs: withLogs).name, attempts: place + 1)
  }

  /// Which backup from the end is the first that can be restored; `nil` when none of those kept can.
  private func restorablePlace(using stream: inout RandomStream) -> Int? {
    let later = worksOnceTested
    for place in 0..<keptCount where stream.uniform() < (place == 0 ? works.value : later) { return place }
    return nil
  }
}

extension PartialBackups {
  /// A draw of how far they reach after a whole backup, and how long that takes.
  func sample(
    wholeAge: Double, noticedHours: Double, between whole: TimeSpan, using stream: inout RandomStream
  ) -> (ageHours: Double, restoreHours: Double) {
    let usable = usable(atAge: wholeAge, noticedHours: noticedHours, of: count(between: whole))
    var (reached, tries) = (0, 0)
    while tries < usable, kind == .incremental || reached == 0 {
      let next = kind == .incremental ? reached + 1 : usable - tries
      guard wholeAge - Double(next) * every.hours <= keep.hours else { break }
      tries += 1
      if stream.uniform() < works.value { reached = next } else if kind == .incremental { break }
    }
    let hours = (0..<tries).reduce(0.0) { hours, _ in hours + (restoreEach?.sample(using: &stream) ?? 0) }
    return (wholeAge - Double(reached) * every.hours, hours)
  }
}
