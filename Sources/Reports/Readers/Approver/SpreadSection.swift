internal import Charts
internal import Economics
internal import Quantities
internal import Simulation

/// How far it may turn out otherwise.
struct SpreadSection: ReportSection {
  let key = "spread"
  private let report: RoiReport

  init(_ report: RoiReport) { self.report = report }

  var blocks: [Document.Block] { [.part("How sure it is")] + charts.map { .chart($0) } }

  var json: JSONValue { .array(charts.map(\.json)) }

  private var charts: [Chart] {
    report.options.filter { !$0.returns.presentValues.isEmpty }.map(distribution)
      + (exceedance.map { [$0] } ?? [])
  }

  private func distribution(_ option: RoiReport.Option) -> Chart {
    let found = option.returns
    let marks = [("P10", 0.1), ("P50", 0.5), ("P90", 0.9)].compactMap { name, share in
      found.percentile(share).map { DistributionChart.Mark("\(name) \(report.money($0))", at: $0) }
    }
    return DistributionChart(
      title: "\(option.name): net present value over \(report.years)", name: "net present value",
      measure: .money(report.frame.currency), values: found.presentValues,
      limits: [DistributionChart.Mark("breaks even", at: 0)], marks: marks, isLimitFloor: true
    ).chart
  }

  /// What downtime costs in the last year of each replication, in which every change is done if it is done at all.
  private var exceedance: Chart? {
    guard let ledger = report.frame.comparison.ledger, ledger.replications > 0, ledger.months >= 12 else {
      return nil
    }
    let names = [report.frame.base] + report.options.map(\.name)
    let curves = names.prefix(ledger.designs).enumerated().map { design, name in
      ExceedanceChart.Curve(
        name,
        losses: (0..<ledger.replications).map { replication in
          (ledger.months - 12..<ledger.months).reduce(0) {
            $0 + ledger.cost(design: design, month: $1, replication: replication)
          }
        })
    }
    guard curves.contains(where: \.hasLosses) else { return nil }
    return ExceedanceChart(
      title: "A year of downtime that costs so much or more", curves, lossName: "cost of downtime in a year",
      measure: .money(report.frame.currency)
    ).chart
  }
}
