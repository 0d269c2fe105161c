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
