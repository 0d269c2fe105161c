import Reliability
import ServiceGraph
import Simulation
import Stochastics
import Testing

/// Planned work in cases of which the answer is known.
@Suite("Planned work")
struct PlannedTimeTests {
  static func service(_ components: String, demand: String = "") -> String {
    components + "\ncapabilities: {service: {depends-on: {api: hard}\(demand)}}\n"
  }

  // MARK: Nothing is random

  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let components: String
    let hours: Double
    let downHours: Double
    var plannedHours: Double?
  }

  /// Begun new: occasions at `every`, twice that, …; with a window at the opening then or next. Sunday 02:00 is hour 146.
  static let cases = [
    Case(
      testDescription: "one unit, 52 weeks of 2 min",
      components: "components: {api: {planned: {deploy: {every: 1 w, takes: 2 min}}}}", hours: 8760,
      downHours: 52.0 / 30),
    Case(
      testDescription: "every Sunday from the second on, 51 times 30 min",
      components: """
        components:
          api: {replicas: 3, planned: {patch: {every: 1 w, takes: 30 min, at-once: all, window: {from: "02:00", to: "05:00", days: [sun]}}}}
        """, hours: 8760, downHours: 51.0 / 2),
    Case(
      testDescription: "a rolling deploy of three that are all needed",
      components: "components: {api: {replicas: 3, planned: {deploy: {every: 100 h, takes: 1 h}}}}",
      hours: 250, downHours: 6),
    Case(
      testDescription: "the same with one needed",
      components:
        "components: {api: {replicas: {count: 3, required: 1}, planned: {deploy: {every: 100 h, takes: 1 h}}}}",
      hours: 250, downHours: 0),
    Case(
      testDescription: "two at once of five, three waves",
      components:
        "components: {api: {replicas: 5, planned: {deploy: {every: 100 h, takes: 1 h, at-once: 2}}}}",
      hours: 150, downHours: 3),
    // Waves at 110 h and 111 h, two more at 278 h and 279 h: the third would begin when the window is closed.
    Case(
      testDescription: "a window of 2 h takes two waves of 1 h, the rest waits a week",
      components: """
        components:
          api: {replicas: 3, planned: {deploy: {every: 109 h, takes: 1 h, window: {from: "14:00", to: "16:00", days: [fri]}}}}
        """, hours: 200, downHours: 2),
    Case(
      testDescription: "what is under way when the window closes is finished",
      components: """
        components:
          api: {planned: {deploy: {every: 109 h, takes: 9 h, window: {from: "14:00", to: "16:00", days: [fri]}}}}
        """, hours: 200, downHours: 9),
    Case(
      testDescription: "a window over the end of the week opens on Sunday",
      components: """
        components:
          api: {planned: {deploy: {every: 160 h, takes: 1 h, window: {from: "22:00", to: "04:00", days: [sun]}}}}
        """, hours: 168, downHours: 1),
    Case(
      testDescription: "a unit has to start afterwards, and that is planned too",
      components:
        "components: {api: {start: {takes: 30 min}, planned: {deploy: {every: 100 h, takes: 1 h}}}}",
      hours: 150, downHours: 1.5),
    Case(
      testDescription: "the next wave waits until the last has started",
      components: """
        components:
          api: {replicas: {count: 2, required: 1}, start: {takes: 3 h}, planned: {deploy: {every: 100 h, takes: 1 h}}}
        """, hours: 150, downHours: 0),
    // Two zones: the work on one never takes the other.
    Case(
      testDescription: "a node at a time",
      components: """
        domains: {za: {kind: zone}, nodes: {kind: pool, nodes: {count: 4, spread: zones}, planned: {drain: {every: 100 h, takes: 1 h}}}}
        components: {api: {replicas: {count: 4, spread: nodes}}}
        """, hours: 150, downHours: 4),
    Case(
      testDescription: "a zone as a whole",
      components: """
        domains: {za: {kind: zone, planned: {power: {every: 100 h, takes: 1 h}}}, zb: {kind: zone}}
        components: {api: {replicas: {count: 4, required: 3, spread: zones}}}
        """, hours: 150, downHours: 1),
    // The holder's unit goes first: 6 min without a writer; it then holds the other role, and the second wave takes the
    // writer again. The detection of 5 h plays no part.
    Case(
      testDescription: "a role moves at once",
      components: """
        components:
          db:
            roles: {writer: {count: 1}, reader: {count: 1, required: 0}}
            failover: {writer: {from: [reader], detect: 5 h, takes: 6 min}}
            planned: {patch: {every: 100 h, takes: 1 h}}
          api: {depends-on: {db/writer: hard}}
        """, hours: 150, downHours: 0.2),
    // All fail at 160 h for 20 h: planned work at 168 h adds nothing, since all is down already.
    Case(
      testDescription: "work on what is down is not waited for, and no planned downtime",
      components: """
        components:
          api: {planned: {deploy: {every: 168 h, takes: 1 h}}, fails: {crash: {lifetime: {deterministic: 160 h}, lasts: 20 h}}}
        """, hours: 200, downHours: 20, plannedHours: 0),
    // Down from 95 h to 105 h for the crash, until 107 h for the work.
    Case(
      testDescription: "work that outlasts a failure is planned from there on",
      components: """
        components:
          api: {planned: {deploy: {every: 100 h, takes: 7 h}}, fails: {crash: {lifetime: {deterministic: 95 h}, lasts: 10 h}}}
        """, hours: 150, downHours: 12, plannedHours: 2),
    // db fails in za at 160 h for 20 h; waves at 168, 169 and 170 h: with two of three needed the last two are an outage.
    Case(
      testDescription: "work beside a failure, without a budget",
      components: """
        domains: {za: {kind: zone, fails: {outage: {lifetime: {deterministic: 160 h}, lasts: 20 h}}}, zb: {kind: zone}, zc: {kind: zone}}
        components: {api: {replicas: {count: 3, required: 2, spread: zones}, planned: {deploy: {every: 168 h, takes: 1 h}}}}
        """, hours: 200, downHours: 2),
    Case(
      testDescription: "the same with a budget that keeps two",
      components: """
        domains: {za: {kind: zone, fails: {outage: {lifetime: {deterministic: 160 h}, lasts: 20 h}}}, zb: {kind: zone}, zc: {kind: zone}}
        components: {api: {replicas: {count: 3, required: 2, spread: zones}, disruption-budget: {keep: 2}, planned: {deploy: {every: 168 h, takes: 1 h}}}}
        """, hours: 200, downHours: 0),
    Case(
      testDescription: "a hard dependency feels it",
      components: """
        components:
          db: {planned: {patch: {every: 100 h, takes: 1 h}}}
          api: {depends-on: {db: hard}}
        """, hours: 150, downHours: 1),
  ]

  @Test("downtime, planned and not", arguments: cases)
  func downtime(_ row: Case) throws {
    let years = row.hours / 8760
    let found = try Simulated.once(Self.service(row.components), years: years)["service"]
    let planned = try #require(found.planned)
    #expect(abs(found.downtimeHours(years: years) - row.downHours) < 1e-4)
    #expect(abs(planned.planned.value * row.hours - (row.plannedHours ?? row.downHours)) < 1e-4)
    let rest = row.downHours - (row.plannedHours ?? row.downHours)
    #expect(abs(planned.unplanned.value * row.hours - rest) < 1e-4)
  }

  @Test("a wave that waits is counted with how long it waits")
  func waits() throws {
    let row = try #require(Self.cases.first { $0.testDescription == "the same with a budget that keeps two" })
    let work = try #require(
      try Simulated.once(Self.service(row.components), years: 200.0 / 8760).planned.first)
    // The first takes what is down already; the second waits from 169 h to 180 h.
    #expect(work.name == "api/planned/deploy")
    #expect(abs(work.waits.value * 200 / 8760 - 1) < 1e-9)
    #expect(abs(try #require(work.meanWaitHours) - 11) < 1e-5)
    #expect(work.cutShort.value == 0)
  }

  @Test("what is left when the next occasion comes is given up")
  func cutShort() throws {
    let result = try Simulated.once(
      Self.service(
        "components: {api: {replicas: {count: 5, required: 1}, planned: {deploy: {every: 10 h, takes: 4 h}}}}"
      ),
      years: 95.0 / 8760)
    let work = try #require(result.planned.first)
    // Nine occasions from 10 h to 90 h; each but the first cuts one short. Waves at 10, 14 and 18 h, the next at 22 h, …
    #expect(abs(work.occasions.value * 95 / 8760 - 9) < 1e-9)
    #expect(abs(work.cutShort.value * 95 / 8760 - 8) < 1e-9)
    #expect(abs(work.waves.value * 95 / 8760 - 22) < 1e-9)
  }

  @Test("a budget that keeps all units is never borne")
  func never() throws {
    let result = try Simulated.once(
      Self.service(
        "components: {api: {replicas: 2, disruption-budget: {keep: 2}, planned: {deploy: {every: 10 h, takes: 1 h}}}}"
      ), years: 100.0 / 8760)
    #expect(result["service"].unavailability.value == 0)
    #expect(result.planned[0].waves.value == 0)
    // Waits from one occasion to the next, 10 h each, ten of them and the last for nothing.
    #expect(abs((result.planned[0].meanWaitHours ?? 0) - 10) < 1e-5)
  }

  /// The service needs a db that is worked on; what is still degraded after it is planned too.
  @Test("a degraded service is planned as far as the work degrades it")
  func served() throws {
    let found = try Simulated.once(
      Self.service(
        "components: {api: {replicas: {count: 4, required: 1}, planned: {deploy: {every: 100 h, takes: 5 h}}}}",
        demand: ", demand: {api: 4}"), years: 150.0 / 8760)["service"]
    // 20 h with three of four.
    #expect(abs(found.unservedHours(years: 150.0 / 8760) - 5) < 1e-4)
    #expect(abs(try #require(found.planned).unserved.value * 150 - 5) < 1e-4)
    #expect(try #require(found.planned).planned.value == 0)
  }

  @Test("an objective that excludes planned work does not count it", arguments: [true, false])
  func excludes(_ excludes: Bool) throws {
    let found = try Simulated.result(
      """
      components: {api: {planned: {deploy: {every: 100 h, takes: 2 h}}, fails: {crash: {lifetime: {deterministic: 150 h}, lasts: 30 min}}}}
      capabilities: {service: {depends-on: {api: hard}, objectives: {p: {availability: 99 %, per: 100 h\(excludes ? ", excludes: planned" : "")}}}}
      """, SimulationPlan(years: 400.0 / 8760, replications: 2, start: .new))["service"]
    let outcome = try #require(found.objectives.first)
    // Work from 100, 200 and 300 h on; 1 h is allowed in each window.
    #expect(outcome.missed?.value == (excludes ? 0 : 0.75))
    #expect(outcome.isMetOnAverage == excludes)
  }
}
