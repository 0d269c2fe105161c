internal import Charts
internal import Economics
internal import Quantities

/// How far it may turn out otherwise.
struct SpreadSection: ReportSection {
  let key = "spread"
  private let report: RoiReport

  init(_ report: RoiReport) { self.report = report }

  var blocks: [Document.Block] {
    [.part("How sure it is")] + distributions.map { .chart($0) } + report.spreadBlocks
      + (exceedance.map { [.chart($0)] } ?? []) + report.lossBlocks
  }

  var json: JSONValue { .array((distributions + (exceedance.map { [$0] } ?? [])).map(\.json)) }

  /// How the net present value of each option scatters: by luck, and by what is not known where that is drawn.
  private var distributions: [Chart] {
    report.options.compactMap { option in
      let values = option.uncertain?.presentValues.values ?? option.returns.presentValues
      return values.isEmpty ? nil : distribution(option, values)
    }
  }

  private func distribution(_ option: RoiReport.Option, _ values: [Double]) -> Chart {
    let marks = [("P10", 0.1), ("P50", 0.5), ("P90", 0.9)].compactMap { name, share in
      option.percentile(share).map { DistributionChart.Mark("\(name) \(report.money($0))", at: $0) }
    }
    return DistributionChart(
      title: "\(option.name): net present value over \(report.years)", name: "net present value",
      measure: .money(report.frame.currency), values: values,
      limits: [DistributionChart.Mark("breaks even", at: 0)], marks: marks, isLimitFloor: true
    ).chart
  }

  /// What years of downtime cost each design.
  private var exceedance: Chart? {
    let curves = report.frame.losses.map {
      ExceedanceChart.Curve($0.name, losses: $0.exceedance.years.values)
    }
    guard curves.contains(where: \.hasLosses) else { return nil }
    return ExceedanceChart(
      title: "What a year of downtime may cost (loss exceedance)", curves,
      lossName: "cost of downtime in a year",
      measure: .money(report.frame.currency)
    ).chart
  }
}
