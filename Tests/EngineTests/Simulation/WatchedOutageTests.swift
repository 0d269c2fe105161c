import Diagnostics
import Reliability
import ServiceGraph
import ServiceModel
import Simulation
import Stochastics
import Testing

/// Detectors that are down themselves, and responses with hours on call.
@Suite("Outages that depend on who watches")
struct WatchedOutageTests {
  // MARK: Detectors that are down

  /// A part that fails at rate 1 / M, is noticed at rate δ while its detector can see and ω while it can not, and is
  /// repaired in R. The detector is up for m and down for d on average, exponentially, independent of the part.
  ///
  /// From the failure to the notice it is a chain of two states with mean times
  ///
  ///     E_up = (1 + E_down / m) / (δ + 1 / m),  E_down = (1 + E_up / d) / (ω + 1 / d),
  ///
  /// and by the next failure the detector has forgotten its state at the notice but for e^(−θR) / (1 + θM),
  /// θ = 1 / m + 1 / d, which settles the chance p that it is down at a failure.
  struct Watch: CustomTestStringConvertible {
    let upHours: Double
    let downHours: Double
    let noticeHours: Double
    /// How long until somebody notices without it; `nil`: nobody does.
    let otherwiseHours: Double?

    var testDescription: String {
      "up \(upHours) h, down \(downHours) h, otherwise \(otherwiseHours ?? .infinity)"
    }

    static let lifeHours = 400.0
    static let repairHours = 2.0

    var unavailability: Double {
      let (fail, repair, see) = (1 / upHours, 1 / downHours, 1 / noticeHours)
      let unseen = otherwiseHours.map { 1 / $0 } ?? 0
      // E_up and E_down, and the chances to be noticed while it is down, from either state.
      let whileDown = unseen + repair
      let up = (1 + fail / whileDown) / (see + fail - fail * repair / whileDown)
      let down = (1 + repair * up) / whileDown
      let fromUp = fail * unseen / ((see + fail) * whileDown - fail * repair)
      let fromDown = (unseen + repair * fromUp) / whileDown
      let longRun = downHours / (upHours + downHours)
      let theta = fail + repair
      let memory = portableExp(-theta * Watch.repairHours) / (1 + theta * Watch.lifeHours)
      var isDown = longRun
      for _ in 0..<60 {
        let atNotice = (1 - isDown) * fromUp + isDown * fromDown
        isDown = longRun + (atNotice - longRun) * memory
      }
      let outage = (1 - isDown) * up + isDown * down + Watch.repairHours
      return outage / (outage + Watch.lifeHours)
    }
  }

  @Test(
    "a detector that is down notices later",
    arguments: [
      Watch(upHours: 90, downHours: 10, noticeHours: 0.5, otherwiseHours: nil),
      Watch(upHours: 20, downHours: 20, noticeHours: 5, otherwiseHours: nil),
      Watch(upHours: 20, downHours: 20, noticeHours: 5, otherwiseHours: 8),
      Watch(upHours: 50, downHours: 100, noticeHours: 1, otherwiseHours: 30),
    ])
  func detectorDown(_ watch: Watch) throws {
    let otherwise = watch.otherwiseHours.map { ", otherwise: {exponential: \($0) h}" } ?? ""
    let result = try Simulated.result(
      """
      detectors: {alert: {after: {exponential: \(watch.noticeHours) h}, needs: [prometheus]\(otherwise)}}
      components:
        prometheus: {fails: {down: {mtbf: \(watch.upHours) h, lasts: {exponential: \(watch.downHours) h}}}}
        api: {fails: {crash: {mtbf: \(Watch.lifeHours) h, detect: alert, recover: \(Watch.repairHours) h}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """,
      SimulationPlan(years: 10, replications: 100, seed: 11, confidence: Simulated.fourAndAHalf))
    let found = result["service"].unavailability
    #expect(found.holds(watch.unavailability), "\(found), \(watch.unavailability)")
  }

  /// Without a word about detectors being down a detector with `needs` that never fail is one without.
  @Test func `sight that never fails changes nothing`() throws {
    func text(_ needs: String) -> String {
      """
      detectors: {alert: {after: 1 h\(needs)}}
      components: {prometheus: {}, api: {fails: {crash: {lifetime: {deterministic: 99 h}, detect: alert, recover: 1 h}}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """
    }
    #expect(
      try Simulated.once(text(", needs: [prometheus]")).fingerprint == Simulated.once(text("")).fingerprint)
  }

  /// Down from 999 h to 1,003 h; a failure at 1,000 h that takes 2 h to notice is noticed at 1,005 h.
  @Test func `a detection under way stands still while its detector is down`() throws {
    let result = try Simulated.once(
      """
      detectors: {alert: {after: 2 h, needs: [prometheus]}}
      components:
        prometheus: {fails: {down: {lifetime: {deterministic: 999 h}, lasts: 4 h}}}
        api: {fails: {crash: {lifetime: {deterministic: 998 h}, detect: alert, recover: 1 h}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """, years: 1500.0 / 8760)
    // It fails at 998 h, is watched for 1 h, waits 4 h, is watched for 1 h and repaired in 1 h.
    #expect(abs(result["service"].downtimeHours(years: 1500.0 / 8760) - 7) < 1e-5)
  }

  /// The holder is lost at 1,000 h, Prometheus is down from 999 h to 1,003 h: 3 h, then 6 min to notice, 3 min to move.
  @Test func `a failover waits for its detector`() throws {
    let result = try Simulated.once(
      """
      detectors: {alert: {after: 6 min, needs: [prometheus]}}
      domains:
        za: {kind: zone, fails: {outage: {lifetime: {deterministic: 1000 h}, lasts: 10 h}}}
        zb: {kind: zone}
      components:
        prometheus: {fails: {down: {lifetime: {deterministic: 999 h}, lasts: 4 h}}}
        ledger:
          roles: {writer: {count: 1, in: za}, reader: {count: 1, in: zb}}
          failover: {writer: {from: [reader], detect: alert, takes: 3 min}}
      capabilities: {writing: {depends-on: {ledger/writer: hard}}}
      """)
    #expect(abs(result["writing"].downtimeHours() - 3.15) < 1e-5)
    #expect(result["writing"].outagesPerYear.value == 1)
  }

  // MARK: Hours on call

  static let weekdays = "from: \"08:00\", to: \"20:00\", days: [mon, tue, wed, thu, fri]"

  /// It fails at 100 h, Friday 04:00, and waits for 08:00; it fails at 205 h, Tuesday 13:00, and nobody has to be waited
  /// for: 4 h + 1 h + 1 h. Notice at 100 h and a response of 2 h outside the hours make it 3 h + 1 h.
  @Test(arguments: [("", 6.0), (", otherwise: 2 h", 4.0)])
  func `somebody comes by the hour of the week`(otherwise: String, hours: Double) throws {
    let result = try Simulated.once(
      """
      responses: {office: {after: 0 s, on-call: {\(Self.weekdays)\(otherwise)}}}
      components: {api: {fails: {crash: {lifetime: {deterministic: 100 h}, respond: office, recover: 1 h}}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """, years: 290.0 / 8760)
    #expect(abs(result["service"].downtimeHours(years: 290.0 / 8760) - hours) < 1e-5)
  }

  /// The exact engine takes the mean over the week; failures at any hour alike agree with it.
  @Test(arguments: ["", ", otherwise: {exponential: 3 h}"])
  func `the mean over the week is that of the exact engine`(otherwise: String) throws {
    let body = """
      responses: {office: {after: {uniform: {min: 0 h, max: 1 h}}, on-call: {\(Self.weekdays)\(otherwise)}}}
      components: {api: {fails: {crash: {mtbf: 3000 h, detect: 1 h, respond: office, recover: 1 h}}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """
    let graph = try ModelText.graph(body)
    let exact = try SteadyState.results(of: graph)[0]
    let result = try Simulated.result(
      body, SimulationPlan(years: 20, replications: 200, seed: 3, confidence: Simulated.fourAndAHalf))
    #expect(
      result["service"].unavailability.holds(exact.unavailability), "\(result["service"].unavailability)")
    #expect(exact.approximations.contains { $0.contains("over the week") })
    // Twelve hours of each of five days: gaps of 12 h four times and of 60 h.
    let waitingHours = 4176.0 / 336
    let shareOutside = 108.0 / 168
    let mean = otherwise.isEmpty ? 2.5 + waitingHours : 2.5 + shareOutside * 2.5
    #expect(abs(exact.unavailability - mean / (3000 + mean)) < 1e-12)
  }

  /// At 1,000 h, Sunday 16:00, the zone of the writer goes down until 1,026 h: nobody comes before Monday, and the role
  /// moves in 3 min, once.
  @Test func `roles move while somebody is waited for`() throws {
    let result = try Simulated.once(
      """
      responses: {office: {after: 0 s, on-call: {\(Self.weekdays)}}}
      domains:
        za: {kind: zone, fails: {outage: {lifetime: {deterministic: 1000 h}, respond: office, recover: 10 h}}}
        zb: {kind: zone}
      components:
        ledger:
          roles: {writer: {count: 1, in: za}, reader: {count: 1, in: zb}}
          failover: {writer: {from: [reader], takes: 3 min}}
      capabilities:
        writing: {depends-on: {ledger/writer: hard}}
        reading: {depends-on: {ledger/reader: hard}}
      """, years: 1500.0 / 8760)
    #expect(abs(result["writing"].downtimeHours(years: 1500.0 / 8760) - 0.05) < 1e-5)
    #expect(abs(result["reading"].downtimeHours(years: 1500.0 / 8760) - 25.95) < 1e-5)
  }

  /// In the long run a role whose holder is down at time 0 has moved; the chain of the exact engine agrees.
  @Test func `the long run begins with roles moved`() throws {
    func text(_ respond: String) -> String {
      """
      responses: {office: {after: 1 h, on-call: {\(Self.weekdays), otherwise: 1 h}}}
      domains:
        za: {kind: zone, fails: {outage: {mtbf: 50 h, \(respond)recover: {exponential: 10 h}}}}
        zb: {kind: zone}
      components:
        ledger:
          roles: {writer: {count: 1, in: za}, reader: {count: 1, in: zb}}
          failover: {writer: {from: [reader], takes: 3 min}}
      capabilities: {reading: {depends-on: {ledger/reader: hard}}, writing: {depends-on: {ledger/writer: hard}}}
      """
    }
    let plan = SimulationPlan(years: 1, replications: 400, seed: 8, confidence: Simulated.fourAndAHalf)
    let live = try Simulated.result(text("respond: office, "), plan)
    let plain = try Simulated.result(text("respond: 1 h, "), plan)
    for name in ["reading", "writing"] {
      let (left, right) = (live[name].unavailability, plain[name].unavailability)
      #expect(left.low <= right.high && right.low <= left.high, "\(name): \(left), \(right)")
    }
  }

  @Test func `threads do not matter`() throws {
    let body = """
      detectors: {alert: {after: 1 h, needs: [prometheus], otherwise: 9 h}}
      responses: {office: {after: 0 s, on-call: {\(Self.weekdays)}}}
      components:
        prometheus: {replicas: {count: 2, required: 1}, fails: {down: {mtbf: 50 h, lasts: {exponential: 20 h}}}}
        api: {fails: {crash: {mtbf: 100 h, detect: alert, respond: office, recover: 1 h}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """
    let results = try [1, 2, 3].map { threads in
      try Simulated.result(body, SimulationPlan(years: 1, replications: 60, threads: threads))
    }
    #expect(Set(results.map(\.fingerprint)).count == 1)
  }

  // MARK: The graph

  /// Two Prometheus, 50 h up and 10 h down, one of which is enough, and one router: 1 − (1 − 1/36) (1 − 1/100).
  @Test func `how often a detector can see is exact`() throws {
    let model = try ModelText.model(
      """
      detectors: {alert: {after: 1 h, needs: [prometheus, router]}}
      components:
        prometheus: {replicas: {count: 2, required: 1}, fails: {down: {mtbf: 50 h, lasts: 10 h}}}
        router: {fails: {down: {mtbf: 99 h, lasts: 1 h}}}
        api: {fails: {crash: {mtbf: 100 h, detect: alert, recover: 1 h}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """)
    let detectors = try #require(model.ofDetectors)
    let found = try SteadyState.unavailabilities(of: CompiledGraph(detectors))
    #expect(abs(found[0] - (1 - 35.0 / 36 * 99 / 100)) < 1e-12)
    #expect(model.delays[0].users == ["api/crash"])
  }

  @Test func `what blinds a detector together with what it watches is named`() throws {
    let graph = try ModelText.graph(
      """
      domains: {host: {kind: node, fails: {loss: {mtbf: 1 y, lasts: 4 h}}}}
      detectors: {alert: {after: 1 h, needs: [prometheus]}}
      components:
        prometheus: {in: host, fails: {down: {mtbf: 50 h, lasts: 10 h}}}
        api: {in: host, fails: {crash: {mtbf: 100 h, detect: alert, recover: 1 h}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """)
    #expect(graph.seeingGates.map(\.sharedFate) == [["host/loss"]])
    #expect(graph.liveProcesses.count == 3)
    #expect(graph.dependentGroups.isEmpty)
  }

  /// What can not be is found with its place, and never hangs.
  @Test(
    arguments: [
      (
        "nobody-notices",
        """
        detectors: {alert: {after: 1 h, needs: [prometheus]}}
        components: {prometheus: {fails: {down: {mtbf: 50 h, detect: alert, recover: 1 h}}}}
        capabilities: {service: {depends-on: {prometheus: hard}}}
        """
      ),
      (
        "detector-needs-failover",
        """
        detectors: {alert: {after: 1 h, needs: [ledger/writer]}}
        components:
          api: {fails: {crash: {mtbf: 50 h, detect: alert, recover: 1 h}}}
          ledger:
            roles: {writer: {count: 1}, reader: {count: 1}}
            failover: {writer: {from: [reader], takes: 3 min}}
        capabilities: {service: {depends-on: {api: hard}}}
        """
      ),
    ])
  func refused(slug: String, body: String) throws {
    let findings = #expect(throws: Findings.self) { try ModelText.graph(body) }
    #expect(findings?.diagnostics.map { $0.slug } == [slug])
  }

  /// Nobody but `otherwise` notices a witness that is down itself.
  @Test func `a witness that is down is noticed otherwise`() throws {
    let result = try Simulated.once(
      """
      detectors: {alert: {after: 1 h, needs: [prometheus], otherwise: 5 h}}
      components: {prometheus: {fails: {down: {lifetime: {deterministic: 50 h}, detect: alert, recover: 1 h}}}}
      capabilities: {service: {depends-on: {prometheus: hard}}}
      """, years: 100.0 / 8760)
    #expect(abs(result["service"].downtimeHours(years: 100.0 / 8760) - 6) < 1e-5)
  }

  // MARK: Detectors that come and go

  /// What a detector needs runs twice by day, from 8:00 to 20:00, and once by night; whoever is left is down when the part
  /// fails, and nobody sees that before it is back.
  @Test(arguments: [
    // The only one there is down from 21:00 to 26:00; the part fails at 22:00.
    ("", "lifetime: {deterministic: 21 h}, lasts: 5 h", 22, 4.0),
    // Unit 1 takes over at 10:00 and leaves at 20:00; unit 0 works again and is down from 30:00 to 31:00.
    (
      "standby: {running: 1, dormancy: cold}, ", "lifetime: {deterministic: 10 h}, lasts: 1 h", 30.2, 0.8
    ),
  ])
  func `one that is not there sees nothing`(
    standby: String, fails: String, failsAt: Double, blindHours: Double
  ) throws {
    let years = 36.0 / 8760
    let result = try Simulated.once(
      """
      detectors: {alert: {after: 30 min, needs: [prometheus], otherwise: 9 h}}
      components:
        prometheus:
          {replicas: {count: 1, required: 1}, \(standby)fails: {down: {\(fails)}},
           autoscaling: {min: 1, max: 2, target: 50 %, down-delay: 0 s}}
        api: {fails: {crash: {lifetime: {deterministic: \(failsAt) h}, detect: alert, recover: 1 h}}}
      capabilities:
        service: {depends-on: {api: hard}}
        watch:
          depends-on: {prometheus: hard}
          demand: {prometheus: 1}
          profile: {day: [{from: "00:00", load: 50 %}, {from: "08:00", load: 100 %}, {from: "20:00", load: 50 %}]}
      """, years: years)
    #expect(abs(result["service"].downtimeHours(years: years) - (blindHours + 1.5)) < 1e-4)
  }
}
