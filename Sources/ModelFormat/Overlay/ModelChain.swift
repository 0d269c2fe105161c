import Diagnostics

/// The files from the one asked for to the base it ends in.
struct ModelChain {
  private let files: ModelFiles
  /// The folder of the file asked for, with links resolved; nothing outside of it is read.
  private let root: String?
  private var seen: [(resolved: String, written: String)] = []

  /// The texts read so far.
  var sources: [SourceText] = []
  /// The files with `extends:`, the one asked for first.
  var overlays: [Overlay] = []

  /// A chain that begins at `path`.
  init(files: ModelFiles, path: String) {
    self.files = files
    self.root = files.resolved(FilePath(path).folder)
    self.seen = [(files.resolved(path) ?? path, path)]
  }

  /// The path of the file that `overlay` extends, when it may be read.
  mutating func path(extendedBy overlay: Overlay) throws(Findings) -> String {
    let path = FilePath(overlay.file).beside(try relativePath(overlay.extends))
    guard let resolved = files.resolved(path) else { throw Findings([missing(path, overlay.extends)]) }
    guard let root, resolved.hasPrefix(root.hasSuffix("/") ? root : root + "/") else {
      throw Findings([outside(overlay.extends, "it leads outside of the model's folder")])
    }
    try refuseCircle(resolved, path, overlay.extends)
    guard seen.count < ModelLoader.chainLimit else {
      let message = "a chain of more than \(ModelLoader.chainLimit) files that extend each other"
      throw Findings([Diagnostic(slug: "extends-too-long", message, at: overlay.extends.location)])
    }
    seen.append((resolved, path))
    return path
  }

  /// The base with every change applied, the one next to it first.
  func merged(onto base: Declaration, by merge: MergePatch) throws(Findings) -> LoadedModel {
    var declaration = base
    var findings: [Diagnostic] = []
    for overlay in overlays.reversed() {
      findings += versionDifference(overlay, base: declaration)
      if let change = overlay.change {
        let outcome = merge.outcome(of: change, on: declaration)
        declaration = outcome.declaration
        findings += outcome.findings
      }
      declaration = MergePatch().outcome(of: overlay.heading, on: declaration).declaration
    }
    if !findings.isEmpty { throw Findings(findings) }
    return LoadedModel(declaration: declaration, overlays: overlays.reversed(), sources: sources)
  }

  private func versionDifference(_ overlay: Overlay, base: Declaration) -> [Diagnostic] {
    guard let own = overlay.declaration["relmodel"], let other = base["relmodel"], own.text != other.text
    else { return [] }
    let message = "this file is `relmodel: \(own.text ?? "")`, the one it extends `\(other.text ?? "")`"
    return [
      Diagnostic(
        slug: "version-differs", message, at: own.location, help: other.text.map { "relmodel: \($0)" })
    ]
  }

  // MARK: Rules

  /// A relative path without `..`; `.` is dropped.
  private func relativePath(_ extends: Located<String>) throws(Findings) -> String {
    let parts = extends.value.split(separator: "/", omittingEmptySubsequences: false)
    if extends.value.hasPrefix("/") || extends.value.contains("://") {
      throw Findings([outside(extends, "the path must be relative to this file")])
    }
    if parts.contains("..") { throw Findings([outside(extends, "a path can not hold `..`")]) }
    guard extends.value.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
      throw Findings([outside(extends, "a path can not hold control characters")])
    }
    return parts.filter { $0 != "." && !$0.isEmpty }.joined(separator: "/")
  }

  private func refuseCircle(
    _ resolved: String, _ path: String, _ extends: Located<String>
  ) throws(Findings) {
    guard let first = seen.firstIndex(where: { $0.resolved == resolved }) else { return }
    let circle = (seen[first...].map(\.written) + [path]).joined(separator: " → ")
    throw Findings([
      Diagnostic(
        slug: "extends-circle", "these files extend each other in a circle: \(circle)", at: extends.location,
        help: "one of them must be a model without `extends:`")
    ])
  }

  private func outside(_ extends: Located<String>, _ why: String) -> Diagnostic {
    let name = FilePath(extends.value).name
    return Diagnostic(
      slug: "extends-outside", "`\(extends.value)` can not be extended: \(why)", at: extends.location,
      help: name.isEmpty || name == ".." ? "extends: current.relmodel.yaml" : "extends: \(name)")
  }

  private func missing(_ path: String, _ extends: Located<String>) -> Diagnostic {
    let names = files.names(FilePath(path).folder).filter { $0.hasSuffix(".yaml") }
    let folder = extends.value.dropLast(FilePath(extends.value).name.count)
    return Diagnostic(
      slug: "extends-missing", "there is no file `\(path)`", at: extends.location,
      help: nearestFile(to: FilePath(path).name, among: names).map { "extends: \(folder)\($0)" })
  }
}
