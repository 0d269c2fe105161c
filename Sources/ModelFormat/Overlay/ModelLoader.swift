package import Diagnostics

/// A model as declared: a file, merged with the files it extends.
package struct LoadedModel: Sendable {
  /// The merged declaration; each value keeps the file and line it came from.
  package let declaration: Declaration
  /// The what-if files from the one next to the base to the one that was asked for; empty for a plain model.
  package let overlays: [Overlay]
  /// The texts of all files read, the one asked for first.
  package let sources: [SourceText]

  /// The file that was asked for, when it is a what-if.
  package var overlay: Overlay? { overlays.last }
}

/// Loads a model file and what it extends.
///
/// Nothing outside the folder of the file asked for is read.
package struct ModelLoader: Sendable {
  /// The most files in a chain of `extends:`.
  package static let chainLimit = 16

  private let files: ModelFiles
  private let reader: YAMLReader
  let merge: MergePatch

  /// A loader.
  ///
  /// - Parameters:
  ///   - files: where files come from.
  ///   - limits: what each file may ask for.
  ///   - merge: how `change:` applies.
  package init(files: ModelFiles = .system, limits: YAMLLimits = .model, merge: MergePatch = MergePatch()) {
    self.files = files
    self.reader = YAMLReader(limits: limits, removalKeys: ["change"])
    self.merge = merge
  }

  /// The model in the file at `path`, changed by `assignments`.
  ///
  /// - Parameters:
  ///   - path: the file, as the user wrote it.
  ///   - assignments: changes from the command line, as `path=value`, applied last and in order.
  /// - Throws: everything that is wrong with the files, with their texts.
  package func model(at path: String, assignments: [String] = []) throws(Findings) -> LoadedModel {
    let model = try merged(from: path)
    return try assigned(assignments, to: model)
  }

  /// A model changed by assignments such as `components/api/replicas/count=3`.
  ///
  /// - Throws: what is wrong with the assignments, located in `--set`.
  package func assigned(_ assignments: [String], to model: LoadedModel) throws(Findings) -> LoadedModel {
    if assignments.isEmpty { return model }
    let (parsed, source) = try PathAssignment.assignments(in: assignments, limits: reader.limits)
    var declaration = model.declaration
    var findings: [Diagnostic] = []
    for assignment in parsed {
      let outcome = merge.outcome(of: assignment.change(on: declaration), on: declaration)
      declaration = outcome.declaration
      findings += outcome.findings
    }
    let sources = model.sources + [source]
    if !findings.isEmpty { throw Findings(findings, sources: sources) }
    return LoadedModel(declaration: declaration, overlays: model.overlays, sources: sources)
  }

  /// Follows `extends:` from the file asked for to the base, and merges.
  private func merged(from path: String) throws(Findings) -> LoadedModel {
    var chain = ModelChain(files: files, path: path)
    var file = path
    do throws(Findings) {
      while true {
        let declaration = try declaration(in: file, of: &chain)
        guard let overlay = try Overlay.overlay(in: declaration) else {
          return try chain.merged(onto: declaration, by: merge)
        }
        chain.overlays.append(overlay)
        file = try chain.path(extendedBy: overlay)
      }
    } catch {
      throw error.adding(sources: chain.sources)
    }
  }

  private func declaration(in file: String, of chain: inout ModelChain) throws(Findings) -> Declaration {
    let document = try reader.document(of: bytes(of: file, in: chain), file: file)
    chain.sources.append(document.source)
    let declaration = document.declaration
    guard declaration.entries != nil else {
      let message = "a model is a map of keys, found \(declaration.shapeName)"
      throw Findings([Overlay.wrongShape(message, at: declaration.location, help: "relmodel: 1")])
    }
    return declaration
  }

  private func bytes(of file: String, in chain: ModelChain) throws(Findings) -> [UInt8] {
    do throws(ModelFiles.Problem) {
      return try files.contents(file, reader.limits.fileBytes)
    } catch {
      let place = chain.overlays.last?.extends.location
      throw Findings([
        FileFinding(files: files, limit: reader.limits.fileBytes).diagnostic(error, file: file, at: place)
      ])
    }
  }
}
