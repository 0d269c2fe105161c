import Billing
import Economics
import FoundationEssentials
import ModelFormat
import Quantities
import Reliability
import Reports
import Simulation

/// Designs simulated under draws of what is not known of them.
struct RoiUncertainty {
  /// The replications of each draw.
  static let perDraw = 4

  /// What is drawn, by name, each once.
  let inputs: [String]
  /// What is stated as uncertain and held at its value.
  let held: [String]
  private let ledger: DowntimeLedger
  /// For each design and draw, what a month costs more than with all numbers as stated.
  private let billsBeyondStated: [[Double]]

  /// Simulates the draws; `nil` where nothing is uncertain, or no draw is asked for.
  init?(_ frame: RoiFrame, draws: Int, shouldStop: @escaping @Sendable () -> Bool) throws {
    guard draws > 1 else { return nil }
    let plan = frame.comparison.designs[0].plan
    let found = frame.designs.map(\.uncertainNumbers)
    let graphs = try found.map { try $0.graph }
    let bills = try frame.designs.map { design in
      try UncertainBill.drawing(draws, of: design.reading.model, at: design.book, seed: plan.seed)
    }
    var seen: Set<String> = []
    inputs = (found.flatMap { $0.factors.map(\.name) } + bills.flatMap { $0?.inputs ?? [] })
      .filter { seen.insert($0).inserted }
    guard !inputs.isEmpty else { return nil }
    held = found.flatMap(\.heldBesidesCosts).filter { seen.insert($0).inserted }
    billsBeyondStated = zip(bills, frame.designs).map { drawn, design in
      drawn?.inOrder.map { Money($0 - design.bill.monthly).double } ?? []
    }
    ledger = DrawnSimulator(
      plan: plan, months: frame.ledger.months, perDraw: RoiUncertainty.perDraw, counted: Set(frame.counted),
      graphs: { draw in graphs.map { $0.graph($0.draw(draw, seed: plan.seed)) } }
    ).ledger(draws: draws, designs: frame.designs.count, shouldStop: shouldStop)
  }

  /// What an option may be worth.
  func returns(_ plan: OptionPlan, design: Int, rate: DiscountRate) -> UncertainReturn {
    let draws = ledger.replications / RoiUncertainty.perDraw
    let additions = (0..<draws).map { draw in addition(design, draw) - addition(0, draw) }
    return UncertainReturn(
      plan, design: design, in: ledger, perDraw: RoiUncertainty.perDraw, rate: rate, inputs: inputs,
      additions: additions)
  }

  /// What years of downtime may cost a design.
  func losses(ofDesign design: Int) -> LossExceedance {
    LossExceedance(design: design, in: ledger, perDraw: RoiUncertainty.perDraw)
  }

  private func addition(_ design: Int, _ draw: Int) -> Double {
    billsBeyondStated[design].isEmpty ? 0 : billsBeyondStated[design][draw]
  }
}

extension RoiDesign {
  /// The numbers that are not known of it.
  var uncertainNumbers: UncertainNumbers { prepared.uncertainNumbers }
}

extension Preparation {
  /// The numbers that are not known exactly.
  var uncertainNumbers: UncertainNumbers { UncertainNumbers(graph, bindings: header.bindings) }
}
