import Quantities
import Recovery
import Stochastics
import Testing

@Suite("Incremental and differential backups")
struct PartialBackupTests {
  static func partial(
    _ kind: PartialBackups.Kind = .incremental, every: String = "6 h", takes: String = "0 s",
    keep: String = "30 d", works: Double = 1, each: RestoreMethod? = nil,
    place: CopyPlace = BackupTests.region
  ) throws -> PartialBackups {
    PartialBackups(
      kind: kind, every: try span(every), takes: try span(takes), keep: try span(keep),
      works: try chance(works),
      place: place, restoreEach: each)
  }

  static func daily(
    _ partial: PartialBackups, works: Double = 1, takes: String = "0 s", keep: String = "30 d",
    log: LogShipping? = nil, restore: Double = 2
  ) throws -> BackupSchedule {
    try BackupSchedule(
      name: "full", every: span("24 h"), takes: span(takes), keep: span(keep), works: chance(works),
      place: BackupTests.region, restore: .takes(try hours(restore)), log: log, partial: partial)
  }

  static func laws(_ schedule: BackupSchedule) throws -> (loss: PiecewiseLaw, recovery: PiecewiseLaw) {
    let outcome = try BackupTests.scenario(.volumeLoss, schedule).outcome()
    guard case .exact(let loss) = outcome.loss, case .exact(let recovery) = outcome.recovery else {
      Issue.record("both are exact")
      return (.never, .never)
    }
    return (loss, recovery)
  }

  /// Three between two whole ones; none, one, two or three of them are there, each for 6 h of 24.
  @Test("good ones leave a loss of up to their interval, and each adds its time to the restore")
  func allGood() throws {
    let laws = try Self.laws(Self.daily(Self.partial(each: .takes(minutes(10)))))
    #expect((laws.loss.minimum, laws.loss.mean, laws.loss.maximum) == (0, 3, 6))
    #expect(agree(laws.loss.cumulative(1.5), 0.25))
    #expect(agree(laws.recovery.mean, 2 + 1.5 / 6))
    #expect(agree(laws.recovery.cumulative(2), 0.25) && agree(laws.recovery.cumulative(2.35), 0.75))
    #expect(laws.loss.probabilityOfNever == 0)
    let single = try Self.laws(Self.daily(Self.partial(.differential, each: .takes(minutes(10)))))
    #expect((single.loss.mean, single.loss.maximum) == (3, 6))
    #expect(agree(single.recovery.mean, 2 + 0.75 / 6))
  }

  /// With k there, a chain reaches k with pᵏ, and i < k with pⁱ q: q = 0.1.
  @Test("a chain ends with the first that can not be restored, until the next whole one")
  func brokenChain() throws {
    let laws = try Self.laws(Self.daily(Self.partial(works: 0.9, each: .takes(minutes(60)))))
    #expect(agree(laws.loss.cumulative(6), (1 + 0.9 + 0.81 + 0.729) / 4))
    // All of one day: nothing after the whole one can be restored, and it is three intervals old.
    #expect(agree(laws.loss.cumulative(18), 1 - 0.1 / 4))
    let behind = [0, 0.1, 0.1 * 2 + 0.09, 0.1 * 3 + 0.09 * 2 + 0.081].reduce(0, +) / 4
    #expect(agree(laws.loss.mean, 3 + 6 * behind))
    // Tried are those restored and the one that ends the chain.
    let tried = [0, 1, 0.1 + 0.9 * 2, 0.1 + 0.09 * 2 + 0.81 * 3].reduce(0, +) / 4
    #expect(agree(laws.recovery.mean, 2 + tried))
  }

  /// Of k there the last good one is i behind with qⁱ p, and none is good with qᵏ.
  @Test("the last good differential backup is enough")
  func differential() throws {
    let laws = try Self.laws(Self.daily(Self.partial(.differential, works: 0.9, each: .takes(minutes(60)))))
    #expect(agree(laws.loss.cumulative(6), (1 + 3 * 0.9) / 4))
    let behind = [0, 0.1, 0.09 + 0.01 * 2, 0.09 + 0.009 * 2 + 0.001 * 3].reduce(0, +) / 4
    #expect(agree(laws.loss.mean, 3 + 6 * behind))
    let tried = [0, 1, 0.9 + 0.1 * 2, 0.9 + 0.09 * 2 + 0.01 * 3].reduce(0, +) / 4
    #expect(agree(laws.recovery.mean, 2 + tried))
  }

  /// A whole one takes 2 h and counts from an age of 2 to 26 h; those after it count from 1 h on. The ages that are reached:
  /// 2 to 7 h from the whole one alone, 1 to 7 h twice, 1 to 8 h.
  @Test("one counts from when it is complete, and only with its whole one")
  func takesTime() throws {
    let law = try Self.laws(Self.daily(Self.partial(takes: "1 h"), takes: "2 h")).loss
    #expect((law.minimum, law.maximum) == (1, 8))
    #expect(agree(law.mean, (22.5 + 2 * 24 + 31.5) / 24))
  }

  @Test("hourly ones between weekly whole ones")
  func weekly() throws {
    let schedule = try BackupSchedule(
      name: "full", every: span("7 d"), keep: span("60 d"), works: chance(0.99), place: BackupTests.region,
      restore: .takes(try hours(4)),
      partial: Self.partial(every: "1 h", works: 0.999, each: .takes(minutes(2))))
    let law = try Self.laws(schedule).loss
    // Within the hour when the whole one and all there are of 0 to 167 are good.
    let good = (0..<168).reduce((sum: 0.0, power: 1.0)) { state, _ in
      (state.sum + state.power, state.power * 0.999)
    }.sum
    #expect(agree(law.cumulative(1), 0.99 * good / 168))
  }

  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let schedule: @Sendable () throws -> BackupSchedule
    var kind = FailureKind.volumeLoss
    var noticedHours = 0.0
  }

  static let cases = [
    Case(
      testDescription: "whole ones that may fail",
      schedule: { try daily(partial(works: 0.8, each: .takes(minutes(7))), works: 0.7, takes: "3 h") }),
    Case(
      testDescription: "chains that are kept for two days",
      schedule: { try daily(partial(keep: "48 h", works: 0.9), works: 0.5, keep: "10 d") }),
    Case(
      testDescription: "differential, whole ones that may fail",
      schedule: {
        try daily(partial(.differential, works: 0.6, each: .takes(minutes(7))), works: 0.7, keep: "20 d")
      }),
    Case(
      testDescription: "wrong content, noticed after 9 h",
      schedule: {
        try daily(partial(every: "5 h", takes: "30 min", works: 0.9, each: .takes(minutes(7))), works: 0.9)
      },
      kind: .corruption, noticedHours: 9),
    Case(
      testDescription: "deleted content, noticed after 40 h, kept for two days",
      schedule: { try daily(partial(every: "7 h", keep: "30 h", works: 0.9), works: 0.9, keep: "55 h") },
      kind: .deletion, noticedHours: 40),
    Case(
      testDescription: "with logs that reach back 8 h",
      schedule: {
        let log = LogShipping(
          every: try span("30 min"), takes: try span("5 min"), keep: try span("8 h"),
          place: BackupTests.region)
        return try daily(partial(works: 0.7), works: 0.9, log: log)
      }),
  ]

  @Test("the laws are those of draws", arguments: cases)
  func draws(_ row: Case) throws {
    let noticed: [any Distribution] = row.noticedHours > 0 ? [try hours(row.noticedHours)] : []
    let scenario = try BackupTests.scenario(row.kind, row.schedule(), noticed: noticed)
    let outcome = scenario.outcome()
    guard case .exact(let loss) = outcome.loss, case .exact(let recovery) = outcome.recovery else {
      Issue.record("both are exact")
      return
    }
    let draws = BackupTests.draws(of: scenario)
    expectLaw(loss, matches: draws.map(\.lossHours), "loss: \(row.testDescription)")
    expectLaw(recovery, matches: draws.map(\.recoveryHours), "recovery: \(row.testDescription)")
  }

  /// 30 kept for a day and a half: a chain of the whole one before the last has lost its beginning.
  @Test("what has no exact law is sampled")
  func sampled() throws {
    let cut = try Self.daily(Self.partial(.differential, keep: "36 h", works: 0.9), works: 0.8)
    #expect(!(try BackupTests.scenario(.volumeLoss, cut).outcome().loss.isExact))
    let long = try Self.daily(Self.partial(each: .takes(Lognormal(median: 0.1, p90: 0.3))))
    let outcome = try BackupTests.scenario(.volumeLoss, long).outcome()
    #expect(outcome.loss.isExact && !outcome.recovery.isExact)
    let late = try BackupTests.scenario(
      .corruption, Self.daily(Self.partial()), noticed: [Uniform(minimum: 0, maximum: 9)])
    #expect(!late.outcome().loss.isExact)
  }

  @Test("what is gone with the volume is of no use, and the name says what is used")
  func places() throws {
    let far = try Self.daily(Self.partial())
    let near = try Self.daily(Self.partial(place: CopyPlace(.sameVolume)), log: BackupTests.wal())
    let names = [far, near].map { schedule in
      [FailureKind.volumeLoss, .corruption].map { kind in
        DataStore(name: "s", volumes: ["v"], backups: [schedule]).sources(after: kind).map(\.name)
      }
    }
    #expect(
      names == [
        [["full and incremental"], ["full and incremental"]],
        [["full and logs"], ["full, incremental and logs"]],
      ])
    let gone = try Self.laws(Self.daily(Self.partial(place: CopyPlace(.sameVolume))))
    #expect(gone.loss.mean == 12)
  }

  @Test("impossible ones are found all at once")
  func faults() throws {
    let faults: (PartialBackups) -> [String] = { partial in
      do {
        _ = try Self.daily(partial, takes: "1 h")
        return []
      } catch {
        return (error as? InvalidRecovery)?.faults.map(\.slug) ?? []
      }
    }
    #expect(faults(try Self.partial(every: "24 h")) == ["increment-interval"])
    #expect(
      faults(try Self.partial(every: "1 h", takes: "2 h", keep: "24 h")) == [
        "increment-overlap", "increment-keep",
      ])
    #expect(faults(try Self.partial(every: "1 s")) == ["increment-count"])
    #expect(faults(try Self.partial(keep: "25 h")) == [])
  }
}
