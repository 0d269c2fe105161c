import ArgumentParser
import Diagnostics
import FoundationEssentials
import IncidentHistory
import ModelFormat
import Quantities
import ServiceModel

/// The options of every command that binds the incident history.
struct HistoryOptions: ParsableArguments {
  /// The database used when none is named.
  static let defaultDatabase = "relmodel.db"

  @Option(
    name: .customLong("db"), help: "The incident history; relmodel.db here when the model asks for one.")
  var database: String?

  @Option(
    help: ArgumentHelp(
      "How to read the observation window: a length (123 d) that keeps every incident, or START/END that keeps those inside.",
      valueName: "window"))
  var window: String?

  @Flag(
    help: ArgumentHelp(
      "For this run, take the numbers of every component's mode that the history has seen from it, in place of the model's. "
        + "The model is not written; relmodel fit MODEL shows the difference."))
  var bind = false

  /// What the history says of each mode that the model asks for, and with `--bind` of each that it has seen.
  func observations(for reading: ModelReader.Reading, isQuiet: Bool) throws -> [ModeReference:
    ModeObservation]
  {
    let references = reading.model.incidentReferences
    guard !references.isEmpty || bind else {
      noteUnused(reading.model, isQuiet: isQuiet)
      return [:]
    }
    let history = try IncidentDatabase(path: try path(for: references), mode: .read)
    let window = try windowReading(reading.model)
    var observations: [ModeReference: ModeObservation] = [:]
    var warnings: [Diagnostic] = []
    let known = try history.knownModes().map(\.name)
    for reference in references {
      let seen = try history.observation(component: reference.component, mode: reference.mode, window: window)
      warnings += seen.warnings + misspelling(reference, count: seen.count, known: known)
      observations[reference] = ModeObservation(seen)
    }
    if bind {
      let taken = try RunTimeBinding(history, window: window, known: Set(known)).observations(
        for: reading.model)
      try RunTimeBinding.refuse(reading.archive.assignments, on: taken.observations.keys.sorted())
      warnings += taken.warnings
      observations.merge(taken.observations) { own, _ in own }
      if !isQuiet { Terminal.writeError("note: \(taken.note)\n") }
    }
    if !warnings.isEmpty, !isQuiet { Terminal.writeError(FindingsRenderer().text(Findings(warnings)) + "\n") }
    return observations
  }

  private func noteUnused(_ model: Model, isQuiet: Bool) {
    guard !isQuiet, database != nil || window != nil else { return }
    Terminal.writeError(
      "note: \(model.name) asks for nothing from the incident history; --db and --window change nothing; "
        + "--bind takes what it has seen\n")
  }

  /// The database that is read for some modes.
  ///
  /// - Throws: when none is named, and there is none here.
  func path(for references: [ModeReference]) throws -> String {
    if let database { return database }
    guard FileManager.default.fileExists(atPath: HistoryOptions.defaultDatabase) else {
      throw Findings([
        Diagnostic(
          slug: "history-missing",
          references.isEmpty
            ? "--bind takes numbers from the incident history, and there is no relmodel.db here"
            : "the model takes \(references.count == 1 ? "a number" : "numbers") from the incident history "
              + "(\(references.prefix(3).map(\.description).joined(separator: ", "))\(references.count > 3 ? ", …" : "")), "
              + "and there is no relmodel.db here",
          at: nil,
          help: "relmodel incidents import FILE.csv --window START/END, or name a database: --db FILE")
      ])
    }
    return HistoryOptions.defaultDatabase
  }

  /// The option wins over the model's `history: {window: …}`.
  private func windowReading(_ model: Model) throws -> WindowReading {
    try reading(stated: model.historyWindow)
  }

  /// The window that the option names, else one that a model states, else what was recorded.
  func reading(stated: TimeSpan?) throws -> WindowReading {
    guard let window else {
      return stated.map { .length(hours: $0.hours) } ?? .recorded
    }
    if window.contains("/") {
      let interval = try ObservationWindow(parsing: window)
      return .interval(start: interval.start, end: interval.end)
    }
    do throws(QuantityError) {
      let span = try TimeSpan(parsing: window)
      guard span.hours > 0 else { throw QuantityError("“\(window)” is no time at all") }
      return .length(hours: span.hours)
    } catch {
      throw ValidationError("--window: \(error.message)\(error.help.map { "; for example \($0)" } ?? "")")
    }
  }

  /// A mode that nobody has seen may be one whose name is misspelt.
  private func misspelling(_ reference: ModeReference, count: Int, known: [String]) -> [Diagnostic] {
    guard count == 0, !known.contains(reference.description),
      let near = nearestName(to: reference.description, among: known)
    else { return [] }
    return [
      Diagnostic(
        .warning, slug: "never-seen", "the history has no incident of \(reference)", at: nil,
        help: "did you mean \(near)?")
    ]
  }
}
