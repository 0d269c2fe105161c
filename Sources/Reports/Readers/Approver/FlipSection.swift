internal import Charts
internal import Economics
internal import Quantities

/// What would change the answer: each option by year, and where it breaks even.
struct FlipSection: ReportSection {
  let key = "whatWouldChangeTheAnswer"
  private let report: RoiReport

  init(_ report: RoiReport) { self.report = report }

  var blocks: [Document.Block] {
    [.part("What would change the answer")] + tornados.map { .chart($0) }
      + report.options.flatMap { OptionBlocks($0, report: report).blocks }
  }

  /// What each input does from its low to its high value; none where it was not computed.
  private var tornados: [Chart] {
    report.options.filter { !$0.inputs.isEmpty }.map { option in
      TornadoChart(
        title: "\(option.name): what each input does to the net present value",
        option.inputs.map { input in
          TornadoChart.Input(
            report.label(input.kind), low: report.words(of: input.kind, input.low),
            high: report.words(of: input.kind, input.high), atLow: input.valueAtLow, atHigh: input.valueAtHigh
          )
        }, now: option.returns.cashFlow.presentValue(rate: option.returns.rate.perMonth),
        resultName: "net present value", measure: .money(report.frame.currency)
      ).chart
    }
  }

  var json: JSONValue {
    .array(
      report.options.map { option in
        let first = option.returns.mostSensitive
        return [
          "option": .string(option.name), "first": first.map { .string($0.input.rawValue) } ?? .null,
          "change": first?.change.map { .number($0) } ?? .null,
        ]
      })
  }
}
