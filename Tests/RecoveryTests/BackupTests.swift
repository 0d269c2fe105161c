import Quantities
import Recovery
import Stochastics
import Testing

@Suite("Backups and data loss")
struct BackupTests {
  static let region = CopyPlace(.sameRegion)

  static func daily(
    works: Double = 1, verification: BackupVerification? = nil, takes: String = "1 h", keep: String = "30 d",
    place: CopyPlace = region, log: LogShipping? = nil, restore: RestoreMethod? = nil
  ) throws -> BackupSchedule {
    try BackupSchedule(
      name: "full", every: span("24 h"), takes: span(takes), keep: span(keep), works: chance(works),
      verification: verification, place: place, restore: restore ?? .takes(try hours(2)), log: log)
  }

  static func wal(keep: String = "7 d", takes: String = "0 s") throws -> LogShipping {
    LogShipping(
      every: try span("5 min"), takes: try span(takes), keep: try span(keep), place: region,
      written: try DataSize(parsing: "2 GB"), replayed: try DataSize(parsing: "40 GB"))
  }

  static func scenario(
    _ kind: FailureKind, _ schedule: BackupSchedule, noticed: [any Distribution] = []
  ) throws -> RecoveryScenario {
    try RecoveryScenario(
      store: DataStore(name: "ledger", volumes: ["data"], backups: [schedule]), kind: kind, noticed: noticed)
  }

  static func loss(_ scenario: RecoveryScenario) throws -> PiecewiseLaw {
    guard case .exact(let law) = scenario.outcome().loss else {
      Issue.record("the loss is exact")
      return .never
    }
    return law
  }

  @Test(
    "a daily backup that takes an hour loses 1 to 25 h, hourly snapshots meet 15 min in a quarter of cases")
  func schedules() throws {
    let law = try Self.loss(try Self.scenario(.volumeLoss, Self.daily()))
    #expect((law.minimum, law.mean, law.maximum) == (1, 13, 25))
    #expect(agree(law.quantile(0.9), 22.6))
    let hourly = try BackupSchedule(
      name: "snapshot", every: .hour, keep: span("7 d"), place: Self.region, restore: .takes(try minutes(30)))
    #expect(agree(try Self.loss(try Self.scenario(.volumeLoss, hourly)).cumulative(0.25), 0.25))
  }

  @Test("with logs every 5 min the loss is at most that; content is lost only from the failure to its notice")
  func logs() throws {
    let schedule = try Self.daily(log: Self.wal())
    let gone = try Self.loss(try Self.scenario(.volumeLoss, schedule))
    #expect(agree(gone.mean * 60, 2.5))
    #expect(agree(gone.maximum * 60, 5))
    let wrong = try Self.loss(try Self.scenario(.corruption, schedule, noticed: [minutes(30)]))
    #expect(agree(wrong.minimum * 60, 30) && agree(wrong.maximum * 60, 30))
    let deleted = try Self.loss(try Self.scenario(.deletion, schedule, noticed: [minutes(30)]))
    #expect(deleted.maximum == 0)
    let noticedSoon = try Self.loss(try Self.scenario(.deletion, schedule, noticed: [minutes(1)]))
    // The lag, uniform up to 5 min, less one minute.
    #expect(agree(noticedSoon.cumulative(0), 0.2) && agree(noticedSoon.maximum * 60, 4))
  }

  /// The sum of a geometric number of days: P(at most k days) = 1 − qᵏ, mean ½ + q / p days.
  @Test("backups that can not be restored make the loss geometric")
  func geometric() throws {
    let law = try Self.loss(
      try Self.scenario(.volumeLoss, Self.daily(works: 0.9, takes: "0 s", keep: "1000 d")))
    for days in 1...6 {
      let missed = (0..<days).reduce(1.0) { product, _ in product * 0.1 }
      #expect(agree(law.cumulative(24 * Double(days)), 1 - missed))
    }
    #expect(agree(law.mean, 12 + 24 * 0.1 / 0.9))
    #expect(law.probabilityOfNever < 1e-15)
    // Three are kept, and one more while the third is not too old: q³ and half an interval on.
    let few = try Self.loss(
      try Self.scenario(.volumeLoss, Self.daily(works: 0.9, takes: "0 s", keep: "84 h")))
    #expect(agree(few.probabilityOfNever, 0.001 * 0.1 + 0.001 * 0.9 / 2))
    let rare = try Self.loss(
      try Self.scenario(.volumeLoss, Self.daily(works: 1 - 0x1p-20, takes: "0 s", keep: "72 h")))
    #expect(agree(rare.probabilityOfNever * 0x1p60, 1))
  }

  @Test("a loss of content noticed late may be older than every backup")
  func retention() throws {
    let schedule = try Self.daily()
    let late = try Self.loss(try Self.scenario(.corruption, schedule, noticed: [hours(29.5 * 24)]))
    #expect(agree(late.probabilityOfNever, 0.5))
    #expect(try Self.loss(try Self.scenario(.corruption, schedule, noticed: [hours(31 * 24)])).total == 0)
    // Noticed anywhere between 29 and 31 d, plus up to a day: half of the triangle below 30 d.
    let spread = try Self.loss(
      try Self.scenario(.corruption, schedule, noticed: [Uniform(minimum: 29 * 24, maximum: 31 * 24)]))
    #expect(agree(spread.total, 0.25))
    // A volume that is gone is gone at once: its notice makes no loss.
    #expect(try Self.loss(try Self.scenario(.volumeLoss, schedule, noticed: [hours(31 * 24)])).maximum == 25)
  }

  @Test("an alert that comes within minutes: what is lost is the greater of notice and lag")
  func noticedByAlert() throws {
    let schedule = try Self.daily(log: Self.wal())
    let alert = try Detector.scrape(every: span("2 min"), evaluate: span("30 s"), holds: span("1 min")).parts
    for kind in [FailureKind.corruption, .deletion] {
      let scenario = try Self.scenario(kind, schedule, noticed: alert)
      expectLaw(try Self.loss(scenario), matches: Self.draws(of: scenario).map(\.lossHours), "\(kind)")
    }
    let plain = try Self.scenario(
      .corruption, Self.daily(restore: .takes(Uniform(minimum: 1, maximum: 2))), noticed: alert)
    guard case .exact(let recovery) = plain.outcome().recovery else {
      Issue.record("one restore after an alert is exact")
      return
    }
    let draws = Self.draws(of: plain)
    expectLaw(recovery, matches: draws.map(\.recoveryHours), "recovery after an alert")
    expectLaw(try Self.loss(plain), matches: draws.map(\.lossHours), "loss until an alert")
    // With backups that may fail, how far back the logs must reach depends on the notice: a sample.
    let unsure = try Self.scenario(
      .corruption, Self.daily(works: 0.9, log: Self.wal()), noticed: alert)
    #expect(!unsure.outcome().loss.isExact)
  }

  /// Both copies are too old when the notice is late, so that the second is there less often than by itself.
  @Test("one notice that decides about several copies is not taken for several")
  func sharedNotice() throws {
    let copies = try [("48 h", "near"), ("60 h", "far")].map { keep, name in
      try BackupSchedule(
        name: name, every: span("24 h"), keep: span(keep), place: Self.region, restore: .takes(try hours(1)))
    }
    let store = DataStore(name: "s", backups: copies)
    let late: [any Distribution] = [try Uniform(minimum: 0, maximum: 100)]
    let shared = try RecoveryScenario(store: store, kind: .corruption, noticed: late).outcome()
    #expect(!shared.loss.isExact && !shared.recovery.isExact)
    // All is lost when the notice and both phases, uniform over a day, are beyond 48 h and 60 h:
    // Simpson's rule, which is exact for the quadratic pieces.
    let beyond: (Double) -> Double = { notice in
      min(1, max(0, (notice - 24) / 24)) * min(1, max(0, (notice - 36) / 24))
    }
    let pieces = [(36.0, 48.0), (48, 60), (60, 100)].map { low, high in
      (high - low) / 6 * (beyond(low) + 4 * beyond((low + high) / 2) + beyond(high))
    }
    let left = try #require(shared.loss.probability(atMost: 1000, confidence: 0.9999))
    let expected = 1 - pieces.reduce(0, +) / 100
    #expect(left.low < expected && left.high > expected)
    // Noticed before either is too old, the second is never needed, and all is exact.
    let soon = try RecoveryScenario(
      store: store, kind: .corruption, noticed: [Uniform(minimum: 0, maximum: 20)])
    #expect(soon.outcome().loss.isExact && soon.outcome().recovery.isExact)
    #expect(soon.outcome().sources.map(\.share.value) == [1, 0])
  }

  @Test("the longest interval that meets a point is the one whose loss meets it")
  func longestInterval() throws {
    let sure = try Self.daily()
    let lost = try Self.scenario(.volumeLoss, sure)
    #expect(try lost.longestInterval(of: sure, losing: span("4 h"), probability: .one) == span("3 h"))
    #expect(try lost.longestInterval(of: sure, losing: span("1 h"), probability: .one) == nil)
    // Half an hour would be left for one that takes an hour.
    #expect(try lost.longestInterval(of: sure, losing: span("90 min"), probability: .one) == nil)
    let unsure = try Self.daily(works: 0.9)
    #expect(try lost.longestInterval(of: unsure, losing: span("4 h"), probability: .one) == nil)
    for p in [0.5, 0.9, 0.95, 0.999] {
      let every = try #require(
        try lost.longestInterval(of: unsure, losing: span("40 h"), probability: chance(p)))
      let schedule = try BackupSchedule(
        name: "full", every: every, takes: span("1 h"), keep: span("200 d"), works: chance(0.9),
        place: Self.region, restore: .takes(try hours(1)))
      #expect(agree(try Self.loss(try Self.scenario(.volumeLoss, schedule)).cumulative(40), p))
    }
  }

  @Test("what each failure leaves of a store, and which copy is used")
  func sources() throws {
    let offline = try BackupSchedule(
      name: "offline", every: span("24 h"), keep: span("90 d"),
      place: CopyPlace(.otherRegion, isOffline: true),
      restore: .takes(try minutes(45)))
    let snapshot = try BackupSchedule(
      name: "snapshot", every: .hour, keep: span("2 d"), place: CopyPlace(.sameVolume),
      restore: .takes(try minutes(5)))
    let store = DataStore(
      name: "ledger", volumes: ["data"],
      writes: FlushedWrites(every: try span("1 s"), restart: try minutes(1)),
      replication: Replication(lag: try seconds(10), place: Self.region, failover: try minutes(2)),
      backups: [offline, snapshot, try Self.daily(log: Self.wal())])
    let names = FailureKind.allCases.map { store.sources(after: $0).map(\.name) }
    let expected: [[String]] = [
      ["volume", "replica", "full and logs", "snapshot", "offline"], ["replica"],
      ["replica", "full and logs", "offline"], ["full and logs", "snapshot", "offline"],
      ["full and logs", "snapshot", "offline"], ["offline"], ["offline"],
    ]
    #expect(names == expected)
    let ransom = try RecoveryScenario(store: store, kind: .ransomware, noticed: [try hours(0)])
    let law = try Self.loss(ransom)
    #expect((law.minimum, law.maximum) == (0, 24))
    let crash = try Self.loss(try RecoveryScenario(store: store, kind: .crash))
    #expect(agree(crash.maximum * 3600, 1))
    #expect(try Self.loss(RecoveryScenario(store: store, kind: .failover)).mean == 10.0 / 3600)
    let memory = DataStore(name: "cache")
    #expect(try Self.loss(RecoveryScenario(store: memory, kind: .crash)).total == 0)
    #expect(throws: InvalidRecovery.self) { try RecoveryScenario(store: memory, kind: .failover) }
  }

  @Test("the next copy is used when the first has nothing left")
  func fallback() throws {
    let first = try BackupSchedule(
      name: "near", every: .hour, keep: span("1 h"), works: chance(0.8), place: Self.region,
      restore: .takes(try hours(1)))
    let second = try BackupSchedule(
      name: "far", every: span("24 h"), keep: span("48 h"), works: chance(0.5), place: Self.region,
      restore: .takes(try hours(3)))
    let scenario = try RecoveryScenario(
      store: DataStore(name: "s", backups: [second, first]), kind: .volumeLoss)
    let outcome = scenario.outcome()
    #expect(outcome.sources.map(\.name) == ["near", "far"])
    guard case .exact(let loss) = outcome.loss, case .exact(let recovery) = outcome.recovery else {
      Issue.record("both are exact")
      return
    }
    let draws = Self.draws(of: scenario)
    expectLaw(loss, matches: draws.map(\.lossHours), "loss")
    expectLaw(recovery, matches: draws.map(\.recoveryHours), "recovery")
    #expect(agree(loss.cumulative(1), 0.8 + 0.2 * 0.5 / 24))
    // Two are kept, and each can be restored half of the time.
    let far = 0.5 + 0.25
    #expect(agree(outcome.sources[1].share.value, 0.2 * far))
    #expect(outcome.assumptions.contains { $0.contains("next source") })
  }

  static func draws(of scenario: RecoveryScenario, count: Int = 30_000) -> [RecoveryDraw] {
    (0..<count).map { replication in
      var draws = stream("scenario", UInt32(replication))
      return scenario.sample(using: &draws)
    }
  }
}

@Suite("Time to restore")
struct RestoreTimeTests {
  @Test("a point-in-time restore moves the backup, then replays the log since it")
  func pointInTime() throws {
    let size = try DataSize(parsing: "500 GB")
    let restore = RestoreMethod.transfer(
      size: size, perHour: try DataSize(parsing: "250 GB"), besides: try span("15 min"))
    let schedule = try BackupTests.daily(log: BackupTests.wal(), restore: restore)
    let scenario = try RecoveryScenario(
      store: DataStore(name: "ledger", backups: [schedule]), kind: .volumeLoss, noticed: [try minutes(5)],
      responds: [try minutes(10)])
    guard case .exact(let law) = scenario.outcome().recovery else {
      Issue.record("the recovery is exact")
      return
    }
    // 15 min to begin, 2 h and 15 min to move, a twentieth of 13 h less 2.5 min.
    let replay = (13 - 2.5 / 60) / 20
    #expect(agree(law.mean, 0.25 + 2.25 + replay))
    let draws = BackupTests.draws(of: scenario)
    expectLaw(law, matches: draws.map(\.recoveryHours), "recovery")
    expectLaw(try BackupTests.loss(scenario), matches: draws.map(\.lossHours), "loss")
    let storage = try #require(schedule.storage(size: size, written: DataSize(parsing: "2 GB")))
    let logHours = 7.0 * 24 + 1.0 / 12
    #expect(agree(storage.gigabytes, 31 * 500 + 2 * logHours))
  }

  @Test("each backup tried in vain costs a restore; a test that finds it saves both")
  func attempts() throws {
    let plain = try BackupTests.scenario(.volumeLoss, try BackupTests.daily(works: 0.9))
    guard case .exact(let law) = plain.outcome().recovery else { return }
    #expect(agree(law.cumulative(2), 0.9) && agree(law.cumulative(4), 0.99))
    let tests = BackupVerification(every: try span("48 h"), finds: try chance(0.8))
    let tested = try BackupTests.scenario(.volumeLoss, try BackupTests.daily(works: 0.9, verification: tests))
    guard case .exact(let better) = tested.outcome().recovery else { return }
    // Half are tested, 0.8 of the bad ones found, 0.9 of these made good: 0.9 + 0.1 × 0.36.
    #expect(agree(better.cumulative(2), 0.9) && agree(better.cumulative(4), 0.9 + 0.1 * 0.936))
  }

  @Test("a restore by a procedure takes as long as that, exactly when it is serial")
  func procedure() throws {
    let steps = [
      ProcedureStep(name: "download", takes: try Uniform(minimum: 1, maximum: 2)),
      ProcedureStep(name: "start", takes: try minutes(30), after: ["download"]),
      ProcedureStep(name: "verify", takes: try hours(1), after: ["start"], isBehind: true),
    ]
    let schedule = try BackupTests.daily(restore: .procedure(try Procedure(name: "pitr", steps: steps)))
    let recovery = try BackupTests.scenario(.volumeLoss, schedule).outcome().recovery
    #expect(recovery.isExact)
    #expect(agree(recovery.mean()?.value ?? 0, 2))
    let slow = try BackupTests.daily(restore: .takes(Lognormal(median: 1, p90: 3)))
    let sampled = try BackupTests.scenario(.volumeLoss, slow).outcome().recovery
    #expect(!sampled.isExact)
  }
}

@Suite("Backups against a clockwork")
struct BackupClockworkTests {
  /// Backups and logs one by one on a time line, failures anywhere: what is left by looking, without a formula.
  struct Clockwork {
    let schedule: BackupSchedule
    let kind: FailureKind
    let noticedHours: Double

    func lossHours(_ draws: inout RandomStream) -> Double {
      // Nothing of more than 12 intervals ago is kept.
      let failure = (12 + draws.uniform()) * schedule.every.hours
      let notice = failure + (kind.loses == .content ? noticedHours : 0)
      var begins: [Double] = []
      var begin = 0.0
      while begin <= notice {
        if draws.uniform() < schedule.works.value { begins.append(begin) }
        begin += schedule.every.hours
      }
      let usable = begins.filter {
        $0 <= failure && $0 + schedule.takes.hours <= notice && notice - $0 <= schedule.keep.hours
      }
      guard let base = usable.last else { return .infinity }
      var point = base
      if let log = schedule.log, notice - base <= log.keep.hours {
        let offset = draws.uniform() * log.every.hours
        let last = ((notice - log.takes.hours - offset) / log.every.hours).rounded(.down)
        point = max(base, min(failure, offset + last * log.every.hours))
      }
      return (kind.discardsLaterWrites ? notice : failure) - point
    }
  }

  @Test("the exact loss is that of the time line", arguments: FailureKind.allCases)
  func loss(_ kind: FailureKind) throws {
    for (noticed, log, keep) in [
      (0.0, false, "80 h"), (0.02, true, "80 h"), (30, true, "80 h"), (60, false, "80 h"), (10, true, "60 h"),
    ] {
      let logs = LogShipping(
        every: try span("10 h"), takes: try span("1 h"), keep: try span("40 h"), place: place)
      let schedule = try BackupSchedule(
        name: "full", every: span("24 h"), takes: span("3 h"), keep: span(keep), works: chance(0.7),
        place: place, restore: .takes(try hours(1)), log: log ? logs : nil)
      guard kind != .failover else { continue }
      let scenario = try BackupTests.scenario(kind, schedule, noticed: [try hours(noticed)])
      let law = try BackupTests.loss(scenario)
      let clockwork = Clockwork(schedule: schedule, kind: kind, noticedHours: noticed)
      let seen = (0..<8_000).map { replication in
        var draws = stream("clockwork", UInt32(replication))
        return clockwork.lossHours(&draws)
      }
      expectLaw(law, matches: seen, "\(kind) noticed after \(noticed) h, seen")
      let drawn = BackupTests.draws(of: scenario, count: 8_000)
      expectLaw(law, matches: drawn.map(\.lossHours), "\(kind) noticed after \(noticed) h, drawn")
      guard case .exact(let recovery) = scenario.outcome().recovery else { continue }
      expectLaw(recovery, matches: drawn.map(\.recoveryHours), "\(kind) recovery")
    }
  }

  private var place: CopyPlace { CopyPlace(.otherRegion, isOffline: true) }
}
