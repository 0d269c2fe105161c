import ArgumentParser
import Billing
import CloudCost
import Diagnostics
import ModelFormat
import Reports
import ServiceModel

extension Cost {
  /// What was asked for beside the bill.
  func sections(
    for reading: ModelReader.Reading, bill: Bill, book: PriceBook, beside: BesideBill?
  ) throws -> [any ReportSection] {
    let model = reading.model
    var sections: [any ReportSection] = []
    let pools = PoolCapacity.all(of: model, bill: bill, at: book)
    if !pools.isEmpty { sections.append(PoolCapacitySection(pools, currency: bill.currency)) }
    if let limits = try autoscalingLimits(of: model, at: book) { sections.append(limits) }
    if let drawn = try UncertainBill.drawing(draws, of: model, at: book, seed: seed) {
      sections.append(UncertainBillSection(drawn, seed: seed, currency: bill.currency))
    }
    if let beside { sections.append(BillComparisonSection(beside.comparison, with: beside.name)) }
    if let years {
      let projection = try BillProjection(
        of: model, at: book, years: years, growth: Growth(perYear: try growthPerYear()),
        purchase: try purchase())
      sections.append(ProjectionSection(projection, currency: bill.currency))
    }
    if downtime {
      let prepared = try Preparation(try ModelInput(reading, history, output))
      sections.append(
        DowntimeShareSection(model: model, bill: bill, results: try prepared.exactResults()))
    }
    if tiers {
      sections.append(
        StorageTiersSection(StorageTiers(of: model, bill: bill, at: book), currency: bill.currency))
    }
    if let section = try bills.section(for: bill) { sections.append(section) }
    if commitments {
      sections.append(
        CommitmentAdviceSection(
          CommitmentAdvice(for: bill, of: model, at: book, endsPerYear: try endsPerYear()),
          currency: bill.currency, mayEnd: !ends.isEmpty))
    }
    return sections
  }

  /// How likely use ends within a year; 0 where nothing is said.
  func endsPerYear() throws -> Double {
    guard !ends.isEmpty else { return 0 }
    return try QuantityArgument.share("--ends", ends.joined(separator: " "))
  }

  /// The bills with as few and as many units and nodes as autoscaling may run; `nil` when nothing scales.
  private func autoscalingLimits(of model: Model, at book: PriceBook) throws -> AutoscalingLimitsSection? {
    let purchase = try purchase()
    guard let limits = try AutoscalingLimits(of: model, at: book, purchase: purchase) else { return nil }
    return AutoscalingLimitsSection(limits, currency: book.currency)
  }

  /// A bill beside that of another model.
  func comparison(with path: String, after bill: Bill) throws -> BesideBill {
    let before = try ModelOptions.reading(at: path, assignments: conventions(of: bill))
    var prices = prices
    if let comparePrices { prices.prices = comparePrices }
    let earlier = try self.bill(of: before, at: try prices.book(for: before.model))
    return BesideBill(name: before.model.name, comparison: BillComparison(earlier, bill))
  }

  /// Two bills are compared under the conventions of the later one.
  private func conventions(of bill: Bill) -> [String] {
    [
      "conventions/hours-per-month=\(bill.conventions.hoursPerMonth)",
      "conventions/gb-per-tb=\(bill.conventions.gigabytesPerTerabyte)",
    ]
  }

  /// The bill of a model at the prices that were asked for.
  func bill(of reading: ModelReader.Reading, at book: PriceBook) throws -> Bill {
    let purchase = try purchase()
    do throws(Findings) {
      return try Bill(of: reading.model, at: book, purchase: purchase)
    } catch {
      throw error.adding(sources: reading.sources)
    }
  }
}

/// A bill beside that of another model, and what that is called.
struct BesideBill {
  let name: String
  let comparison: BillComparison
}
