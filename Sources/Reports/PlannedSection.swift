internal import Quantities
internal import ServiceGraph
internal import ServiceModel
internal import Simulation
internal import Stochastics

/// What planned work came to in a simulation.
struct PlannedSection {
  private let works: [PlannedEstimate]
  /// Hours in a year, over those of the estimates' year.
  private let scale: Double

  init(_ works: [PlannedEstimate], hoursPerYear: Double) {
    self.works = works
    scale = hoursPerYear / 8760
  }

  // MARK: Document

  var blocks: [Document.Block] {
    guard !works.isEmpty else { return [] }
    return [
      .table(table),
      .note(
        "Per year. Downtime is planned while all would be up without the planned work under way and the starts after it. A "
          + "wave waits while so few units are up that a disruption budget does not bear it. Unfinished: waves were left when "
          + "the next occasion came, and were given up."),
    ]
  }

  private var table: Document.Table {
    Document.Table(
      columns: ["Planned work", "occasions", "waves", "that waited", "mean wait", "unfinished"],
      cells: works.map { work in
        [
          .init(work.name), count(work.occasions), count(work.waves), count(work.waits), wait(work),
          count(work.cutShort),
        ]
      })
  }

  private func count(_ estimate: Estimate) -> Document.Cell {
    let own = estimate.multiplied(by: scale)
    guard own.value > 0 else { return .init("0", number: 0) }
    let error = own.halfWidth > 0 ? " ± \(significant(own.halfWidth, digits: 1))" : ""
    return .init("\(significant(own.value, digits: 3).trimmingZeros)\(error)", number: own.value)
  }

  private func wait(_ work: PlannedEstimate) -> Document.Cell {
    guard let hours = work.meanWaitHours else { return "" }
    return .init(TimeSpan(hours: hours)?.description ?? "", number: hours)
  }

  // MARK: JSON

  var json: JSONValue { .array(works.map(json)) }

  private func json(_ work: PlannedEstimate) -> JSONValue {
    func perYear(_ estimate: Estimate) -> JSONValue { estimate.multiplied(by: scale).json(unit: "1/y") }
    return [
      "work": .string(work.name), "occasionsPerYear": perYear(work.occasions),
      "wavesPerYear": perYear(work.waves), "wavesThatWaitedPerYear": perYear(work.waits),
      "meanWaitHours": work.meanWaitHours.map { .number($0) } ?? unknownJSON("no wave waited"),
      "unfinishedPerYear": perYear(work.cutShort),
    ]
  }
}

extension SimulateReport {
  /// Downtime told apart by whether planned work alone brings it.
  func plannedFacts(_ estimate: CapabilityEstimate) -> [Document.Fact] {
    guard let own = estimate.planned else { return [] }
    func isUnseen(_ estimate: Estimate) -> Bool { estimate.value == 0 && estimate.high > 0 }
    func text(_ estimate: Estimate) -> String {
      isUnseen(estimate) ? "none seen" : header.perYear(estimate.value).description
    }
    func error(_ estimate: Estimate) -> String {
      isUnseen(estimate)
        ? "at most \(header.perYear(estimate.high))" : "± \(header.perYear(estimate.halfWidth))"
    }
    let degraded = own.unserved.value - own.planned.value
    let served = degraded > 1e-12 ? ["and degraded as if down \(header.perYear(degraded))"] : []
    return [
      Document.Fact(
        "  planned", text(own.planned), [error(own.planned)] + served,
        number: .init(own.planned.value * header.conventions.hoursPerYear, "h")),
      Document.Fact(
        "  unplanned", text(own.unplanned), [error(own.unplanned)],
        number: .init(own.unplanned.value * header.conventions.hoursPerYear, "h")),
    ]
  }

  /// How work begins that budgets keep waiting for something that is not played before time 0.
  var plannedStartNote: [Document.Block] {
    guard result.plan.start == .steady,
      header.graph.simulated.beginsBesideBudgets(horizonHours: result.plan.years * 8760)
    else { return [] }
    return [
      .note(
        "At the beginning planned work may be further than in the long run: its disruption budgets have not waited for "
          + "all that may be down.")
    ]
  }

  /// How live processes begin beside work that is not played before time 0.
  var workBesideLiveNote: [Document.Block] {
    guard let hours = result.warmUpHours,
      header.graph.simulated.workBesideLive(warmUpHours: hours)?.isWhole == false
    else { return [] }
    return [
      .note(
        "At the beginning spares, load that is shared, detectors and operating clocks are not quite as in the long run: not "
          + "all planned work before it has changed them.")
    ]
  }

  func plannedMembers(_ estimate: CapabilityEstimate) -> [String: JSONValue] {
    guard let own = estimate.planned else { return [:] }
    let hours = header.conventions.hoursPerYear
    return [
      "plannedDowntimeHoursPerYear": own.planned.multiplied(by: hours).json(unit: "h/y"),
      "unplannedDowntimeHoursPerYear": own.unplanned.multiplied(by: hours).json(unit: "h/y"),
      "plannedUnservedFraction": own.unserved.json(unit: "1"),
    ]
  }
}
