import Reliability
import ServiceGraph
import Testing

/// What can not be solved is refused by name.
@Suite struct DynamicTreeErrorTests {
  @Test(arguments: [
    ("S wsp A; A lambda=1", DynamicTreeError.tooFewInputs(gate: "S", found: 1, needed: 2)),
    ("S wsp A true; A lambda=1", .unusableInput(gate: "S")),
    ("T or A; F fdep A true; A lambda=1", .unusableInput(gate: "F")),
    ("P pand N B; N not A; A lambda=1; B lambda=1", .notCoherent(gate: "N")),
    ("S wsp A B; A lambda=1 repair=2; B lambda=1", .repairable(event: "A")),
    ("T or A; A lambda=-1", .invalidLaw(event: "A")),
    ("T or A; A prob=1.5", .invalidLaw(event: "A")),
    ("P pand A B; A prob=1.5; B lambda=1", .invalidLaw(event: "A")),
    ("T or A B; F pdep=2 A B; A lambda=1; B lambda=1", .invalidProbability(dependency: "F", 2)),
    ("P pand A B; A lambda=1 phases=300; B lambda=1", .moduleTooLarge(module: "A")),
  ]) func `A tree without an answer`(text: String, expected: DynamicTreeError) {
    #expect(throws: expected) { try DynamicTrees.solve(DynamicTreeText.tree(text), at: [1]) }
  }

  @Test func `A module beyond the limit of states`() {
    var text = "P pand " + (0..<12).map { "E\($0)" }.joined(separator: " ")
    for number in 0..<12 { text += "; E\(number) lambda=\(number + 1)" }
    #expect(throws: DynamicTreeError.tooManyStates(module: "P", limit: 10)) {
      try DynamicTrees.solve(DynamicTreeText.tree(text), at: [1], stateLimit: 10)
    }
  }

  @Test func `A module beyond the limit of moves`() {
    let text =
      "P pand A B C D; A or A1 A2; B and B1 B2; C or C1 C2; D and D1 D2; "
      + ["A", "B", "C", "D"].map { "\($0)1 lambda=1; \($0)2 lambda=2" }.joined(separator: "; ")
    #expect(throws: DynamicTreeError.tooManyMoves(module: "P", limit: 30)) {
      try DynamicTrees.solve(DynamicTreeText.tree(text), at: [1], moveLimit: 30)
    }
  }

  @Test func `No such top, no such time`() {
    let tree = DynamicTreeText.tree("T or A; A lambda=1")
    #expect(throws: DynamicTreeError.noSuchTop(1)) { try DynamicTrees.solve(tree, top: 1, at: []) }
    #expect(throws: DynamicTreeError.invalidTime(-1)) { try DynamicTrees.solve(tree, at: [1, -1]) }
  }

  @Test func `A probability that changes without a rate, where order matters`() {
    var expressions = ExpressionTable()
    let time = expressions.add(.missionTime)
    let numbers = [1.0, 2, 0].map { expressions.add(.constant($0)) }
    let weibull = expressions.add(
      .weibull(scale: numbers[0], shape: numbers[1], location: numbers[2], time: time))
    let events = ["A", "B"].map { FaultTree.BasicEvent(name: $0, law: .expression(weibull)) }
    func tree(_ operation: GateOperation) -> FaultTree {
      FaultTree(
        name: "T", events: events,
        gates: [FaultTree.Gate(name: "T", operation: operation, inputs: [.event(0), .event(1)])],
        tops: [FaultTree.Top(name: "T", input: .gate(0))], expressions: expressions)
    }
    #expect(throws: DynamicTreeError.noFailureRate(event: "A")) {
      try DynamicTrees.solve(tree(.priorityAnd(isInclusive: true)), at: [1])
    }
    // Under a static gate any law will do: the mean of the smaller of two Weibull times is √π / (2 √2).
    let solution = try? DynamicTrees.solve(tree(.or), at: [1])
    guard case .finite(let mean) = solution?.meanTimeToFailure else {
      Issue.record("The mean is finite")
      return
    }
    #expect(abs(mean - 0.626_657_068_657_750_1) < 1e-12)
  }

  @Test func `Repairs under static gates`() throws {
    let solution = try DynamicTrees.solve(DynamicTreeText.tree("T or A; A lambda=1 repair=3"), at: [1e9])
    #expect(abs(solution.probabilities[0] - 0.25) < 1e-12)
    #expect(solution.meanTimeToFailure == .undefined)
    #expect(solution.notes == [.repaired(event: "A")])
  }

  @Test func `Where the order of dependencies decides, the answer says so`() throws {
    let text = "T pand S A B; F fdep S A B; S lambda=1; A lambda=1; B lambda=1"
    let solution = try DynamicTrees.solve(DynamicTreeText.tree(text), at: [1])
    #expect(solution.notes == [.orderOfDependencies(module: "T")])
  }
}
