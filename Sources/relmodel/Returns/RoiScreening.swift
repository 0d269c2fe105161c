import Economics
import Quantities
import Reliability
import Reports
import ServiceGraph
import ServiceModel
import Simulation
import Stochastics

/// What numbers of the models do to the net present value, quickly: all by the exact engine, and the few that do most
/// simulated again for a part of the replications, with the luck of the comparison.
struct RoiScreening {
  /// The most numbers that are simulated again.
  static let mostSimulated = 4
  /// The share of the widest swing from which a number is simulated.
  static let leastSwing = 0.1
  /// The replications of one end, at least and at most.
  static let replications = 100...1_000

  private let frame: RoiFrame
  private let rate: DiscountRate
  private let numbers: RoiNumbers
  private let plan: SimulationPlan

  /// - Throws: what keeps the exact engine from solving a design.
  init(_ frame: RoiFrame, rate: DiscountRate) throws {
    (self.frame, self.rate) = (frame, rate)
    numbers = try RoiNumbers(frame)
    var plan = frame.comparison.designs[0].plan
    let wanted = max(frame.comparison.replications / 100, RoiScreening.replications.lowerBound)
    plan.replications = min(frame.comparison.replications, wanted, RoiScreening.replications.upperBound)
    plan.relativeError = nil
    self.plan = plan
  }

  /// What the numbers are that all designs state alike, by name.
  var stated: [String: ModelParameter] { numbers.stated }

  /// How the inputs were found.
  var note: InputNote {
    let graph = frame.designs.map(\.prepared.graph)
    var seen: Set<String> = []
    let left = graph.flatMap { graph in
      graph.model.capabilities.indices.filter { frame.counted.contains(graph.model.capabilities[$0].name) }
        .flatMap { graph.simulatedOnly(ofCapability: $0, .longRun) }
    }.filter { seen.insert($0).inserted }
    return .screened(replications: plan.replications, simulatedOnly: left, held: numbers.held)
  }

  /// The inputs of each option, the widest swing first.
  func inputs(_ returns: [OptionReturn], shouldStop: () -> Bool) -> [[DecisionInput]] {
    let others = returns.map { $0.decisionInputs() }
    let solved = numbers.numbers.map { SolvedNumber($0, numbers, returns) }
    let widest = (others.joined().map(\.swing) + solved.map(\.swing)).max() ?? 0
    let order = solved.indices.sorted { (solved[$0].swing, $1) > (solved[$1].swing, $0) }
    let chosen = order.prefix(RoiScreening.mostSimulated).filter {
      solved[$0].swing > 0 && solved[$0].swing >= RoiScreening.leastSwing * widest
    }
    let stated = chosen.isEmpty ? [] : presentValues(frame.designs.map(\.prepared.graph), returns)
    var inputs = others
    for (place, number) in solved.enumerated() {
      let isSimulated = chosen.contains(place) && !shouldStop()
      let found = isSimulated ? simulated(number, returns, stated) : number.inputs()
      for option in returns.indices { inputs[option].append(found[option]) }
    }
    return inputs.map { option in
      option.filter { $0.swing > 0 }.sorted { $0.swing > $1.swing }
    }
  }

  /// What a number does to each option: simulated at both ends, and once more where that has the decision flip.
  private func simulated(
    _ number: SolvedNumber, _ returns: [OptionReturn], _ stated: [[Double]]
  ) -> [DecisionInput] {
    let range = number.number.range
    var points = returns.map { _ in [SimulatedCurve.Point]() }
    func simulate(_ multiple: Double) {
      let values = presentValues(numbers.graphs(number.number, times: multiple), returns)
      for option in returns.indices where !points[option].contains(where: { $0.multiple == multiple }) {
        let change = OptionReturn.difference(
          values[option], stated[option], confidence: plan.confidence)
        if let change { points[option].append(SimulatedCurve.Point(at: multiple, change)) }
      }
    }
    simulate(range.lowerBound)
    simulate(range.upperBound)
    let first = number.inputs(through: points, replications: plan.replications)
    for flip in first.compactMap(\.flip) where range.contains(flip) { simulate(flip) }
    return number.inputs(through: points, replications: plan.replications)
  }

  /// The net present values of each option, replication by replication.
  private func presentValues(_ graphs: [CompiledGraph], _ returns: [OptionReturn]) -> [[Double]] {
    let ledger =
      PairedSimulator(graphs, plan: plan, keepingMonthsOf: Set(frame.counted)).run().ledger ?? .empty
    return returns.enumerated().map { option, found in
      OptionReturn.presentValues(found.plan, design: option + 1, in: ledger, rate: rate)
    }
  }
}

/// A number, and what the exact engine has it do to each option.
private struct SolvedNumber {
  let number: RoiNumbers.Number
  /// The widest of all options.
  let swing: Double
  private let numbers: RoiNumbers
  private let returns: [OptionReturn]

  init(_ number: RoiNumbers.Number, _ numbers: RoiNumbers, _ returns: [OptionReturn]) {
    (self.number, self.numbers, self.returns) = (number, numbers, returns)
    let ends = [number.range.lowerBound, number.range.upperBound].map { numbers.downtime(number, times: $0) }
    swing =
      returns.enumerated().map { option, found in
        let values = ends.map { found.presentValue(.init(base: $0[0], own: $0[option + 1])) }
        return abs(values[1] - values[0])
      }.max() ?? 0
  }

  /// What it does to each option by the exact engine.
  func inputs() -> [DecisionInput] {
    returns.indices.map {
      .number(number.factor.name, between: number.range, method: .exactEngine, solved($0))
    }
  }

  /// The same through what was simulated.
  func inputs(through points: [[SimulatedCurve.Point]], replications: Int) -> [DecisionInput] {
    returns.indices.map {
      .number(
        number.factor.name, between: number.range, now: solved($0)(1), replications: replications,
        simulated: points[$0], along: solved($0))
    }
  }

  private func solved(_ option: Int) -> (Double) -> Double {
    let (found, numbers, number) = (returns[option], numbers, number)
    return { multiple in
      let downtime = numbers.downtime(number, times: multiple)
      return found.presentValue(.init(base: downtime[0], own: downtime[option + 1]))
    }
  }
}
