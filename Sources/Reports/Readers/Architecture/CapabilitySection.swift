internal import Quantities
internal import Reliability
internal import ServiceModel
internal import Stochastics

/// How available each capability is, and what was promised.
struct CapabilitySection: ReportSection {
  let key = "capabilities"
  private let report: ArchitectureReport

  init(_ report: ArchitectureReport) { self.report = report }

  var blocks: [Document.Block] { [.part("Availability"), .table(table)] }

  private var table: Document.Table {
    Document.Table(
      columns: [
        "capability", "availability", "downtime a year", "95 % interval", "outages a year", "promised",
      ],
      cells: report.results.enumerated().map { index, result in
        let hours = result.unavailability * report.header.conventions.hoursPerYear
        let interval = report.intervals[index].map { found in
          "\(report.header.perYear(found.unavailability.low)) – \(report.header.perYear(found.unavailability.high))"
        }
        let outages = result.frequencyPerHour.map { $0 * report.header.conventions.hoursPerYear }
        return [
          Document.Cell(result.capability),
          Document.Cell(
            Availability(unavailability: min(1, result.unavailability))?.text(digits: 4) ?? "",
            number: 1 - result.unavailability),
          Document.Cell(report.header.perYear(result.unavailability).description, number: hours),
          Document.Cell(interval ?? (result.approximations.isEmpty ? "exact" : "approximated")),
          outages.map { Document.Cell(significant($0, digits: 3), number: $0) } ?? "unknown",
          Document.Cell(promises(index, result)),
        ]
      })
  }

  private func promises(_ index: Int, _ result: SteadyStateResult) -> String {
    report.model.capabilities[index].objectives.map { objective in
      let isMet = result.unavailability <= objective.availability.unavailability
      return "\(objective.availability) per \(objective.windowText): \(isMet ? "met" : "missed") on average"
    }.joined(separator: "; ")
  }

  var json: JSONValue {
    let solved = SolveReport(
      header: report.header, results: report.results, intervals: report.intervals, checks: report.checks)
    guard case .object(let members) = solved.json, case .object(let results) = members["results"] else {
      return .null
    }
    return results["capabilities"] ?? .null
  }
}
