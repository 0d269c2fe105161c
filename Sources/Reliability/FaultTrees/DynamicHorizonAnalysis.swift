internal import ServiceGraph

/// A top event for which the order of failures matters, over a horizon.
///
/// Without repair and without negations it stays once it is there, so that it has occurred by t when it is there at t.
struct DynamicHorizonAnalysis {
  /// The tree, common causes expanded.
  let tree: FaultTree
  /// Which of its tops.
  let top: Int
  /// The end of the interval.
  let horizon: Double

  /// The most states of all modules together for which the probability is integrated over time.
  private static let stateLimit = 1_000
  /// How often the pieces of the integral are halved.
  private static let rounds = 4

  /// All answers.
  ///
  /// - Parameter solution: of the same top, with the horizon as its last time.
  func result(_ solution: DynamicTreeSolution) -> FaultTreeHorizon {
    let end = solution.probabilities[solution.probabilities.count - 1]
    let method = "Markov chains of the modules, and the diagram"
    let first: (MissionResult.Answer, MissionResult.Answer, MissionResult.Answer)
    if let reason = whyItMayEnd {
      first = (.unknown(reason), .unknown(reason), .unknown(reason))
    } else {
      let without = "no event is repaired"
      first = (
        constantEvent ?? .exact(end, method: without), .exact(end, method: without),
        MissionResult.Answer(solution.meanTimeToFailure, method: method)
      )
    }
    return FaultTreeHorizon(
      horizon: horizon, unavailability: mean(solution),
      unavailabilityAtEnd: .exact(end, method: method), expectedFailures: first.0,
      unreliability: first.1, meanTimeToFailure: first.2,
      longRun: .init(unknown: whyItMayEnd ?? "no event is repaired"), notes: [])
  }

  /// Why the top may go away again; `nil` when it stays.
  private var whyItMayEnd: String? {
    let behaviours = tree.behaviours(tree.expressions.values(at: horizon))
    if let event = behaviours.firstIndex(where: { !$0.isMonotone }) {
      return "\(tree.events[event].name) is repaired or has no law, and the order of failures matters"
    }
    let isCoherent = tree.gates.allSatisfy(\.operation.isCoherent)
    return isCoherent ? nil : "a gate becomes false when an input fails, and the order of failures matters"
  }

  /// Why it is not known how often events of constant probability occur; `nil` when there are none.
  private var constantEvent: MissionResult.Answer? {
    let behaviours = tree.behaviours(tree.expressions.values(at: horizon))
    let event = behaviours.firstIndex { $0.frequencyKnowledge == .constant }
    return event.map { .unknown(EventBehaviour.constantReason(tree.events[$0].name)) }
  }

  /// (1/T) ∫ P dt, the pieces halved until it settles.
  private func mean(_ solution: DynamicTreeSolution) -> MissionResult.Answer {
    let states = solution.modules.reduce(0) { $0 + $1.stateCount }
    guard states <= DynamicHorizonAnalysis.stateLimit else {
      return .unknown(
        "its chains have \(states) states; over time up to \(DynamicHorizonAnalysis.stateLimit) are followed")
    }
    var pieces = TimeIntegral.pieces(upTo: horizon, breaks: [], pace: horizon / 1024)
    var earlier: Double?
    for _ in 0..<DynamicHorizonAnalysis.rounds {
      guard let sum = integral(pieces) else { return .unknown("a chain moves too fast for so long a time") }
      if let earlier, abs(sum - earlier) <= 1e-9 * sum {
        return .exact(sum / horizon, method: "Markov chains of the modules, integrated over time")
      }
      earlier = sum
      pieces = pieces.flatMap { piece in
        let middle = piece.low + (piece.high - piece.low) / 2
        return [(piece.low, middle), (middle, piece.high)]
      }
    }
    return .unknown("its integral over time does not settle")
  }

  private func integral(_ pieces: [(low: Double, high: Double)]) -> Double? {
    let times = pieces.flatMap { PanelFunction.points(from: $0.low, to: $0.high) }
    guard let values = try? DynamicTrees.probabilities(of: tree, top: top, at: times) else { return nil }
    var total = 0.0
    for (number, piece) in pieces.enumerated() {
      for point in 0..<GaussRule.count {
        total +=
          GaussRule.weights[point] * values[number * GaussRule.count + point] * (piece.high - piece.low) / 2
      }
    }
    return total
  }
}

extension GateOperation {
  /// Whether it stays true while ever more inputs become true.
  fileprivate var isCoherent: Bool {
    switch self {
    case .cardinality, .not, .xor, .nand, .nor, .implies, .iff: false
    default: true
    }
  }
}
