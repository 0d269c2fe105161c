public import Diagnostics
import ServiceModel

/// Changes of a base that are made one after the other: the phases of a plan.
///
/// A file that extends another phase is the step from that phase to itself. Any set of steps is a model: the base with
/// their changes, in the order of the plan.
public struct WhatIfSteps: Sendable {
  /// One of the steps.
  public struct Step: Sendable, Equatable {
    /// What it is called.
    public let name: String
    /// The what-if files that it consists of; more than one where a file between was not named.
    public let changes: [ModelReader.Change]
    /// The steps that must come before, as places in the plan: this one changes what they add, or sets again what they
    /// set.
    public let needs: [Int]
  }

  /// The model that is changed.
  public let base: ModelReader.Reading
  /// The steps in the order of the plan.
  public let steps: [Step]
  private let sources: [SourceText]

  /// The steps that files make of a base.
  ///
  /// - Throws: a finding for each file that does not extend the base, or brings nothing that the files before it have not.
  public init(base: ModelReader.Reading, files: [(path: String, reading: ModelReader.Reading)])
    throws(Findings)
  {
    var seen = base.changes
    var parts: [(name: String, changes: [ModelReader.Change])] = []
    var findings: [Diagnostic] = []
    for file in files {
      let own = file.reading.changes.filter { change in
        !seen.contains { $0.overlay.isSame(as: change.overlay) }
      }
      findings += Self.problems(file.path, file.reading, own: own, base: base)
      parts.append((file.reading.model.name, own))
      seen += own
    }
    guard findings.isEmpty else { throw Findings(findings) }
    self.base = base
    sources = files.flatMap(\.reading.sources)
    steps = parts.indices.map { place in
      Step(
        name: parts[place].name, changes: parts[place].changes,
        needs: (0..<place).filter { earlier in
          Self.mustFollow(parts[place].changes, parts[earlier].changes, on: base.declaration)
        })
    }
  }

  /// The base with some steps.
  ///
  /// - Parameters:
  ///   - places: the steps; they are applied in the order of the plan.
  ///   - assignments: changes made last.
  /// - Throws: why these steps alone make no model.
  public func reading(of places: Set<Int>, assignments: [String] = []) throws(Findings) -> ModelReader.Reading
  {
    let reader = ModelReader(texts: [:])
    var declaration = base.loaded.declaration
    var overlays: [Overlay] = []
    var findings: [Diagnostic] = []
    for change in steps.indices.filter(places.contains).flatMap({ steps[$0].changes }) {
      overlays.append(change.overlay)
      if let patch = change.overlay.change {
        let outcome = reader.loader.merge.outcome(of: patch, on: declaration)
        declaration = outcome.declaration
        findings += outcome.findings
      }
      declaration = MergePatch().outcome(of: change.overlay.heading, on: declaration).declaration
    }
    guard findings.isEmpty else { throw Findings(findings, sources: sources) }
    let files = LoadedModel(
      declaration: declaration, overlays: base.loaded.overlays + overlays, sources: base.sources + sources)
    return try reader.reading(files, assignments: assignments)
  }

  private static func problems(
    _ path: String, _ reading: ModelReader.Reading, own: [ModelReader.Change], base: ModelReader.Reading
  ) -> [Diagnostic] {
    guard let root = base.sources.first(where: { !$0.name.hasPrefix("--") }),
      reading.sources.contains(where: {
        FilePath($0.name).name == FilePath(root.name).name && $0.text == root.text
      })
    else {
      return [
        Diagnostic(
          slug: "no-step", "\(path) is no what-if of \(base.model.name), so it is no step from it", at: nil,
          help: "extends: \(FilePath(base.sources.first?.name ?? "base.relmodel.yaml").name)")
      ]
    }
    guard own.isEmpty else { return [] }
    return [
      Diagnostic(
        slug: "step-repeated", "\(path) changes nothing that the files before it have not changed", at: nil,
        help: "name each phase once, in the order of the plan")
    ]
  }

  // MARK: Dependence

  /// Whether a step changes what another adds, or sets otherwise what another sets too.
  private static func mustFollow(
    _ own: [ModelReader.Change], _ earlier: [ModelReader.Change], on base: Declaration
  ) -> Bool {
    own.compactMap(\.overlay.change).contains { patch in
      earlier.compactMap(\.overlay.change).contains { clash(patch, $0, on: base, [Grammar.model]) }
    }
  }

  /// - Parameter shapes: what may stand at the place that all three are of.
  private static func clash(
    _ patch: Declaration, _ earlier: Declaration, on base: Declaration?, _ shapes: [Shape]
  ) -> Bool {
    guard let entries = patch.entries, earlier.entries != nil else { return !patch.says(earlier) }
    return entries.contains { entry in
      guard let other = earlier[entry.key.value], entry.key.value != "source" else { return false }
      let inner = shapes.flatMap { $0.children(under: entry.key.value) }
      let place = base?[entry.key.value]
      // Two steps may each add things of their own to a map of names that the base has not.
      guard place != nil || inner.contains(where: \.isMapOfNames) else { return !entry.value.says(other) }
      return clash(entry.value, other, on: place, inner)
    }
  }
}

extension Overlay {
  /// Whether two are the same file, by whatever path each was found.
  func isSame(as other: Overlay) -> Bool {
    FilePath(file).name == FilePath(other.file).name && declaration.says(other.declaration)
  }
}
