import ArgumentParser
import Diagnostics
import IncidentHistory
import Reports

/// `relmodel incidents add`.
struct IncidentsAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add one incident to the history.",
    discussion: "Needed: --component, --started and one of --duration, --resolved or --impact-end.")

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var fields: EntryOptions

  @Option(help: "Its id; otherwise one is made of its content.")
  var id: String?

  @Option(help: "What it is filed under; part of its identity.")
  var source = "manual"

  @OptionGroup var zone: ZoneOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let history = try IncidentDatabase(path: database.path, mode: .create)
    let entry = fields.entry + (id.map { [(.id, $0)] } ?? [])
    let incident = try history.add(entry, source: source, zone: try zone.zone())
    try history.close()
    let report = IncidentDetails(incident, command: "incidents add")
    try output.print(report.document(title: "added to \(database.path)"), json: report.json)
  }
}

/// `relmodel incidents edit`.
struct IncidentsEdit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit", abstract: "Change an incident of the history.",
    discussion: """
      Only the fields that are given change; an empty text clears one: --mitigated ''. Importing the file that the \
      incident came from brings the file's content back.
      """)

  @Argument(help: "The incident's id, as `incidents list` shows it.")
  var id: String

  @OptionGroup var database: DatabaseOptions

  @Option(help: "Its source, when two sources use the same id.")
  var source: String?

  @OptionGroup var fields: EntryOptions
  @OptionGroup var zone: ZoneOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if fields.entry.isEmpty { throw ValidationError("nothing to change; for example --duration '45 min'") }
  }

  func run() throws {
    let history = try IncidentDatabase(path: database.path, mode: .readWrite)
    let changed = try history.edit(id: id, source: source, fields.entry, zone: try zone.zone())
    try history.close()
    if !changed.warnings.isEmpty, !output.quiet {
      Terminal.writeError(FindingsRenderer().text(Findings(changed.warnings)) + "\n")
    }
    let report = IncidentDetails(changed.incident, command: "incidents edit")
    try output.print(report.document(title: "changed in \(database.path)"), json: report.json)
  }
}
