import ServiceGraph
import Simulation
import Stochastics
import Testing

/// Outages of less than a tick, 2⁻²⁰ h, beside one that is always under way.
@Suite("Outages of no time")
struct InstantOutageTests {
  /// 1 ms of every minute: 1 / 60,001 of the time, whatever else is down.
  @Test("outages of no tick do not hide repairs at their instant")
  func besideLongOnes() throws {
    let result = try Simulated.result(
      """
      components:
        short: {fails: {flap: {mtbf: 1 min, lasts: 1 ms}}}
        long: {fails: {loss: {mtbf: 10 y, lasts: 100 y}}}
      capabilities: {short: {depends-on: {short: hard}}, long: {depends-on: {long: hard}}}
      """, SimulationPlan(replications: 4, start: .steady))
    let found = result["short"].unavailability.value * 60_001
    #expect(abs(found - 1) < 0.01, "\(found)")
    #expect(result["long"].unavailability.value > 0.5)
  }
}
