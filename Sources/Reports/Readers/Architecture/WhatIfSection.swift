internal import Quantities
internal import Reliability
internal import ServiceModel

/// What changes of the design would do.
struct WhatIfSection: ReportSection {
  let key = "whatIf"
  private let report: ArchitectureReport

  init(_ report: ArchitectureReport) { self.report = report }

  var blocks: [Document.Block] {
    guard !report.whatIfs.isEmpty else {
      return [
        .part("What if"),
        .note("No change was asked for. Add one: --with components/api/replicas/count=3"),
      ]
    }
    let silent = report.whatIfs.filter { $0.results == nil }.map {
      Document.Block.note("The exact engine has no answer for \($0.name).")
    }
    return [.part("What if"), .table(table)] + silent
  }

  private struct Row {
    let name: String
    let capability: String
    let unavailability: Double
    let base: Double?
  }

  private var rows: [Row] {
    report.whatIfs.flatMap { change in
      (change.results ?? []).map { result in
        let own = report.results.first { $0.capability == result.capability }
        return Row(
          name: change.name, capability: result.capability, unavailability: result.unavailability,
          base: own?.unavailability)
      }
    }
  }

  private var table: Document.Table {
    Document.Table(
      columns: ["with", "capability", "availability", "downtime a year", "change"],
      cells: rows.map { row in
        let hours = report.header.conventions.hoursPerYear
        let change = row.base.map { row.unavailability - $0 }
        return [
          Document.Cell(row.name), Document.Cell(row.capability),
          Document.Cell(
            Availability(unavailability: min(1, row.unavailability))?.text(digits: 4) ?? "",
            number: 1 - row.unavailability),
          Document.Cell(
            report.header.perYear(row.unavailability).description, number: row.unavailability * hours),
          change.map { Document.Cell(signed($0), number: $0 * hours) } ?? "not in the base",
        ]
      })
  }

  private func signed(_ share: Double) -> String {
    if share == 0 { return "none" }
    return (share < 0 ? "−" : "+") + report.header.perYear(abs(share)).description
  }

  var json: JSONValue {
    .array(
      rows.map { row in
        [
          "with": .string(row.name), "capability": .string(row.capability),
          "unavailability": .number(row.unavailability),
          "change": row.base.map { .number(row.unavailability - $0) } ?? .null,
        ]
      })
  }
}
