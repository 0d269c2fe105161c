import ArgumentParser
import Reports

/// `relmodel report approver`.
struct ReportApprover: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approver",
    abstract:
      "For who signs: the decision in a sentence, the options, cash flow, what would change the answer.",
    discussion:
      "Takes what relmodel roi takes, runs it once, and says on what every number rests.")

  @OptionGroup var roi: Roi

  func run() throws {
    let answer = try roi.answer(withInputs: true)
    try roi.output.print(
      answer.report.approverReport(headers: answer.headers, command: CommandText.typed),
      run: answer.run)
    if answer.report.isPartial { throw Exit.Code(value: Exit.interrupted) }
    if answer.report.gate?.isFailed == true { throw Exit.Code(value: Exit.gateMissed) }
  }
}
