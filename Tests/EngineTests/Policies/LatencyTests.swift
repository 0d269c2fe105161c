import Diagnostics
import Resilience
import ServiceModel
import Simulation
import Stochastics
import Testing

/// How long requests take: closed forms for chains of calls, and what policies and outages make of them.
@Suite("Latencies of requests")
struct LatencyTests {
  /// A share of requests within a limit that is known.
  struct Known: CustomTestStringConvertible {
    let source: String
    /// `depends-on` of the API, and the components that it calls.
    let calls: String
    let components: String
    let limit: String
    let within: Double

    var testDescription: String { source }

    var text: String {
      """
      components:
        api: {depends-on: {\(calls)}}
        \(components.split(separator: "\n").joined(separator: "\n  "))
      capabilities: {service: {depends-on: {api: hard}, objectives: {fast: {latency: {p95: \(limit)}}}}}
      """
    }
  }

  static let three =
    "a: {work: {exponential: 10 s}}\nb: {work: {exponential: 10 s}}\nc: {work: {exponential: 10 s}}"
  static let known = [
    Known(
      source: "one after the other, Erlang: 1 − e^(−t) (1 + t + t²/2), t = 4",
      calls: "a: hard, b: hard, c: hard", components: three, limit: "40 s",
      within: 1 - portableExp(-4) * 13),
    Known(
      source: "at once, the slowest: (1 − e^(−t))³, t = 2",
      calls: "a: {at-once: yes}, b: {at-once: yes}, c: {at-once: yes}",
      components: three, limit: "20 s",
      within: (1 - portableExp(-2)) * (1 - portableExp(-2)) * (1 - portableExp(-2))),
    Known(
      source: "two of three, at once, the slower of the first: (1 − e^(−t))², t = 2",
      calls: "quorum: {at-least: 2, of: [a, b, c]}", components: three, limit: "20 s",
      within: (1 - portableExp(-2)) * (1 - portableExp(-2))),
    Known(
      source: "nested calls are one after the other too", calls: "a: hard",
      components: "a: {depends-on: {b: hard}, work: {exponential: 10 s}}\n"
        + "b: {depends-on: {c: hard}, work: {exponential: 10 s}}\nc: {work: {exponential: 10 s}}",
      limit: "40 s",
      within: 1 - portableExp(-4) * 13),
    Known(
      source: "a stated p95", calls: "a: {traffic: {calls: 1 /s, latency: {mean: 1 s, p95: 3 s}}}",
      components: "a: {}", limit: "3 s", within: 0.95),
    Known(
      source: "a stated p99 of the whole answer, whatever stands below",
      calls: "a: {traffic: {calls: 1 /s, latency: {mean: 1 s, p99: 5 s}}}",
      components: "a: {work: 1 h}", limit: "5 s", within: 0.99),
    Known(
      source: "errors are tried again: 1 − p² with three attempts, two of them in time",
      calls: "a: {retry: {attempts: 3, wait: 100 s}, traffic: {calls: 1 /s, latency: 10 s, errors: 20 %}}",
      components: "a: {}", limit: "125 s", within: 0.96),
    Known(
      source: "a timeout and a try more: e^(−2) take 20 s, and e^(−2) of these 20 s once more",
      calls: "a: {timeout: 20 s, retry: {attempts: 2}, traffic: {calls: 1 /s, latency: {exponential: 10 s}}}",
      components: "a: {}", limit: "30 s",
      // 20 s are exceeded by e^(−2), and 10 s more by e^(−1).
      within: 1 - portableExp(-2) * portableExp(-1)),
  ]

  @Test("shares of requests within a limit are the closed forms'", arguments: known)
  func closedForm(_ known: Known) throws {
    let result = try Simulated.result(
      known.text, SimulationPlan(replications: 2, seed: 1, confidence: Simulated.fourAndAHalf))
    let outcome = try #require(result.latencies.first?.outcomes.first)
    #expect(outcome.within.holds(known.within), "\(outcome.within), \(known.within)")
    #expect(outcome.isMet == (known.within >= 0.95) || abs(known.within - 0.95) < 0.01)
  }

  /// SAP is down for 10 of 200 h, and its calls hang for 2 s.
  static func hanging(_ policies: String) -> String {
    """
    components:
      api: {depends-on: {sap: {soft: 20 %, timeout: 2 s\(policies), traffic: {calls: 100 /s, latency: 0.1 s}}}}
      sap: {fails: {hang: {lifetime: {deterministic: 100 h}, lasts: 10 h, fails-by: hangs}}}
    capabilities: {service: {depends-on: {api: hard}, objectives: {fast: {latency: {p95: 1 s}}}}}
    """
  }

  @Test func `calls that hang make requests late while they do`() throws {
    let result = try Simulated.once(Self.hanging(""), years: 200.0 / 8760)
    let outcome = try #require(result.latencies.first?.outcomes.first)
    #expect(abs(outcome.within.value - 0.95) < 1e-6, "\(outcome.within)")
    #expect(abs(outcome.kept.value - 0.95) < 1e-6, "\(outcome.kept)")
  }

  /// It opens 2 s after the loss, and tries for 2 s every hour.
  @Test func `a breaker that opens makes requests fast again`() throws {
    let result = try Simulated.once(
      Self.hanging(", breaker: {consecutive: 1, open: 1 h}"), years: 200.0 / 8760)
    let latency = try #require(result.latencies.first)
    #expect(latency.outcomes[0].kept.value > 0.9999 && latency.outcomes[0].kept.value < 1)
    #expect(latency.usualShare.value < 0.96)
  }

  @Test func `down time is no part of it`() throws {
    let result = try Simulated.once(
      Self.hanging("").replacing("soft: 20 %, ", with: ""), years: 200.0 / 8760)
    let outcome = try #require(result.latencies.first?.outcomes.first)
    #expect(abs(result["service"].unavailability.value - 0.05) < 1e-3)
    #expect(outcome.within.value == 1)
  }

  @Test func `what nothing is stated of is named`() throws {
    let result = try Simulated.once(
      """
      components: {api: {depends-on: {db: hard, either: {any-of: [a, b]}}, work: 1 s}, db: {}, a: {work: 2 s}, b: {work: 9 s}}
      capabilities: {service: {depends-on: {api: hard}, objectives: {fast: {latency: {p50: 3 s, p99: 2.9 s}}}}}
      """)
    let latency = try #require(result.latencies.first)
    #expect(latency.unstated == ["db"])
    #expect(latency.groups == ["either"])
    #expect(abs(latency.usual.mean * 3600 - 3) < 1e-9)
    #expect(latency.outcomes.map(\.isMet) == [true, false])
  }

  @Test func `no lognormal law has so far a p95`() {
    let findings = #expect(throws: Findings.self) {
      try ModelText.model(
        """
        components: {api: {depends-on: {db: {traffic: {calls: 1 /s, latency: {mean: 5 s, p95: 25 s}}}}}, db: {}}
        capabilities: {service: {depends-on: {api: hard}}}
        """)
    }
    #expect(findings?.diagnostics.map(\.slug) == ["traffic-latency"])
  }
}
