internal import Quantities
internal import Recovery
internal import ServiceModel
internal import Simulation
internal import Stochastics

/// What each design does by itself.
extension ComparisonReport {
  func levelTable(_ capability: String) -> Document.Table {
    let objectives = objectiveNames(of: capability)
    let recoveries = recoveryNames(of: capability)
    let rows = comparison.designs.enumerated().compactMap { design, result in
      result.capabilities.first { $0.name == capability }.map { estimate in
        levelCells(design, estimate) + objectives.map { missed($0, estimate) }
          + recoveries.map { recovered($0, design, estimate) }
      }
    }
    return Document.Table(
      columns: ["", "availability", "downtime a year", "outages a year"] + objectives.map { "\($0) missed" }
        + recoveries.map { "\($0): RTO kept" },
      cells: rows)
  }

  private func levelCells(_ number: Int, _ estimate: CapabilityEstimate) -> [Document.Cell] {
    let design = designs[number]
    let down = estimate.unavailability
    return [
      Document.Cell(mark(number)),
      Document.Cell(
        Availability(unavailability: min(1, down.value))?.text(digits: 4) ?? "", number: 1 - down.value),
      Document.Cell(
        "\(design.header.perYear(down.value)) ± \(design.header.perYear(down.halfWidth))",
        number: down.value * design.header.conventions.hoursPerYear),
      Document.Cell(
        "\(significant(estimate.outagesPerYear.value, digits: 3)) ± "
          + significant(estimate.outagesPerYear.halfWidth, digits: 1),
        number: estimate.outagesPerYear.value),
    ]
  }

  private func missed(_ name: String, _ estimate: CapabilityEstimate) -> Document.Cell {
    guard let outcome = estimate.objectives.first(where: { $0.objective.name == name }) else { return "–" }
    guard let missed = outcome.missed else { return "no whole window" }
    return Document.Cell(
      "\(percentage(missed.value)) ± \(percentage(missed.halfWidth))", number: missed.value)
  }

  /// The share of outages that ended within the time to recover.
  private func recovered(_ name: String, _ design: Int, _ estimate: CapabilityEstimate) -> Document.Cell {
    guard let limit = recoveryTime(name, of: estimate.name, in: designs[design]) else { return "–" }
    guard let kept = estimate.outagesEnded(within: limit.hours) else { return "no outage ended" }
    return Document.Cell(
      "\(keptPercentage(kept.value)) (\(keptPercentage(kept.low)) – \(keptPercentage(kept.high)))",
      number: kept.value)
  }

  // MARK: Names

  /// The objectives of a capability in any design, those of the base first.
  func objectiveNames(of capability: String) -> [String] {
    names(of: capability) { $0.objectives.map(\.name) }
  }

  private func recoveryNames(of capability: String) -> [String] {
    names(of: capability) { $0.recoveryObjectives.filter { $0.recoveryTime != nil }.map(\.name) }
  }

  func recoveryTime(_ name: String, of capability: String, in design: Design) -> TimeSpan? {
    self.capability(capability, in: design)?.recoveryObjectives.first { $0.name == name }?.recoveryTime
  }

  func capability(_ name: String, in design: Design) -> Capability? {
    design.model.capabilities.first { $0.name == name }
  }

  private func names(of capability: String, _ own: (Capability) -> [String]) -> [String] {
    var seen: Set<String> = []
    return designs.compactMap { self.capability(capability, in: $0) }.flatMap(own)
      .filter { seen.insert($0).inserted }
  }

  // MARK: Promises

  /// Where an objective of one name promises something else than in the base; what several promise is said once.
  var promises: [String] {
    let found = byDesign { number in
      number == 0 ? [] : base.model.capabilities.flatMap { differing($0, in: designs[number]) }
    }
    return found.map { "\($0.text) in \(marks($0.designs)); each is held against its own." }
  }

  private func differing(_ capability: Capability, in design: Design) -> [String] {
    capability.objectives.compactMap { promised in
      self.capability(capability.name, in: design)?.objectives.first { $0.name == promised.name }
        .flatMap { $0 == promised ? nil : differs(promised, $0, of: capability.name) }
    }
  }

  private func differs(_ base: Objective, _ other: Objective, of capability: String) -> String {
    "\(capability)/\(base.name) promises \(base.availability) per \(base.windowText) in \(mark(0)) and "
      + "\(other.availability) per \(other.windowText)"
  }
}
