import Economics
import Reports
import Simulation

/// Designs that were simulated side by side, as investments.
struct RoiFrame {
  /// The base first.
  let designs: [RoiDesign]
  let comparison: DesignComparison
  let currency: String
  /// The capabilities whose downtime is money.
  let counted: [String]

  var ledger: DowntimeLedger { comparison.ledger ?? .empty }

  /// What each option is planned to cost, in the order of the options.
  func plans() throws -> [OptionPlan] {
    let years = Int(comparison.designs[0].plan.years)
    return try designs.dropFirst().map {
      try $0.plan(beyond: designs[0], years: years, currency: currency)
    }
  }

  /// What each option is worth, in the order of the options.
  func returns(rate: DiscountRate) throws -> [OptionReturn] {
    try plans().enumerated().map { place, plan in
      OptionReturn(
        plan, design: place + 1, in: ledger, rate: rate,
        confidence: comparison.designs[0].plan.confidence)
    }
  }

  /// What years of downtime cost each design; none where no downtime has a price.
  func losses(_ uncertainty: RoiUncertainty?) -> [DesignLosses] {
    guard !counted.isEmpty else { return [] }
    return designs.enumerated().map { place, design in
      DesignLosses(
        name: design.name,
        exceedance: uncertainty?.losses(ofDesign: place) ?? LossExceedance(design: place, in: ledger))
    }
  }
}
