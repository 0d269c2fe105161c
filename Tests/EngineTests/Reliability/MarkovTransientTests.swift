import Reliability
import Stochastics
import Testing

@Suite("Markov chains at a time")
struct MarkovTransientTests {
  /// Failure rate, repair rate, time; up to 4·10⁹ moves.
  static let parts: [(Double, Double, Double)] = [
    (1e-3, 0.1, 1), (1e-3, 0.1, 1_000), (1e-6, 1_000, 1e6), (1e-5, 3_600, 8_760), (2, 1, 1e-9),
    (1e-9, 1, 1e9),
    (1e-4, 0.05, 4e10), (0.3, 0.2, 1e30),
  ]

  @Test("One part: U(t) and its mean over [0, t]", arguments: parts)
  func onePart(_ failure: Double, _ repair: Double, _ time: Double) throws {
    let chain = MarkovFixtures.birthDeath(up: [failure], down: [repair])
    let total = failure + repair
    let settled = -portableExpm1(-total * time)
    let found = try chain.distribution(at: time)
    #expect(relativeError(found[1], failure / total * settled) <= 2e-13)
    let occupancy = try chain.occupancy(over: time)
    if total * time > 1e-3 {
      let expected = failure / total * (time - settled / total)
      #expect(relativeError(occupancy[1], expected) <= 1e-12)
    } else {
      #expect(relativeError(occupancy[1], failure * time * time / 2 * (1 - total * time / 3)) <= 1e-12)
    }
    #expect(relativeError(occupancy[0] + occupancy[1], time) <= 1e-13)
  }

  @Test(
    "Erlang stages: the first passage keeps its digits", arguments: [(3, 1e-3), (8, 1e-2), (5, 4), (40, 60)])
  func erlangStages(_ stages: Int, _ scaledTime: Double) throws {
    let chain = MarkovFixtures.stages(stages, rate: 2)
    let final = (0...stages).map { $0 == stages }
    let found = try chain.firstPassageProbability(to: final, at: scaledTime / 2)
    // P(k, x) = e^−x Σ x^i / i! over i ≥ k.
    var term = portableExp(-scaledTime)
    for count in 1...stages { term *= scaledTime / Double(count) }
    var expected = 0.0
    for count in stages..<stages + 400 {
      expected += term
      term *= scaledTime / Double(count + 1)
    }
    #expect(relativeError(found, expected) <= 1e-12)
    #expect(try relativeError(chain.meanTime(to: final) ?? 0, Double(stages) / 2) <= 1e-14)
  }

  struct Standby: Sendable, CustomTestStringConvertible {
    let name: String
    let dormant: Double
    let meanTime: Double
    let source: String
    var testDescription: String { name }
  }

  /// λ = 0.01 /h.
  static let standbys = [
    Standby(name: "cold", dormant: 0, meanTime: 200, source: "2 / λ; Rausand and Høyland 2004, section 4.6"),
    Standby(name: "warm", dormant: 0.005, meanTime: 100 + 1 / 0.015, source: "1 / λ + 1 / (λ + λ')"),
    Standby(name: "hot", dormant: 0.01, meanTime: 150, source: "3 / (2 λ)"),
  ]

  @Test("Standby without repair", arguments: standbys)
  func standby(_ row: Standby) throws {
    let rate = 0.01
    let chain = MarkovFixtures.birthDeath(up: [rate + row.dormant, rate], down: [])
    let down = [false, false, true]
    #expect(try relativeError(chain.meanTime(to: down) ?? 0, row.meanTime) <= 1e-14)
    let time = 30.0
    let survival =
      row.dormant == 0
      ? portableExp(-rate * time) * (1 + rate * time)
      : portableExp(-rate * time) * (1 + rate / row.dormant * -portableExpm1(-row.dormant * time))
    #expect(try relativeError(1 - chain.firstPassageProbability(to: down, at: time), survival) <= 1e-13)
  }

  @Test("Imperfect coverage with repair", arguments: [0, 0.5, 0.9, 0.999, 1])
  func coverage(_ coverage: Double) throws {
    // Trivedi, Probability and Statistics with Reliability, Queuing and Computer Science Applications, 2nd ed. 2002,
    // section 8.5: MTTF = (λ (1 + 2 c) + μ) / (2 λ (λ + μ (1 − c))).
    let (rate, repair) = (1e-4, 0.5)
    let chain = MarkovChain(
      stateCount: 3,
      transitions: [
        .init(from: 0, to: 1, rate: 2 * rate * coverage),
        .init(from: 0, to: 2, rate: 2 * rate * (1 - coverage)),
        .init(from: 1, to: 0, rate: repair), .init(from: 1, to: 2, rate: rate),
      ], initial: [1, 0, 0])
    let expected = (rate * (1 + 2 * coverage) + repair) / (2 * rate * (rate + repair * (1 - coverage)))
    #expect(try relativeError(chain.meanTime(to: [false, false, true]) ?? 0, expected) <= 1e-13)
  }

  @Test("A set that may be missed is never certain, one that is left out has probability 0")
  func neverCertain() throws {
    let chain = MarkovChain(
      stateCount: 4, transitions: [.init(from: 0, to: 1, rate: 1), .init(from: 0, to: 2, rate: 3)],
      initial: [1, 0, 0, 0])
    #expect(try chain.meanTime(to: [false, true, false, false]) == nil)
    #expect(try chain.meanTime(to: [false, false, false, true]) == nil)
    #expect(try chain.meanTime(to: [false, true, true, false]) == 0.25)
    #expect(try chain.meanTime(to: [true, false, false, false]) == 0)
    let reached = try chain.firstPassageProbability(to: [false, true, false, false], at: 1e6)
    #expect(relativeError(reached, 0.25) <= 1e-14)
  }

  @Test("Eight independent parts multiply at any time", arguments: [1e-3, 1, 50, 5_000])
  func independentParts(_ time: Double) throws {
    let parts = MarkovFixtures.parts(8)
    let space = try MarkovFixtures.independent(parts)
    let found = try space.chain.distribution(at: time)
    var worst = 0.0
    for (state, probability) in zip(space.states, found) {
      var product = 1.0
      for (part, (failure, repair)) in parts.enumerated() {
        let total = failure + repair
        let down = failure / total * -portableExpm1(-total * time)
        product *= (state >> part) & 1 == 1 ? down : 1 - down
      }
      worst = max(worst, relativeError(probability, product))
    }
    #expect(worst <= 1e-11)
  }

  @Test("The long run comes early in a long time")
  func settles() throws {
    let parts = MarkovFixtures.parts(12, failure: 1e-3, repair: 0.5, step: 0.1)
    let space = try MarkovFixtures.independent(parts)
    let early = try space.chain.distribution(at: 1e7)
    let settled = try space.chain.steadyState()
    #expect(zip(early, settled).allSatisfy { abs($0 - $1) <= 1e-13 })
  }

  @Test("Fast and slow moves over many states are refused, not guessed")
  func tooStiff() throws {
    let size = 3_000
    var moves: [MarkovChain.Transition] = []
    for state in 0..<size - 1 {
      moves.append(.init(from: state, to: state + 1, rate: 1e-7))
      moves.append(.init(from: state + 1, to: state, rate: state == 0 ? 1e9 : 1e-7))
    }
    let chain = MarkovChain(stateCount: size, transitions: moves, initial: MarkovFixtures.start(0, of: size))
    #expect(throws: MarkovChain.Unsolved.self) { try chain.distribution(at: 1e7) }
  }
}
