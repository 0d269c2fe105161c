/// A function of a network over time: how likely it is true and how often it becomes true.
package struct SystemCurve: Sendable {
  /// The diagrams.
  let diagram: NetworkDiagram
  /// The function's root in them.
  let root: Int
  /// What the variables do.
  package let events: EventCurves
  /// The critical states of a function that is not coherent, else `nil`.
  let critical: CriticalStates?
  /// What modules with chains add to the frequency.
  let changes: ModuleChanges?
  private let support: [Int]

  /// A function of a network and what drives its variables.
  ///
  /// - Parameter critical: how each variable matters, for a function that is not coherent.
  package init(
    diagram: NetworkDiagram, root: Int, events: EventCurves, critical: CriticalStates? = nil
  ) {
    self.init(diagram: diagram, root: root, events: events, critical: critical, changes: nil)
  }

  /// The same with the changes inside modules, which the variables know nothing of.
  init(
    diagram: NetworkDiagram, root: Int, events: EventCurves, critical: CriticalStates? = nil,
    changes: ModuleChanges?
  ) {
    self.diagram = diagram
    self.root = root
    self.events = events
    self.critical = critical
    self.changes = changes
    support = diagram.support(ofRoot: root)
  }

  /// The probability that it is true at a time.
  package func unavailability(atHours time: Double) -> Double {
    diagram.probability(ofRoot: root, events.probabilities(atHours: time))
  }

  /// How often it becomes true, per hour; `nil` when a frequency it depends on is not known.
  ///
  /// w = Σ (Birnbaum importance × event frequency); of a function that is not coherent, Σ P(true with the event
  /// only) × its failures + P(true without it only) × its repairs. Sources: Vesely 1970; Schneeweiss, IEEE Trans.
  /// Reliability R-30 (1981).
  package func frequency(_ moment: EventCurves.Moment) -> Double? {
    if let critical { return critical.frequency(moment) }
    let importance = diagram.birnbaumImportance(ofRoot: root, moment.probabilities)
    var total = 0.0
    if let changes {
      guard let own = changes.frequency(moment, diagram: diagram, root: root, modules: events.modules) else {
        return nil
      }
      total = own
    }
    for variable in support where changes?.counted.contains(variable) != true {
      guard events.starts[variable].isEmpty else {
        guard let own = frequencyWhileStarting(variable, moment) else { return nil }
        total += own
        continue
      }
      let difference =
        events.moves[variable].isEmpty
        ? importance[variable] : startImportance(variable, moment.probabilities)
      guard difference > 0 else { continue }
      guard let own = moment.failures[variable] else { return nil }
      total += difference * own
    }
    return total
  }

  /// How often an event takes it down whose units still start after it, by what each of its failures finds.
  private func frequencyWhileStarting(_ variable: Int, _ moment: EventCurves.Moment) -> Double? {
    var total = 0.0
    for failures in moment.failuresWhileStarting(variable, events) {
      guard let own = failures.own else { return nil }
      var started = failures.absent
      started[variable] = 1
      for moving in events.moves[variable] { started[moving] = 1 }
      let change =
        diagram.probability(ofRoot: root, started) - diagram.probability(ofRoot: root, failures.absent)
      total += own * max(0, change)
    }
    return total
  }

  /// What the start of an event changes, with all that becomes true with it.
  private func startImportance(_ variable: Int, _ probabilities: [Double]) -> Double {
    var started = probabilities
    started[variable] = 1
    for moving in events.moves[variable] { started[moving] = 1 }
    var absent = probabilities
    absent[variable] = 0
    return diagram.probability(ofRoot: root, started) - diagram.probability(ofRoot: root, absent)
  }

  /// What happens over 0…`horizon`.
  package struct Interval: Sendable {
    /// The mean unavailability.
    package let meanUnavailability: Double
    /// The expected number of times it becomes true; `nil` when not known.
    package let expectedFailures: Double?
    /// About how far both may be off, relative to their values.
    package let relativeError: Double
  }

  /// The mean unavailability over a horizon and the expected number of failures in it.
  package func interval(upToHours horizon: Double) -> Interval {
    let isKnown = frequency(events.moment(atHours: horizon / 2)) != nil
    let tolerance = max(1e-11, 0.01 * events.relativeError)
    let (sums, error) = TimeIntegral(tolerance: tolerance).integrals(
      upTo: horizon, breaks: events.breaks, pace: events.pace, count: isKnown ? 2 : 1
    ) { time in
      guard isKnown else { return [unavailability(atHours: time)] }
      let moment = events.moment(atHours: time, withRepairs: critical != nil)
      return [diagram.probability(ofRoot: root, moment.probabilities), frequency(moment) ?? 0]
    }
    return Interval(
      meanUnavailability: min(1, sums[0] / horizon),
      expectedFailures: isKnown ? sums[1] + failuresAtInstants(upTo: horizon) : nil,
      relativeError: max(error, events.relativeError))
  }

  /// Failures at instants when events fail with a probability of their own, one event after the other.
  private func failuresAtInstants(upTo horizon: Double) -> Double {
    var instants: [(time: Double, curve: Int, probability: Double)] = []
    for (number, curve) in events.curves.enumerated() {
      for instant in curve.failureInstants where instant.time <= horizon {
        instants.append((instant.time, number, instant.probability))
      }
    }
    instants.sort { ($0.time, $0.curve) < ($1.time, $1.curve) }
    var total = 0.0
    var place = 0
    while place < instants.count {
      let time = instants[place].time
      var masses: [Int: Double] = [:]
      while place < instants.count, instants[place].time - time <= 1e-11 * time {
        masses[instants[place].curve, default: 0] += instants[place].probability
        place += 1
      }
      total += failures(at: time, masses)
    }
    return total
  }

  private func failures(at time: Double, _ masses: [Int: Double]) -> Double {
    let before = time * (1 - 1e-10)
    let values = events.curves.map { $0.unavailability(atHours: before) }
    var probabilities = events.probabilities(atHours: before)
    var total = 0.0
    for variable in support {
      guard case .anyOf(let numbers) = events.sources[variable] else { continue }
      let earlier = diagram.probability(ofRoot: root, probabilities)
      probabilities[variable] = combined(numbers.map { values[$0] + (masses[$0] ?? 0) })
      total += max(0, diagram.probability(ofRoot: root, probabilities) - earlier)
    }
    return total
  }
}

/// The states in which each variable of a function that is not coherent decides whether it is true.
package struct CriticalStates: Sendable {
  private let diagram: NetworkDiagram
  private let variables: [Int]

  /// The critical states of one literal of a network.
  ///
  /// - Throws: `TooLarge` when the diagrams outgrow `nodeLimit`.
  package init(
    _ network: BooleanNetwork, root: BooleanNetwork.Literal, variables: [Int], nodeLimit: Int = 4_000_000
  ) throws(BinaryDecisionDiagram.TooLarge) {
    var larger = network
    var roots: [BooleanNetwork.Literal] = []
    for variable in variables {
      let with = larger.restricting(root, variable: variable, to: .always)
      let without = larger.restricting(root, variable: variable, to: .never)
      roots.append(larger.and([with, without.negated]))
      roots.append(larger.and([without, with.negated]))
    }
    diagram = try NetworkDiagram(larger, roots: roots, nodeLimit: nodeLimit)
    self.variables = variables
  }

  /// The probability that a variable's truth alone makes the function true, and that its falsehood does.
  package func probabilities(
    ofVariable place: Int, _ trueProbabilities: [Double]
  ) -> (byTruth: Double, byFalsehood: Double) {
    (
      diagram.probability(ofRoot: 2 * place, trueProbabilities),
      diagram.probability(ofRoot: 2 * place + 1, trueProbabilities)
    )
  }

  func frequency(_ moment: EventCurves.Moment) -> Double? {
    var total = 0.0
    for (place, variable) in variables.enumerated() {
      let (byTruth, byFalsehood) = probabilities(ofVariable: place, moment.probabilities)
      if byTruth > 0 {
        guard let failures = moment.failures[variable] else { return nil }
        total += byTruth * failures
      }
      if byFalsehood > 0 {
        guard let repairs = moment.repairs[variable] else { return nil }
        total += byFalsehood * repairs
      }
    }
    return total
  }
}

extension BooleanNetwork {
  /// Whether some literal below a root is negated, or is an exclusive or: only then can it be not coherent.
  package func hasNegation(_ root: Literal) -> Bool {
    if root.isNegated { return true }
    var needed = [Bool](repeating: false, count: nodes.count)
    needed[root.node] = true
    for number in nodes.indices.reversed() where needed[number] {
      switch nodes[number] {
      case .never, .variable: break
      case .xor: return true
      case .and(let inputs), .or(let inputs), .atLeast(_, let inputs):
        for input in inputs {
          if input.isNegated { return true }
          needed[input.node] = true
        }
      }
    }
    return false
  }

  /// A root with one variable replaced by a constant.
  package mutating func restricting(_ root: Literal, variable: Int, to value: Literal) -> Literal {
    var needed = [Bool](repeating: false, count: root.node + 1)
    needed[root.node] = true
    for number in (0...root.node).reversed() where needed[number] {
      for input in inputs(of: nodes[number]) { needed[input.node] = true }
    }
    var replaced = [Literal](repeating: .never, count: root.node + 1)
    func new(_ literal: Literal) -> Literal {
      literal.isNegated ? replaced[literal.node].negated : replaced[literal.node]
    }
    for number in 0...root.node where needed[number] {
      switch nodes[number] {
      case .never: replaced[number] = .never
      case .variable(let own): replaced[number] = own == variable ? value : Literal(node: number)
      case .and(let inputs): replaced[number] = and(inputs.map(new))
      case .or(let inputs): replaced[number] = or(inputs.map(new))
      case .atLeast(let count, let inputs): replaced[number] = atLeast(count, of: inputs.map(new))
      case .xor(let inputs): replaced[number] = xor(inputs.map(new))
      }
    }
    return new(root)
  }

  private func inputs(of node: Node) -> [Literal] {
    switch node {
    case .never, .variable: []
    case .and(let inputs), .or(let inputs), .atLeast(_, let inputs), .xor(let inputs): inputs
    }
  }
}
