import Billing
import CloudCost
import Diagnostics
import Economics
import FoundationEssentials
import ModelFormat
import Quantities
import Reports
import ServiceModel
import Simulation

/// Every reckoning of what an option saves and costs.
struct RoiBases {
  private let frame: RoiFrame
  private let prices: PriceOptions
  private let rate: DiscountRate
  private let history: HistoryOptions

  init(_ frame: RoiFrame, prices: PriceOptions, history: HistoryOptions, rate: DiscountRate) {
    (self.frame, self.prices, self.history, self.rate) = (frame, prices, history, rate)
  }

  /// The reckonings of one option.
  func basis(_ returns: OptionReturn, design: RoiDesign) throws -> RoiBasis? {
    let stated = design.change(beyond: frame.designs[0]).stated
    let log = try IncidentLogSavings(frame, returns, history: history)
    let savings =
      (stated?.savings ?? []) + log.bases
      + [SavingsBasis(name: "the model, simulated", origin: .model, perYear: returns.savingsPerYear)]
    let costs = (stated?.runningCosts ?? []) + (try bills(returns, design))
    let comparison = BasisComparison(savings, costs, plan: returns.plan, rate: rate)
    let own = comparison.rows.first { $0.savings.origin == .model && $0.costs.origin == .bill }
    guard let first = comparison.rows.first, let own else { return nil }
    return RoiBasis(comparison, first: first, own: own, notes: notes(stated, log))
  }

  /// The bills at the prices that were asked for, and at the list where that is another.
  private func bills(_ returns: OptionReturn, _ design: RoiDesign) throws -> [CostBasis] {
    let own = CostBasis(
      name: "bill at \(design.book.shortName)", origin: .bill, perYear: returns.runningPerYear)
    guard prices.prices != nil else { return [own] }
    var list = prices
    list.prices = PriceOptions.defaultBook
    let years = returns.plan.runningIncrease.count / 12
    let book = try list.book(for: design.reading.model)
    guard book.shortName != design.book.shortName else { return [own] }
    let before = try frame.designs[0].monthlyBills(
      years: years, at: try list.book(for: frame.designs[0].reading.model))
    let after = try design.monthlyBills(years: years, at: book)
    let increase = (after.reduce(0, +) - before.reduce(0, +)) / Decimal(max(1, years))
    return [
      own, CostBasis(name: "bill at \(book.shortName)", origin: .bill, perYear: Money(increase).double),
    ]
  }

  private func notes(_ stated: StatedFigures?, _ log: IncidentLogSavings) -> [String] {
    var notes = [
      "Each pair is put through the same cash flow: what is paid once at the start, nothing until the change is done, then a "
        + "twelfth of the yearly figures in each month."
    ]
    if stated == nil {
      notes.append(
        "No file says what the plan states; state stated: {saves: {…}, costs: {…}} beside extends:.")
    }
    return notes + log.notes
  }
}

extension StatedFigures {
  /// The savings as reckonings.
  fileprivate var savings: [SavingsBasis] {
    saves.map { figure in
      var parts = DowntimeLedger.Parts()
      let stated = [
        (DowntimeCostPart.hours, figure.hours), (.incidents, figure.outages),
        (.productivity, figure.productivity), (.credits, figure.credits), (.penalties, figure.penalties),
      ]
      for (part, rate) in stated { parts[part] = rate?.perYear ?? 0 }
      let amount = figure.whole.map { SavingsBasis.Amount.whole($0.perYear) } ?? .parts(parts)
      return SavingsBasis(name: figure.name, origin: .stated, perYear: amount, source: figure.source)
    }
  }

  /// The running costs as reckonings.
  fileprivate var runningCosts: [CostBasis] {
    costs.compactMap { figure in
      figure.whole.map {
        CostBasis(name: figure.name, origin: .stated, perYear: $0.perYear, source: figure.source)
      }
    }
  }
}

extension MoneyRate {
  /// The amount for a year of 8,760 h.
  fileprivate var perYear: Double { perHour * 8760 }
}
