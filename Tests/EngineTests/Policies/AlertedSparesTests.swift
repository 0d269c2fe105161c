import Reliability
import ServiceGraph
import Simulation
import Stochastics
import Testing

/// Spares that take over once calls have failed for long enough.
@Suite("Spares noticed by failing calls")
struct AlertedSparesTests {
  /// One loss of the unit that works at 100 h, noticed by an alert on calls and replaced in 10 min.
  struct Loss: CustomTestStringConvertible {
    var calls = "db"
    var more = ""
    var lasts = "30 h"
    let move: AlertedMove

    var testDescription: String { move.source }

    var text: String {
      """
      detectors: {errors: {after: 6 min, otherwise: 9 h}}
      components:
        backend:
          depends-on:
            \(calls): {soft: 50 %, \(move.policies)traffic: {calls: 1 /s, alert: {by: errors, \(move.alert)}}}
        cache: {}
        db:
          replicas: {count: 2, required: 1}
          standby: {running: 1, dormancy: cold, switch: {detect: errors, takes: 10 min\(more)}}
          fails: {crash: {lifetime: {deterministic: 100 h}, lasts: \(lasts)}}
      capabilities: {writing: {depends-on: {db: hard}}, service: {depends-on: {backend: hard}}}
      """
    }
  }

  static let losses =
    AlertedMove.all.map { Loss(move: $0) } + [
      Loss(
        calls: "cache",
        move: AlertedMove(
          outageMinutes: 9 * 60 + 10, source: "nobody calls it: noticed otherwise, 9 h + 10")),
      Loss(
        more: ", works: 0.000001 %, manual: 1 h",
        move: AlertedMove(outageMinutes: 6 + 60, source: "by hand, once it is seen: 6 + 60")),
      Loss(
        lasts: "12 min",
        move: AlertedMove(outageMinutes: 12, source: "the unit returns before the spare has taken over")),
    ]

  @Test("a spare takes over once its alert has fired, and it has moved", arguments: losses)
  func noticed(_ loss: Loss) throws {
    try AlertedMove.expect(loss.text, hours: 125, downMinutes: loss.move.outageMinutes)
  }

  @Test("an alert that fires late does not begin the move anew")
  func late() throws {
    try AlertedMove.expectLateAlertUnheard(Loss(move: .windowed).text, hours: 125)
  }

  /// Both that work are lost at 100 h, and one spare is left of three: calls fail while one is required, and once it works no more,
  /// while two are required until the first is repaired.
  @Test("calls fail while fewer work than are required", arguments: [(1, 16.0), (2, 16.0 + 3 * 60 - 16)])
  func required(_ needed: Int, _ minutes: Double) throws {
    let text = Self.losses[0].text.replacing("count: 2, required: 1", with: "count: 3, required: \(needed)")
      .replacing("running: 1", with: "running: 2").replacing("lasts: 30 h", with: "lasts: 3 h")
    try AlertedMove.expect(text, hours: 110, downMinutes: minutes)
  }

  static let random = losses[0].text.replacing(
    "lifetime: {deterministic: 100 h}, lasts: 30 h", with: "mtbf: 100 h, lasts: {exponential: 20 h}")

  @Test("an alert that sees every loss at once is its delay")
  func delay() throws {
    #expect(try AlertedMove.expectAlertIsItsDelay(Self.random) > 0.01)
  }

  /// Before time 0 no calls are played, and the alert sees a loss after its delay.
  @Test("in the long run it is the chain of the exact engine")
  func longRun() throws {
    let graph = try ModelText.graph(
      Self.random.replacing("after: 6 min", with: "after: {exponential: 6 min}").replacing(
        "takes: 10 min", with: "takes: {exponential: 10 min}"))
    let exact = try #require(try SteadyState.results(of: graph).first)
    #expect(exact.approximations.contains { $0.hasPrefix("standby of db: its alert on calls") })
    for years in [2.0 / 8760, 1] {
      let found = Simulator(
        graph,
        plan: SimulationPlan(
          years: years, replications: years < 1 ? 20_000 : 200, confidence: Simulated.fourAndAHalf)
      ).run()["writing"]
      #expect(
        found.unavailability.holds(exact.unavailability), "\(found.unavailability) \(exact.unavailability)")
      #expect(found.unavailability.halfWidth < 0.25 * exact.unavailability)
    }
  }

  @Test("the same bits with any number of threads")
  func threads() throws {
    var plan = SimulationPlan(replications: 40, seed: 7)
    let one = try Simulated.result(Self.random, plan)
    #expect(one.alerts.first?.outagesSeen.value ?? 0 > 10)
    plan.threads = 3
    #expect(try Simulated.result(Self.random, plan).fingerprint == one.fingerprint)
  }
}
