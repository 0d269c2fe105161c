import Foundation
import Quantities
import Recovery
import Stochastics
import Testing

@Suite("How often backups have to be made")
struct IntervalLimitTests {
  static func schedule(
    every: Double = 60, takes: Double = 0, works: Double = 1, place: CopyPlace = BackupTests.region,
    log: LogShipping? = nil
  ) throws -> BackupSchedule {
    try BackupSchedule(
      name: "full", every: #require(TimeSpan(hours: every / 60)),
      takes: #require(TimeSpan(hours: takes / 60)),
      keep: span("30 d"), works: chance(works), place: place, restore: .takes(try hours(1)), log: log)
  }

  /// Of a store with one schedule alone, in minutes; `nil`: none meets it.
  static func longest(
    _ kind: FailureKind, _ schedule: BackupSchedule, noticed: [any Distribution], losing most: Double
  ) throws -> Double? {
    let scenario = try BackupTests.scenario(kind, schedule, noticed: noticed)
    let point = try #require(TimeSpan(hours: most / 60))
    return try #require(scenario.intervalLimit(of: schedule, losing: point)).longest.map { $0.hours * 60 }
  }

  /// Backups at an interval x that take t, and a notice after n: what is lost is at most max(n, t) + x where it counts to the
  /// notice, n less where it counts to the failure. All in minutes.
  struct Row: CustomTestStringConvertible {
    let testDescription: String
    let kind: FailureKind
    var takes = 0.0
    let noticed: Double
    let most: Double
    let longest: Double?
  }

  static let rows = [
    Row(testDescription: "a volume", kind: .volumeLoss, noticed: 20, most: 15, longest: 15),
    Row(testDescription: "noticed too late", kind: .corruption, noticed: 20, most: 15, longest: nil),
    Row(testDescription: "noticed in time", kind: .corruption, noticed: 5, most: 15, longest: 10),
    Row(testDescription: "complete later", kind: .corruption, takes: 6, noticed: 5, most: 15, longest: 9),
    Row(
      testDescription: "complete too late", kind: .corruption, takes: 9, noticed: 5, most: 15, longest: nil),
    Row(testDescription: "put back", kind: .deletion, noticed: 20, most: 15, longest: 15),
    Row(
      testDescription: "put back, complete later", kind: .deletion, takes: 9, noticed: 5, most: 15,
      longest: 11),
    Row(testDescription: "nothing may be lost", kind: .deletion, noticed: 20, most: 0, longest: nil),
  ]

  @Test("the notice and the making of a backup leave the rest for its interval", arguments: rows)
  func fixedNotice(_ row: Row) throws {
    let noticed = [try minutes(row.noticed)]
    let longest = try Self.longest(
      row.kind, Self.schedule(takes: row.takes), noticed: noticed, losing: row.most)
    guard let expected = row.longest else {
      #expect(longest == nil)
      return
    }
    #expect(agree(try #require(longest), expected))
    let point = RecoveryObjective(name: "o", recoveryPoint: TimeSpan(hours: row.most / 60))
    for (share, isMet) in [(0.999, true), (1.001, false)] {
      let made = try Self.schedule(every: expected * share, takes: row.takes)
      let met = point.result(of: try BackupTests.scenario(row.kind, made, noticed: noticed)).meetsPoint
      #expect((try #require(met).value >= 1 - 1e-12) == isMet)
    }
  }

  @Test("of a notice that varies the latest decides, and where there is none, 99 of 100")
  func varyingNotice() throws {
    let uniform = try Uniform(minimum: 2.0 / 60, maximum: 6.0 / 60)
    #expect(
      agree(
        try #require(try Self.longest(.corruption, Self.schedule(), noticed: [uniform], losing: 15)), 9))
    let mean = 2.0
    let late = try Exponential(mean: mean / 60)
    let scenario = try BackupTests.scenario(.corruption, Self.schedule(), noticed: [late])
    let limit = try #require(scenario.intervalLimit(of: Self.schedule(), losing: span("15 min")))
    #expect(limit.probability == (try chance(0.99)))
    // P(N + x U ≤ m) = 1 − (μ / x) (e^(−(m − x) / μ) − e^(−m / μ)).
    let every = try #require(limit.longest).hours * 60
    let met = 1 - mean / every * (exp(-(15 - every) / mean) - exp(-15 / mean))
    expectShare(met, of: 20_000, near: 0.99, "every \(every) min")
  }

  /// The last good one is n intervals and a part behind with qⁿ p; a notice uniform over 4 min is taken at 1,000 instants.
  @Test("backups that can not always be restored are made as often as 99 of 100 losses need")
  func unsure() throws {
    let schedule = try Self.schedule(works: 0.9)
    let fixed = try #require(
      try Self.longest(.corruption, schedule, noticed: [minutes(5)], losing: 15))
    #expect(agree(fixed, 5))
    let uniform = try Uniform(minimum: 3.0 / 60, maximum: 7.0 / 60)
    let every = try #require(try Self.longest(.corruption, schedule, noticed: [uniform], losing: 15))
    let made = try Self.schedule(every: every, works: 0.9)
    let met = RecoveryObjective(name: "o", recoveryPoint: try span("15 min")).result(
      of: try BackupTests.scenario(.corruption, made, noticed: [uniform])
    ).meetsPoint
    #expect(abs(try #require(met).value - 0.99) < 1e-6)
  }

  @Test("logs are shipped as often as the notice leaves room for, where they reach back to a backup")
  func logs() throws {
    let schedule = try Self.schedule(every: 24 * 60, log: BackupTests.wal(takes: "1 min"))
    let longest: (FailureKind, Double, Double) throws -> Double? = { kind, noticed, most in
      try Self.longest(kind, schedule, noticed: [minutes(noticed)], losing: most)
    }
    #expect(agree(try #require(try longest(.volumeLoss, 3, 5)), 4))
    #expect(agree(try #require(try longest(.corruption, 3, 5)), 4))
    #expect(try longest(.corruption, 6, 5) == nil)
    #expect(agree(try #require(try longest(.deletion, 30, 0)), 29))
    // After eight days those of the time of the failure are there no more, kept for seven as they are.
    #expect(try longest(.deletion, 8 * 24 * 60, 5) == nil)
  }

  @Test("an interval decides nothing where a replica or the volume meets the point, or others are left alone")
  func others() throws {
    let online = try Self.schedule()
    let offline = try Self.schedule(place: CopyPlace(.otherRegion, isOffline: true))
    let replica = Replication(lag: try seconds(10), place: BackupTests.region, failover: try seconds(30))
    let limit: (FailureKind, [BackupSchedule], String) throws -> RecoveryScenario.IntervalLimit? = {
      kind, backups, point in
      let store = DataStore(
        name: "s", volumes: ["v"], writes: FlushedWrites(every: try span("1 s"), restart: try seconds(5)),
        replication: replica, backups: backups)
      return try RecoveryScenario(store: store, kind: kind).intervalLimit(of: online, losing: span(point))
    }
    #expect(try limit(.crash, [online], "1 min") == nil)
    #expect(try limit(.failover, [online], "1 s") == nil)
    #expect(try limit(.volumeLoss, [online], "1 min") == nil)
    #expect(try limit(.volumeLoss, [online], "5 s")?.longest == span("5 s"))
    #expect(try limit(.ransomware, [online, offline], "1 h") == nil)
    let nothing = try #require(try limit(.ransomware, [online], "1 h"))
    #expect(nothing.longest == nil && nothing.probability == .one)
  }
}
