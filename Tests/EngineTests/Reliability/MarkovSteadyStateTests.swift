import Reliability
import Testing

@Suite("Markov chains in the long run")
struct MarkovSteadyStateTests {
  struct Duplex: Sendable, CustomTestStringConvertible {
    let crews: Int
    let availability: Double
    let failuresPerYear: Double
    let source: String
    var testDescription: String { "\(crews) crews: \(source)" }
  }

  static let duplexes = [
    Duplex(
      crews: 2, availability: 0.999901970395059308, failuresPerYear: 0.171747867856093,
      source: "1 − (λ/(λ+μ))² with λ = 1/1000 h, μ = 1/10 h"),
    Duplex(
      crews: 1, availability: 0.9998039600078416, failuresPerYear: 0.171731033130759,
      source: "Trivedi 2002, section 8.2.3, machine repairmen with two machines and one crew"),
  ]

  @Test("Duplex with one and two crews", arguments: duplexes)
  func duplex(_ row: Duplex) throws {
    let chain = MarkovFixtures.repair(units: 2, crews: row.crews, rate: 1e-3, repairRate: 0.1)
    let down = try chain.longRunShare(of: [false, false, true])
    #expect(abs(1 - down.probability - row.availability) <= 2e-16)
    #expect(relativeError(down.frequency * 8760, row.failuresPerYear) <= 5e-15)
    #expect(relativeError(down.meanStay ?? 0, 10 / Double(row.crews)) <= 1e-14)
    #expect(try relativeError(chain.meanTime(to: [false, false, true]) ?? 0, 51_500) <= 1e-14)
  }

  @Test("Thirty units with a crew each keep the digits of 1e-120")
  func keepsSmallProbabilities() throws {
    let ratio = 1e-4
    let chain = MarkovFixtures.repair(units: 30, crews: 30, rate: ratio, repairRate: 1)
    let found = try chain.steadyState()
    var expected = 1.0
    for _ in 0..<30 { expected /= 1 + ratio }
    for down in 0...30 {
      #expect(relativeError(found[down], expected) <= 2e-13, "\(down) down")
      expected *= ratio * Double(30 - down) / Double(down + 1)
    }
  }

  struct Loss: Sendable {
    let lines: Int
    let traffic: Double
    let blocking: Double
  }

  @Test(
    "Erlang's loss formula",
    arguments: [
      // Erlang B tables, as printed in Iversen, Teletraffic Engineering Handbook, ITU-D 2005, chapter 7.
      Loss(lines: 6, traffic: 2, blocking: 4.0 / 45 / 7.35555555555555556),
      Loss(lines: 2, traffic: 1, blocking: 0.2),
      Loss(lines: 1, traffic: 3, blocking: 0.75),
    ])
  func erlangLoss(_ row: Loss) throws {
    let chain = MarkovFixtures.birthDeath(
      up: [Double](repeating: row.traffic, count: row.lines), down: (1...row.lines).map(Double.init))
    #expect(try relativeError(chain.steadyState()[row.lines], row.blocking) <= 1e-14)
  }

  @Test("Independent parts multiply, by each way of solving", arguments: [3, 7, 9, 11, 13])
  func independentParts(_ count: Int) throws {
    let parts = MarkovFixtures.parts(count)
    let space = try MarkovFixtures.independent(parts)
    let found = try space.chain.steadyState()
    var worst = 0.0
    for (state, probability) in zip(space.states, found) {
      let product = parts.indices.reduce(1.0) { product, part in
        let (failure, repair) = parts[part]
        return product * ((state >> part) & 1 == 1 ? failure : repair) / (failure + repair)
      }
      worst = max(worst, relativeError(probability, product))
    }
    #expect(space.states.count == 1 << count)
    #expect(worst <= 2e-14)
  }

  @Test("A queue of 200,000 places is geometric")
  func longQueue() throws {
    let places = 200_000
    let ratio = 0.9999
    let chain = MarkovFixtures.birthDeath(
      up: [Double](repeating: ratio, count: places), down: [Double](repeating: 1, count: places))
    let found = try chain.steadyState()
    for place in [1, 10, 1_000, 100_000] {
      let expected = (0..<place).reduce(found[0]) { weight, _ in weight * ratio }
      #expect(relativeError(found[place], expected) <= 1e-10, "place \(place)")
    }
    #expect(abs(found.reduce(0, +) - 1) <= 1e-12)
  }

  /// Two queues of 30 places whose second is served at a rate, or never where that is 0.
  private static func queues(secondServed: Double) throws -> StateSpace<[Int]> {
    try StateSpace(from: [0, 0]) { (state: [Int]) in
      var moves: [StateSpace<[Int]>.Move] = []
      for queue in 0...1 {
        var more = state, less = state
        more[queue] += 1
        less[queue] -= 1
        if more[queue] < 30 { moves.append(.init(to: more, rate: queue == 0 ? 1 : 2)) }
        if less[queue] >= 0 { moves.append(.init(to: less, rate: queue == 0 ? 2 : secondServed)) }
      }
      return moves
    }
  }

  /// In the long run the first queue holds n with a probability in proportion to (1 / 2)ⁿ, the second to (2 / rate)ⁿ.
  @Test("a chain with the moves of another takes its order, and gives the digits that it gives alone")
  func sameMoves() throws {
    let memory = EliminationMemory()
    for rate in [3.0, 5, 0, 7] {
      let space = try Self.queues(secondServed: rate)
      let found = try space.chain.steadyState(memory: memory)
      #expect(found == (try space.chain.steadyState()))
      guard rate > 0 else { continue }
      let (empty, other) = (try #require(space.number(of: [0, 0])), try #require(space.number(of: [4, 3])))
      let expected = (1.0 / 16) * (2 / rate) * (2 / rate) * (2 / rate)
      #expect(relativeError(found[other] / found[empty], expected) <= 1e-12)
    }
  }

  @Test("Two queues side by side, 40,000 states, multiply")
  func twoQueues() throws {
    let size = 200
    let space = try StateSpace(from: [0, 0]) { (state: [Int]) in
      var moves: [StateSpace<[Int]>.Move] = []
      for queue in 0...1 {
        var more = state, less = state
        more[queue] += 1
        less[queue] -= 1
        if more[queue] < size { moves.append(.init(to: more, rate: queue == 0 ? 0.5 : 3)) }
        if less[queue] >= 0 { moves.append(.init(to: less, rate: queue == 0 ? 1 : 4)) }
      }
      return moves
    }
    let found = try space.chain.steadyState()
    #expect(found.count == size * size)
    let empty = try #require(space.number(of: [0, 0]))
    for (first, second) in [(1, 0), (0, 1), (30, 40), (199, 199)] {
      let state = try #require(space.number(of: [first, second]))
      let expected = (0..<first).reduce(1.0) { weight, _ in weight * 0.5 }
      let other = (0..<second).reduce(1.0) { weight, _ in weight * 0.75 }
      #expect(relativeError(found[state] / found[empty], expected * other) <= 1e-11)
    }
  }

  /// Rings of states that seldom meet: sweeps alone would not see the slow part.
  @Test("Nearly separate parts get their shares", arguments: [60, 1_000])
  func nearlySeparate(_ size: Int) throws {
    var moves: [MarkovChain.Transition] = []
    for state in 0..<size {
      for ring in [0, size] {
        moves.append(.init(from: ring + state, to: ring + (state + 1) % size, rate: 1))
        moves.append(.init(from: ring + state, to: ring + (state * 7 + 3) % size, rate: 2))
      }
    }
    moves.append(.init(from: 0, to: size, rate: 3e-12))
    moves.append(.init(from: size, to: 0, rate: 1e-12))
    let chain = MarkovChain(
      stateCount: 2 * size, transitions: moves, initial: MarkovFixtures.start(0, of: 2 * size))
    let found = try chain.steadyState()
    // Both rings look alike inside, so the shares are as the rates between them: 1 to 3.
    #expect(relativeError(found[..<size].reduce(0, +), 0.25) <= 1e-9)
    #expect(relativeError(found[0], found[size] / 3) <= 1e-9)
  }

  @Test("A gambler's ruin ends where it should")
  func ruin() throws {
    // From 2 of 5 with odds 0.6 to 0.4: ruin with ((q/p)² − (q/p)⁵) / (1 − (q/p)⁵). Feller 1968, chapter XIV.
    let moves = (1...4).flatMap { state in
      [
        MarkovChain.Transition(from: state, to: state + 1, rate: 0.6),
        MarkovChain.Transition(from: state, to: state - 1, rate: 0.4),
      ]
    }
    let chain = MarkovChain(stateCount: 6, transitions: moves, initial: MarkovFixtures.start(2, of: 6))
    let odds = 0.4 / 0.6
    let fifth = odds * odds * odds * odds * odds
    let found = try chain.steadyState()
    #expect(relativeError(found[0], (odds * odds - fifth) / (1 - fifth)) <= 1e-14)
    #expect(found[1...4].allSatisfy { $0 == 0 })
    #expect(abs(found[0] + found[5] - 1) <= 1e-15)
  }

  @Test("What can not be reached has probability 0, and a chain without moves stays")
  func unreachable() throws {
    let chain = MarkovChain(
      stateCount: 4, transitions: [.init(from: 0, to: 1, rate: 1), .init(from: 1, to: 0, rate: 3)],
      initial: [1, 0, 0, 0])
    #expect(try chain.steadyState() == [0.75, 0.25, 0, 0])
    let still = MarkovChain(stateCount: 3, transitions: [], initial: [0.5, 0.25, 0.25])
    #expect(try still.steadyState() == [0.5, 0.25, 0.25])
    #expect(try still.distribution(at: 7) == [0.5, 0.25, 0.25])
    #expect(try still.occupancy(over: 8) == [4, 2, 2])
  }

  @Test("Exploring stops at its limit")
  func limit() {
    #expect(throws: StateSpace<Int>.TooManyStates(limit: 100)) {
      try StateSpace(from: 0, limit: 100) { [.init(to: $0 + 1, rate: 1)] }
    }
  }
}
