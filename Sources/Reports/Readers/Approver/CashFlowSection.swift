internal import Charts
internal import Economics
internal import Quantities
internal import Simulation

/// When it pays, and what makes it pay.
struct CashFlowSection: ReportSection {
  let key = "cashFlow"
  private let report: RoiReport

  init(_ report: RoiReport) { self.report = report }

  var blocks: [Document.Block] { [.part("Cash flow")] + charts.map { .chart($0) } }

  var json: JSONValue { .array(charts.map(\.json)) }

  /// One picture of all options, and for each what its net present value is made of.
  private var charts: [Chart] {
    let sums = report.options.flatMap(sums)
    let flow = CashFlowChart(
      title: "What it adds up to, month by month", sums, currency: report.frame.currency
    ).chart
    return [flow] + report.options.map(waterfall)
  }

  private func sums(_ option: RoiReport.Option) -> [CashFlowChart.Sums] {
    let flow = option.returns.cashFlow
    let own = CashFlowChart.Sums(option.name, flow.cumulative, paybackMonths: flow.payback)
    guard report.options.count == 1 else { return [own] }
    let present = flow.discounted(rate: option.returns.rate.perMonth)
    return [own, CashFlowChart.Sums("discounted", present.cumulative, paybackMonths: present.payback)]
  }

  /// Parts at their present values.
  private func waterfall(_ option: RoiReport.Option) -> Chart {
    let found = option.returns
    func worth(_ part: (OptionReturn.Month) -> Double) -> Double {
      CashFlow([0] + found.months.map(part))?.presentValue(rate: found.rate.perMonth) ?? 0
    }
    let parts =
      [
        WaterfallChart.Step("paid once", -found.plan.once), WaterfallChart.Step("bill", worth(\.running)),
      ]
      + report.columns.map { part in
        WaterfallChart.Step("downtime: \(part.column)", worth { $0.avoided[part] })
      }
    return WaterfallChart(
      title: "\(option.name): what its net present value is made of", parts.filter { $0.amount != 0 },
      totalName: "net present value", measure: .money(report.frame.currency)
    ).chart
  }
}
