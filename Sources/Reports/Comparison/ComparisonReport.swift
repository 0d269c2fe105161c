internal import Quantities
public import Reliability
internal import ServiceGraph
internal import ServiceModel
public import Simulation

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
    /// What it changes of the design in ``changed``; `nil` for the base.
    public let changes: ModelChanges?
    /// The design that it is a change of: the base, or the one before it.
    public let changed: Int
    /// What is left of it when it loses a zone; `nil` when it has none.
    public let zoneLoss: ZoneLoss?
    /// What it costs and what it is worth; `nil` when nobody asked.
    public let money: DesignMoney?

    /// A design.
    public init(
      name: String, header: ResultHeader, exact: [SteadyStateResult]?, changes: ModelChanges? = nil,
      of changed: Int = 0, zoneLoss: ZoneLoss? = nil, money: DesignMoney? = nil
    ) {
      self.name = name
      self.header = header
      self.exact = exact
      self.changes = changes
      self.changed = changed
      self.zoneLoss = zoneLoss
      self.money = money
    }

    var model: Model { header.graph.model }

    func exactUnavailability(of capability: String) -> Double? {
      exact?.first { $0.capability == capability }?.unavailability
    }
  }

  /// The designs, the base first.
  public let designs: [Design]
  /// What was simulated.
  public let comparison: DesignComparison
  /// What is common to the money of all designs; `nil` when nobody asked.
  public let moneyFrame: MoneyFrame?
  let sections: [any ReportSection]
  private let tellsChanges: Bool

  /// A report.
  ///
  /// - Parameters:
  ///   - designs: in the order in which they were compared, the base first.
  ///   - tellsChanges: whether what each design changes is told in full.
  ///   - sections: what else was asked for, such as a gate.
  public init(
    designs: [Design], comparison: DesignComparison, money: MoneyFrame? = nil, tellsChanges: Bool = false,
    sections: [any ReportSection] = []
  ) {
    self.designs = designs
    self.comparison = comparison
    moneyFrame = money
    self.tellsChanges = tellsChanges
    self.sections = sections
  }

  var base: Design { designs[0] }
  var plan: SimulationPlan { comparison.designs[0].plan }

  /// The report for people.
  public var document: Document {
    let years = plan.years == 1 ? "1 year" : "\(significant(plan.years, digits: 4).trimmingZeros) years"
    let partial = comparison.isPartial ? " · partial: \(grouped(plan.replications)) asked for" : ""
    var document = Document(
      title: "\(designs.count) designs · \(years) · \(grouped(comparison.replications)) replications · "
        + "seed \(plan.seed)\(partial)")
    document.blocks.append(.facts(designs.indices.map(designFact)))
    for section in sections { document.blocks += section.blocks }
    if tellsChanges { document.blocks += changeBlocks }
    for estimate in comparison.designs[0].capabilities {
      document.blocks.append(.heading(estimate.name))
      document.blocks.append(.table(levelTable(estimate.name)))
      let differences = comparison.differences.filter { $0.capability == estimate.name }
      if !differences.isEmpty { document.blocks.append(.table(differenceTable(differences))) }
      document.blocks += downtimePartBlocks(estimate.name, differences)
    }
    document.blocks += zoneBlocks + moneyBlocks + otherAnswers
    document.blocks += (onlyInOne + promises + notes + methodNotes).map { .note($0) }
    document.blocks += base.header.historyBlocks + unknownBlocks
    document.blocks += conventions.map { .note("Common cause \($0).") }
    document.blocks.append(.note(base.header.conventionText))
    return document
  }

  /// What stands for a design in the tables: A for the base, then B, C, …
  func mark(_ design: Int) -> String {
    design < 26 ? String(UnicodeScalar(UInt8(ascii: "A") + UInt8(design))) : "\(design + 1)"
  }

  /// `A, C and D`; all of them have a shorter name.
  func marks(_ numbers: [Int]) -> String {
    guard numbers.count < designs.count else { return "all designs" }
    let names = numbers.map(mark)
    return names.count > 1
      ? "\(names.dropLast().joined(separator: ", ")) and \(names.last ?? "")" : names.joined()
  }

  /// The common-cause conventions of any design, each once.
  private var conventions: [String] {
    var seen: Set<String> = []
    return designs.flatMap(\.header.graph.commonCauseConventions).filter { seen.insert($0).inserted }
  }

  private func designFact(_ design: Int) -> Document.Fact {
    let remark = design == 0 ? "the base" : designs[design].changes?.summary
    return Document.Fact(mark(design), designs[design].name, remark.map { [$0] } ?? [])
  }

  private var changeBlocks: [Document.Block] {
    designs.indices.flatMap { design -> [Document.Block] in
      guard let changes = designs[design].changes else { return [] }
      return [.heading("From \(mark(designs[design].changed)) to \(mark(design))")] + changes.blocks
    }
  }

  /// Capabilities that not all designs have; what is true of several is said once.
  private var onlyInOne: [String] {
    let known = base.model.capabilities.map(\.name)
    let missing = byDesign { design in
      let names = designs[design].model.capabilities.map(\.name)
      let gone = known.filter { !names.contains($0) }
      return gone.isEmpty ? [] : [DeclarationText.list(gone)]
    }
    let added = byDesign { design in
      let new = designs[design].model.capabilities.map(\.name).filter { !known.contains($0) }
      return new.isEmpty ? [] : [DeclarationText.list(new)]
    }
    return missing.map { "Not in \(marks($0.designs)): \($0.text)." }
      + added.map { "In \(marks($0.designs)) and not in \(mark(0)): \($0.text)." }
  }

  private var notes: [String] {
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
}
