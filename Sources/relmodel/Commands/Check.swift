import ArgumentParser
import Diagnostics
import ModelFormat
import Quantities
import Reports
import ServiceModel

/// `relmodel check`.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find everything that is wrong with a model, without computing anything.",
    discussion: """
      --format sarif prints findings, warnings too, as a SARIF 2.1.0 log for code hosts; with an error the exit code \
      stays 65.
      """)

  @OptionGroup var modelOptions: ModelOptions
  @OptionGroup var output: CheckOutput

  @Flag(help: "List where the numbers come from.")
  var sources = false

  func run() throws {
    guard output.isSarif else { return try report(reading()) }
    do {
      let reading = try reading()
      try write(Findings(reading.model.warnings, sources: reading.sources))
    } catch let findings as Findings {
      try write(findings)
      throw Exit.Code(value: Exit.wrongInput)
    }
  }

  /// The model, with each value of its choices tried alone.
  private func reading() throws -> ModelReader.Reading {
    let reading = try modelOptions.reading()
    guard !reading.model.choices.isEmpty else { return reading }
    let wrong = try modelOptions.variants().findings()
    guard !wrong.hasErrors else { throw wrong }
    return reading
  }

  private func write(_ findings: Findings) throws {
    try output.options.write(SarifLog(findings, version: Relmodel.version).json.text)
  }

  private func report(_ reading: ModelReader.Reading) throws {
    let report = CheckReport(model: reading.model, files: reading.sources.map(\.name), listsSources: sources)
    var document = report.document
    for change in reading.changes { document.blocks.append(.note(text(change))) }
    try output.options.print(document, json: report.json)
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
