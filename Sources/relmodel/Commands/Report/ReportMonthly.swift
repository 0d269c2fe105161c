import ArgumentParser
import Reports

/// `relmodel report monthly`.
struct ReportMonthly: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "monthly",
    abstract: "For who looks after a service: a month of the history against its objectives, day by day.",
    discussion: "Takes what relmodel incidents report takes.")

  @OptionGroup var month: IncidentsReport

  func run() throws {
    guard let answer = try month.answer() else { return }
    try month.output.print(
      answer.report.readerReport(
        header: answer.header, database: month.database.path, command: CommandText.typed))
    if month.gate, answer.report.isPromiseBroken { throw Exit.Code(value: Exit.gateMissed) }
  }
}
