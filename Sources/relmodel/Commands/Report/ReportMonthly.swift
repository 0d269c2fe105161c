import ArgumentParser
import Diagnostics
import FoundationEssentials
import IncidentHistory
import Reports

/// `relmodel report monthly`.
struct ReportMonthly: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "monthly",
    abstract:
      "For who looks after a service: a month of the history against its objectives, what it taught and what is next.",
    discussion: """
      Takes what relmodel incidents report takes. What to do next comes from the numbers: promises broken, causes of most \
      downtime, drills that are due, failures noticed late. What was learned comes from the notes of the incidents \
      (relmodel incidents edit ID --note '…') and from --notes.
      """)

  @OptionGroup var month: IncidentsReport

  @Option(
    help: ArgumentHelp(
      "Text about the month to put into the report: paragraphs, lines that begin with -, headings with #.",
      valueName: "file"))
  var notes: String?

  func run() throws {
    let notes = try notes.map(MonthNotes.text) ?? ""
    guard let answer = try month.answer() else { return }
    let background = try month.background(notes: notes)
    try month.output.print(
      answer.report.readerReport(
        header: answer.header, database: month.database.path, command: CommandText.typed,
        background: background))
    if month.gate, answer.report.isPromiseBroken { throw Exit.Code(value: Exit.gateMissed) }
  }
}

/// A text that somebody wrote about a month.
private enum MonthNotes {
  /// More than anybody reads.
  private static let mostBytes = 256 * 1_024

  static func text(of path: String) throws -> String {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw finding("file-missing", "there is no file `\(path)`", "--notes december.md")
    }
    guard bytes.count <= mostBytes else {
      throw finding(
        "file-too-large", "`\(path)` has \(bytes.count) bytes; notes have at most \(mostBytes)",
        "put what matters into a shorter file")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw finding("not-utf8", "`\(path)` is not UTF-8", "iconv -t utf-8")
    }
    return text
  }

  private static func finding(_ slug: String, _ message: String, _ help: String) -> Findings {
    Findings([Diagnostic(slug: slug, message, at: nil, help: help)])
  }
}
