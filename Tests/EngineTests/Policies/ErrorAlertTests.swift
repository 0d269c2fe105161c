import Diagnostics
import ServiceModel
import Simulation
import Stochastics
import Testing

/// Alerts on calls that fail: when they fire, and what they notice.
@Suite("Alerts on failing calls")
struct ErrorAlertTests {
  /// One loss of SAP at 100 h, noticed by an alert on the backend's calls and repaired in 60 min.
  struct Loss: CustomTestStringConvertible {
    let alert: String
    let policies: String
    /// What SAP's failure looks like to calls.
    var look = ""
    var traffic = "calls: 1 /s"
    let outageMinutes: Double
    let source: String

    var testDescription: String { source }

    var text: String {
      """
      detectors: {errors: {after: 6 min, otherwise: 9 h}}
      components:
        backend:
          depends-on: {sap: {soft: 50 %, \(policies)traffic: {\(traffic), alert: {by: errors, \(alert)}}}}
        sap: {fails: {crash: {lifetime: {deterministic: 100 h}, detect: errors, recover: 60 min\(look)}}}
      capabilities: {sap: {depends-on: {sap: hard}}, service: {depends-on: {backend: hard}}}
      """
    }
  }

  static let losses = [
    Loss(alert: "errors: 50 %", policies: "", outageMinutes: 66, source: "the delay alone: 6 + 60"),
    Loss(
      alert: "errors: 50 %", policies: "retry: {attempts: 3, wait: 1 min}, ", outageMinutes: 68,
      source: "retries bridge their waits first: 2 + 6 + 60"),
    Loss(
      alert: "errors: 50 %, over: 30 min", policies: "", outageMinutes: 81,
      source: "a mean over W crosses x of f after W x / f: 15 + 6 + 60"),
    Loss(
      alert: "errors: 10 %, over: 10 min", policies: "", look: ", fails-by: {errors: 40 %}",
      outageMinutes: 68.5,
      source: "of a partial failure: 10 × 0.1 / 0.4 + 6 + 60"),
    Loss(
      alert: "errors: 10 %, over: 10 min", policies: "", look: ", fails-by: {errors: 40 %}",
      traffic: "calls: 1 /s, errors: 5 %", outageMinutes: 66 + 10 * 0.05 / 0.38,
      source: "usual errors are part of it: 10 × (0.1 − 0.05) / (0.4 + 0.6 × 0.05 − 0.05) + 6 + 60"),
    Loss(
      alert: "errors: 0.5 /s", policies: "", outageMinutes: 66,
      source: "a rate is a share of the calls: 0.5 of 1 /s"),
    Loss(
      alert: "errors: 50 %", policies: "", look: ", fails-by: {errors: 40 %}", outageMinutes: 9 * 60 + 60,
      source: "too few errors: noticed otherwise, 9 h + 60"),
    Loss(
      alert: "errors: 50 %", policies: "fallback: {serves: 100 %}, ", outageMinutes: 66,
      source: "a call that a fallback serves has failed: 6 + 60"),
    Loss(
      alert: "errors: 50 %", policies: "retry: {attempts: 2, wait: 10 min}, ", look: "", outageMinutes: 76,
      source: "10 + 6 + 60"),
  ]

  @Test("an outage lasts until its alert fires, and its repair", arguments: losses)
  func noticed(_ loss: Loss) throws {
    let result = try Simulated.once(loss.text, years: 120.0 / 8760)
    let minutes = result["sap"].downtimeHours(years: 120.0 / 8760) * 60
    #expect(abs(minutes - loss.outageMinutes) < 1e-3, "\(minutes)")
    let seen = loss.outageMinutes < 600 ? 1.0 : 0
    #expect(abs(result.alerts[0].outagesSeen.value * 120 / 8760 - seen) < 1e-9)
  }

  /// Outages with exponential lengths, mean M: those longer than d are seen, e^(−d / M) of them, d after their beginning, and
  /// the alert fires for M more.
  @Test func `an alert sees the outages longer than its delay`() throws {
    let (mean, delay) = (10.0 / 60, 4.0 / 60)
    let result = try Simulated.result(
      """
      detectors: {errors: {after: 4 min}}
      components:
        backend: {depends-on: {sap: {soft: 50 %, traffic: {calls: 1 /s, alert: {by: errors, errors: 50 %}}}}}
        sap: {fails: {crash: {mtbf: 20 h, lasts: {exponential: 10 min}}}}
      capabilities: {service: {depends-on: {backend: hard}}}
      """,
      SimulationPlan(years: 1, replications: 60, seed: 3, start: .new, confidence: Simulated.fourAndAHalf))
    let alert = try #require(result.alerts.first)
    let outages = 8760 / (20 + mean)
    let seen = portableExp(-delay / mean)
    #expect(alert.firings.holds(outages * seen), "\(alert.firings), \(outages * seen)")
    #expect(alert.firingHours.holds(outages * seen * mean), "\(alert.firingHours)")
    #expect(abs((alert.meanDelayHours ?? 0) - delay) < 1e-5)
  }

  /// In the long run SAP is down for the delay and its repair of every mtbf, whatever runs before time 0.
  @Test func `begun steady it is down as often as begun new`() throws {
    let result = try Simulated.result(
      """
      detectors: {errors: {after: {exponential: 1 h}, otherwise: 9 h}}
      components:
        backend: {depends-on: {sap: {soft: 50 %, traffic: {calls: 1 /s, alert: {by: errors, errors: 50 %}}}}}
        sap: {fails: {crash: {mtbf: 100 h, detect: errors, recover: {exponential: 2 h}}}}
      capabilities: {sap: {depends-on: {sap: hard}}, service: {depends-on: {backend: hard}}}
      """,
      SimulationPlan(years: 10, replications: 60, seed: 5, confidence: Simulated.fourAndAHalf))
    #expect(result["sap"].unavailability.holds(3.0 / 103), "\(result["sap"].unavailability)")
  }

  /// Prometheus is down from 99 h to 103 h, SAP from 100 h on: the alert counts its 6 min from 103 h.
  @Test func `an alert that is blind begins to count when it sees`() throws {
    let result = try Simulated.once(
      """
      detectors: {errors: {after: 6 min, needs: [prometheus], otherwise: 90 h}}
      components:
        prometheus: {fails: {down: {lifetime: {deterministic: 99 h}, lasts: 4 h}}}
        backend: {depends-on: {sap: {soft: 50 %, traffic: {calls: 1 /s, alert: {by: errors, errors: 50 %}}}}}
        sap: {fails: {crash: {lifetime: {deterministic: 100 h}, detect: errors, recover: 1 h}}}
      capabilities: {sap: {depends-on: {sap: hard}}, service: {depends-on: {backend: hard}}}
      """, years: 150.0 / 8760)
    #expect(abs(result["sap"].downtimeHours(years: 150.0 / 8760) - 4.1) < 1e-5)
  }

  /// What is not called makes no call fail: it is noticed otherwise, or when an alert for something else fires first.
  @Test func `what makes no errors is not seen`() throws {
    let result = try Simulated.once(
      """
      detectors: {errors: {after: 6 min, otherwise: 9 h}}
      components:
        backend: {depends-on: {sap: {soft: 50 %, traffic: {calls: 1 /s, alert: {by: errors, errors: 50 %}}}}}
        sap: {fails: {crash: {lifetime: {deterministic: 104 h}, detect: errors, recover: 30 min}}}
        first: {fails: {crash: {lifetime: {deterministic: 100 h}, detect: errors, recover: 1 h}}}
      capabilities: {service: {depends-on: {backend: hard}}, first: {depends-on: {first: hard}}}
      """, years: 120.0 / 8760)
    // Lost at 100 h; the alert fires for SAP's loss at 104 h 6 min, and who looks sees both.
    #expect(abs(result["first"].downtimeHours(years: 120.0 / 8760) - 5.1) < 1e-5)
  }

  @Test func `an alert that nothing waits for changes nothing`() throws {
    func text(_ alert: String) -> String {
      """
      detectors: {errors: 6 min}
      components:
        backend: {depends-on: {sap: {retry: {attempts: 3, wait: 1 min}, traffic: {calls: 1 /s\(alert)}}}}
        sap: {fails: {crash: {mtbf: 100 h, lasts: {exponential: 30 min}}}}
      capabilities: {service: {depends-on: {backend: hard}}}
      """
    }
    let plan = SimulationPlan(years: 1, replications: 20, seed: 9)
    let with = try Simulated.result(text(", alert: {by: errors, errors: 20 %, over: 5 min}"), plan)
    let without = try Simulated.result(text(""), plan)
    #expect(with.fingerprint == without.fingerprint)
    #expect(with.edges == without.edges)
    #expect(with.alerts.count == 1 && without.alerts.isEmpty)
  }

  // MARK: What can not be

  struct Wrong: CustomTestStringConvertible {
    let slug: String
    var detector = "{after: 6 min, otherwise: 9 h}"
    var alert = "{by: errors, errors: 50 %}"
    var fails = "{crash: {mtbf: 100 h, detect: errors, recover: 1 h}}"
    var traffic = "calls: 1 /s"

    var testDescription: String { slug }

    var text: String {
      """
      detectors: {errors: \(detector)}
      components:
        backend: {depends-on: {sap: {soft: 50 %, traffic: {\(traffic), alert: \(alert)}}}}
        sap: {fails: \(fails)}
      capabilities: {service: {depends-on: {backend: hard}}}
      """
    }
  }

  @Test(
    "an alert that can not be is found where it stands",
    arguments: [
      Wrong(
        slug: "unknown-name", detector: "6 min", alert: "{by: nobody, errors: 50 %}",
        fails: "{crash: {mtbf: 100 h, lasts: 1 h}}"),
      Wrong(slug: "alert-never", alert: "{by: errors, errors: 2 /s}"),
      Wrong(slug: "alert-never", alert: "{by: errors, errors: 100 %}"),
      Wrong(slug: "alert-always", alert: "{by: errors, errors: 1 %}", traffic: "calls: 1 /s, errors: 2 %"),
      Wrong(slug: "alert-otherwise", detector: "{after: 6 min}"),
    ])
  func found(_ wrong: Wrong) {
    let findings = #expect(throws: Findings.self) { try ModelText.model(wrong.text) }
    #expect(
      findings?.diagnostics.map(\.slug) == [wrong.slug], "\(findings?.diagnostics.map(\.message) ?? [])")
  }

  @Test func `a spare that waits for calls to fail may wait for ever`() {
    let findings = #expect(throws: Findings.self) {
      try ModelText.model(
        """
        detectors: {errors: {after: 6 min}}
        components:
          backend: {depends-on: {db: {soft: 50 %, traffic: {calls: 1 /s, alert: {by: errors, errors: 50 %}}}}}
          db:
            replicas: 2
            standby: {running: 1, dormancy: cold, switch: {detect: errors}}
            fails: {crash: {mtbf: 100 h, lasts: 1 h}}
        capabilities: {service: {depends-on: {backend: hard}}}
        """)
    }
    #expect(findings?.diagnostics.map(\.slug) == ["alert-otherwise"])
  }

  @Test func `a failover that waits for calls to fail may wait for ever`() {
    let findings = #expect(throws: Findings.self) {
      try ModelText.model(
        """
        detectors: {errors: {after: 6 min}}
        components:
          backend: {depends-on: {db/writer: {soft: 50 %, traffic: {calls: 1 /s, alert: {by: errors, errors: 50 %}}}}}
          db:
            roles: {writer: {count: 1}, reader: {count: 1}}
            failover: {writer: {from: [reader], detect: errors, takes: 1 min}}
        capabilities: {service: {depends-on: {backend: hard}}}
        """)
    }
    #expect(findings?.diagnostics.map(\.slug) == ["alert-otherwise"])
  }
}
