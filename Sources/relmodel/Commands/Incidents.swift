import ArgumentParser
import Diagnostics
import FoundationEssentials
import IncidentHistory
import Quantities
import Reports

/// `relmodel incidents`.
struct Incidents: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The incident history: what failed, when, and for how long.",
    subcommands: [IncidentsImport.self, IncidentsList.self])
}

/// The database of an incident command.
struct DatabaseOptions: ParsableArguments {
  @Option(name: .customLong("db"), help: "The database file.")
  var path = HistoryOptions.defaultDatabase
}

/// `relmodel incidents import`.
struct IncidentsImport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take incidents from a CSV file into the history.",
    discussion: """
      Columns by name: component, started and one of resolved, impact_end or duration are needed; id, service, \
      mode, severity, urgency, title, detected, acknowledged, mitigated, impact_start, planned, \
      impact_fraction, users, cost, parent, source and note are kept when they are there. The same file twice \
      changes nothing; one wrong row and nothing is imported.
      """)

  @Argument(help: "The CSV file.")
  var file: String

  @OptionGroup var database: DatabaseOptions

  @Option(
    help: ArgumentHelp(
      "The time that was watched: 2025-01-01T00:00Z/2025-07-01T00:00Z, or START/182.5d.",
      valueName: "start/end"))
  var window: String?

  @Option(help: "What the incidents are filed under; part of their identity.")
  var source = "csv"

  @Option(help: "The zone of times that carry none, such as Europe/Zurich or +01:00.")
  var timeZone: String?

  @Flag(help: "Import the rows that are right and report the others.")
  var keepGood = false

  @OptionGroup var output: OutputOptions

  func run() throws {
    let zone = try zone()
    let window = try window.map { try ObservationWindow(parsing: $0, timeZone: zone) }
    let importer = IncidentImporter(
      source: source, window: window, timeZone: zone, keepGood: keepGood, importedAt: Date())
    let history = try IncidentDatabase(path: database.path, mode: .create)
    let summary = try importer.importCSV(at: file, into: history) { rows in
      if Terminal.errorIsTerminal { Terminal.writeError("\r\u{1B}[K  \(grouped(rows)) rows") }
    }
    if Terminal.errorIsTerminal { Terminal.writeError("\r\u{1B}[K") }
    let remarks = summary.skipped + summary.warnings
    if !remarks.isEmpty { Terminal.writeError(FindingsRenderer().text(Findings(remarks)) + "\n") }
    try output.print(document(summary), json: json(summary))
  }

  private func zone() throws -> TimeZone? {
    guard let timeZone else { return nil }
    guard let zone = TimeZone(text: timeZone) else {
      throw ValidationError("--time-zone: “\(timeZone)” is not known; for example Europe/Zurich or +01:00")
    }
    return zone
  }

  private func document(_ summary: ImportSummary) -> Document {
    var facts = [
      Document.Fact("new", grouped(summary.inserted)), Document.Fact("updated", grouped(summary.updated)),
      Document.Fact("unchanged", grouped(summary.unchanged)),
    ]
    if summary.skippedRows > 0 { facts.append(Document.Fact("skipped", grouped(summary.skippedRows))) }
    if summary.windowAdded { facts.append(Document.Fact("window", window ?? "")) }
    return Document(title: "\(file) → \(database.path)", blocks: [.facts(facts)])
  }

  private func json(_ summary: ImportSummary) -> JSONValue {
    [
      "format": "relmodel/1", "command": "incidents import",
      "results": [
        "inserted": .integer(summary.inserted), "updated": .integer(summary.updated),
        "unchanged": .integer(summary.unchanged), "skipped": .integer(summary.skippedRows),
        "windowAdded": .bool(summary.windowAdded),
      ],
    ]
  }
}

extension TimeZone {
  /// A zone by its IANA name, or by its distance from UTC as `+01:00`.
  fileprivate init?(text: String) {
    let parts = text.dropFirst().split(separator: ":")
    if let sign = text.first, sign == "+" || sign == "-", parts.count == 2, let hours = Int(parts[0]),
      let minutes = Int(parts[1])
    {
      self.init(secondsFromGMT: (sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60))
    } else {
      self.init(identifier: text)
    }
  }
}
