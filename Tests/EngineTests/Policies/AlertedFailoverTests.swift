import Reliability
import ServiceGraph
import Simulation
import Stochastics
import Testing

/// Roles that move once calls have failed for long enough.
@Suite("Failovers noticed by failing calls")
struct AlertedFailoverTests {
  /// One loss of the writer at 100 h, noticed by an alert on the backend's calls and moved in 10 min.
  struct Loss: CustomTestStringConvertible {
    var policies = ""
    var alert = "errors: 50 %"
    var standby = "{count: 1, required: 0, members: [b]}"
    let outageMinutes: Double
    let source: String

    var testDescription: String { source }

    var text: String {
      """
      domains:
        a: {kind: node, fails: {loss: {lifetime: {deterministic: 100 h}, lasts: 12 h}}}
        b: {kind: node}
      detectors: {errors: {after: 6 min, otherwise: 9 h}}
      components:
        backend:
          depends-on: {ledger/writer: {soft: 50 %, \(policies)traffic: {calls: 1 /s, alert: {by: errors, \(alert)}}}}
        ledger:
          roles: {writer: {count: 1, members: [a]}, standby: \(standby)}
          failover: {writer: {from: [standby], detect: errors, takes: 10 min, works: 100 %}}
      capabilities: {writing: {depends-on: {ledger/writer: hard}}, service: {depends-on: {backend: hard}}}
      """
    }
  }

  static let losses =
    AlertDelay.all.map {
      Loss(
        policies: $0.policies, alert: $0.alert, outageMinutes: $0.minutes + 10,
        source: "\($0.source), and 10 for the move")
    } + [
      Loss(
        standby: "{count: 1, required: 0, members: [a]}", outageMinutes: 12 * 60,
        source: "with nobody to move to the holder returns first")
    ]

  @Test("a role is down until its alert fires, and its move", arguments: losses)
  func noticed(_ loss: Loss) throws {
    let result = try Simulated.once(loss.text, years: 150.0 / 8760)
    let minutes = result["writing"].downtimeHours(years: 150.0 / 8760) * 60
    #expect(abs(minutes - loss.outageMinutes) < 1e-2, "\(minutes)")
    #expect(abs(result["writing"].outagesPerYear.value * 150 / 8760 - 1) < 1e-9)
  }

  /// Noticed otherwise after 15 min, it moves until 25 min; the alert fires at 21 min and has nothing to tell.
  @Test("an alert that fires late does not begin the move anew")
  func late() throws {
    let text = Self.losses[2].text.replacing("otherwise: 9 h", with: "otherwise: 15 min")
    let found = try Simulated.once(text, years: 150.0 / 8760)["writing"].downtimeHours(years: 150.0 / 8760)
    #expect(abs(found * 60 - 25) < 1e-2, "\(found * 60)")
  }

  /// Where every call fails from the loss on, an alert without a window is a detector with its delay.
  @Test("an alert that sees every loss at once is its delay")
  func delay() throws {
    func found(_ detect: String) throws -> Estimate {
      try Simulated.result(
        Self.losses[0].text.replacing("detect: errors", with: "detect: \(detect)").replacing(
          "lifetime: {deterministic: 100 h}, lasts: 12 h", with: "mtbf: 100 h, lasts: {exponential: 2 h}"),
        SimulationPlan(replications: 40, start: .new))["writing"].unavailability
    }
    let (alerted, stated) = (try found("errors"), try found("6 min"))
    // Times of alerts are rounded up to ticks: of 16 min, one is 3.6e-6.
    #expect(abs(alerted.value - stated.value) < 1e-5 * stated.value, "\(alerted) \(stated)")
  }

  @Test("the exact engine says what it takes")
  func named() throws {
    let graph = try ModelText.graph(
      Self.losses[0].text.replacing("lifetime: {deterministic: 100 h}", with: "mtbf: 100 h"))
    #expect(
      graph.simulatedOnly(ofCapability: 0, .longRun).contains {
        $0.hasPrefix("failover of ledger/writer: its alert")
      })
    let exact = try SteadyState.results(of: graph)
    #expect(exact[0].approximations.contains { $0.hasPrefix("failover of ledger/writer: its alert") })
  }
}
