import ArgumentParser
import FoundationEssentials
@preconcurrency import Glibc
import Quantities
import Reports

/// The forms in which a result is printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
  case markdown
  case html
  case csv
  case pdf

  /// Whether it shows pictures.
  var isPage: Bool { self == .html || self == .pdf }
}

/// Whether to use bold type.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto
  case always
  case never
}

/// The options of every command that prints a result.
struct OutputOptions: ParsableArguments {
  @Option(
    name: .customLong("format"),
    help: ArgumentHelp(
      "How to print the result; pdf needs a Chromium and -o. (default: text; of report html)",
      valueName: "format"))
  var givenFormat: OutputFormat?

  /// How to print the result.
  var format: OutputFormat {
    get { givenFormat ?? .text }
    set { givenFormat = newValue }
  }

  @Option(name: .shortAndLong, help: "Write the result to this file instead of standard output.")
  var output: String?

  @Option(help: "Bold headings.")
  var color = ColorChoice.auto

  @Flag(name: .shortAndLong, help: "Only results and errors: no progress, no notes.")
  var quiet = false

  func validate() throws { try OutputOptions.checkFile(output, for: format) }

  /// Paper goes to a file.
  static func checkFile(_ output: String?, for format: OutputFormat) throws {
    if format == .pdf, output == nil {
      throw ValidationError("a PDF needs a file, such as -o report.pdf")
    }
  }

  /// Prints a document, or its JSON.
  func print(_ document: @autoclosure () -> Document, json: @autoclosure () -> JSONValue) throws {
    switch format {
    case .text: try write(TextRenderer(isColored: isColored).text(document()))
    case .json: try write(json().text)
    case .markdown: try write(MarkdownRenderer().text(document()))
    case .html: try write(HTMLRenderer().text(document()))
    case .csv: try write(CSVRenderer().text(document()))
    case .pdf: try printPaper(HTMLRenderer().text(document()))
    }
  }

  /// Prints a report for a reader: a page where nothing else is asked for, and Markdown that fits into a comment.
  func print(_ report: ReaderReport, run: JSONValue? = nil) throws {
    var options = self
    options.format = givenFormat ?? .html
    if options.format == .markdown { return try write(MarkdownRenderer.comment(report.document)) }
    try options.print(report.document, json: report.json(run: run))
  }

  private func printPaper(_ page: String) throws {
    try OutputOptions.checkFile(output, for: .pdf)
    if let output { try PaperPrinter().print(page, to: output) }
  }

  /// Writes text to where the result goes; a file appears whole or not at all.
  func write(_ text: String) throws {
    guard let output else { return try Terminal.writeOutput(text) }
    try OutputFile.replace(output, by: text)
  }

  private var isColored: Bool {
    switch color {
    case .always: true
    case .never: false
    case .auto:
      output == nil && Terminal.outputIsTerminal && Terminal.isCapable(ProcessInfo.processInfo.environment)
    }
  }
}
