import Foundation
import Quantities
import Recovery
import Reliability
import Reports
import ServiceGraph
import ServiceModel
import Simulation
import Stochastics
import Testing

/// What failures lose that a failover answers: simulated years and laws against closed forms.
@Suite("Data lost by a failover")
struct MoveLossTests {
  static let replication = "replication: {to: [reader], lag: {exponential: 20 s}}"

  static func model(
    _ backups: String = replication, loses: String = "",
    takes: String = "{uniform: {min: 2 min, max: 5 min}}",
    lasts: String = "30 min"
  ) -> String {
    """
    components:
      w:
        roles: {writer: {count: 1}, reader: {count: 1}}
        failover: {writer: {from: [reader], detect: 30 s, takes: \(takes), works: 90 %, manual: 25 min\(loses)}}
        data: {volumes: {v: {size: 1 GB}}, rebuild: 9 h}
        backups: {\(backups)}
        objectives: {o: {rto: 5 min, rpo: 30 s}}
        fails: {instance: {mtbf: 1000 h, lasts: \(lasts), loses: transactions}}
    capabilities: {service: {depends-on: {w/writer: hard}}}
    """
  }

  /// Back within 5 min: half a minute and a move of at most 4.5 min, 2.5 of 3 min, where it works by itself. An exponential
  /// lag of 20 s on average is below 30 s with 1 − e^−1.5. Without the role: 0.5 + 0.9 × 3.5 + 0.1 × 25 min.
  @Test(
    "the lag of the replica is lost, whatever the failover states besides", arguments: ["", ", loses: 10 s"])
  func lag(loses: String) throws {
    let result = try DataLossTests.result(Self.model(loses: loses))
    let loss = try #require(result.dataLosses.first)
    #expect(result.dataLosses.count == 1 && loss.failure.name == "w/instance")
    let kept = try #require(loss.attainments.first)
    let (inTime, inPoint) = (0.9 * 2.5 / 3, 1 - exp(-1.5))
    #expect(try #require(kept.inTime).holds(inTime))
    #expect(try #require(kept.inPoint).holds(inPoint))
    #expect(try #require(kept.both).holds(inTime * inPoint))
    let perYear = 8760 / (1000 + 6.15 / 60)
    #expect(loss.incidentsPerYear.holds(perYear))
    #expect(try #require(loss.lostHoursPerYear).holds(perYear * 20 / 3600))
    #expect(kept.missesPerYear.holds(perYear * (1 - inTime * inPoint)))
    #expect(abs(try #require(loss.recovery).mean * 60 / 6.15 - 1) < 0.02)
    #expect(loss.lossesOfAllPerYear.value == 0)
  }

  /// A role that waits for one move is without a holder for a minute; planned work on either unit moves it as well, every
  /// 100 h, before the unit that holds it goes down.
  @Test(
    "planned moves are no failures and lose nothing",
    arguments: ["", "planned: {deploy: {every: 100 h, takes: 5 min}}"])
  func plannedMoves(planned: String) throws {
    let graph = try ModelText.graph(
      """
      components:
        w:
          roles: {writer: {count: 1}, reader: {count: 1}}
          failover: {writer: {from: [reader], detect: 0 s, takes: 1 min, loses: 10 s}}
          \(planned)
          fails: {instance: {mtbf: 1000 h, lasts: 20 min}}
      capabilities: {service: {depends-on: {w/writer: hard}}}
      """)
    let plan = SimulationPlan(replications: 2000, seed: 5, confidence: Simulated.fourAndAHalf)
    let result = Simulator(graph, plan: plan).run()
    let moves = try #require(result.failovers.first)
    #expect(moves.unplannedPerYear.holds(8760 / (1000 + 1.0 / 60)))
    #expect(planned.isEmpty ? moves.perYear == moves.unplannedPerYear : moves.perYear.value > 87)
    let report = SimulateReport(header: ResultHeader(graph: graph, bindings: []), result: result, checks: [])
    let json = try JSONSerialization.jsonObject(with: Data(report.json().text.utf8)) as? [String: Any]
    let failovers = (json?["results"] as? [String: Any])?["failovers"] as? [[String: Any]]
    let lost = try #require(failovers?.first?["lostHoursPerYear"] as? [String: Any])
    let hours = try #require(lost["value"] as? Double)
    #expect(abs(hours / (moves.unplannedPerYear.value * 10 / 3600) - 1) < 1e-9)
  }

  /// A thousand years and more are counted as 10⁷ h; whether the objective was kept is asked of the loss itself.
  @Test("a lag of thousands of years is counted as the longest loss, and misses what is shorter than it")
  func longestLoss() throws {
    let body = Self.model("replication: {to: [reader], lag: 3000 y}")
      .replacingOccurrences(of: "rpo: 30 s", with: "rpo: 2000 y")
    let loss = try #require(try DataLossTests.result(body).dataLosses.first)
    let spread = try #require(loss.loss)
    #expect(spread.most == 1e7 && spread.p99 == 1e7 && loss.lossesOfAllPerYear.value == 0)
    let lost = try #require(loss.lostHoursPerYear)
    #expect(abs(lost.value / (loss.incidentsPerYear.value * spread.mean) - 1) < 1e-9)
    // Only a holder that is back before anybody has taken the role has lost less.
    #expect(try #require(loss.attainments[0].inPoint).value < 0.01)
  }

  @Test("what is lost each time is all, and what was missed now and then is not kept in 100 % of cases")
  func words() throws {
    let graph = try ModelText.graph(
      """
      components:
        w:
          data: {volumes: {v: {size: 1 GB}}}
          objectives: {tier-1: {rto: 12 min 30 s}, tier-2: {rto: 4 h}}
          fails:
            gone:
              mtbf: 100 h
              lasts: {mixture: [{weight: 99.95 %, takes: 10 min}, {weight: 0.05 %, takes: 1 h}]}
              loses: volume
      capabilities:
        service: {depends-on: {w: hard}, objectives: {fast: {rto: 12 min 30 s}, slow: {rto: 4 h}}}
      """)
    let plan = SimulationPlan(years: 10, replications: 40, seed: 5)
    let result = Simulator(graph, plan: plan).run()
    let text = TextRenderer().text(
      SimulateReport(header: ResultHeader(graph: graph, bindings: []), result: result, checks: []).document)
    let lines = text.split(separator: "\n")
    let fast = try #require(lines.first { $0.contains("RTO 12.5 min, fast") })
    #expect(fast.contains("kept in 99.9") && !fast.contains("100 %"))
    #expect(lines.contains { $0.contains("RTO 4 h, slow") && $0.contains("kept in 100 % of outages") })
    let losses = lines.drop { !$0.contains("Data lost") }
    let store = try #require(losses.first { $0.contains("w/gone") })
    #expect(store.contains(" all ") && !store.contains("none seen  "))
  }

  @Test("what one move loses is the lag that is stated, else what the failover states")
  func lossOfOneMove() throws {
    func mean(_ body: String) throws -> Double? {
      let component = try ModelText.model(body).components[0]
      return component.loss(of: component.failovers[0])?.mean
    }
    let full = "full: {every: 24 h, keep: 30 d, restore: 2 h}"
    #expect(try mean(Self.model()) == 20.0 / 3600)
    #expect(try mean(Self.model(loses: ", loses: 10 s")) == 20.0 / 3600)
    #expect(try mean(Self.model(full, loses: ", loses: 10 s")) == 10.0 / 3600)
    let silent = Self.model(full).replacingOccurrences(of: ", loses: transactions", with: "")
    #expect(try mean(silent) == nil)
  }

  @Test("a holder that returns before anybody has taken the role has lost nothing")
  func returned() throws {
    let result = try DataLossTests.result(Self.model(takes: "11 h", lasts: "10 min"))
    let loss = try #require(result.dataLosses.first)
    #expect(try #require(loss.recovery).most * 6 - 1 < 1e-3)
    #expect(loss.lostHoursPerYear == nil)
    #expect(loss.attainments[0].inPoint?.value == 1)
    #expect(loss.incidentsPerYear.holds(8760 / (1000 + 1.0 / 6)))
  }

  /// 1 / (mean up time + mean time without the role), and the mean lag each time.
  @Test("the recovery report says how often, and what that loses a year")
  func frequency() throws {
    let graph = try ModelText.graph(Self.model())
    let text = RecoveryReport(header: ResultHeader(graph: graph, bindings: [])).json.text
    let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let data = (json?["results"] as? [String: Any])?["data"] as? [String: Any]
    let failures = try #require(data?["w"] as? [[String: Any]])
    let own = try #require(failures.first { $0["failure"] as? String == "w/instance" })
    let perYear = 8760 / (1000 + 6.15 / 60)
    #expect(abs(try #require(own["perYear"] as? Double) / perYear - 1) < 1e-3)
    #expect(abs(try #require(own["lostHoursPerYear"] as? Double) / (perYear * 20 / 3600) - 1) < 0.02)
  }

  @Test("a failure that takes the replica down too is not answered from it")
  func replicaIsHit() throws {
    func sources(_ scope: String) throws -> [String] {
      let body = """
        domains: {host: {kind: node, fails: {loss: {mtbf: 990 h, lasts: 10 h, loses: volume}}}}
        components:
          w:
            in: host
            roles: {writer: {count: 1}, reader: {count: 1}}
            data: {volumes: {v: {}}}
            backups:
              replication: {to: [reader], lag: 10 s, takes: 1 min}
              full: {every: 24 h, keep: 30 d, restore: 2 h}
            fails: {gone: {\(scope)mtbf: 1000 h, lasts: 1 h, loses: volume}}
        capabilities: {service: {depends-on: {w/writer: hard}}}
        """
      return try ModelText.model(body).storeFailures.map {
        $0.scenario.sources.map { $0.name }.joined(separator: ", ")
      }
    }
    #expect(try sources("") == ["replica, full", "full"])
    #expect(try sources("scope: component, ") == ["full", "full"])
    #expect(try sources("scope: node, ") == ["full", "full"])
  }

  /// Half an hour until it is noticed, half an hour until somebody responds and two hours of restoring, after 997 h.
  @Test("the loss of a place lasts as long as the restore of what is in it")
  func place() throws {
    let body = """
      domains:
        r: {kind: region, fails: {gone: {mtbf: 997 h, loses: region, detect: 30 min, respond: 30 min}}}
      components:
        a:
          in: r
          data: {volumes: {v: {size: 1 GB}}, rebuild: 9 h}
          backups: {full: {every: 24 h, keep: 30 d, takes: 1 h, restore: 2 h, in: other-region}}
          objectives: {o: {rto: 3 h, rpo: 13 h}}
        b: {in: r}
      capabilities: {service: {depends-on: {b: hard}}}
      """
    #expect(
      abs(try SteadyState.results(of: try ModelText.graph(body))[0].unavailability - 3.0 / 1000) < 1e-12)
    let result = try DataLossTests.result(body)
    let loss = try #require(result.dataLosses.first)
    #expect(loss.incidentsPerYear.holds(8.76))
    // At least an hour old and at most a day older than that.
    #expect(try #require(loss.attainments[0].inPoint).holds(0.5))
    #expect(loss.attainments[0].inTime?.value == 1)
    #expect(try #require(loss.lostHoursPerYear).holds(8.76 * 13))
    #expect(result["service"].unavailability.holds(0.003))
  }
}
