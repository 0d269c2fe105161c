import Diagnostics
import ServiceModel

import ModelFormat

/// Models in a few words.
enum ModelText {
  /// A model with one component `a`, stated as a flow map, and one capability that needs it.
  static func component(_ text: String, capability: String = "{depends-on: {a: hard}}") -> String {
    "relmodel: 1\nname: n\ncomponents: {a: \(text), b: {}, c: {}}\ncapabilities: {s: \(capability)}\n"
  }

  /// A model in which `a` fails in one mode `x`.
  static func mode(_ text: String) -> String { component("{replicas: 3, fails: {x: {\(text)}}}") }

  static func draft(_ text: String) throws -> ModelDraft {
    try draft(of: try YAMLReader().document(of: text, file: "f").declaration)
  }

  /// The draft of a declaration that the grammar accepts.
  static func draft(of declaration: Declaration) throws(Findings) -> ModelDraft {
    let (draft, findings) = ModelReader().decoded(declaration)
    if !findings.isEmpty { throw Findings(findings) }
    return draft
  }

  /// Reads `m.yaml` of some files held in memory.
  static func reading(
    _ texts: [String: String], _ path: String = "m.yaml", set: [String] = []
  ) throws(Findings) -> ModelReader.Reading {
    try ModelReader(files: .inMemory(texts)).reading(at: path, assignments: set)
  }

  /// `line:column slug` of everything that is wrong; empty when nothing is.
  static func places(_ texts: [String: String], _ path: String = "m.yaml", set: [String] = []) -> [String] {
    do throws(Findings) {
      _ = try reading(texts, path, set: set)
      return []
    } catch {
      return error.places
    }
  }
}
