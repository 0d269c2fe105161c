internal import Charts
internal import Quantities
internal import Reliability

/// Where downtime comes from.
struct ContributionSection: ReportSection {
  let key = "contributions"
  private let report: ArchitectureReport

  init(_ report: ArchitectureReport) { self.report = report }

  var blocks: [Document.Block] {
    [.part("Where the downtime comes from")]
      + (charts.isEmpty ? [.note("Nothing fails.")] : charts.map { .chart($0) })
      + [
        .note(
          "A share is the part of downtime in which mending this cause alone brings the service back; what is down for two "
            + "reasons counts for neither, so shares need not add up to 100 %.")
      ]
  }

  var json: JSONValue { .array(charts.map(\.json)) }

  private var charts: [Chart] {
    report.results.filter { !$0.contributions.isEmpty }.map { result in
      ParetoChart(
        title: "\(result.capability): where its downtime comes from",
        result.contributions.filter { $0.share >= 1e-6 }.map { part in
          ParetoChart.Part(
            part.cause, share: part.share,
            amount: "\(report.header.perYear(part.share * result.unavailability)) a year")
        }
      ).chart
    }
  }
}
