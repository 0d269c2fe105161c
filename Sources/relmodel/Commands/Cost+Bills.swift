import ArgumentParser
import Billing
import CloudCost
import Diagnostics
import Reports

/// The options of `relmodel cost` about bills in FOCUS.
struct BillOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Print the bill of this month as FOCUS 1.2 in CSV, in place of the report: 2026-12.", valueName: "month"
    ))
  var focus: String?

  @Flag(help: "With --focus: what is paid at the start of commitments falls into the month.")
  var firstMonth = false

  @Option(
    help: ArgumentHelp(
      "A bill in FOCUS, beside which the plan is held: planned, billed, not planned, not billed.",
      valueName: "file"))
  var bill: String?

  @Option(help: ArgumentHelp("With --bill: the month; the last of the bill.", valueName: "month"))
  var billMonth: String?

  @Option(help: "With --bill: the tag whose value is a component or a resource of the model.")
  var tag = "component"

  @Option(help: "With --bill: what is paid in the month, or with commitments spread over their months.")
  var billView = BillView.effective

  /// Whether anything of it was asked for.
  var isAsked: Bool { focus != nil || bill != nil }

  func validate() throws {
    if firstMonth, focus == nil {
      throw ValidationError("--first-month: needs --focus, such as --focus 2026-12")
    }
    if billMonth != nil, bill == nil { throw ValidationError("--bill-month: needs --bill, a file in FOCUS") }
    _ = try focusMonth()
    if let billMonth { _ = try Self.month(billMonth, of: "--bill-month") }
  }

  /// The month of `--focus`; `nil` without.
  func focusMonth() throws -> BillingMonth? { try focus.map { try Self.month($0, of: "--focus") } }

  private static func month(_ text: String, of option: String) throws -> BillingMonth {
    guard let month = BillingMonth(text: text) else {
      throw ValidationError("\(option): “\(text)” is no month; expected one such as 2026-12")
    }
    return month
  }

  /// The plan beside the bill of `--bill`; `nil` without.
  func section(for plan: Bill) throws -> PlanAgainstBillSection? {
    guard let path = bill else { return nil }
    let billed = try FocusReader(tag: tag).bill(at: path)
    guard let month = try billMonth.map({ try Self.month($0, of: "--bill-month") }) ?? billed.months.last
    else {
      throw Findings([Diagnostic(slug: "empty-bill", "\(path) holds no charges", at: nil)])
    }
    let joined = PlanAgainstBill(
      plan.lines, against: billed, month: month, currency: plan.currency, view: billView.view)
    return PlanAgainstBillSection(
      joined, view: billView.view, otherCurrencies: billed.currencies.filter { $0 != plan.currency })
  }
}

/// Which of the two views of money a bill is read in.
enum BillView: String, ExpressibleByArgument, CaseIterable {
  case billed
  case effective

  var view: PlanAgainstBill.View { self == .billed ? .billed : .effective }
}

extension Cost {
  /// Prints a bill in FOCUS; what has no cost has no row, and is named.
  func printFocus(of bill: Bill, at book: PriceBook, month: BillingMonth) throws {
    let writer = FocusWriter(month: month, book: book, isFirstMonth: bills.firstMonth)
    try output.write(writer.text(of: bill.lines))
    let omitted = writer.omitted(of: bill.lines)
    guard !omitted.isEmpty, !output.quiet else { return }
    let names = omitted.map { "\($0.resource) \($0.label)" }.joined(separator: ", ")
    Terminal.writeError("note: \(omitted.count) without an amount, and so without a row: \(names)\n")
  }
}
