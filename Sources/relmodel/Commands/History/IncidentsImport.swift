import ArgumentParser
import Diagnostics
import FoundationEssentials
import IncidentHistory
import ModelFormat
import Quantities
import Reports
import ServiceModel

/// `relmodel incidents import`.
struct IncidentsImport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take incidents from a file into the history.",
    discussion: """
      The file tells its format; --format overrides: \
      \(IncidentFormat.all.map(\.name).joined(separator: ", ")). A file of any other shape is explained by --map.

      Our own CSV needs the columns component, started and one of resolved, impact_end or duration; id, service, \
      mode, severity, urgency, title, detected, acknowledged, mitigated, impact_start, planned, \
      impact_fraction, users, cost, parent, duplicate_of, source and note are kept when they are there.

      A mapping is a JSON object; every key may be left out:

        {"columns": {"started": "Prob Started", "resolved": "Prob Fixed"},
         "constants": {"mode": "outage"}, "source": "lab", "separator": ";",
         "times": "M/d/yyyy H:mm", "time-zone": "America/Denver",
         "length-unit": "min", "nothing": ["?"], "records": "data.items",
         "repeated-rows": "count",
         "components": {"shop/crash": {
           "names": ["Shop API"], "patterns": ["pay-*"], "titles": ["*5xx*"]}}}

      The same file twice changes nothing; one wrong row and nothing is imported. An outage that ends before it \
      starts is wrong. In exports an outage without an end is kept as one that lasts, one without length counts as a \
      failure of 0 s, and of times that clocks showed twice the earlier is taken, for an end the first after the \
      start; each is told. Our own CSV is read more strictly: there these rows are wrong, unless the end says `open`.
      """)

  @Argument(help: "The file, CSV or JSON.")
  var file: String

  @OptionGroup var database: DatabaseOptions

  @Option(
    help: ArgumentHelp("The file's format, when it is not to be told from the file.", valueName: "name"))
  var format: String?

  @Option(
    help: ArgumentHelp(
      "A JSON file that says which field is which column, and which service is which component.",
      valueName: "file"))
  var map: String?

  @Option(
    help: ArgumentHelp("A model: a service that has a component's name is that component.", valueName: "file")
  )
  var model: String?

  @Option(help: "The component of incidents that name no service.")
  var component: String?

  @Option(
    help: ArgumentHelp(
      "The time that was watched: 2025-01-01T00:00Z/2025-07-01T00:00Z, or START/182.5d.",
      valueName: "start/end"))
  var window: String?

  @Option(help: "What the incidents are filed under; part of their identity. Otherwise the format tells.")
  var source: String?

  @OptionGroup var zone: ZoneOptions

  @Flag(help: "Import the rows that are right and report the others.")
  var keepGood = false

  @Option(help: "How to print what was done.")
  var report = OutputFormat.text

  @Option(name: .shortAndLong, help: "Write what was done to this file instead of standard output.")
  var output: String?

  @Flag(name: .shortAndLong, help: "Only results and errors: no progress, no notes.")
  var quiet = false

  func validate() throws {
    try OutputOptions.checkFile(output, for: report)
    if let format, IncidentFormat.named(format) == nil {
      let names = IncidentFormat.all.map(\.name)
      let near = nearestName(to: format, among: names).map { "; did you mean \($0)?" } ?? ""
      throw ValidationError("--format: “\(format)” is none of \(names.joined(separator: ", "))\(near)")
    }
  }

  func run() throws {
    let zone = try zone.zone()
    let map = try mapping()
    let importer = IncidentImporter(
      source: source, window: try window.map { try ObservationWindow(parsing: $0, timeZone: zone) },
      timeZone: zone, keepGood: keepGood, format: format.flatMap(IncidentFormat.named), map: map,
      component: component, importedAt: Date())
    let history = try IncidentDatabase(path: database.path, mode: .create)
    let showsProgress = Terminal.errorIsTerminal && !quiet
    let summary = try importer.importFile(at: file, into: history) { rows in
      if showsProgress { Terminal.writeError("\r\u{1B}[K  \(grouped(rows)) rows") }
    }
    try history.close()
    if showsProgress { Terminal.writeError("\r\u{1B}[K") }
    let remarks = summary.skipped + (quiet ? [] : summary.warnings)
    if !remarks.isEmpty { Terminal.writeError(FindingsRenderer().text(Findings(remarks)) + "\n") }
    try printed(summary)
  }

  /// The mapping file, and the names of the model's components.
  private func mapping() throws -> ImportMap {
    let map = try map.map { try ImportMap(path: $0) } ?? ImportMap()
    guard let model else { return map }
    let reading = try ModelOptions.reading(at: model, assignments: [])
    return map.matching(components: reading.model.components.map(\.name))
  }

  private func printed(_ summary: ImportSummary) throws {
    var options = OutputOptions()
    (options.format, options.output, options.color, options.quiet) = (report, output, .auto, quiet)
    try options.print(document(summary), json: json(summary))
  }

  private func document(_ summary: ImportSummary) -> Document {
    var facts = [
      Document.Fact("new", grouped(summary.inserted)), Document.Fact("updated", grouped(summary.updated)),
      Document.Fact("unchanged", grouped(summary.unchanged)),
    ]
    if summary.skippedRows > 0 { facts.append(Document.Fact("skipped", grouped(summary.skippedRows))) }
    if summary.ignoredRows > 0 { facts.append(Document.Fact("no incidents", grouped(summary.ignoredRows))) }
    if summary.windowAdded { facts.append(Document.Fact("window", window ?? "")) }
    if !summary.isOwnFormat { facts.append(Document.Fact("format", summary.format)) }
    return Document(title: "\(file) → \(database.path)", blocks: [.facts(facts)])
  }

  private func json(_ summary: ImportSummary) -> JSONValue {
    [
      "format": "relmodel/1", "command": "incidents import",
      "results": [
        "inserted": .integer(summary.inserted), "updated": .integer(summary.updated),
        "unchanged": .integer(summary.unchanged), "skipped": .integer(summary.skippedRows),
        "ignored": .integer(summary.ignoredRows), "windowAdded": .bool(summary.windowAdded),
        "format": .string(summary.format),
        "unmatched": .array(
          summary.unmatched.map { ["service": .string($0.service), "rows": .integer($0.rows)] }),
        "findings": .array((summary.skipped + summary.warnings).map(finding)),
      ],
    ]
  }

  private func finding(_ found: Diagnostic) -> JSONValue {
    [
      "slug": .string(found.slug), "severity": .string(found.severity.rawValue),
      "message": .string(found.message),
      "line": found.location.map { .integer($0.line) } ?? .null,
    ]
  }
}
