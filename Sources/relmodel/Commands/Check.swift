import ArgumentParser
import Diagnostics
import ModelFormat
import Quantities
import Reports
import ServiceModel

/// `relmodel check`.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find everything that is wrong with a model, without computing anything.")

  @OptionGroup var modelOptions: ModelOptions
  @OptionGroup var output: OutputOptions

  @Flag(help: "List where the numbers come from.")
  var sources = false

  func run() throws {
    let reading = try modelOptions.reading()
    let report = CheckReport(model: reading.model, files: reading.sources.map(\.name), listsSources: sources)
    var document = report.document
    for change in reading.changes { document.blocks.append(.note(text(change))) }
    try output.print(document, json: report.json)
    let warnings = reading.model.warnings
    guard !warnings.isEmpty, !output.quiet else { return }
    Terminal.writeError(FindingsRenderer().text(Findings(warnings, sources: reading.sources)) + "\n")
  }

  private func text(_ change: ModelReader.Change) -> String {
    let once = change.once.map { ", costs \($0) once" } ?? ""
    let takes = change.takes.map { ", takes \($0)" } ?? ""
    return "Changed by \(change.file)\(once)\(takes)."
  }
}
