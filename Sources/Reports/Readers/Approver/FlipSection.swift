internal import Economics
internal import Quantities

/// What would change the answer: each option by year, and where it breaks even.
struct FlipSection: ReportSection {
  let key = "whatWouldChangeTheAnswer"
  private let report: RoiReport

  init(_ report: RoiReport) { self.report = report }

  var blocks: [Document.Block] {
    [.part("What would change the answer")]
      + report.options.flatMap { OptionBlocks($0, report: report).blocks }
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
