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

/// What compared designs cost, from their bills and from the replications that compare them.
struct ComparedMoney {
  /// The most months of all replications and designs that are kept, for bad years and returns.
  private static let monthLimit = 2e7

  /// The capabilities of which every design prices the downtime, in one currency.
  let counted: [String]
  /// Common to all designs.
  let frame: MoneyFrame
  private let designs: [ComparedDesign]
  private let bills: [DesignMoney.Monthly]
  private let books: [PriceBook?]
  private let rate: DiscountRate
  private let isKept: Bool

  /// Prices designs.
  ///
  /// - Parameter names: the capabilities whose downtime counts, of those that every design prices; none: all.
  /// - Throws: what is wrong with a price book that was named. Without one, a bill that can not be made is unknown.
  init(
    _ designs: [ComparedDesign], of names: [String], plan: SimulationPlan, prices: PriceOptions,
    rate: DiscountRate
  ) throws {
    self.designs = designs
    self.rate = rate
    var maker = BillMaker(prices)
    let made = try designs.map { try maker.bill(of: $0.reading.model) }
    (bills, books) = (made.map(\.monthly), made.map(\.book))
    let priced = PricedDowntime(designs.map(\.reading.model), of: names)
    counted = priced.counted
    let months = (plan.years * 12) * Double(designs.count) * Double(plan.replications)
    let isWhole = plan.years == plan.years.rounded() && (1...30).contains(plan.years)
    isKept = !priced.counted.isEmpty && isWhole && months <= Self.monthLimit
    var notes = priced.notes + Self.conventionNotes(designs)
    if !priced.counted.isEmpty, !isKept {
      notes.append(
        "Bad years and returns are not told: they take whole years, at most 30, and at most "
          + "\(grouped(Self.monthLimit, decimals: 0)) simulated months of all designs.")
    }
    frame = MoneyFrame(
      currency: priced.currency, rate: isKept && plan.start == .steady ? rate : nil, counted: priced.counted,
      notes: notes)
  }

  /// The capabilities whose months the simulation is to keep; `nil`: none.
  var kept: Set<String>? { isKept ? Set(counted) : nil }

  /// What a design costs, given what was simulated.
  func money(of design: Int, _ comparison: DesignComparison) throws -> DesignMoney {
    let change = PlannedChange(from: designs[0].reading, to: designs[design].reading)
    return DesignMoney(
      monthly: bills[design], beside: beside(design), once: design == 0 ? nil : change.once,
      takes: design == 0 ? nil : change.takes,
      losses: comparison.ledger.map { LossExceedance(design: design, in: $0) },
      returns: try returns(design, change, comparison))
  }

  private func beside(_ design: Int) -> BillComparison? {
    guard design > 0, case .bill(let before) = bills[0], case .bill(let after) = bills[design],
      before.currency == after.currency, before.conventions == after.conventions
    else { return nil }
    return BillComparison(before, after)
  }

  /// `nil` where the bills of one month can not be subtracted, or are in another currency than downtime.
  private func returns(
    _ design: Int, _ change: PlannedChange, _ comparison: DesignComparison
  ) throws -> OptionReturn? {
    guard design > 0, frame.rate != nil, let ledger = comparison.ledger, let currency = frame.currency,
      change.once.map({ $0.currency == currency && $0.amount >= 0 }) ?? true,
      let increase = try increase(design, years: Int(comparison.designs[0].plan.years), currency)
    else { return nil }
    return OptionReturn(
      OptionPlan(
        once: change.once?.double ?? 0, implementationHours: change.hours, runningIncrease: increase),
      design: design, in: ledger, rate: rate, confidence: comparison.designs[0].plan.confidence)
  }

  private func increase(_ design: Int, years: Int, _ currency: String) throws -> [Double]? {
    if case (.nothingStated, .nothingStated) = (bills[0], bills[design]) {
      return [Double](repeating: 0, count: years * 12)
    }
    guard beside(design) != nil, let before = books[0], let after = books[design], after.currency == currency
    else { return nil }
    func months(_ design: Int, _ book: PriceBook) throws -> [Decimal] {
      try BillProjection(
        of: designs[design].reading.model, at: book, years: years, growth: Growth(perYear: 0)
      )
      .months.map(\.amortised)
    }
    return try zip(months(0, before), months(design, after)).map { Money($1 - $0, currency: currency).double }
  }

  private static func conventionNotes(_ designs: [ComparedDesign]) -> [String] {
    let own = designs.map { CostConventions($0.reading.model.conventions) }
    let other = designs.indices.filter { own[$0] != own[0] }.map { designs[$0].name }
    guard !other.isEmpty else { return [] }
    return [
      "Hours of a month or gigabytes of a terabyte differ in \(other.joined(separator: ", ")): no difference of bills."
    ]
  }
}

/// The downtime that every design puts a price on.
private struct PricedDowntime {
  let counted: [String]
  let currency: String?
  let notes: [String]

  init(_ models: [Model], of names: [String]) {
    let prices = models.map { model in
      model.capabilities.filter { names.isEmpty || names.contains($0.name) }.compactMap { capability in
        capability.downtimeCurrency.map { (capability.name, $0) }
      }
    }
    let everywhere = prices[0].map(\.0).filter { name in prices.allSatisfy { $0.contains { $0.0 == name } } }
    let currencies = Set(prices.flatMap { $0.filter { everywhere.contains($0.0) }.map(\.1) })
    let some = Set(prices.flatMap { $0.map(\.0) }).subtracting(everywhere).sorted()
    var notes: [String] = []
    if !some.isEmpty {
      notes.append(
        "Downtime of \(some.joined(separator: ", ")) has a price in some of the designs only, and counts for nothing here."
      )
    }
    if currencies.count > 1 {
      notes.append(
        "Downtime is priced in \(currencies.sorted().joined(separator: " and ")), which are not added.")
    }
    counted = currencies.count == 1 ? everywhere : []
    currency = currencies.count == 1 ? currencies.first : nil
    self.notes = notes
  }
}
