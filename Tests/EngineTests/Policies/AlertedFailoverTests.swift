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
    var standby = "{count: 1, required: 0, members: [b]}"
    let move: AlertedMove

    var testDescription: String { move.source }

    var text: String {
      """
      domains:
        a: {kind: node, fails: {loss: {lifetime: {deterministic: 100 h}, lasts: 12 h}}}
        b: {kind: node}
      detectors: {errors: {after: 6 min, otherwise: 9 h}}
      components:
        backend:
          depends-on:
            ledger/writer: {soft: 50 %, \(move.policies)traffic: {calls: 1 /s, alert: {by: errors, \(move.alert)}}}
        ledger:
          roles: {writer: {count: 1, members: [a]}, standby: \(standby)}
          failover: {writer: {from: [standby], detect: errors, takes: 10 min, works: 100 %}}
      capabilities: {writing: {depends-on: {ledger/writer: hard}}, service: {depends-on: {backend: hard}}}
      """
    }
  }

  static let losses =
    AlertedMove.all.map { Loss(move: $0) } + [
      Loss(
        standby: "{count: 1, required: 0, members: [a]}",
        move: AlertedMove(
          outageMinutes: 12 * 60, source: "with nobody to move to the holder returns first"))
    ]

  @Test("a role is down until its alert fires, and its move", arguments: losses)
  func noticed(_ loss: Loss) throws {
    let result = try AlertedMove.expect(loss.text, hours: 150, downMinutes: loss.move.outageMinutes)
    #expect(abs(result["writing"].outagesPerYear.value * 150 / 8760 - 1) < 1e-9)
  }

  @Test("an alert that fires late does not begin the move anew")
  func late() throws {
    try AlertedMove.expectLateAlertUnheard(Loss(move: .windowed).text, hours: 150)
  }

  @Test("an alert that sees every loss at once is its delay")
  func delay() throws {
    try AlertedMove.expectAlertIsItsDelay(
      Self.losses[0].text.replacing(
        "lifetime: {deterministic: 100 h}, lasts: 12 h", with: "mtbf: 100 h, lasts: {exponential: 2 h}"))
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
