import Economics
import Quantities
import Reliability
import ServiceGraph
import Simulation
import Stochastics

/// What numbers of the models do to the net present value, each simulated again with the luck of the comparison.
struct RoiSensitivity {
  /// The most replications of one value.
  static let mostReplications = 1_000

  private let frame: RoiFrame
  private let plan: SimulationPlan
  private let rate: DiscountRate
  private let graphs: [UncertainGraph]
  /// The numbers, each once.
  private let factors: [UncertainFactor]

  init(_ frame: RoiFrame, rate: DiscountRate) throws {
    self.frame = frame
    self.rate = rate
    var plan = frame.comparison.designs[0].plan
    plan.replications = min(frame.comparison.replications, RoiSensitivity.mostReplications)
    plan.relativeError = nil
    self.plan = plan
    let numbers = frame.designs.map(\.uncertainNumbers)
    graphs = try numbers.map { try $0.graph }
    var seen: Set<String> = []
    factors = numbers.flatMap(\.factors).filter { seen.insert($0.name).inserted }
  }

  /// The inputs of each option, the widest swing first.
  func inputs(_ returns: [OptionReturn], shouldStop: () -> Bool) -> [[DecisionInput]] {
    var inputs = returns.map { $0.decisionInputs() }
    let stated = ledger(of: nil, 1)
    for factor in factors where !shouldStop() {
      var known: [Double: DowntimeLedger] = [1: stated]
      for (option, found) in returns.enumerated() {
        let before = mean(found, option, stated)
        let input = DecisionInput.number(factor.name, between: range(factor)) { multiple in
          let ledger =
            known[multiple] ?? ledger(of: factor.name, factor.dividesNamed ? 1 / multiple : multiple)
          known[multiple] = ledger
          // By how much it differs with the same luck, from the value that is known best.
          return (found.netPresentValue?.value ?? before) + mean(found, option, ledger) - before
        }
        if input.swing > 0 { inputs[option].append(input) }
      }
    }
    return inputs.map { $0.sorted { $0.swing > $1.swing } }
  }

  /// From the 5th to the 95th percentile, as multiples of what is stated.
  private func range(_ factor: UncertainFactor) -> ClosedRange<Double> {
    let (low, high) = (factor.law.quantile(0.05), factor.law.quantile(0.95))
    guard low > 0, low < high, high.isFinite else { return 0.5...2 }
    return factor.dividesNamed ? (1 / high)...(1 / low) : low...high
  }

  private func ledger(of name: String?, _ multiple: Double) -> DowntimeLedger {
    let changed = graphs.map { graph in
      graph.graph(graph.factors.map { $0.name == name ? multiple : 1 })
    }
    return PairedSimulator(changed, plan: plan, keepingMonthsOf: Set(frame.counted)).run().ledger ?? .empty
  }

  private func mean(_ found: OptionReturn, _ option: Int, _ ledger: DowntimeLedger) -> Double {
    OptionReturn.meanPresentValue(found.plan, design: option + 1, in: ledger, rate: rate)
  }
}
