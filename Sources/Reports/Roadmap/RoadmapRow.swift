internal import Billing
internal import Quantities
internal import Recovery
internal import ServiceGraph
internal import ServiceModel
internal import Simulation
internal import Stochastics

/// What a plan has brought once some of its steps are made.
struct RoadmapRow: Sendable {
  let name: String
  let availability: Document.Cell
  let downtime: Document.Cell
  /// Exact, against the row before.
  let removed: Document.Cell
  /// Simulated, against the base, with the same luck.
  let removedSoFar: Document.Cell
  let interval: Document.Cell
  let timeKept: Document.Cell?
  let pointKept: Document.Cell?
  let monthly: Document.Cell
}

extension ComparisonReport {
  /// A row for each design, the base first.
  func roadmapRows(_ capability: String) -> [RoadmapRow] {
    designs.indices.map { row(capability, $0) }
  }

  /// Causes that a design knows and the one before it leaves out.
  var countedFromSteps: [(step: String, causes: [String])] {
    designs.indices.dropFirst().compactMap { place in
      let before = designs[place - 1].header.graph.leftOut.map(\.cause)
      let graph = designs[place].header.graph
      let known = before.filter { cause in
        graph.causes.contains(cause) && !graph.leftOut.contains { $0.cause == cause }
      }
      return known.isEmpty ? nil : (designs[place].name, known)
    }
  }

  private func row(_ capability: String, _ design: Int) -> RoadmapRow {
    let estimate = comparison.designs[design].capabilities.first { $0.name == capability }
    let difference = comparison.differences.first { $0.design == design && $0.capability == capability }
    let header = designs[design].header
    let down = estimate?.unavailability
    return RoadmapRow(
      name: designs[design].name,
      availability: down.map {
        Document.Cell(
          Availability(unavailability: min(1, $0.value))?.text(digits: 4) ?? "", number: 1 - $0.value)
      } ?? "not in it",
      downtime: down.map {
        Document.Cell(
          "\(header.perYear($0.value)) ± \(header.perYear($0.halfWidth))", number: $0.value * hoursPerYear)
      } ?? "not in it",
      removed: removed(capability, design), removedSoFar: soFar(difference, design),
      interval: interval(difference?.unavailability), timeKept: kept(capability, design, \.timeShare),
      pointKept: kept(capability, design, \.pointShare), monthly: monthly(design))
  }

  /// Exact, against the design before.
  private func removed(_ capability: String, _ design: Int) -> Document.Cell {
    guard design > 0 else { return "–" }
    guard let before = designs[design - 1].exactUnavailability(of: capability),
      let after = designs[design].exactUnavailability(of: capability),
      onlySimulated(capability, designs[design - 1]) == nil, onlySimulated(capability, designs[design]) == nil
    else { return "unknown" }
    return less(before - after)
  }

  private func soFar(_ difference: CapabilityDifference?, _ design: Int) -> Document.Cell {
    guard design > 0 else { return "–" }
    guard let difference else { return "unknown" }
    return difference.unavailability.map { less(-$0.value) } ?? Document.Cell("no year differed", number: 0)
  }

  private func interval(_ estimate: Estimate?) -> Document.Cell {
    estimate.map { Document.Cell("\(less(-$0.high).text) to \(less(-$0.low).text)") } ?? ""
  }

  /// Downtime of a year that is gone; what came to it has a minus.
  private func less(_ share: Double) -> Document.Cell {
    let text = base.header.perYear(abs(share)).description
    return Document.Cell(share < 0 ? "−\(text)" : text, number: share * hoursPerYear)
  }

  private func monthly(_ design: Int) -> Document.Cell {
    guard let bill = designs[design].money?.bill else { return "unknown" }
    return Document.Cell(
      AmountText(currency: bill.currency).cents(bill.monthly), number: AmountText.number(bill.monthly))
  }

  // MARK: Objectives of recovery

  private struct Kept {
    let name: String
    let timeShare: Double?
    let pointShare: Double?
  }

  /// The objective that is kept least often, of the capability and of all data.
  private func kept(
    _ capability: String, _ design: Int, _ share: KeyPath<Kept, Double?>
  ) -> Document.Cell? {
    let found = recoveries(capability, design).compactMap { kept in
      kept[keyPath: share].map { (kept.name, $0) }
    }
    return found.min { $0.1 < $1.1 }.map { Document.Cell("\(keptPercentage($0.1)) (\($0.0))", number: $0.1) }
  }

  private func recoveries(_ capability: String, _ design: Int) -> [Kept] {
    let result = comparison.designs[design]
    let own = result.capabilities.first { $0.name == capability }.map { estimate in
      (self.capability(capability, in: designs[design])?.recoveryObjectives ?? []).map { objective in
        Kept(
          name: objective.name,
          timeShare: objective.recoveryTime.flatMap { estimate.outagesEnded(within: $0.hours)?.value },
          pointShare: nil)
      }
    }
    let data = result.dataLosses.flatMap { loss in
      loss.attainments.map { kept in
        Kept(
          name: "\(loss.failure.name), \(kept.objective.name)", timeShare: kept.inTime?.value,
          pointShare: kept.inPoint?.value)
      }
    }
    return (own ?? []) + data
  }
}
