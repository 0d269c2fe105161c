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
        func at(_ multiple: Double) -> DowntimeLedger {
          let ledger =
            known[multiple] ?? ledger(of: factor.name, factor.dividesNamed ? 1 / multiple : multiple)
          known[multiple] = ledger
          return ledger
        }
        let range = factor.multiples
        let method = method(
          [range.lowerBound, range.upperBound].map { difference(found, option, at($0), stated) })
        let input = DecisionInput.number(factor.name, between: range, method: method) { multiple in
          // By how much it differs with the same luck, from the value that is known best.
          return (found.netPresentValue?.value ?? before) + mean(found, option, at(multiple)) - before
        }
        if input.swing > 0 { inputs[option].append(input) }
      }
    }
    return inputs.map { $0.sorted { $0.swing > $1.swing } }
  }

  private func method(_ ends: [Estimate?]) -> DecisionInput.Method {
    guard let low = ends.first ?? nil, let high = ends.last ?? nil else { return .arithmetic }
    return .simulated(replications: plan.replications, low: low, high: high)
  }

  /// By how much the net present value differs from what is stated, with the same luck.
  private func difference(
    _ found: OptionReturn, _ option: Int, _ ledger: DowntimeLedger, _ stated: DowntimeLedger
  ) -> Estimate? {
    let values = [ledger, stated].map {
      OptionReturn.presentValues(found.plan, design: option + 1, in: $0, rate: rate)
    }
    return OptionReturn.difference(values[0], values[1], confidence: plan.confidence)
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
