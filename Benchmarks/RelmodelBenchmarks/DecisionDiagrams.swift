import RelModelKit

/// Functions for the decision diagrams, as fault trees: `Benchmarks/diagrams` holds them against BuDDy.
enum DecisionDiagrams {
  /// Solves one function once and prints its probability when every event has the probability ½.
  static func solve(_ name: String, size: Int) throws {
    guard size > 0 else { return }
    var tree = TreeBuilder(probability: 0.5)
    let top = name == "queens" ? tree.queens(size) : tree.atLeastChain(size)
    var questions = FaultTreeQuestions()
    questions.sets = .none
    questions.wantsImportance = false
    for result in try FaultTreeAnalysis.results(of: tree.tree(top: top), questions) {
      print(result.probability)
    }
  }

  /// The time for each unit of service graphs like trees, in three zones.
  static func reportServices() throws {
    print("service graphs: probability and importance of every unit, µs a unit")
    for units in [100, 1_000, 10_000] {
      var tree = TreeBuilder(probability: 1e-3)
      let top = tree.service(units)
      let solved = tree.tree(top: top)
      var questions = FaultTreeQuestions()
      questions.sets = .none
      let clock = ContinuousClock()
      var best = Duration.seconds(1_000)
      for _ in 0..<3 {
        best = min(best, try clock.measure { _ = try FaultTreeAnalysis.results(of: solved, questions) })
      }
      print("  \(units) units  \(best / .microseconds(units))")
    }
  }
}

/// A fault tree under construction.
private struct TreeBuilder {
  private let probability: Double
  private var events: [FaultTree.BasicEvent] = []
  private var gates: [FaultTree.Gate] = []

  init(probability: Double) { self.probability = probability }

  mutating func event() -> FaultTree.Input {
    events.append(FaultTree.BasicEvent(name: "e\(events.count)", law: .expression(0)))
    return .event(events.count - 1)
  }

  mutating func gate(_ operation: GateOperation, _ inputs: [FaultTree.Input]) -> FaultTree.Input {
    gates.append(FaultTree.Gate(name: "g\(gates.count)", operation: operation, inputs: inputs))
    return .gate(gates.count - 1)
  }

  func tree(top: FaultTree.Input) -> FaultTree {
    FaultTree(
      name: "benchmark", events: events, gates: gates, tops: [FaultTree.Top(name: "top", input: top)],
      expressions: ExpressionTable([.constant(probability)]))
  }

  mutating func queens(_ size: Int) -> FaultTree.Input {
    let squares = (0..<size * size).map { _ in event() }
    var rules: [FaultTree.Input] = []
    for row in 0..<size { rules.append(gate(.or, (0..<size).map { squares[row * size + $0] })) }
    for square in 0..<size * size {
      let attacked = (0..<size * size).filter { other in
        let (down, right) = (other / size - square / size, other % size - square % size)
        return other != square && (down == 0 || right == 0 || abs(down) == abs(right))
      }
      rules.append(gate(.nand, [squares[square], gate(.or, attacked.map { squares[$0] })]))
    }
    return gate(.and, rules)
  }

  /// No five of any nine neighbours.
  mutating func atLeastChain(_ size: Int) -> FaultTree.Input {
    let units = (0..<size * 4).map { _ in event() }
    let groups = stride(from: 0, through: size * 4 - 9, by: 4).map { Array(units[$0..<$0 + 9]) }
    return gate(.nor, groups.map { gate(.atLeast(5), $0) })
  }

  /// Groups of replicas over three zones; each group needs up to two that nobody else needs.
  mutating func service(_ units: Int) -> FaultTree.Input {
    let zones = (0..<3).map { _ in event() }
    var state: UInt64 = 12_345
    func pick(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }
    var free: [FaultTree.Input] = []
    while events.count < units {
      let replicas = (0..<2 + pick(3)).map { gate(.or, [event(), zones[$0 % 3]]) }
      var needs = [gate(.atLeast(replicas.count - 1), replicas)]
      for _ in 0..<min(2, free.count) where pick(3) > 0 { needs.append(free.remove(at: pick(free.count))) }
      free.append(gate(.or, needs))
    }
    return gate(.or, free)
  }
}
