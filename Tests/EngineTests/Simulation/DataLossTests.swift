import Quantities
import Recovery
import Reliability
import ServiceModel
import Simulation
import Stochastics
import Testing

/// Losses drawn in simulated years against closed forms, and against the exact laws of the same scenarios.
@Suite("Data lost in simulated years")
struct DataLossTests {
  static func model(_ data: String, fails: String, objectives: String = "tier-1: {rto: 4 h, rpo: 15 min}")
    -> String
  {
    """
    components:
      ledger:
        data: {volumes: {ledger-data: {}}, rebuild: 1 w}
        backups: {\(data)}
        objectives: {\(objectives)}
        fails: {\(fails)}
    capabilities: {service: {depends-on: {ledger: hard}, objectives: {back: {rto: 1 h}}}}
    """
  }

  static func result(_ body: String, threads: Int = 1) throws -> SimulationResult {
    try Simulated.result(
      body,
      SimulationPlan(
        years: 10, replications: 2000, threads: threads, confidence: Simulated.fourAndAHalf))
  }

  /// A failure falls at any instant of the hour since the last snapshot: a quarter within 15 min.
  @Test("hourly snapshots meet an RPO of 15 min in one loss of four, and lose half an hour on average")
  func hourly() throws {
    let body = Self.model(
      "full: {every: 1 h, keep: 7 d, restore: 30 min}", fails: "gone: {mtbf: 4380 h, loses: volume}")
    let loss = try #require(try Self.result(body).dataLosses.first)
    let kept = try #require(loss.attainments.first)
    #expect(try #require(kept.inPoint).holds(0.25))
    #expect(try #require(kept.inTime).value == 1)
    #expect(try #require(kept.both).holds(0.25))
    // Up 4,380 h, down half an hour.
    let perYear = 8760 / 4380.5
    #expect(loss.incidentsPerYear.holds(perYear))
    #expect(try #require(loss.lostHoursPerYear).holds(perYear / 2))
    #expect(kept.missesPerYear.holds(perYear * 0.75))
    #expect(loss.lossesOfAllPerYear.value == 0)
    #expect(loss.recovery?.most == 0.5)
    #expect(try #require(loss.loss).most <= 1)
  }

  /// Hourly ones after a daily one: with k there, each for an hour, the chain reaches k with 0.98ᵏ, and each takes 3 min.
  @Test("incremental backups between daily ones")
  func incremental() throws {
    let body = Self.model(
      "full: {every: 24 h, keep: 30 d, restore: 2 h}, incremental: {every: 1 h, keep: 7 d, works: 98 %, restore-each: 3 min}",
      fails: "gone: {mtbf: 730 h, loses: volume}", objectives: "hour: {rpo: 1 h}")
    let loss = try #require(try Self.result(body).dataLosses.first)
    var (reached, power, tried) = (0.0, 1.0, 0.0)
    for _ in 0..<24 {
      reached += power / 24
      power *= 0.98
    }
    // The number tried of k is 1 + 0.98 + … + 0.98ᵏ⁻¹.
    for k in 0..<24 {
      var next = 1.0
      for _ in 0..<k {
        tried += next / 24
        next *= 0.98
      }
    }
    #expect(try #require(loss.attainments.first?.inPoint).holds(reached))
    let restore = 2 + tried * 0.05
    #expect(loss.incidentsPerYear.holds(8760 / (730 + restore)))
    #expect(abs(try #require(loss.recovery).mean - restore) < 0.01)
    let exact = try ModelText.model(body).storeFailures[0].scenario.outcome()
    #expect(abs(try #require(loss.loss).mean / (try #require(exact.loss.mean()).value) - 1) < 0.02)
  }

  /// The n-th backup from the end is the first that works with probability p qⁿ: the loss is uniform in a day, and
  /// a day more for each that fails.
  @Test("backups that can not be restored make loss and restore geometric")
  func geometric() throws {
    let body = Self.model(
      "full: {every: 24 h, keep: 1000 d, works: 80 %, restore: 2 h}",
      fails: "gone: {mtbf: 730 h, loses: volume}", objectives: "day: {rto: 2 h, rpo: 24 h}")
    let loss = try #require(try Self.result(body).dataLosses.first)
    let kept = try #require(loss.attainments.first)
    #expect(try #require(kept.inPoint).holds(0.8))
    // The first restore works or does not: time and loss are met together.
    #expect(kept.both == kept.inPoint && kept.inTime == kept.inPoint)
    // Tries: 1 / p = 1.25 of 2 h each.
    let perYear = 8760 / (730 + 2.5)
    #expect(loss.incidentsPerYear.holds(perYear))
    #expect(try #require(loss.lostHoursPerYear).holds(perYear * (12 + 24 * 0.25)))
    let exact = try SteadyState.results(of: try ModelText.graph(body))
    #expect(abs(exact[0].unavailability - 2.5 / 732.5) < 1e-12)
  }

  @Test(
    "what is drawn agrees with the exact law of each scenario",
    arguments: [
      "gone: {mtbf: 200 h, detect: 5 min, respond: 15 min, loses: volume}",
      "wrong: {mtbf: 200 h, detect: {uniform: {min: 1 min, max: 30 min}}, loses: content}",
      "deleted: {mtbf: 200 h, detect: 2 min, recover: {exponential: 1 h}, loses: deletion}",
    ])
  func scenarios(fails: String) throws {
    let body = Self.model(
      "full: {every: 24 h, keep: 30 d, takes: 1 h, restore: 2 h}, log: {every: 5 min, keep: 7 d}",
      fails: fails,
      objectives: "tier-1: {rto: 2.2 h, rpo: 4 min}")
    let failure = try #require(try ModelText.model(body).storeFailures.first)
    let loss = try #require(try Self.result(body).dataLosses.first)
    let met = failure.objectives[0].result(of: failure.scenario)
    let kept = loss.attainments[0]
    let outcome = failure.scenario.outcome()
    for (drawn, exact) in [
      (kept.inTime, met.meetsTime), (kept.inPoint, met.meetsPoint), (kept.both, met.meetsBoth),
    ] {
      let (drawn, exact) = (try #require(drawn), try #require(exact))
      #expect(drawn.low <= exact.high && exact.low <= drawn.high, "\(drawn) \(exact)")
    }
    let mean = try #require(outcome.loss.mean())
    #expect(outcome.loss.isExact)
    #expect(abs(try #require(loss.loss).mean - mean.value) <= 0.02 * mean.value + 1e-5)
  }

  @Test("a lost volume without a copy is a loss of everything, and what follows is the making anew")
  func everything() throws {
    let body = """
      components:
        ledger: {data: {volumes: {v: {}}, rebuild: 10 h}, objectives: {o: {rpo: 1 d}}, fails: {gone: {mtbf: 990 h, loses: volume}}}
      capabilities: {service: {depends-on: {ledger: hard}}}
      """
    let result = try Self.result(body)
    let loss = try #require(result.dataLosses.first)
    #expect(loss.lossesOfAllPerYear.holds(8.76) && loss.lostHoursPerYear == nil && loss.loss == nil)
    #expect(loss.attainments[0].inPoint?.value == 0)
    #expect(result["service"].unavailability.holds(0.01))
  }

  @Test("only the units that hold the data lose it: the replica is the source")
  func replicas() throws {
    let body = """
      components:
        ledger:
          roles: {writer: {count: 1}, reader: {count: 2, required: 0}}
          data: {volumes: {v: {}}}
          backups: {replication: {to: [reader], lag: 10 s, takes: 1 min}}
          objectives: {o: {rpo: 10 s}}
          fails: {gone: {mtbf: 990 h, recover: 10 h, loses: volume}}
      capabilities: {service: {depends-on: {ledger/writer: hard}}}
      """
    let loss = try #require(try Self.result(body).dataLosses.first)
    #expect(loss.incidentsPerYear.holds(8.76))
    #expect(loss.attainments[0].inPoint?.value == 1)
    #expect(abs((loss.loss?.most ?? 0) - 10.0 / 3600) < 1e-5)
  }

  @Test("the loss of a host takes every store that is all on it")
  func places() throws {
    let body = """
      domains: {host: {kind: node, fails: {loss: {mtbf: 990 h, lasts: 10 h, loses: volume}}}}
      components:
        a: {in: host, data: {volumes: {va: {}}}, backups: {full: {every: 1 h, keep: 1 d, restore: 1 h}}}
        b: {in: host, data: {volumes: {vb: {}}}, backups: {full: {every: 24 h, keep: 9 d, restore: 1 h}}}
        c: {data: {volumes: {vc: {}}}}
      capabilities: {service: {depends-on: {a: hard}}}
      """
    let losses = try Self.result(body).dataLosses
    #expect(losses.map(\.failure.component) == [0, 1])
    #expect(losses.allSatisfy { $0.incidentsPerYear.holds(8.76) })
    #expect(try #require(losses[0].lostHoursPerYear).holds(8.76 * 0.5))
    #expect(try #require(losses[1].lostHoursPerYear).holds(8.76 * 12))
  }

  @Test("the same for any number of threads, and what does not lose data keeps its luck")
  func determinism() throws {
    let body = Self.model(
      "full: {every: 24 h, keep: 30 d, works: 90 %, restore: {exponential: 2 h}}",
      fails:
        "gone: {mtbf: 200 h, detect: {exponential: 1 h}, loses: volume}, crash: {mtbf: 100 h, lasts: 1 h}")
    let (one, three) = (try Self.result(body), try Self.result(body, threads: 3))
    #expect(one.fingerprint == three.fingerprint)
    #expect(
      "\(one.dataLosses[0].lostHoursPerYear as Any)" == "\(three.dataLosses[0].lostHoursPerYear as Any)")
  }
}
