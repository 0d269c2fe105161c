package import Diagnostics

/// A what-if file: a model that extends another and says what changes.
package struct Overlay: Sendable, Equatable {
  /// The keys a file with `extends:` may have.
  package static let keys = [
    "relmodel", "name", "title", "description", "extends", "change", "once", "takes", "stated", "risk",
    "source",
  ]
  /// Keys of a file that `change:` can not reach: they belong to one file.
  static let unchangeableKeys: Set<String> = [
    "relmodel", "extends", "change", "once", "takes", "stated", "risk",
  ]

  /// The file's top level as written.
  package let declaration: Declaration
  /// The path of the file it extends, as written.
  package let extends: Located<String>

  /// The file that this is.
  package var file: String { declaration.location.file }
  /// What changes; `nil` when nothing does.
  package var change: Declaration? { declaration["change"] }
  /// What the change costs once.
  package var once: Declaration? { declaration["once"] }
  /// How long the change takes.
  package var takes: Declaration? { declaration["takes"] }
  /// What somebody stated that the change saves and costs.
  package var stated: Declaration? { declaration["stated"] }
  /// By how much benefits are lowered and costs raised.
  package var risk: Declaration? { declaration["risk"] }
  /// Where the numbers of this file come from.
  package var source: Declaration? { declaration["source"] }

  /// Reads a file's top level.
  ///
  /// - Returns: `nil` when the file does not extend another.
  /// - Throws: keys that do not belong there, values of the wrong shape.
  static func overlay(in declaration: Declaration) throws(Findings) -> Overlay? {
    guard let extends = declaration["extends"] else {
      try refuseLooseChange(in: declaration)
      return nil
    }
    var findings = misplacedKeys(in: declaration) + shapes(of: declaration)
    guard let path = extends.text, !path.isEmpty else {
      let message = "`extends:` wants the path of a model file, found \(extends.shapeName)"
      findings.append(wrongShape(message, at: extends.location, help: "extends: current.relmodel.yaml"))
      throw Findings(findings)
    }
    if !findings.isEmpty { throw Findings(findings) }
    return Overlay(declaration: declaration, extends: Located(path, at: extends.location))
  }

  /// What this file's own top level sets in the merged model: its name, title and description.
  var heading: Declaration {
    let entries = declaration.entries ?? []
    let own = entries.filter { ["relmodel", "name", "title", "description"].contains($0.key.value) }
    return Declaration(.map(own), at: declaration.location)
  }

  private static func refuseLooseChange(in declaration: Declaration) throws(Findings) {
    guard let entry = declaration.entries?.first(where: { $0.key.value == "change" }) else { return }
    throw Findings([
      Diagnostic(
        slug: "change-without-extends", "`change:` says what differs from another model, but none is named",
        at: entry.key.location, help: "extends: current.relmodel.yaml")
    ])
  }

  private static func misplacedKeys(in declaration: Declaration) -> [Diagnostic] {
    (declaration.entries ?? []).filter { !keys.contains($0.key.value) }.map { entry in
      let key = entry.key.value
      let near = nearestName(to: key, among: keys)
      let message = "`\(key)` can not stand beside `extends:`; what differs stands under `change:`"
      let help =
        near.map { "did you mean `\($0):`? else move it under `change:`" } ?? "move it under `change:`"
      return Diagnostic(slug: "key-beside-extends", message, at: entry.key.location, help: help)
    }
  }

  private static func shapes(of declaration: Declaration) -> [Diagnostic] {
    guard let change = declaration["change"] else { return [] }
    guard let entries = change.entries else {
      let message =
        "`change:` wants a map of what differs, found \(change.isNull ? "nothing" : change.shapeName)"
      return [wrongShape(message, at: change.location, help: "change: {}")]
    }
    return entries.filter { unchangeableKeys.contains($0.key.value) }.map { entry in
      Diagnostic(
        slug: "not-changeable", "`\(entry.key.value)` belongs to a file and can not be changed from another",
        at: entry.key.location, help: "move it out of `change:`")
    }
  }

  static func wrongShape(_ message: String, at location: SourceLocation, help: String) -> Diagnostic {
    Diagnostic(slug: "wrong-shape", message, at: location, help: help)
  }
}
