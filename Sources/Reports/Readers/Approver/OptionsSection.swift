internal import Quantities

/// The options beside each other.
struct OptionsSection: ReportSection {
  let key = "options"
  private let report: RoiReport

  init(_ report: RoiReport) { self.report = report }

  var blocks: [Document.Block] {
    [.part("The options")] + (report.gate?.blocks ?? []) + [
      .table(report.valueTable), .table(report.returnTable),
    ] + report.riskBlocks
  }

  var json: JSONValue {
    guard case .object(let members) = report.json(), let results = members["results"] else { return .null }
    return results
  }
}
