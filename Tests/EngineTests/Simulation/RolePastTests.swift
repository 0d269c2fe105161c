import Foundation
import ServiceGraph
import Simulation
import Stochastics
import Testing

/// Roles between unequal units begin with whom the long run has them.
@Suite("Roles in the long run")
struct RolePastTests {
  /// Two units, of which the first fails far more often; the second has the role most of the time.
  private static func text(
    _ first: String, _ second: String, works: Int = 100, manual: String = "", takes: String = "6 min"
  ) -> String {
    """
    domains:
      a: {kind: node, fails: {loss: {\(first)}}}
      b: {kind: node, fails: {loss: {\(second)}}}
    components:
      ledger:
        roles: {writer: {count: 1, members: [a]}, standby: {count: 1, required: 0, members: [b]}}
        failover: {writer: {from: [standby], takes: \(takes), works: \(works) %\(manual)}}
    capabilities: {writing: {depends-on: {ledger/writer: hard}}}
    """
  }

  struct Row: CustomTestStringConvertible {
    let testDescription: String
    let text: String
  }

  static let rows = [
    Row(
      testDescription: "exponential",
      text: text("mtbf: 50 h, lasts: {exponential: 5 h}", "mtbf: 500 h, lasts: {exponential: 5 h}")),
    Row(
      testDescription: "moves that may not work are under way, or given up, at the beginning",
      text: text(
        "mtbf: 40 h, lasts: {exponential: 10 h}", "mtbf: 400 h, lasts: {exponential: 10 h}", works: 60)),
    Row(
      testDescription: "by hand",
      text: text(
        "mtbf: 40 h, lasts: {exponential: 10 h}", "mtbf: 400 h, lasts: {exponential: 10 h}", works: 60,
        manual: ", manual: {exponential: 3 h}")),
    Row(
      testDescription: "units that have to start",
      text: text("mtbf: 50 h, lasts: {exponential: 5 h}", "mtbf: 500 h, lasts: {exponential: 5 h}").replacing(
        "  ledger:\n", with: "  ledger:\n    start: {takes: 5 min}\n")),
    Row(
      testDescription: "lifetimes that remember",
      text: text(
        "lifetime: {weibull: {shape: 3, mean: 50 h}}, lasts: {exponential: 5 h}",
        "lifetime: {weibull: {shape: 2, mean: 500 h}}, lasts: 5 h")),
    Row(
      testDescription: "equal units, moves of fixed hours",
      text: text(
        "mtbf: 100 h, lasts: {exponential: 10 h}", "mtbf: 100 h, lasts: {exponential: 10 h}", works: 80,
        manual: ", manual: 6 h", takes: "2 h")),
    Row(
      testDescription: "equal units whose lifetimes remember",
      text: text(
        "lifetime: {weibull: {shape: 3, mean: 60 h}}, lasts: {exponential: 10 h}",
        "lifetime: {weibull: {shape: 3, mean: 60 h}}, lasts: {exponential: 10 h}", takes: "4 h")),
    Row(
      testDescription: "equal units that have to start",
      text: text(
        "mtbf: 100 h, lasts: {exponential: 5 h}", "mtbf: 100 h, lasts: {exponential: 5 h}",
        takes: "{exponential: 3 h}"
      ).replacing("  ledger:\n", with: "  ledger:\n    start: {takes: 4 h}\n")),
  ]

  /// The mean over the first two days is that of the long run, here over 40 years after as many days.
  @Test("a short window in the long run has its mean", arguments: rows)
  func short(_ row: Row) throws {
    func found(_ hours: Double, _ replications: Int) throws -> CapabilityEstimate {
      try Simulated.result(
        row.text,
        SimulationPlan(
          years: hours / 8760, replications: replications, confidence: Simulated.fourAndAHalf))["writing"]
    }
    let (short, long) = (try found(48, 12_000), try found(40 * 8760, 20))
    let difference = short.unavailability.value - long.unavailability.value
    #expect(
      abs(difference) < short.unavailability.halfWidth + long.unavailability.halfWidth,
      "\(short.unavailability) \(long.unavailability)")
    #expect(
      abs(short.outagesPerYear.value - long.outagesPerYear.value) < short.outagesPerYear.halfWidth
        + long.outagesPerYear.halfWidth, "\(short.outagesPerYear) \(long.outagesPerYear)")
    #expect(long.outagesPerYear.halfWidth < 0.1 * long.outagesPerYear.value)
  }

  /// Of two units with failure rate λ, repair rate μ and moves of rate ν, q² are down together and 2 q (1 − q) one alone:
  /// the holder, with a move under way, in π of all time, where λ (1 − q)² + μ q² = π (λ + μ + ν).
  @Test("moves between equal units are under way at the beginning", arguments: [2.0, 9])
  func equal(_ hours: Double) throws {
    let (failure, repair, move) = (1.0 / 100, 1.0 / 10, 1.0 / 5)
    let down = failure / (failure + repair)
    let moving =
      (failure * (1 - down) * (1 - down) + repair * down * down) / (failure + repair + move)
    let machine = "mtbf: 100 h, lasts: {exponential: 10 h}"
    let found = try Simulated.result(
      Self.text(machine, machine, takes: "{exponential: 5 h}"),
      SimulationPlan(years: hours / 8760, replications: 40_000, confidence: Simulated.fourAndAHalf))[
        "writing"]
    #expect(found.unavailability.holds(moving + down * down), "\(found.unavailability)")
    // Taken as done, they left a quarter to three quarters of it.
    #expect(found.unavailability.halfWidth < 0.15 * (moving + down * down))
  }

  @Test("moves that are short against the horizon are not followed before it")
  func shortMoves() throws {
    let machine = "mtbf: 100 h, lasts: {exponential: 10 h}"
    let graph = try ModelText.graph(Self.text(machine, machine))
    #expect(graph.pastOfMoves(horizonHours: 8760) == nil)
    #expect(graph.pastOfMoves(horizonHours: 24).map { $0.hours > 200 && $0.hours < 500 } == true)
  }

  /// The second machine is never lost, so that the role is there in the long run, whatever else never moves.
  @Test("a role that nothing takes down does not keep others where the model puts them")
  func beside() throws {
    let text = Self.text("lifetime: {deterministic: 1 d}, lasts: 30 d", "mtbf: 500 h, lasts: 5 h")
      .replacing(", fails: {loss: {mtbf: 500 h, lasts: 5 h}}", with: "")
      .replacing(
        "capabilities:",
        with: """
            cache:
              roles: {master: {count: 1, members: [c]}, replica: {count: 1, required: 0, members: [c]}}
              failover: {master: {from: [replica], takes: 10 s}}
          capabilities:
          """
      )
      .replacing("components:", with: "  c: {kind: node}\ncomponents:")
    #expect(try ModelText.graph(text).rolePast != nil)
    let found = try Simulated.result(text, SimulationPlan(replications: 2000))["writing"]
    #expect(found.unavailability.value == 0 && found.outagesPerYear.value == 0)
  }

  @Test("what outages before the beginning do not tell is named")
  func named() throws {
    let graph = try ModelText.graph(Self.rows[0].text)
    #expect(graph.rolePast != nil)
    #expect(graph.rolesOfUnequalUnits == ["ledger/writer"])
    let planned = try ModelText.graph(
      Self.rows[0].text.replacing(
        "a: {kind: node,", with: "a: {kind: node, planned: {patch: {every: 1 w, takes: 1 h}},"))
    #expect(planned.rolePast?.works == [0])
    // Outages of seconds, too many to be played before time 0.
    let restless = try ModelText.graph(
      Self.text("mtbf: 50 s, lasts: {exponential: 5 s}", "mtbf: 500 s, lasts: {exponential: 5 s}"))
    #expect(restless.rolePast == nil && restless.rolesOfUnequalUnits == ["ledger/writer"])
    let equal = try ModelText.graph(
      Self.text("mtbf: 50 h, lasts: 5 h", "mtbf: 50 h, lasts: 5 h"))
    #expect(equal.rolePast == nil && equal.rolesOfUnequalUnits.isEmpty)
  }

  /// Every week the holder that the model begins with is worked on, in a window that has no time for the others.
  private static let patched = """
    components:
      ledger:
        roles: {writer: {count: 1}, standby: {count: 3, required: 1}}
        failover: {writer: {from: [standby], takes: 6 min}}
        fails: {crash: {mtbf: 1000 h, lasts: {exponential: 4 h}}}
        planned: {patch: {every: 1 w, takes: 2 h, window: {from: "02:00", to: "04:00", days: [sun]}}}
    capabilities: {writing: {depends-on: {ledger/writer: hard}}}
    """

  /// Whoever has the role fails at rate λ: then it goes home, or from there to the first standby. On a Sunday it is at home
  /// after an odd number of failures since the last: with probability (1 − e^(−2 · λ · 168 h)) / 2, and the work is felt
  /// as often. Units down together change that by less than 2 %.
  @Test(
    "planned work has moved roles before the beginning: two weeks are as any others",
    arguments: [336.0, 8736])
  func work(_ hours: Double) throws {
    let graph = try ModelText.graph(Self.patched)
    #expect(graph.rolesOfUnequalUnits == ["ledger/writer"] && graph.rolePast?.works == [0])
    let found = try Simulated.result(
      Self.patched,
      SimulationPlan(
        years: hours / 8760, replications: hours < 1000 ? 20_000 : 1000, confidence: Simulated.fourAndAHalf))[
        "writing"]
    let rate = 1.0 / 1004
    let felt = (1 - exp(-2 * rate * 168)) / 2
    let expected = 8760 * (rate + felt / 168)
    let error = found.outagesPerYear.halfWidth + 0.02 * expected
    #expect(abs(found.outagesPerYear.value - expected) < error, "\(found.outagesPerYear) \(expected)")
    // Where the role began at home, the first Sunday always took it down: 26 times a year in two weeks.
    #expect(found.outagesPerYear.value < 20)
  }

  @Test("work on all of them at once moves no role")
  func workOnAll() throws {
    let graph = try ModelText.graph(Self.patched.replacing("takes: 2 h", with: "takes: 2 h, at-once: all"))
    #expect(graph.rolesOfUnequalUnits.isEmpty && graph.rolePast == nil)
  }

  /// By the chain of `equal`: a clock that stands still while the unit is down changes nothing but that these failures go live.
  @Test("moves from units of live processes are under way at the beginning")
  func live() throws {
    let (failure, repair, move) = (1.0 / 40, 1.0 / 20, 1.0 / 4)
    let down = failure / (failure + repair)
    let moving =
      (failure * (1 - down) * (1 - down) + repair * down * down) / (failure + repair + move)
    let text = """
      components:
        db:
          roles: {writer: {count: 1}, reader: {count: 1}}
          failover: {writer: {from: [reader], takes: {exponential: 4 h}}}
          fails: {crash: {mtbf: 40 h, lasts: {exponential: 20 h}, clock: operating}}
      capabilities: {writing: {depends-on: {db/writer: hard}}}
      """
    let plan = SimulationPlan(years: 9.0 / 8760, replications: 10_000, confidence: Simulated.fourAndAHalf)
    let graph = try ModelText.graph(text)
    #expect(graph.liveProcesses == [0, 1])
    #expect(graph.rolesBegunWithoutMoves(horizonHours: 9).isEmpty)
    let found = try Simulated.result(text, plan)["writing"]
    #expect(found.unavailability.holds(moving + down * down), "\(found.unavailability)")
    #expect(found.unavailability.halfWidth < 0.1 * (moving + down * down))
  }
}
