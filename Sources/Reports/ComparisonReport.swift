public import Quantities
public import Reliability
internal import ServiceGraph
internal import ServiceModel
public import Simulation
internal import Stochastics

/// Designs side by side, as a document and as JSON.
public struct ComparisonReport: Sendable {
  /// One of the designs.
  public struct Design: Sendable {
    /// What it is called here.
    public let name: String
    /// What every result says about its model.
    public let header: ResultHeader
    /// What the exact engine says; `nil` where it has no answer.
    public let exact: [SteadyStateResult]?

    /// A design.
    public init(name: String, header: ResultHeader, exact: [SteadyStateResult]?) {
      self.name = name
      self.header = header
      self.exact = exact
    }

    func exactUnavailability(of capability: String) -> Double? {
      exact?.first { $0.capability == capability }?.unavailability
    }
  }

  private let designs: [Design]
  private let comparison: DesignComparison

  /// A report; the designs in the order in which they were compared, the base first.
  public init(designs: [Design], comparison: DesignComparison) {
    self.designs = designs
    self.comparison = comparison
  }

  private var base: Design { designs[0] }
  private var plan: SimulationPlan { comparison.designs[0].plan }

  // MARK: Document

  /// The report for people.
  public var document: Document {
    let years = plan.years == 1 ? "1 year" : "\(significant(plan.years, digits: 4).trimmingZeros) years"
    let partial = comparison.isPartial ? " · partial: \(grouped(plan.replications)) asked for" : ""
    var document = Document(
      title: "\(designs.count) designs · \(years) · \(grouped(comparison.replications)) replications · "
        + "seed \(plan.seed)\(partial)")
    document.blocks.append(
      .facts(designs.indices.map { Document.Fact(mark($0), designs[$0].name, $0 == 0 ? ["the base"] : []) }))
    for estimate in comparison.designs[0].capabilities {
      document.blocks.append(.heading(estimate.name))
      document.blocks.append(.table(levelTable(estimate.name)))
      let differences = comparison.differences.filter { $0.capability == estimate.name }
      if !differences.isEmpty { document.blocks.append(.table(differenceTable(differences))) }
    }
    document.blocks += onlyInOne().map { .note($0) }
    document.blocks += notes().map { .note($0) }
    document.blocks += base.header.footnotes()
    return document
  }

  /// What stands for a design in the tables: A for the base, then B, C, …
  private func mark(_ design: Int) -> String {
    design < 26 ? String(UnicodeScalar(UInt8(ascii: "A") + UInt8(design))) : "\(design + 1)"
  }

  private func levelTable(_ capability: String) -> Document.Table {
    let rows = comparison.designs.enumerated().compactMap { design, result in
      result.capabilities.first { $0.name == capability }.map { levelRow(design, $0) }
    }
    return Document.Table(
      columns: ["", "availability", "downtime a year", "outages a year", "objective missed"],
      cells: rows)
  }

  private func levelRow(_ number: Int, _ estimate: CapabilityEstimate) -> [Document.Cell] {
    let design = designs[number]
    let down = estimate.unavailability
    let hours = design.header.conventions.hoursPerYear
    let missed = estimate.objectives.first.flatMap(\.missed)
    return [
      Document.Cell(mark(number)),
      Document.Cell(
        Availability(unavailability: min(1, down.value))?.text(digits: 4) ?? "", number: 1 - down.value),
      Document.Cell(
        "\(design.header.perYear(down.value)) ± \(design.header.perYear(down.halfWidth))",
        number: down.value * hours),
      Document.Cell(
        "\(significant(estimate.outagesPerYear.value, digits: 3)) ± "
          + significant(estimate.outagesPerYear.halfWidth, digits: 1),
        number: estimate.outagesPerYear.value),
      Document.Cell(
        missed.map { "\(percentage($0.value)) ± \(percentage($0.halfWidth))" } ?? "", number: missed?.value),
    ]
  }

  private func differenceTable(_ differences: [CapabilityDifference]) -> Document.Table {
    let currency = downtimeCost(differences[0])?.amount.currency
    var columns = [
      "difference", "downtime a year", "\(percentage(plan.confidence)) interval", "outages a year",
    ]
    columns += ["better in", "worse in", "exact"]
    if currency != nil { columns.append("cost a year") }
    return Document.Table(columns: columns, cells: differences.map { differenceRow($0, currency) })
  }

  private func differenceRow(_ difference: CapabilityDifference, _ currency: String?) -> [Document.Cell] {
    let hours = base.header.conventions.hoursPerYear
    let down = difference.unavailability
    let exact = exactDifference(difference)
    var cells = [
      Document.Cell("\(mark(difference.design)) − \(mark(0))"),
      Document.Cell(
        down.map { signed($0.value) } ?? "no year differed", number: down.map { $0.value * hours } ?? 0),
      Document.Cell(down.map { "\(signed($0.low)) to \(signed($0.high))" } ?? ""),
      Document.Cell(
        difference.outagesPerYear.map {
          "\($0.value > 0 ? "+" : "")\(significant($0.value, digits: 3)) ± \(significant($0.halfWidth, digits: 1))"
        } ?? "", number: difference.outagesPerYear?.value),
      Document.Cell(
        difference.shareBetter.map { percentage($0.value) } ?? "", number: difference.shareBetter?.value),
      Document.Cell(
        difference.shareWorse.map { percentage($0.value) } ?? "", number: difference.shareWorse?.value),
      Document.Cell(exact.map(signed) ?? "unknown", number: exact.map { $0 * hours }),
    ]
    if let currency {
      let cost = downtimeCost(difference).flatMap { rate in down.map { $0.value * hours * rate.perHour } }
      cells.append(Document.Cell(cost.map { Money.text($0, currency: currency) } ?? "", number: cost))
    }
    return cells
  }

  /// What an hour costs, where both designs say the same.
  private func downtimeCost(_ difference: CapabilityDifference) -> MoneyRate? {
    func rate(_ design: Design) -> MoneyRate? {
      design.header.graph.model.capabilities.first { $0.name == difference.capability }?.downtimeCost
    }
    guard let own = rate(base), let other = rate(designs[difference.design]), own == other else { return nil }
    return own
  }

  private func exactDifference(_ difference: CapabilityDifference) -> Double? {
    guard let other = designs[difference.design].exactUnavailability(of: difference.capability),
      let own = base.exactUnavailability(of: difference.capability)
    else { return nil }
    return other - own
  }

  /// A share of a year with its sign.
  private func signed(_ share: Double) -> String {
    (share < 0 ? "−" : "+") + base.header.perYear(abs(share)).description
  }

  private func onlyInOne() -> [String] {
    let known = base.header.graph.model.capabilities.map(\.name)
    return designs.dropFirst().flatMap { design in
      let names = design.header.graph.model.capabilities.map(\.name)
      let missing = known.filter { !names.contains($0) }.map { "\(design.name) has no capability \($0)." }
      let added = names.filter { !known.contains($0) }.map {
        "\(design.name) has the capability \($0), which \(base.name) has not."
      }
      return missing + added
    }
  }

  private func notes() -> [String] {
    var notes: [String] = []
    let reductions = comparison.differences.compactMap(\.varianceReduction)
    if let least = reductions.min(), let most = reductions.max() {
      let text =
        least == most
        ? significant(least, digits: 2)
        : "\(significant(least, digits: 2)) to \(significant(most, digits: 2))"
      notes.append("The same luck for all designs makes the variance of differences \(text) times smaller.")
    }
    if comparison.differences.contains(where: { $0.unavailability == nil }) {
      notes.append(
        "Where no year differed, at most \(percentage(3 / Double(max(1, comparison.replications)))) of years do "
          + "(rule of three).")
    }
    if plan.start == .new {
      notes.append("Begun with everything up and new; the exact differences are of the long run.")
    }
    return notes
  }

  // MARK: JSON

  /// The report for programs; with `run` about the run itself.
  public func json(run: JSONValue? = nil) -> JSONValue {
    base.header.json(
      command: "compare",
      results: [
        "designs": .array(zip(designs, comparison.designs).map(json)),
        "differences": .array(comparison.differences.map(json)),
        "replications": .integer(comparison.replications), "seed": .string("\(plan.seed)"),
        "years": .number(plan.years), "start": .string(plan.start.rawValue),
        "partial": .bool(comparison.isPartial),
      ], run: run)
  }

  private func json(_ design: Design, _ result: SimulationResult) -> JSONValue {
    var capabilities: [String: JSONValue] = [:]
    for estimate in result.capabilities {
      let hours = design.header.conventions.hoursPerYear
      capabilities[estimate.name] = [
        "unavailability": estimate.unavailability.json(unit: "1"),
        "unservedFraction": estimate.unservedFraction.json(unit: "1"),
        "downtimeHoursPerYear": estimate.unavailability.multiplied(by: hours).json(unit: "h/y"),
        "outagesPerYear": estimate.outagesPerYear.json(unit: "1/y"),
        "exactUnavailability": design.exactUnavailability(of: estimate.name).map { .number($0) }
          ?? unknownJSON("the exact engine has no answer"),
      ]
    }
    return [
      "name": .string(design.name), "model": .string(design.header.graph.model.name),
      "capabilities": .object(capabilities),
    ]
  }

  private func json(_ difference: CapabilityDifference) -> JSONValue {
    let hours = base.header.conventions.hoursPerYear
    let same = unknownJSON("no replication differed")
    return [
      "capability": .string(difference.capability), "design": .string(designs[difference.design].name),
      "unavailability": difference.unavailability?.json(unit: "1") ?? same,
      "downtimeHoursPerYear": difference.unavailability?.multiplied(by: hours).json(unit: "h/y") ?? same,
      "unservedFraction": difference.unservedFraction?.json(unit: "1") ?? same,
      "outagesPerYear": difference.outagesPerYear?.json(unit: "1/y") ?? same,
      "shareBetter": difference.shareBetter?.json(unit: "1") ?? same,
      "shareWorse": difference.shareWorse?.json(unit: "1") ?? same,
      "varianceReduction": difference.varianceReduction.map { .number($0) } ?? same,
      "exactUnavailability": exactDifference(difference).map { .number($0) }
        ?? unknownJSON("the exact engine has no answer"),
    ]
  }
}
