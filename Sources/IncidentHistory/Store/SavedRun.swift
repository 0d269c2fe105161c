internal import StructuredText
public import Diagnostics
public import Foundation
import GRDB

/// The result of a command, kept to be compared with later ones.
public struct SavedRun: Sendable, Hashable {
  /// What it is called; no two are called the same.
  public var name: String?
  /// When it was saved.
  public let saved: Date
  /// The command, such as `simulate`.
  public let command: String
  /// The model's name.
  public let model: String
  /// The digest of the model's file.
  public let modelDigest: String
  /// The seed of a simulation.
  public var seed: String?
  /// The results as the command prints them with `--format json`.
  public let results: String
  /// Anything else.
  public var note: String?

  /// A run with its results.
  public init(saved: Date, command: String, model: String, modelDigest: String, results: String) {
    (self.saved, self.command, self.model) = (saved, command, model)
    (self.modelDigest, self.results) = (modelDigest, results)
  }
}

extension IncidentDatabase {
  /// Keeps a run; throws `run-exists` when there is one of its name.
  public func add(_ run: SavedRun) throws(Findings) {
    let isNew = try insert(
      into: "runs",
      values: [
        ("name", run.name), ("saved_ms", run.saved.milliseconds), ("command", run.command),
        ("model", run.model), ("model_sha256", run.modelDigest), ("seed", run.seed),
        ("results", run.results), ("note", run.note),
      ])
    guard !isNew, let name = run.name else { return }
    throw .runExists(name)
  }

  /// The runs that were kept, oldest first.
  public func savedRuns() throws(Findings) -> [SavedRun] {
    try fetch("runs", orderedBy: "saved_ms, id") { row in
      var run = SavedRun(
        saved: Date(milliseconds: try row.required("saved_ms")), command: try row.required("command"),
        model: try row.required("model"), modelDigest: try row.required("model_sha256"),
        results: try row.required("results"))
      (run.name, run.seed, run.note) = (
        try row.optional("name"), try row.optional("seed"), try row.optional("note")
      )
      return run
    }
  }

  /// The run of a name; throws `run-missing` when there is none.
  public func savedRun(named name: String) throws(Findings) -> SavedRun {
    let runs = try savedRuns()
    if let run = runs.last(where: { $0.name == name }) { return run }
    throw Self.runMissing(name, among: runs.compactMap(\.name))
  }

  /// Removes the run of a name; throws `run-missing` when there is none.
  public func removeRun(named name: String) throws(Findings) {
    _ = try savedRun(named: name)
    try write { database in
      try database.execute(sql: "DELETE FROM runs WHERE name = ?", arguments: [name])
      return .commit
    }
  }

  private static func runMissing(_ name: String, among known: [String]) -> Findings {
    let near = nearestName(to: name, among: known)
    return Findings([
      Diagnostic(
        slug: "run-missing", "there is no saved run \(quoted(name))", at: nil,
        help: near.map { "did you mean \($0)?" } ?? "relmodel runs list")
    ])
  }
}

extension Findings {
  /// A saved run has the name already.
  public static func runExists(_ name: String) -> Findings {
    Findings([
      Diagnostic(
        slug: "run-exists", "there is a saved run \(quoted(name)) already", at: nil,
        help: "another name, or first: relmodel runs remove \(shellWord(name))")
    ])
  }
}
