internal import IncidentHistory
internal import Quantities

/// The month in numbers.
struct MonthSection: ReportSection {
  let key = "month"
  private let report: MonthReport

  init(_ report: MonthReport) { self.report = report }

  var blocks: [Document.Block] { [.part("The month in numbers")] + report.document.blocks }

  var json: JSONValue {
    guard case .object(let members) = report.json else { return .null }
    return members["results"] ?? .null
  }
}
