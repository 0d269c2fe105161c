import Simulation
import Stochastics
import Testing

/// A writer and a standby against a Markov chain.
///
/// Both units fail at rate λ and are repaired at rate μ, whatever else happens. States: holder and other unit up
/// (U) or down (D), and what the move does: a automatic, m by hand, g given up, w waiting for a unit. With coverage
/// c, moves at rate τ, by hand at rate h (without it, a failed move is given up until the holder returns):
///
///     UU  → DUa λc, DUm or DUg λ(1−c), UD λ          UD  → UU μ, DDa λc, DDm or DDg λ(1−c)
///     DUa → UD τ, UU μ, DDa λ                         DDa → DDwa τ, UD μ, DUa μ
///     DUm → UD h, UU μ, DDm λ                         DDm → DDwm h, UD μ, DUm μ
///     DUg → UU μ, DDg λ                               DDg → UD μ, DUg μ
///     DDwa → UD μ, DUa μ                              DDwm → UD μ, DUm μ
///
/// Solved as πQ = 0, Σπ = 1 with numpy 2 (`linalg.lstsq`): U = Σ π of the states with the holder down, outages per
/// year 8,760 λ (π_UU + π_UD), moves per year 8,760 (τ π_DUa + h π_DUm).
@Suite("Failover against a Markov chain")
struct FailoverMarkovTests {
  struct Row: CustomTestStringConvertible {
    let mtbf: Int
    let repair: Int
    let move: String
    let works: Int
    let byHand: Int?
    let unavailability: Double
    let outages: Double
    let moves: Double
    var testDescription: String {
      "mtbf \(mtbf) h, \(works) %, by hand \(byHand.map { "\($0) h" } ?? "never")"
    }
  }

  static let rows = [
    Row(
      mtbf: 200, repair: 20, move: "30 min", works: 90, byHand: nil, unavailability: 0.01885357385,
      outages: 42.97421347, moves: 34.71634812),
    Row(
      mtbf: 200, repair: 20, move: "30 min", works: 90, byHand: 4, unavailability: 0.01175351886,
      outages: 43.28519587, moves: 38.13715461),
    Row(
      mtbf: 200, repair: 20, move: "30 min", works: 100, byHand: nil, unavailability: 0.01047636283,
      outages: 43.34113531, moves: 38.75248839),
    // The holder mostly returns before the move.
    Row(
      mtbf: 100, repair: 5, move: "10 h", works: 80, byHand: nil, unavailability: 0.03593382889,
      outages: 84.45219659, moves: 21.49612838),
    // Often there is nobody to move to.
    Row(
      mtbf: 50, repair: 40, move: "2 h", works: 95, byHand: 10, unavailability: 0.2208751166,
      outages: 136.5026796, moves: 88.13102903),
    // No move ever works: the holder alone.
    Row(
      mtbf: 200, repair: 20, move: "30 min", works: 0, byHand: nil, unavailability: 1.0 / 11,
      outages: 39.81818182, moves: 0),
  ]

  @Test("unavailability, outages and moves a year", arguments: rows)
  func chain(_ row: Row) throws {
    let byHand = row.byHand.map { ", manual: {exponential: \($0) h}" } ?? ""
    let plan = SimulationPlan(
      years: 20, replications: 250, seed: 11, confidence: Simulated.fourAndAHalf)
    let result = try Simulated.result(
      """
      components:
        ledger:
          roles: {writer: {count: 1}, standby: {count: 1, required: 0}}
          failover: {writer: {from: [standby], takes: {exponential: \(row.move)}, works: \(row.works) %\(byHand)}}
          fails: {instance: {mtbf: \(row.mtbf) h, lasts: {exponential: \(row.repair) h}}}
      capabilities: {writing: {depends-on: {ledger/writer: hard}}}
      """, plan)
    let found = result["writing"]
    #expect(found.unavailability.holds(row.unavailability), "\(found.unavailability)")
    #expect(found.outagesPerYear.holds(row.outages), "\(found.outagesPerYear)")
    let moves = try #require(result.failovers.first)
    #expect(moves.role == "ledger/writer")
    #expect(moves.perYear.holds(row.moves), "\(moves.perYear)")
  }
}
