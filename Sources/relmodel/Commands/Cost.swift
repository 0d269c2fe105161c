import ArgumentParser
import Billing
import CloudCost
import Diagnostics
import FoundationEssentials
import ModelFormat
import Quantities
import Reports
import ServiceModel

/// `relmodel cost`.
struct Cost: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What a month costs, line by line, from a dated price book; unknown prices stay unknown.",
    discussion: """
      What is paid for stands under costs: of the model, its domains and its components. Lines whose use is not \
      stated are shown with their unit price and left out of the total, as are lines without a known price.
      """)

  @OptionGroup var modelOptions: ModelOptions
  @OptionGroup var prices: PriceOptions
  @OptionGroup var history: HistoryOptions
  @OptionGroup var output: OutputOptions

  @Option(
    help: ArgumentHelp(
      "Another model, billed before this one: which lines are the same, changed, vanished, new.",
      valueName: "model"))
  var compare: String?

  @Option(
    help: ArgumentHelp(
      "The price book of the other model, where it is not the same; names as --prices.", valueName: "books"))
  var comparePrices: String?

  @Option(help: "Also the bills of this many years, 1 to 30, month by month.")
  var years: Int?

  @Option(
    help: ArgumentHelp("With --years: how much more is used after a year, such as 20 %.", valueName: "share"))
  var growth: String?

  @Option(
    help: ArgumentHelp(
      "How everything that can be committed to is bought, in place of what the model says: on-demand, or shares as "
        + "reserved-1y-no-upfront=70 %,on-demand=30 %.", valueName: "mix"))
  var bought: String?

  @Flag(help: "Also what commitments would save, from when, and what could make them a loss.")
  var commitments = false

  @Flag(help: "Also each component's share of the downtime beside its cost.")
  var downtime = false

  @Flag(help: "Also the cheapest storage class of every bucket that can be read within each recovery time.")
  var tiers = false

  @Option(help: "Draws of what is uncertain, when anything of the bill is.")
  var draws = 2_000

  @Option(help: "The seed of the draws.")
  var seed: UInt64 = 42

  func validate() throws {
    if let years, !(1...30).contains(years) { throw ValidationError("--years: 1 to 30") }
    if growth != nil, years == nil { throw ValidationError("--growth: needs --years, such as --years 3") }
    if comparePrices != nil, compare == nil {
      throw ValidationError("--compare-prices: needs --compare, another model")
    }
    guard draws >= 2 else { throw ValidationError("--draws: at least 2") }
    _ = try growthPerYear()
    _ = try purchase()
  }

  func run() throws {
    let reading = try modelOptions.reading()
    let book = try prices.book(for: reading.model)
    let bill = try bill(of: reading, at: book)
    let report = CostReport(
      model: reading.model, bill: bill,
      sections: try sections(for: reading, bill: bill, book: book))
    try output.print(report.document, json: report.json)
  }

  /// What was asked for beside the bill.
  private func sections(for reading: ModelReader.Reading, bill: Bill, book: PriceBook) throws
    -> [any ReportSection]
  {
    let model = reading.model
    var sections: [any ReportSection] = []
    if let drawn = try UncertainBill.drawing(draws, of: model, at: book, seed: seed) {
      sections.append(UncertainBillSection(drawn, seed: seed, currency: bill.currency))
    }
    if let compare { sections.append(try comparison(with: compare, after: bill)) }
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
    if commitments {
      sections.append(
        CommitmentAdviceSection(CommitmentAdvice(for: bill, of: model, at: book), currency: bill.currency))
    }
    return sections
  }

  private func comparison(with path: String, after bill: Bill) throws -> BillComparisonSection {
    let before = try ModelOptions.reading(at: path, assignments: [])
    var prices = prices
    if let comparePrices { prices.prices = comparePrices }
    let earlier = try self.bill(of: before, at: try prices.book(for: before.model))
    return BillComparisonSection(BillComparison(earlier, bill), with: before.model.name)
  }

  /// The bill of a model at the prices that were asked for.
  private func bill(of reading: ModelReader.Reading, at book: PriceBook) throws -> Bill {
    let purchase = try purchase()
    do throws(Findings) {
      return try Bill(of: reading.model, at: book, purchase: purchase)
    } catch {
      throw error.adding(sources: reading.sources)
    }
  }

  private func growthPerYear() throws -> Double {
    guard let growth else { return 0 }
    guard let number = NumberText(prefixOf: growth[...]), number.rest == "%" || number.rest.isEmpty else {
      throw ValidationError("--growth: “\(growth)” is no share; expected 20 %")
    }
    let value = number.rest == "%" ? number.double / 100 : number.double
    guard value > -1, value <= 100 else { throw ValidationError("--growth: more than -100 %") }
    return value
  }

  /// The mix of `--bought`; `nil` when it was not given.
  private func purchase() throws -> [PurchaseShare]? {
    guard let bought else { return nil }
    let parts = bought.split(separator: ",").map { $0.split(separator: "=", maxSplits: 1) }
    let shares = try parts.map { part -> PurchaseShare in
      let name = part[0].filter { !$0.isWhitespace }
      guard let purchase = Purchase(text: String(name)) else {
        let near = nearestName(to: String(name), among: Purchase.all.map(\.text))
        throw ValidationError(
          "--bought: “\(name)” is no way to buy\(near.map { "; did you mean \($0)?" } ?? "")")
      }
      guard part.count == 2 else { return PurchaseShare(purchase, 1) }
      guard let number = NumberText(prefixOf: part[1]), let value = number.decimal,
        number.rest == "%" || number.rest.isEmpty
      else { throw ValidationError("--bought: “\(part[1])” is no share; expected 70 %") }
      return PurchaseShare(purchase, number.rest == "%" ? value / 100 : value)
    }
    guard shares.map(\.share).reduce(0, +) == 1 else {
      throw ValidationError("--bought: the shares must sum to 100 %")
    }
    return shares
  }
}
