import Foundation
import Reliability
import ServiceGraph
import Testing

/// Dynamic gates where a formula is known.
@Suite struct DynamicTreeClosedFormTests {
  private func solve(_ text: String, at times: [Double]) throws -> DynamicTreeSolution {
    try DynamicTrees.solve(DynamicTreeText.tree(text), at: times)
  }

  private func expectEqual(_ found: Double, _ expected: Double, _ digits: Double = 1e-12) {
    #expect(abs(found - expected) <= digits * abs(expected), "\(found) instead of \(expected)")
  }

  /// 1 − Σⱼ e^(−x) xʲ / j! for j < phases, summed from the small side.
  private func erlang(_ phases: Int, _ x: Double) -> Double {
    var term = exp(-x)
    var sum = 0.0
    for phase in 1..<200 {
      term *= x / Double(phase)
      if phase >= phases { sum += term }
    }
    return sum
  }

  @Test(arguments: [2, 3, 5, 9]) func `Cold spares in a row fail after an Erlang time`(count: Int) throws {
    let names = (0..<count).map { "E\($0)" }
    let text = "S wsp " + names.joined(separator: " ") + names.map { "; \($0) lambda=0.7 dorm=0" }.joined()
    let solution = try solve(text, at: [0.001, 0.5, 4, 60])
    for (found, time) in zip(solution.probabilities, [0.001, 0.5, 4, 60]) {
      expectEqual(found, erlang(count, 0.7 * time))
    }
    #expect(solution.meanTimeToFailure == .finite(Double(count) / 0.7))
  }

  /// Of n units at rate λ and dormancy d the k-th failure comes at rate λ (1 + (n − k) d).
  @Test func `Warm spares fail one by one at falling rates`() throws {
    let solution = try solve(
      "S wsp A B C D; A lambda=2 dorm=0.25; B lambda=2 dorm=0.25; C lambda=2 dorm=0.25; D lambda=2 dorm=0.25",
      at: [0.3, 2])
    let rates = [3.5, 3.0, 2.5, 2.0]
    for (found, time) in zip(solution.probabilities, [0.3, 2.0]) {
      var expected = 1.0
      for (place, rate) in rates.enumerated() {
        var weight = 1.0
        for (other, second) in rates.enumerated() where other != place { weight *= second / (second - rate) }
        expected -= weight * exp(-rate * time)
      }
      expectEqual(found, expected, 1e-11)
    }
    guard case .finite(let mean) = solution.meanTimeToFailure else {
      Issue.record("The mean is finite")
      return
    }
    expectEqual(mean, rates.reduce(0) { $0 + 1 / $1 })
  }

  @Test(arguments: [2, 3, 4, 6]) func `Equal events fail in one order of n!`(count: Int) throws {
    let names = (0..<count).map { "E\($0)" }
    let text = "P pand " + names.joined(separator: " ") + names.map { "; \($0) lambda=0.4" }.joined()
    let solution = try solve(text, at: [1.5])
    let orders = (1...count).reduce(1.0) { $0 * Double($1) }
    expectEqual(solution.probabilities[0], pow(-expm1(-0.6), Double(count)) / orders)
    guard case .infinite(let ever) = solution.meanTimeToFailure else {
      Issue.record("It need not happen")
      return
    }
    expectEqual(ever, 1 / orders)
  }

  @Test func `A small probability keeps its digits`() throws {
    let text = "S wsp A B C; A lambda=1e-7 dorm=0; B lambda=1e-7 dorm=0; C lambda=1e-7 dorm=0"
    expectEqual(try solve(text, at: [1]).probabilities[0], erlang(3, 1e-7))
  }

  @Test func `Phases pass more slowly while a spare stands by`() throws {
    // Three phases of the first, then three of a cold second: six phases in all.
    let text = "S wsp A B; A lambda=2 phases=3 dorm=0; B lambda=2 phases=3 dorm=0"
    let solution = try solve(text, at: [1.7])
    expectEqual(solution.probabilities[0], erlang(6, 3.4))
    #expect(solution.meanTimeToFailure == .finite(3))
    let hot = try solve("S wsp A B; A lambda=2 phases=3 dorm=1; B lambda=2 phases=3 dorm=1", at: [1.7])
    expectEqual(hot.probabilities[0], pow(erlang(3, 3.4), 2))
  }

  @Test func `Erlang events under static gates`() throws {
    let solution = try solve("T and A B; A lambda=2 phases=1; B lambda=4 phases=3", at: [1])
    expectEqual(solution.probabilities[0], -expm1(-2) * erlang(3, 4))
  }

  @Test func `A constant in a dynamic gate has failed from the start or never fails`() throws {
    let solution = try solve("P pand C E; C prob=0.3; E lambda=1", at: [2])
    expectEqual(solution.probabilities[0], 0.3 * -expm1(-2))
    let spare = try solve("S wsp C E; C prob=0.3; E lambda=1 dorm=0", at: [2])
    expectEqual(spare.probabilities[0], 0.3 * -expm1(-2))
  }

  @Test func `Events that fail together are in order for an inclusive gate only`() throws {
    let inclusive = try solve("T pand A B; A or X Y; B or X Z; X lambda=1; Y lambda=0; Z lambda=0", at: [1])
    expectEqual(inclusive.probabilities[0], -expm1(-1))
    let exclusive = try solve(
      "T pand-ex A B; A or X Y; B or X Z; X lambda=1; Y lambda=0; Z lambda=0", at: [1])
    #expect(exclusive.probabilities[0] == 0)
    let either = try solve("T por A B; A or X Y; B or X Z; X lambda=1; Y lambda=0; Z lambda=0", at: [1])
    expectEqual(either.probabilities[0], -expm1(-1))
    let first = try solve("T por-ex A B; A or X Y; B or X Z; X lambda=1; Y lambda=0; Z lambda=0", at: [1])
    #expect(first.probabilities[0] == 0)
  }

  @Test func `One coin decides for all dependents`() throws {
    // A fails with its trigger, and so does B: together with 0.25, or not at all.
    let text = "T and A B; F pdep=0.25 X A B; X lambda=1; A lambda=0; B lambda=0"
    expectEqual(try solve(text, at: [1]).probabilities[0], 0.25 * -expm1(-1))
  }

  @Test func `Triggers that trigger each other fail together`() throws {
    let solution = try solve("T and A B; F fdep A B; G fdep B A; A lambda=1; B lambda=2", at: [0.5])
    expectEqual(solution.probabilities[0], -expm1(-1.5))
    #expect(solution.notes.isEmpty)
  }

  @Test func `At most one of exclusive events happens`() throws {
    let solution = try solve("T or A; M mutex A B; A lambda=1; B lambda=3", at: [2])
    expectEqual(solution.probabilities[0], -expm1(-8) / 4)
    guard case .infinite(let ever) = solution.meanTimeToFailure else {
      Issue.record("It need not happen")
      return
    }
    expectEqual(ever, 0.25)
  }

  @Test func `Modules of their own enter the static part as if they were events`() throws {
    let one = "wsp A# B#; A# lambda=1 dorm=0; B# lambda=1 dorm=0; "
    var text = "T 2of4 S0 S1 S2 S3; "
    for number in 0..<4 { text += "S\(number) " + one.replacingOccurrences(of: "#", with: "\(number)") }
    let solution = try solve(text, at: [1])
    let p = erlang(2, 1)
    expectEqual(solution.probabilities[0], 1 - pow(1 - p, 4) - 4 * p * pow(1 - p, 3))
    #expect(solution.modules.map(\.eventCount) == [2, 2, 2, 2])
  }

  @Test func `A module seen in two places keeps its parts dependent`() throws {
    // Two primaries share a cold spare; the outputs stand apart under different gates.
    let text =
      "T or L R; L and S1 X; R and S2 Y; S1 wsp A C; S2 wsp B C; X prob=0.5; Y prob=0.5; "
      + "A lambda=1 dorm=0; B lambda=1 dorm=0; C lambda=1 dorm=0"
    let apart = try solve(text, at: [1])
    #expect(apart.modules.map(\.outputs) == [["S1", "S2"]])
    // The same as one chain, since a gate that looks at order stands on top.
    let together = try solve("P pand N T; N prob=1; " + text, at: [1])
    #expect(together.modules.map(\.eventCount) == [6])
    expectEqual(apart.probabilities[0], together.probabilities[0])
  }

  @Test func `A chain of 100,000 gates above a module`() throws {
    let gates = (0..<100_000).map { number in
      FaultTree.Gate(
        name: "G\(number)", operation: number == 0 ? .spare : .or,
        inputs: number == 0 ? [.event(0), .event(1)] : [.gate(number - 1), .event(2)])
    }
    let events = ["A", "B", "X"].map { name in
      FaultTree.BasicEvent(name: name, law: .erlang(rate: 1, phases: 1, dormancy: 0, repairRate: nil))
    }
    let tree = FaultTree(
      name: "deep", events: events, gates: gates, tops: [FaultTree.Top(name: "T", input: .gate(99_999))],
      expressions: ExpressionTable())
    let solution = try DynamicTrees.solve(tree, at: [1])
    expectEqual(solution.probabilities[0], 1 - exp(-1) * 2 * exp(-1))
  }

  @Test func `Restrained times add up`() throws {
    let solution = try solve("T or C; Q seq A B C; A lambda=1; B lambda=1; C lambda=1", at: [2])
    expectEqual(solution.probabilities[0], erlang(3, 2))
  }
}
