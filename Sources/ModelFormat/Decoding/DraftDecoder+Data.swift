internal import Diagnostics
internal import Quantities
internal import Recovery
internal import ServiceModel
internal import Stochastics

extension DraftDecoder {
  /// What a component keeps and what protects it; `nil` when neither is stated.
  mutating func data(_ component: Reading) -> ComponentDataDraft? {
    let (data, backups) = (component["data"], component["backups"])
    guard let location = data?.location ?? backups?.location else { return nil }
    var draft = ComponentDataDraft(location: location)
    draft.importance = data?["class"]?.text.flatMap(ComponentData.Importance.init)
    draft.volumes = data?["volumes"]?.entries.map { ($0.name, $0.value["size"]?.size) } ?? []
    draft.flushed = data?["flushed"]?.duration
    draft.restart = data?["restart"].flatMap { laws.law($0) }
    draft.rebuild = data?["rebuild"].flatMap { laws.law($0) }
    guard let backups else { return draft }
    if let reading = backups["log"] { draft.log = (logs(reading, &draft), reading.location) }
    let changes = PartialBackups.Kind.allCases.compactMap { kind in
      backups[kind.rawValue].map { (kind, $0) }
    }.first
    if let (kind, reading) = changes, let made = partial(kind, reading, &draft) {
      draft.partial = (made, reading.location)
    }
    if let reading = backups["full"],
      let schedule = schedule("full", reading, changes: changes?.1, log: draft.log?.shipping, &draft)
    {
      draft.schedules.append(schedule)
    }
    if let reading = backups["snapshot"], let schedule = schedule("snapshot", reading, &draft) {
      draft.schedules.append(schedule)
    }
    if let reading = backups["replication"] { draft.replication = replication(reading, &draft) }
    return draft
  }

  /// Backups at intervals, with those of what has changed as `changes` states them.
  private mutating func schedule(
    _ name: String, _ reading: Reading, changes: Reading? = nil, log: LogShipping? = nil,
    _ draft: inout ComponentDataDraft
  ) -> BackupSchedule? {
    guard let every = reading["every"]?.duration, let keep = reading["keep"]?.duration,
      let restore = reading["restore"].flatMap({ restore($0) })
    else { return nil }
    let verification = reading["verified"].flatMap { verified in
      verified["every"]?.duration.flatMap { every in
        verified["finds"]?.probability.map { BackupVerification(every: every, finds: $0.value) }
      }
    }
    let place = place(reading, "backups/\(name)", &draft)
    do throws(InvalidRecovery) {
      return try BackupSchedule(
        name: name, every: every, takes: reading["takes"]?.duration ?? .zero, keep: keep,
        works: reading["works"]?.probability?.value ?? .one, verification: verification, place: place,
        restore: restore, log: log, partial: changes == nil ? nil : draft.partial?.backups)
    } catch {
      for fault in error.faults {
        laws.findings.append(
          Diagnostic(
            slug: fault.slug, fault.message,
            at: location(of: fault, in: fault.slug.hasPrefix("increment-") ? changes ?? reading : reading),
            help: fault.help))
      }
      return nil
    }
  }

  /// Where a schedule states what a fault is about.
  private func location(of fault: RecoveryFault, in reading: Reading) -> SourceLocation {
    let keys = [
      "backup-keep": "keep", "backup-overlap": "takes", "backup-interval": "every", "backup-count": "keep",
      "verification": "verified", "restore-throughput": "restore", "increment-interval": "every",
      "increment-overlap": "takes", "increment-keep": "keep", "increment-count": "every",
      "increment-throughput": "restore-each",
    ]
    return keys[fault.slug].flatMap { reading[$0]?.location } ?? reading.location
  }

  private mutating func partial(
    _ kind: PartialBackups.Kind, _ reading: Reading, _ draft: inout ComponentDataDraft
  ) -> PartialBackups? {
    guard let every = reading["every"]?.duration, let keep = reading["keep"]?.duration else { return nil }
    return PartialBackups(
      kind: kind, every: every, takes: reading["takes"]?.duration ?? .zero, keep: keep,
      works: reading["works"]?.probability?.value ?? .one,
      place: place(reading, "backups/\(kind.rawValue)", &draft),
      restoreEach: reading["restore-each"].flatMap { restore($0) })
  }

  /// A duration, or so much data at so much an hour.
  private mutating func restore(_ reading: Reading) -> RestoreMethod? {
    guard let perHour = reading["per-hour"]?.size else {
      if let name = reading["procedure"]?.text, let law = laws.law(reading) as? ProcedureLaw,
        law.procedure.name == name
      {
        return .procedure(law.procedure)
      }
      return reading["procedure"] == nil ? laws.law(reading).map { .takes($0) } : nil
    }
    guard let size = reading["size"]?.size else { return nil }
    return .transfer(size: size, perHour: perHour, besides: reading["besides"]?.duration ?? .zero)
  }

  private mutating func logs(_ reading: Reading, _ draft: inout ComponentDataDraft) -> LogShipping {
    LogShipping(
      every: reading["every"]?.duration ?? .zero, takes: reading["takes"]?.duration ?? .zero,
      keep: reading["keep"]?.duration ?? .zero, place: place(reading, "backups/log", &draft),
      written: reading["written-per-hour"]?.size, replayed: reading["replayed-per-hour"]?.size)
  }

  private mutating func replication(
    _ reading: Reading, _ draft: inout ComponentDataDraft
  ) -> ReplicationDraft? {
    guard let lag = reading["lag"].flatMap({ laws.law($0) }) else { return nil }
    return ReplicationDraft(
      roles: reading["to"]?.items.compactMap(\.locatedText) ?? [], lag: lag,
      takes: reading["takes"].flatMap { laws.law($0) }, place: place(reading, "backups/replication", &draft),
      location: reading.location)
  }

  private func place(_ reading: Reading, _ path: String, _ draft: inout ComponentDataDraft) -> CopyPlace {
    let isOffline = reading["offline"]?.text == "yes"
    switch reading["in"]?.text {
    case "same-volume": return CopyPlace(.sameVolume, isOffline: isOffline)
    case "other-region": return CopyPlace(.otherRegion, isOffline: isOffline)
    case nil:
      draft.defaults.append((path, "in the same region, since nothing is stated"))
      return CopyPlace(.sameRegion, isOffline: isOffline)
    default: return CopyPlace(.sameRegion, isOffline: isOffline)
    }
  }

  // MARK: Objectives and losses

  /// Those that state a time to recover or a loss that may be.
  func recoveryObjectives(_ reading: Reading?) -> [RecoveryObjective] {
    reading?.entries.compactMap { entry in
      guard entry.value["rto"] != nil || entry.value["rpo"] != nil else { return nil }
      return RecoveryObjective(
        name: entry.name.value, recoveryTime: entry.value["rto"]?.duration,
        recoveryPoint: entry.value["rpo"]?.duration)
    } ?? []
  }

  func losses(_ reading: Reading?) -> Located<FailureKind>? {
    let kinds: [String: FailureKind] = [
      "memory": .crash, "transactions": .failover, "volume": .volumeLoss, "region": .regionLoss,
      "content": .corruption, "deletion": .deletion, "ransomware": .ransomware,
    ]
    return reading?.locatedText.flatMap { text in kinds[text.value].map { Located($0, at: text.location) } }
  }
}

extension Reading {
  /// An amount of data.
  fileprivate var size: DataSize? { text.flatMap { try? DataSize(parsing: $0) } }
}
