/// Two numbers between which a probability lies for certain, when its diagram is too large.
///
/// Gates that are not looked into may be anything: never true gives the lower bound, always true the upper one. The
/// diagram of the rest is exact, and gates that matter most are looked into next, as long as it stays small. With
/// negations pushed down to the variables everything is monotone in the gates, so both bounds are proven.
package struct ProbabilityBounds: Sendable {
  /// Not above the probability.
  package let low: Double
  /// Not below the probability.
  package let high: Double
  /// How they were found, for people.
  package let method: String
  /// Whether both are the probability itself.
  package let isExact: Bool

  /// The bounds of a root of a network.
  ///
  /// - Parameters:
  ///   - trueProbabilities: P(true) of each variable of the network, 0…1.
  ///   - nodeLimit: The most nodes of a diagram while it is built.
  ///   - relativeGap: It stops when the upper bound is above the lower one by less than this part.
  ///   - mostAttempts: How many diagrams are tried.
  package init(
    _ network: BooleanNetwork, root: BooleanNetwork.Literal, _ trueProbabilities: [Double],
    nodeLimit: Int = 2_000_000, relativeGap: Double = 1e-9, mostAttempts: Int = 40
  ) {
    let graph = NetworkSimplification(GateGraph(network, roots: [root])).graph
    // With few shared events both are proven; the search would start from much wider ones.
    if let given = ProbabilityBounds(conditioning: graph, trueProbabilities),
      given.isExact || given.high - given.low < 0.1 * given.high
    {
      self = given
      return
    }
    var search = BoundSearch(
      graph: graph, trueProbabilities: trueProbabilities, nodeLimit: nodeLimit, relativeGap: relativeGap)
    search.run(mostAttempts: mostAttempts)
    (low, high) = (search.low, search.high)
    isExact = search.closedGates == 0
    method =
      isExact
      ? "exact, by decision diagram"
      : "decision diagram of \(search.openGates) gates; \(search.closedGates) others never true for the lower "
        + "bound, always true for the upper one"
  }

  /// The bounds from the states of a few variables that take the graph apart; `nil` when none do.
  ///
  /// States that were not looked at may be anything.
  private init?(conditioning graph: GateGraph, _ trueProbabilities: [Double]) {
    guard let parts = PivotalDecomposition(graph) else { return nil }
    let total = parts.total(trueProbabilities)
    isExact = total.isComplete
    if isExact {
      (low, high) = (total.isTrue, total.isTrue)
      method = "exact, by conditioning on \(parts.hubs.count) shared events"
    } else {
      // Weights are products of at most 40 factors, each rounded.
      let rounding = 1e-14
      (low, high) = (total.isTrue * (1 - rounding), min(1, 1 - total.isFalse * (1 - rounding)))
      method =
        "conditioning on the \(total.assignments) most probable states of \(parts.hubs.count) shared events"
    }
  }
}

/// Looks into more and more gates of a network.
private struct BoundSearch {
  let graph: GateGraph
  let trueProbabilities: [Double]
  let nodeLimit: Int
  let relativeGap: Double
  private(set) var low = 0.0
  private(set) var high = 1.0
  /// How many gates the bounds look into, and how many they touch without looking into.
  private(set) var openGates = 0
  private(set) var closedGates = 1
  /// P(true) of each literal if inputs were independent: which gates matter is judged by it, never a bound.
  private let guess: [Double]
  private var isOpen: [Bool]
  private var isRefused: [Bool]

  init(graph: GateGraph, trueProbabilities: [Double], nodeLimit: Int, relativeGap: Double) {
    self.graph = graph
    self.trueProbabilities = trueProbabilities
    self.nodeLimit = nodeLimit
    self.relativeGap = relativeGap
    guess = BoundSearch.guesses(graph, trueProbabilities)
    isOpen = [Bool](repeating: false, count: graph.count * 2)
    isRefused = isOpen
  }

  mutating func run(mostAttempts: Int) {
    var batch = [graph.roots[0]]
    var size = 16
    for _ in 0..<mostAttempts {
      for literal in batch { isOpen[Int(literal)] = true }
      if let candidates = tighten() {
        let next = candidates.filter { !isRefused[Int($0)] }
        if next.isEmpty || high - low <= relativeGap * low { return }
        size *= 2
        batch = Array(next.prefix(size))
      } else {
        for literal in batch { isOpen[Int(literal)] = false }
        if batch.count == 1 { isRefused[Int(batch[0])] = true }
        size = max(1, batch.count / 4)
        batch = Array(batch.prefix(size))
        if isRefused[Int(batch[0])] { batch = [] }
      }
    }
  }

  /// The bounds with the gates that are open now; returns the gates that are not, those that matter most first, or
  /// `nil` when the diagram is too large.
  private mutating func tighten() -> [UInt32]? {
    let part = OpenPart(graph: graph, isOpen: isOpen, variableCount: trueProbabilities.count)
    let solver = NetworkSolver(nodeLimit: nodeLimit, mostSteps: 500_000)
    guard let diagram = try? NetworkDiagram(part.network, roots: [part.root], solver: solver) else {
      return nil
    }
    let closed = part.closed
    func extended(_ value: (UInt32) -> Double) -> [Double] { trueProbabilities + closed.map(value) }
    low = max(low, diagram.probability(ofRoot: 0, extended { _ in 0 }))
    high = min(high, diagram.probability(ofRoot: 0, extended { _ in 1 }))
    (openGates, closedGates) = (part.openCount, closed.count)
    let importance = diagram.birnbaumImportance(ofRoot: 0, extended { guess[Int($0)] })
    return closed.enumerated()
      .map { (importance[trueProbabilities.count + $0.offset], $0.element) }
      .sorted { ($1.0, $0.1) < ($0.0, $1.1) }
      .map(\.1)
  }

  private static func guesses(_ graph: GateGraph, _ trueProbabilities: [Double]) -> [Double] {
    var guess = [Double](repeating: 0, count: graph.count * 2)
    guess[1] = 1
    for node in 1..<max(1, graph.count) {
      let inputs = graph.inputs[node].map { guess[Int($0)] }
      var value: Double
      switch graph.kinds[node] {
      case .constant: value = 0
      case .variable: value = trueProbabilities[Int(graph.numbers[node])]
      case .and: value = inputs.reduce(1, *)
      case .or: value = 1 - inputs.reduce(1) { $0 * (1 - $1) }
      case .xor: value = inputs.reduce(0) { $0 * (1 - $1) + $1 * (1 - $0) }
      case .atLeast: value = atLeast(Int(graph.numbers[node]), inputs)
      }
      guess[2 * node] = value
      guess[2 * node + 1] = 1 - value
    }
    return guess
  }

  private static func atLeast(_ count: Int, _ probabilities: [Double]) -> Double {
    var reached = [1.0] + [Double](repeating: 0, count: count)
    for p in probabilities {
      for needed in stride(from: count, to: 0, by: -1) {
        reached[needed] = p * reached[needed - 1] + (1 - p) * reached[needed]
      }
    }
    return reached[count]
  }
}

/// The open gates below a root, with a variable in place of each gate that is not, and negations at variables only.
private struct OpenPart {
  private(set) var network = BooleanNetwork()
  private(set) var root = BooleanNetwork.Literal.never
  /// The closed literals; that of index i is variable `variableCount` + i.
  private(set) var closed: [UInt32] = []
  private(set) var openCount = 0

  init(graph: GateGraph, isOpen: [Bool], variableCount: Int) {
    var literals = [BooleanNetwork.Literal?](repeating: nil, count: graph.count * 2)
    literals[0] = .never
    literals[1] = .always
    var stack = [(literal: graph.roots[0], isReady: false)]
    while let (literal, isReady) = stack.popLast() {
      if literals[Int(literal)] != nil { continue }
      let node = Int(literal >> 1)
      if graph.kinds[node] == .variable {
        let variable = network.variable(Int(graph.numbers[node]))
        literals[Int(literal)] = literal & 1 == 0 ? variable : variable.negated
      } else if !isOpen[Int(literal)] {
        literals[Int(literal)] = network.variable(variableCount + closed.count)
        closed.append(literal)
      } else if !isReady {
        stack.append((literal, true))
        for input in graph.inputs[node].reversed() {
          if literal & 1 == 0 || graph.kinds[node] == .xor { stack.append((input, false)) }
          if literal & 1 == 1 || graph.kinds[node] == .xor { stack.append((input ^ 1, false)) }
        }
      } else {
        openCount += 1
        literals[Int(literal)] = gate(graph, literal) { literals[Int($0)] ?? .never }
      }
    }
    root = literals[Int(graph.roots[0])] ?? .never
  }

  private mutating func gate(
    _ graph: GateGraph, _ literal: UInt32, _ value: (UInt32) -> BooleanNetwork.Literal
  ) -> BooleanNetwork.Literal {
    let node = Int(literal >> 1)
    let (inputs, number) = (graph.inputs[node], Int(graph.numbers[node]))
    let signed = inputs.map { value($0 ^ (literal & 1)) }
    switch (graph.kinds[node], literal & 1) {
    case (.and, 0), (.or, 1): return network.and(signed)
    case (.or, 0), (.and, 1): return network.or(signed)
    case (.atLeast, 0): return network.atLeast(number, of: signed)
    case (.atLeast, _): return network.atLeast(inputs.count - number + 1, of: signed)
    default: return parity(inputs.map { (value($0), value($0 ^ 1)) }, isOdd: literal & 1 == 0)
    }
  }

  /// Parity without negations, from each input and its opposite.
  private mutating func parity(
    _ inputs: [(BooleanNetwork.Literal, BooleanNetwork.Literal)], isOdd: Bool
  ) -> BooleanNetwork.Literal {
    var (odd, even) = (BooleanNetwork.Literal.never, BooleanNetwork.Literal.always)
    for (positive, negative) in inputs {
      let toOdd = [network.and([odd, negative]), network.and([even, positive])]
      let toEven = [network.and([even, negative]), network.and([odd, positive])]
      (odd, even) = (network.or(toOdd), network.or(toEven))
    }
    return isOdd ? odd : even
  }
}
