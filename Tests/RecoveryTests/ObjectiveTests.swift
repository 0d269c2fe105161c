import Quantities
import Recovery
import Stochastics
import Testing

@Suite("Objectives, drills, tiers and coverage")
struct ObjectiveTests {
  static func hourly(_ name: String, takes: Double = 0.5) throws -> DataStore {
    DataStore(
      name: name, volumes: ["\(name)-data"],
      backups: [
        try BackupSchedule(
          name: "snapshot", every: .hour, keep: span("7 d"), place: CopyPlace(.sameRegion),
          restore: .takes(try hours(takes)))
      ])
  }

  @Test("hourly snapshots against 4 h and 15 min: the time is met, the point in a quarter of cases")
  func tierOne() throws {
    let objective = RecoveryObjective(
      name: "tier-1", recoveryTime: try span("4 h"), recoveryPoint: try span("15 min"))
    let scenario = try RecoveryScenario(
      store: try Self.hourly("hcd"), kind: .corruption, noticed: [], responds: [try minutes(5)])
    let result = objective.result(of: scenario)
    #expect(result.meetsTime?.value == 1)
    #expect(agree(result.meetsPoint?.value ?? 0, 0.25))
    #expect(agree(result.meetsBoth?.value ?? 0, 0.25))
    #expect(result.worstLossHours == 1)
    let alert = try RecoveryScenario(
      store: try Self.hourly("hcd"), kind: .corruption, noticed: [try minutes(5)], responds: [])
    #expect(agree(objective.result(of: alert).meetsPoint?.value ?? 0, 10.0 / 60))
  }

  /// A store's interval and its tier's RPO in hours, and P(loss ≤ RPO): the RPO over the interval, at most 1.
  static let tiers: [(store: String, every: Double, point: Double, meets: Double)] = [
    ("hcd", 1, 0.25, 0.25), ("janusgraph", 1, 0.25, 0.25), ("opensearch", 24, 0.25, 0.25 / 24),
    ("pulsar", 1, 1, 1), ("prometheus", 24, 1, 1.0 / 24), ("vault", 24, 4, 4.0 / 24),
  ]

  @Test("backup intervals against the points of their tiers, and the intervals that would meet them")
  func schedules() throws {
    for row in Self.tiers {
      let schedule = try BackupSchedule(
        name: "backup", every: try #require(TimeSpan(hours: row.every)), keep: span("30 d"),
        place: CopyPlace(.sameRegion), restore: .takes(try hours(1)))
      let point = try #require(TimeSpan(hours: row.point))
      let scenario = try BackupTests.scenario(.volumeLoss, schedule)
      let result = RecoveryObjective(name: "tier", recoveryPoint: point).result(of: scenario)
      #expect(agree(result.meetsPoint?.value ?? 0, row.meets), "\(row.store)")
      #expect(result.meetsTime == nil && result.meetsBoth == result.meetsPoint)
      #expect(result.worstLossHours == row.every)
      #expect(scenario.intervalLimit(of: schedule, losing: point)?.longest == point)
    }
  }

  /// Of seven copies that fail once in twenty all do once in 10⁹ losses; that thirty do no probability near 1 can tell.
  @Test("the worst loss is that of the law: all of it, or the largest value", arguments: ["7 d", "30 d"])
  func worst(keep: String) throws {
    let scenario = try BackupTests.scenario(
      .volumeLoss, try BackupTests.daily(works: 0.95, takes: "0 s", keep: keep))
    let result = RecoveryObjective(name: "o", recoveryPoint: try span("12 h")).result(of: scenario)
    let law = scenario.outcome().loss
    #expect(law.worst == (keep == "7 d" ? .infinity : law.maximum) && law.worst >= law.quantile(1).value)
    #expect(result.worstLossHours == law.worst)
  }

  @Test("both together are less likely than each where one backup that fails spoils both")
  func both() throws {
    let schedule = try BackupTests.daily(works: 0.7, takes: "0 s")
    let objective = RecoveryObjective(
      name: "o", recoveryTime: try span("3 h"), recoveryPoint: try span("12 h"))
    let result = objective.result(
      of: try BackupTests.scenario(.volumeLoss, schedule), confidence: 0.9999)
    #expect(agree(result.meetsTime?.value ?? 0, 0.7) && agree(result.meetsPoint?.value ?? 0, 0.35))
    // A loss within half a day needs the last backup, and so does a single restore.
    let both = try #require(result.meetsBoth)
    #expect(both.low < 0.35 && both.high > 0.35)
  }

  @Test("drills: what is expected against what the model gives")
  func drills() throws {
    let schedule = try BackupTests.daily(
      log: BackupTests.wal(), restore: .takes(Uniform(minimum: 0.1, maximum: 0.4)))
    let drill = try RecoveryDrill(
      name: "corruption", every: .month, scenario: try BackupTests.scenario(.volumeLoss, schedule),
      expects: RecoveryObjective(
        name: "expected", recoveryTime: try span("15 min"), recoveryPoint: try span("5 min")))
    let forecast = drill.forecast()
    #expect(agree(forecast.meets.meetsPoint?.value ?? 0, 1))
    #expect(forecast.meets.meetsBoth == forecast.meets.meetsTime)
    #expect(forecast.drillsPerYear == 12)
    let misses = try #require(forecast.missesPerYear)
    #expect(agree(misses, 12 * (1 - (forecast.meets.meetsTime?.value ?? 0))))
    // With a restore a and an age A − L of the log to replay, P(a + (A − L) / 20 ≤ ¼) = E[(2 + L)²] / 288.
    let met = (4 + 4.0 / 24 + 1.0 / 432) / 288
    #expect(agree(misses, 12 * (1 - met)))
    let coverage = try #require(RecoveryDrill.coverage(worked: 12, drills: 12))
    #expect(agree(coverage.value, 12.5 / 13) && coverage.high == 1)
    #expect(RecoveryDrill.coverage(worked: 0, drills: 0) == nil)
  }

  @Test("tiers that contradict dependencies are named with their path")
  func tiers() {
    let order = TierOrder(
      tiers: ["janusgraph": 1, "hcd": 1, "api": 1, "pulsar": 2, "vault": 3, "consumers": 2],
      needs: [
        "api": ["janusgraph"], "janusgraph": ["hcd", "secrets"], "secrets": ["vault"],
        "consumers": ["pulsar", "janusgraph"], "pulsar": ["janusgraph"], "vault": ["api"],
      ])
    #expect(
      order.contradictions.map(\.description) == [
        "janusgraph (tier 1) needs vault (tier 3): janusgraph → secrets → vault"
      ])
    #expect(TierOrder(tiers: ["a": 1, "b": 2], needs: ["b": ["a"]]).contradictions.isEmpty)
  }

  @Test("what a start waits for is held against tiers, and named only where nothing else leads there")
  func tiersOfStarts() {
    let order = TierOrder(
      tiers: ["janusgraph": 1, "api": 1, "vault": 3, "logs": 2],
      needs: ["api": ["secrets"], "secrets": ["vault"]],
      needsToStart: ["janusgraph": ["vault", "api"], "api": ["vault"], "vault": ["logs"]])
    #expect(
      order.contradictions.map(\.description) == [
        "api (tier 1) needs vault (tier 3): api → secrets → vault",
        "janusgraph (tier 1) needs vault (tier 3) to start: janusgraph → vault",
      ])
  }

  @Test("of eight volumes two are in no backup")
  func coverage() throws {
    let names = ["hcd", "janusgraph", "opensearch", "pulsar", "vault", "prometheus"]
    let stores = try names.map { try Self.hourly($0) }
    let volumes = names.map { "\($0)-data" } + ["hcd-commitlog", "grafana-data"]
    let coverage = BackupCoverage(stores: stores, volumes: volumes)
    #expect(coverage.volumesWithoutBackup == ["hcd-commitlog", "grafana-data"])
    #expect(coverage.rows[0].unprotected == [.ransomware, .regionLoss])
    #expect(coverage.rows[0].firstSources[1] == nil)
  }

  @Test("backups that could not work are refused, all faults at once")
  func faults() throws {
    let error = #expect(throws: InvalidRecovery.self) {
      try BackupSchedule(
        name: "full", every: .hour, takes: span("2 h"), keep: .hour, place: CopyPlace(.sameRegion),
        restore: .transfer(
          size: DataSize(parsing: "1 GB"), perHour: DataSize(parsing: "0 B"), besides: .zero),
        log: LogShipping(every: .zero, keep: .hour, place: CopyPlace(.sameRegion)))
    }
    #expect(
      error?.faults.map(\.slug) == ["backup-overlap", "backup-keep", "log-interval", "restore-throughput"])
  }
}
