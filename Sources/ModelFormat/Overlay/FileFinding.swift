import Diagnostics
import Quantities

/// Findings about files that can not be read.
struct FileFinding {
  /// Where files come from.
  let files: ModelFiles
  /// The most bytes of a file.
  let limit: Int

  /// The finding for a problem with `file`.
  ///
  /// - Parameter place: where the file is named; `nil` when the user named it on the command line.
  func diagnostic(_ problem: ModelFiles.Problem, file: String, at place: SourceLocation?) -> Diagnostic {
    switch problem {
    case .missing:
      Diagnostic(
        slug: "file-missing", "there is no file `\(file)`", at: place, help: nearestPath(to: file))
    case .folder:
      Diagnostic(slug: "file-is-folder", "`\(file)` is a folder; a model is a file", at: place)
    case .notAFile:
      Diagnostic(slug: "not-a-file", "`\(file)` is a pipe or a device; a model is a file", at: place)
    case .tooLarge(let bytes):
      Diagnostic(
        slug: "file-too-large", "`\(file)` has \(grouped(bytes)) bytes; at most \(grouped(limit)) are read",
        at: place)
    case .refused(let why):
      Diagnostic(slug: "file-unreadable", "`\(file)` can not be read: \(why)", at: place)
    }
  }

  private func nearestPath(to file: String) -> String? {
    let path = FilePath(file)
    let names = files.names(path.folder).filter { $0.hasSuffix(".yaml") }
    return nearestFile(to: path.name, among: names).map(path.beside)
  }
}

/// The file whose name is closest, endings aside: those are alike and say nothing.
func nearestFile(to name: String, among names: [String]) -> String? {
  func stem(_ name: String) -> String { String(name.prefix { $0 != "." }) }
  let near = nearestName(to: stem(name), among: names.map(stem))
  return near.flatMap { near in names.first { stem($0) == near } }
}
