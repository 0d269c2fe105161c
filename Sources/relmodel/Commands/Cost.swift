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
  @OptionGroup var gate: GateOptions

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

  @Option(
    parsing: .upToNextOption,
    help: "With --commitments: how likely use ends within a year, such as 20 %; what is promised is paid on.")
  var ends: [String] = []

  @Flag(help: "Also each component's share of the downtime beside its cost.")
  var downtime = false

  @Flag(help: "Also the cheapest storage class of every bucket that can be read within each recovery time.")
  var tiers = false

  @Option(help: "Draws of what is uncertain, when anything of the bill is.")
  var draws = 2_000

  @Option(help: "The seed of the draws.")
  var seed: UInt64 = 42

  @OptionGroup(title: "BILLS") var bills: BillOptions
  @OptionGroup(title: "TERRAFORM") var plan: PlanOptions

  func validate() throws {
    if let years, !(1...30).contains(years) { throw ValidationError("--years: 1 to 30") }
    if growth != nil, years == nil { throw ValidationError("--growth: needs --years, such as --years 3") }
    if comparePrices != nil, compare == nil {
      throw ValidationError("--compare-prices: needs --compare, another model")
    }
    if !ends.isEmpty, !commitments { throw ValidationError("--ends: needs --commitments") }
    _ = try endsPerYear()
    guard draws >= 2 else { throw ValidationError("--draws: at least 2") }
    if plan.diff != nil {
      let isAlone =
        modelOptions.model == nil && modelOptions.assignments.isEmpty && compare == nil
        && years == nil && !commitments && !downtime && bought == nil && !tiers && !bills.isAsked
      guard isAlone else {
        throw ValidationError("--diff: prices a plan before and after; it takes no model and nothing of one")
      }
    }
    if bills.focus != nil, !gate.texts.isEmpty {
      throw ValidationError("--focus: prints a bill in place of the report, and so has no --gate")
    }
    _ = try growthPerYear()
    _ = try purchase()
  }

  func run() throws {
    if let path = plan.diff { return try printDifference(of: path) }
    let reading = try modelOptions.reading()
    let book = try prices.book(for: reading.model)
    let bill = try bill(of: reading, at: book)
    if let month = try bills.focusMonth() {
      return try printFocus(of: bill, at: book, month: month)
    }
    let beside = try compare.map { try comparison(with: $0, after: bill) }
    let gated = try GateOptions.section(
      gate.conditions(), GateFact.bill(bill, beside: beside?.comparison))
    let report = CostReport(
      name: reading.model.name, conventions: reading.model.conventions, bill: bill,
      sections: try sections(for: reading, bill: bill, book: book, beside: beside)
        + (gated.map { [$0] } ?? []))
    try output.print(report.document, json: report.json)
    if gated?.isFailed == true { throw Exit.Code(value: Exit.gateMissed) }
  }
}

extension Cost {
  func growthPerYear() throws -> Double {
    guard let growth else { return 0 }
    guard let number = NumberText(prefixOf: growth[...]), number.rest == "%" || number.rest.isEmpty else {
      throw ValidationError("--growth: “\(growth)” is no share; expected 20 %")
    }
    let value = number.rest == "%" ? number.double / 100 : number.double
    guard value > -1, value <= 100 else { throw ValidationError("--growth: more than -100 %") }
    return value
  }

  /// The mix of `--bought`; `nil` when it was not given.
  func purchase() throws -> [PurchaseShare]? {
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
