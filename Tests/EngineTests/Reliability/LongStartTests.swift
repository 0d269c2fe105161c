import Foundation
import Reliability
import ServiceGraph
import Simulation
import Stochastics
import Testing

/// Starts that are not short against up times: the next failure may hit a unit before it has started.
@Suite("Long starts")
struct LongStartTests {
  static func text(_ start: String, _ fails: String) -> String {
    """
    components: {api: {start: {takes: \(start)}, fails: {\(fails)}}}
    capabilities: {service: {depends-on: {api: hard}}}
    """
  }

  private func result(_ text: String) throws -> SteadyStateResult {
    try #require(try SteadyState.results(of: ModelText.graph(text)).first)
  }

  /// Cox, *Renewal theory*, 1962, chapter 7, alternating renewal: of each X + D the unit is up for max(0, X − S), of mean
  /// m e^(−S/m), and up at all with probability e^(−S/m).
  @Test(
    "one unit that fails at random",
    arguments: [(mean: 1000.0, start: 10.0), (20, 10), (10, 10), (5, 10), (1, 30)])
  func alone(_ row: (mean: Double, start: Double)) throws {
    let found = try result(Self.text("\(row.start) h", "crash: {mtbf: \(row.mean) h, lasts: 1 h}"))
    let started = exp(-row.start / row.mean)
    #expect(abs(found.unavailability - (1 - row.mean * started / (row.mean + 1))) < 1e-14)
    let frequency = try #require(found.frequencyPerHour)
    #expect(abs(frequency / (started / (row.mean + 1)) - 1) < 1e-12)
  }

  /// A gamma law of two phases θ: P(X > s) = (1 + s/θ) e^(−s/θ), and ∫ P(X > t) dt over 0…s is 2θ − (s + 2θ) e^(−s/θ).
  @Test("one unit that wears", arguments: [1.0, 10, 40])
  func wear(start: Double) throws {
    let found = try result(
      Self.text("\(start) h", "wear: {lifetime: {gamma: {shape: 2, mean: 20 h}}, lasts: 2 h}"))
    let rest = exp(-start / 10)
    #expect(abs(found.unavailability - (2 + 20 - (start + 20) * rest) / 22) < 1e-9)
    #expect(abs(try #require(found.frequencyPerHour) - (1 + start / 10) * rest / 22) < 1e-12)
  }

  /// The rates of what hits a unit add up: it is up when nothing was down for the time of a start, A₁ A₂ E[e^(−(λ₁ + λ₂) S)],
  /// and then fails at λ₁ + λ₂.
  @Test("two ways to fail", arguments: [("10 h", exp(-0.75)), ("{exponential: 10 h}", 1 / 1.75)])
  func together(start: String, started: Double) throws {
    let found = try result(
      Self.text(start, "crash: {mtbf: 20 h, lasts: 1 h}, hang: {mtbf: 40 h, lasts: {exponential: 2 h}}"))
    let up = 20.0 / 21 * 40 / 42 * started
    #expect(abs(found.unavailability - (1 - up)) < 1e-8)
    #expect(abs(try #require(found.frequencyPerHour) - 0.075 * up) < 1e-8)
  }

  @Test("a unit that always fails before it has started is never up again")
  func never() throws {
    let found = try result(Self.text("10 h", "crash: {lifetime: {deterministic: 5 h}, lasts: 1 h}"))
    #expect(found.unavailability == 1 && found.frequencyPerHour == 0)
  }

  /// The up time begins when the unit has started, so nothing cuts a start short: a cycle is X + D + S.
  @Test("an operating clock stands still during a start")
  func operating() throws {
    let found = try result(Self.text("10 h", "crash: {mtbf: 5 h, lasts: 1 h, clock: operating}"))
    #expect(abs(found.unavailability - 11.0 / 16) < 1e-14)
    #expect(abs(try #require(found.frequencyPerHour) - 1.0 / 16) < 1e-14)
  }

  /// A unit is up at t when nothing was down from t − S to t: with q the unavailability without starts, (1 − q(t − S)) e^(−λS),
  /// and before S, e^(−λt).
  @Test("over time", arguments: [(mean: 50.0, start: 2.0), (10, 10), (5, 12)])
  func curve(_ row: (mean: Double, start: Double)) throws {
    let graph = try ModelText.graph(
      Self.text("\(row.start) h", "crash: {mtbf: \(row.mean) h, lasts: {exponential: 5 h}}"))
    let found = UnavailabilityCurve(graph.processes[0], horizonHours: 500)
    let (failure, repair) = (1 / row.mean, 0.2)
    for hours in [0.5, 1.5, row.start + 0.1, row.start + 3, row.start + 20, 400] {
      let before = max(0, hours - row.start)
      let down = failure / (failure + repair) * (1 - exp(-(failure + repair) * before))
      let expected = 1 - (1 - down) * exp(-failure * min(hours, row.start))
      #expect(abs(found.unavailability(atHours: hours) - expected) < 1e-9, "\(hours) h")
      let frequency = try #require(found.failureFrequency(atHours: hours))
      #expect(abs(frequency - failure * (1 - expected)) < 1e-9, "\(hours) h")
    }
  }

  static func pair(_ lifetime: String, takes: String = "1 min") -> String {
    """
    components:
      api:
        roles: {writer: {count: 1}, reader: {count: 1}}
        failover: {writer: {from: [reader], takes: \(takes)}}
        start: {takes: 10 h}
        fails: {hang: {\(lifetime), recover: 1 min}}
    capabilities: {service: {depends-on: {api/writer: hard}}}
    """
  }

  /// The role is down while both are, U² of the time with U = 1 − m e^(−S/m) / (m + D), and for at most the move after each
  /// outage of one of them.
  @Test("a role that moves between two of them", arguments: [1000, 100, 20, 12, 10.1, 10, 5])
  func failover(mean: Double) throws {
    let found = try result(Self.pair("mtbf: \(mean) h"))
    let move = 1.0 / 60
    let started = exp(-10 / mean)
    let both = pow(1 - mean * started / (mean + move), 2)
    let moving = 2 * started / (mean + move) * move
    #expect(found.unavailability > both && found.unavailability < both + moving)
    #expect(found.approximations.contains { $0.contains("laws that are not exponential") })
  }

  @Test("and as the simulation has it", arguments: [(20.0, "1 min"), (10, "3 h"), (5, "1 min")])
  func simulated(mean: Double, takes: String) throws {
    let text = Self.pair("mtbf: \(mean) h", takes: takes)
    let exact = try result(text)
    let found = try Simulated.result(
      text, SimulationPlan(years: 5, replications: 100, confidence: Simulated.fourAndAHalf))["service"]
    let off = abs(exact.unavailability - found.unavailability.value)
    #expect(off < found.unavailability.halfWidth + 0.01 * exact.unavailability)
  }

  @Test(
    "answers from new hold where units hardly start, or never",
    arguments: ["mtbf: 10 h", "mtbf: 5 h", "mtbf: 1 h", "mtbf: 10 min", "lifetime: {deterministic: 5 h}"])
  func fromNew(lifetime: String) throws {
    let graph = try ModelText.graph(Self.pair(lifetime))
    let found = try #require(try IntervalAvailability.results(of: graph, horizonHours: 8760).first)
    #expect(found.unavailability > 0.3 && found.unavailability <= 1)
  }

  @Test("a move without end of its rate is an error, and no crash")
  func infiniteRate() throws {
    let chain = MarkovChain(
      stateCount: 2,
      transitions: [.init(from: 0, to: 1, rate: .infinity), .init(from: 1, to: 0, rate: 1)], initial: [1, 0])
    #expect(throws: MarkovChain.Unsolved.self) { _ = try chain.distribution(at: 1) }
  }
}
