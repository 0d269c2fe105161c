internal import Charts
internal import Economics
internal import Quantities

/// What would change the answer: each option by year, and where it breaks even.
struct FlipSection: ReportSection {
  let key = "whatWouldChangeTheAnswer"
  private let report: RoiReport

  init(_ report: RoiReport) { self.report = report }

  var blocks: [Document.Block] {
    let found = zip(report.options, tornados).flatMap { option, chart in
      [Document.Block.chart(chart), .note(report.flipSentence(option)), .table(report.inputTable(option))]
    }
    let note = report.frame.inputNote
    return [.part("What would change the answer")] + found
      + ([note.text] + note.remarks).map { .note($0) }
      + report.options.flatMap { OptionBlocks($0, report: report, hasInputs: false).blocks }
  }

  /// What each input does from its low to its high value.
  private var tornados: [Chart] {
    report.options.map { option in
      TornadoChart(
        title: "\(option.name): what each input does to the net present value",
        option.inputs.filter { $0.swing > 0 }.map { input in
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
