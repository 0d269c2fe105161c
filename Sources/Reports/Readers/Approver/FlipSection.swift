internal import Charts
internal import Economics
internal import Quantities

/// What would change the answer: each option by year, and where it breaks even.
struct FlipSection: ReportSection {
  let key = "whatWouldChangeTheAnswer"
  private let report: RoiReport

  init(_ report: RoiReport) { self.report = report }

  var blocks: [Document.Block] {
    [.part("What would change the answer")] + tornados.map { .chart($0) } + note
      + report.options.flatMap { OptionBlocks($0, report: report).blocks }
  }

  /// Those of the models too where they were asked for; the others need no further simulation.
  private func inputs(_ option: RoiReport.Option) -> [DecisionInput] {
    option.inputs.isEmpty ? option.returns.decisionInputs().sorted { $0.swing > $1.swing } : option.inputs
  }

  private var note: [Document.Block] {
    report.options.contains { !$0.inputs.isEmpty }
      ? []
      : [
        .note(
          "Money, effect, rate and time go from half to twice what they are. The numbers of the models stay as they are; "
            + "--sensitivity moves each of them too.")
      ]
  }

  /// What each input does from its low to its high value.
  private var tornados: [Chart] {
    report.options.map { option in
      TornadoChart(
        title: "\(option.name): what each input does to the net present value",
        inputs(option).filter { $0.swing > 0 }.map { input in
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
