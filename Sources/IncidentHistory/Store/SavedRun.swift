public import Diagnostics
public import Foundation
import GRDB

/// The result of a command, kept to be compared with later ones.
public struct SavedRun: Sendable, Hashable {
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
  /// Keeps a run.
  public func add(_ run: SavedRun) throws(Findings) {
    _ = try insert(
      into: "runs",
      values: [
        ("saved_ms", run.saved.milliseconds), ("command", run.command), ("model", run.model),
        ("model_sha256", run.modelDigest), ("seed", run.seed), ("results", run.results), ("note", run.note),
      ])
  }

  /// The runs that were kept, oldest first.
  public func savedRuns() throws(Findings) -> [SavedRun] {
    try fetch("runs", orderedBy: "saved_ms, id") { row in
      var run = SavedRun(
        saved: Date(milliseconds: try row.required("saved_ms")), command: try row.required("command"),
        model: try row.required("model"), modelDigest: try row.required("model_sha256"),
        results: try row.required("results"))
      (run.seed, run.note) = (try row.optional("seed"), try row.optional("note"))
      return run
    }
  }
}
