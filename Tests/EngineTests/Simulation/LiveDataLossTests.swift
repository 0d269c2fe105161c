import Quantities
import ServiceModel
import Simulation
import Stochastics
import Testing

/// Losses of data whose restore waits for people, against closed forms and against the same losses without anybody to wait for.
@Suite("Data lost where restores wait for crews")
struct LiveDataLossTests {
  /// Two stores with hourly snapshots, restored in half an hour.
  static func stores(_ fails: String, crews: String = "", count: Int = 2) -> String {
    let store = { (name: String) in
      """
        \(name):
          data: {volumes: {\(name)-data: {}}, rebuild: 1 w}
          backups: {full: {every: 1 h, keep: 7 d, restore: 30 min}}
          objectives: {tier-1: {rto: 45 min, rpo: 15 min}}
          fails: {gone: {\(fails), loses: volume}}
      """
    }
    let names = ["ledger", "orders"].prefix(count)
    return """
      \(crews)
      components:
      \(names.map(store).joined(separator: "\n"))
      capabilities: {service: {depends-on: {\(names.map { "\($0): hard" }.joined(separator: ", "))}}}
      """
  }

  /// Both fail at 100 h: one is restored in 30 min and one in 60.
  @Test(
    "of two restores at once one crew does the second half an hour later, which misses an RTO of 45 min")
  func contention() throws {
    let body = Self.stores(
      "lifetime: {deterministic: 100 h}, crew: dba", crews: "crews: {dba: {count: 1}}")
    let plan = SimulationPlan(
      years: 150.0 / 8760, replications: 400, start: .new, confidence: Simulated.fourAndAHalf)
    let result = try Simulated.result(body, plan)
    #expect(result.lossesNotDrawn.isEmpty && result.dataLosses.count == 2)
    #expect(result.dataLosses.reduce(0) { $0 + $1.incidents } == 800)
    // The first to ask has the crew at once.
    for (loss, (hours, share)) in zip(result.dataLosses, [(0.5, 1.0), (1.0, 0.0)]) {
      let back = try #require(loss.recovery)
      #expect(abs(back.mean - hours) < 1e-5 && abs(back.most - hours) < 1e-5)
      let kept = try #require(loss.attainments.first)
      #expect(try #require(kept.inTime).value == share)
      // The wait does not change what is lost: any instant of the hour since the last snapshot.
      #expect(try #require(kept.inPoint).holds(0.25))
      #expect(try #require(kept.both).holds(0.25 * share))
    }
  }

  /// A crew that nobody has to wait for.
  @Test("without contention a crew changes nothing", arguments: [SimulationPlan.Start.new, .steady])
  func nobodyWaits(_ start: SimulationPlan.Start) throws {
    let plan = SimulationPlan(
      years: 10, replications: 2000, start: start, confidence: Simulated.fourAndAHalf)
    let fails = "mtbf: 4380 h, detect: 10 min"
    let alone = try Simulated.result(Self.stores(fails, count: 1), plan)
    let body = Self.stores("\(fails), crew: dba", crews: "crews: {dba: {count: 1}}", count: 1)
    let crewed = try Simulated.result(body, plan)
    let (one, other) = (try #require(alone.dataLosses.first), try #require(crewed.dataLosses.first))
    // Up 4,380 h, down 40 min.
    let perYear = 8760 / (4380 + 2.0 / 3)
    for loss in [one, other] {
      let kept = try #require(loss.attainments.first)
      if start == .steady { #expect(loss.incidentsPerYear.holds(perYear)) }
      #expect(try #require(kept.inPoint).holds(0.25))
      #expect(try #require(kept.inTime).value == 1)
      #expect(abs(try #require(loss.recovery).most - 2.0 / 3) < 1e-5)
      #expect(try #require(loss.loss).most <= 1)
    }
    let difference = abs(one.incidentsPerYear.value - other.incidentsPerYear.value)
    #expect(difference <= one.incidentsPerYear.halfWidth + other.incidentsPerYear.halfWidth)
  }

  /// Content: everything since the last backup before the deletion, and what was written until somebody noticed. An on-call
  /// response makes the process live though there is no crew.
  @Test("an outage that waits for the hours on call draws its loss, too")
  func onCall() throws {
    let body = """
      responses: {office: {after: 0 s, on-call: {\(WatchedOutageTests.weekdays)}}}
      components:
        ledger:
          data: {volumes: {ledger-data: {}}, rebuild: 1 w}
          backups: {full: {every: 24 h, keep: 30 d, restore: 2 h}}
          fails: {deleted: {lifetime: {deterministic: 100 h}, detect: 1 h, respond: office, loses: deletion}}
      capabilities: {service: {depends-on: {ledger: hard}}}
      """
    let plan = SimulationPlan(
      years: 101.0 / 8760, replications: 500, start: .new, confidence: Simulated.fourAndAHalf)
    let loss = try #require(try Simulated.result(body, plan).dataLosses.first)
    // Friday 04:00, noticed at 05:00, begun at 08:00 and done at 10:00, after the horizon.
    #expect(loss.incidents == 500)
    #expect(abs(try #require(loss.recovery).mean - 6) < 1e-5)
    let spread = try #require(loss.loss)
    #expect(spread.mean > 8 && spread.most <= 25 + 1e-6)
  }

  @Test("the same bits with 1 and 3 threads")
  func threads() throws {
    let body = Self.stores("mtbf: 300 h, crew: dba", crews: "crews: {dba: {count: 1}}")
    var plan = SimulationPlan(years: 1, replications: 300, seed: 4)
    let one = try Simulated.result(body, plan).dataLosses.map { "\($0)" }
    plan.threads = 3
    #expect(try Simulated.result(body, plan).dataLosses.map { "\($0)" } == one)
  }
}
