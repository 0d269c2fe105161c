import Billing
import CloudCost
import Diagnostics
import Economics
import FoundationEssentials
import ModelFormat
import Quantities
import ServiceModel

/// A model as an investment: its service, its bill, and what was stated of the change that makes it.
struct RoiDesign {
  let name: String
  let reading: ModelReader.Reading
  let prepared: Preparation
  let book: PriceBook
  let bill: Bill

  /// The base first, then the other files, then the base with each change.
  static func all(
    _ paths: [String], with changes: [String] = [], _ assignments: [String], _ prices: PriceOptions,
    _ history: HistoryOptions, _ output: OutputOptions
  ) throws -> [RoiDesign] {
    var designs: [RoiDesign] = []
    var conventions: [String] = []
    let files = paths.map { (path: $0, name: String?.none, own: [String]()) }
    let changed = changes.map {
      (path: paths[0], name: Optional("with \($0)"), own: $0.split(separator: ", ").map(String.init))
    }
    for (path, stated, own) in files + changed {
      let reading = try ModelOptions.reading(at: path, assignments: assignments + own + conventions)
      let prepared = try Preparation(ModelInput(reading, history, output))
      let name = stated ?? reading.model.name
      let isTaken = designs.contains { $0.name == name }
      let design = try RoiDesign(
        name: isTaken ? path : name, reading: reading, prepared: prepared,
        book: prices.book(for: reading.model))
      if designs.isEmpty { conventions = design.bill.conventionAssignments }
      designs.append(design)
    }
    try checkCommonGround(designs)
    return designs
  }

  private init(
    name: String, reading: ModelReader.Reading, prepared: Preparation, book: PriceBook
  ) throws(Findings) {
    (self.name, self.reading, self.prepared, self.book) = (name, reading, prepared, book)
    do throws(Findings) {
      bill = try Bill(of: reading.model, at: book)
    } catch {
      throw error.adding(sources: reading.sources)
    }
  }

  /// What each month of so many years costs, commitments spread over their months.
  func monthlyBills(years: Int) throws -> [Decimal] { try monthlyBills(years: years, at: book) }

  /// The same at other prices.
  func monthlyBills(years: Int, at book: PriceBook) throws -> [Decimal] {
    try BillProjection(of: reading.model, at: book, years: years, growth: Growth(perYear: 0)).months
      .map(\.amortised)
  }

  // MARK: The change

  /// What the what-if files say that lead from the base to this one.
  func change(beyond base: RoiDesign) -> PlannedChange {
    PlannedChange(from: base.reading, to: reading)
  }

  /// Capabilities whose downtime it prices otherwise than the base.
  func repriced(from base: RoiDesign) -> [String] {
    reading.model.capabilities.filter { capability in
      base.reading.model.capabilities.contains {
        $0.name == capability.name
          && ($0.downtimeCost != capability.downtimeCost || $0.downtimeTerms != capability.downtimeTerms)
      }
    }.map(\.name)
  }

  /// What the change from a base costs once and in each month, and how long it takes.
  func plan(beyond base: RoiDesign, years: Int, currency: String) throws -> OptionPlan {
    let change = change(beyond: base)
    return OptionPlan(
      once: change.once?.double ?? 0, implementationHours: change.hours,
      runningIncrease: zip(try base.monthlyBills(years: years), try monthlyBills(years: years)).map {
        Money($1 - $0, currency: currency).double
      })
  }

  // MARK: Checks

  /// The capabilities whose downtime counts: those that were named, else all that state a price.
  static func counted(_ names: [String], of designs: [RoiDesign]) throws -> [String] {
    let model = designs[0].reading.model
    let priced = model.capabilities.filter { $0.downtimeCurrency != nil }.map(\.name)
    let findings = names.filter { !priced.contains($0) }.map { name in
      let isKnown = model.capabilities.contains { $0.name == name }
      return Diagnostic(
        slug: isKnown ? "no-downtime-price" : "unknown-name",
        isKnown
          ? "\(name) does not state what its downtime costs" : "\(model.name) has no capability \(name)",
        at: nil,
        help: nearestName(to: name, among: priced).map { "--capability \($0)" }
          ?? "downtime: {costs: \"$1,000/h\"}")
    }
    guard findings.isEmpty else { throw Findings(findings) }
    return names.isEmpty ? priced : priced.filter(names.contains)
  }

  /// The one currency of all bills, prices of downtime and amounts paid once.
  static func currency(of designs: [RoiDesign]) throws -> String {
    let currency = designs[0].bill.currency
    var findings: [Diagnostic] = []
    for design in designs {
      let bill = design.bill.lines.isEmpty ? [] : [("its bill", design.bill.currency)]
      let downtime = design.reading.model.capabilities.compactMap { capability in
        capability.downtimeCurrency.map { ("downtime of \(capability.name)", $0) }
      }
      let once = design.change(beyond: designs[0]).amounts.map { ("once:", $0.currency) }
      let stated = (design.change(beyond: designs[0]).stated.map { $0.saves + $0.costs } ?? []).flatMap {
        figure in
        figure.rates.map { ("stated: \(figure.name)", $0.amount.currency) }
      }
      for (what, other) in bill + downtime + once + stated where other != currency {
        findings.append(
          Diagnostic(
            slug: "mixed-currencies",
            "\(design.name): \(what) is in \(other), and the bill of \(designs[0].name) in \(currency); they are added, and "
              + "nothing says what one is in the other", at: nil, help: "state all amounts in \(currency)"))
      }
      for amount in design.change(beyond: designs[0]).amounts where amount.amount < 0 {
        findings.append(
          Diagnostic(
            slug: "negative-once", "\(design.name): once: \(amount) would be earned by the change", at: nil,
            help: "state what is paid, or leave once: out"))
      }
    }
    guard findings.isEmpty else { throw Findings(findings) }
    return currency
  }

  /// Downtime is avoided only where both designs price it: a capability that is gone saves nothing.
  private static func checkCommonGround(_ designs: [RoiDesign]) throws {
    func priced(_ design: RoiDesign) -> [String] {
      design.reading.model.capabilities.filter { $0.downtimeCurrency != nil }.map(\.name)
    }
    let base = priced(designs[0])
    let findings = designs.dropFirst().compactMap { design -> Diagnostic? in
      let own = priced(design)
      let only = base.filter { !own.contains($0) } + own.filter { !base.contains($0) }
      guard !only.isEmpty else { return nil }
      return Diagnostic(
        slug: "downtime-not-comparable",
        "downtime of \(only.joined(separator: ", ")) has a price in only one of \(designs[0].name) and \(design.name)",
        at: nil, help: "state downtime: of it in both")
    }
    guard findings.isEmpty else { throw Findings(findings) }
  }
}

extension Bill {
  /// The conventions of a bill as changes of a model: two bills are compared under the same ones.
  var conventionAssignments: [String] {
    [
      "conventions/hours-per-month=\(conventions.hoursPerMonth)",
      "conventions/gb-per-tb=\(conventions.gigabytesPerTerabyte)",
    ]
  }
}
