import ArgumentParser
import FoundationEssentials
import IncidentHistory
import Diagnostics
import Quantities
import Reports
import ServiceGraph
import ServiceModel

/// The options of every command whose result can be kept.
struct SaveRunOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Keep the result in the database under this name, to be compared with later ones: relmodel runs.",
      valueName: "name"))
  var saveRun: String?

  @Option(help: ArgumentHelp("A remark for --save-run.", valueName: "text"))
  var runNote: String?

  func validate() throws {
    if let saveRun, saveRun.allSatisfy(\.isWhitespace) { throw ValidationError("--save-run: a name") }
    if runNote != nil, saveRun == nil { throw ValidationError("--run-note is about --save-run") }
  }

  /// Refuses a name that is taken, before anything is worked out.
  func check(database: String?) throws {
    let path = database ?? HistoryOptions.defaultDatabase
    guard let saveRun, FileManager.default.fileExists(atPath: path) else { return }
    let history = try IncidentDatabase(path: path, mode: .read)
    guard try history.savedRuns().contains(where: { $0.name == saveRun }) else { return }
    throw Findings.runExists(saveRun)
  }

  /// Says that a result which is only a part of what was asked for is not kept, if that was asked for.
  func tellUnsaved() {
    guard let saveRun else { return }
    Terminal.writeError("interrupted: the result is partial, and was not saved as \(saveRun)\n")
  }

  /// Keeps what a command printed, if that was asked for.
  ///
  /// - Parameter database: the file that was named; without one `relmodel.db` here.
  func save(
    _ results: @autoclosure () -> JSONValue, command: String, header: ResultHeader, seed: UInt64?,
    database: String?, isQuiet: Bool
  ) throws {
    guard let saveRun else { return }
    let path = database ?? HistoryOptions.defaultDatabase
    var run = SavedRun(
      saved: Date(), command: command, model: header.graph.model.name, modelDigest: header.modelDigest,
      results: results().text)
    (run.name, run.note, run.seed) = (saveRun, runNote, seed.map { "\($0)" })
    try IncidentDatabase(path: path, mode: .create).add(run)
    if !isQuiet { Terminal.writeError("saved as \(saveRun) in \(path)\n") }
  }
}
