public import Diagnostics
public import ServiceGraph

/// Reads other people's fault trees: Open-PSA XML and Galileo text, told apart by their content.
public struct FaultTreeReader: Sendable {
  /// A fault tree and where it came from.
  public struct Reading: Sendable {
    /// The tree; common-cause groups are not expanded.
    public let tree: FaultTree
    /// The format of its files.
    public let format: FaultTreeFormat
    /// What probably says something else than was meant.
    public let warnings: [Diagnostic]
    /// The texts to quote the warnings from; none when there are no warnings.
    public let sources: [SourceText]
  }

  /// Whether each event must have a probability.
  public enum Probabilities: Sendable, Hashable {
    /// An event that some gate uses and that has none is an error.
    case required
    /// Such an event has the law `unknown`: cut sets can still be had.
    case optional
  }

  /// The largest file, in bytes.
  public static let fileBytes = 32 << 20

  private let files: ImportFiles

  /// A reader of files on disk.
  public init() { self.init(files: .system) }

  /// A reader of files from anywhere.
  package init(files: ImportFiles) { self.files = files }

  /// The fault tree in the files at `paths`, which together are one model.
  ///
  /// - Parameters:
  ///   - paths: the files as the user wrote them.
  ///   - missionTime: the time at which probabilities must lie between 0 and 1; the format's own without one.
  ///   - probabilities: whether each event must have one.
  /// - Throws: everything that is wrong with them, located, with the texts to quote from.
  public func reading(
    at paths: [String], missionTime: Double? = nil, probabilities: Probabilities = .required
  ) throws(Findings) -> Reading {
    let options = ImportOptions(missionTime: missionTime, probabilities: probabilities)
    let (imported, format) = try imported(paths)
    var findings = FindingList()
    let tree: FaultTree?
    switch format {
    case .openPSA:
      var reader = OpenPSAReader(options)
      tree = reader.tree(of: imported, &findings)
    case .galileo:
      var reader = GalileoReader(options)
      tree = reader.tree(of: imported, &findings)
    }
    let located = findings.findings(in: imported)
    guard let tree, !findings.hasErrors else { throw located }
    return Reading(tree: tree, format: format, warnings: located.diagnostics, sources: located.sources)
  }

  /// The format of the file at `path`; `nil` when it can not be read or is no fault tree.
  public func format(at path: String) -> FaultTreeFormat? {
    guard let bytes = try? files.contents(path, FaultTreeReader.fileBytes) else { return nil }
    return FaultTreeFormat.detected(in: bytes)
  }

  /// The files, all of one format.
  private func imported(_ paths: [String]) throws(Findings) -> ([ImportedFile], FaultTreeFormat) {
    var findings: [Diagnostic] = []
    var files: [ImportedFile] = []
    var formats: [FaultTreeFormat?] = []
    for path in paths {
      do throws(Diagnostic) {
        let file = try FileCheck(files: self.files, limit: FaultTreeReader.fileBytes).file(at: path)
        files.append(file)
        formats.append(FaultTreeFormat.detected(in: file.bytes))
        if formats.last == .some(nil) { findings.append(FileCheck.unknownFormat(path)) }
      } catch {
        findings.append(error)
      }
    }
    for (index, path) in paths.enumerated() where paths[..<index].contains(path) {
      findings.append(Diagnostic(slug: "file-twice", "the file `\(path)` is named twice", at: nil))
    }
    guard findings.isEmpty else { throw Findings(findings, sources: files.compactMap(\.source)) }
    guard let format = formats.first ?? nil else {
      throw Findings([Diagnostic(slug: "file-missing", "no file is named", at: nil)])
    }
    if formats.contains(where: { $0 != format }) {
      let message = "the files are of two formats; one model is written in one"
      throw Findings([Diagnostic(slug: "two-formats", message, at: nil)])
    }
    if format == .galileo, files[0].bytes.count > FaultTreeReader.fileBytes / 2 {
      let message =
        "`\(paths[0])` has \(files[0].bytes.count) bytes; at most \(FaultTreeReader.fileBytes / 2) are read"
      throw Findings([Diagnostic(slug: "file-too-large", message, at: nil)])
    }
    if format == .galileo, files.count > 1 {
      let message = "\(files.count) Galileo files; each holds a tree of its own"
      throw Findings([Diagnostic(slug: "two-trees", message, at: nil, help: "relmodel solve \(paths[0])")])
    }
    return (files, format)
  }
}
