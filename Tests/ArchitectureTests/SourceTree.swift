import Foundation

/// A text file of the repository.
struct SourceFile: Sendable {
  /// The path from the repository's root.
  let path: String
  let text: String

  /// The file's name without folders.
  var name: String { String(path.split(separator: "/").last ?? "") }

  var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

  /// How many lines an editor shows: a final line end opens no further line.
  var lineCount: Int { text.isEmpty ? 0 : lines.count - (text.hasSuffix("\n") ? 1 : 0) }
}

/// The files of the checkout that these tests were built from.
struct SourceTree: Sendable {
  let root: String

  /// The tree around this file.
  static let here = SourceTree(
    root: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path(percentEncoded: false)
  )

  /// The names of the folders in `Sources`, in order.
  var targets: [String] { entries(of: "Sources").filter { isFolder("Sources/\($0)") } }

  /// The Swift files below `folder`, in order.
  func swiftFiles(below folder: String) -> [SourceFile] {
    files(below: folder).filter { $0.hasSuffix(".swift") }.compactMap(file)
  }

  /// The paths of the files below `folder`, in order, without hidden ones; none when there is no such folder.
  func files(below folder: String) -> [String] {
    entries(of: folder).filter { !$0.hasPrefix(".") }.flatMap { entry in
      let path = folder.isEmpty ? entry : "\(folder)/\(entry)"
      return isFolder(path) ? files(below: path) : [path]
    }
  }

  /// The names in `folder`, in order.
  func entries(of folder: String) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)")
    return (names ?? []).sorted()
  }

  /// The file at `path`, unless it is missing or no text.
  func file(_ path: String) -> SourceFile? {
    guard let data = FileManager.default.contents(atPath: "\(root)/\(path)"),
      let text = String(data: data, encoding: .utf8)
    else { return nil }
    return SourceFile(path: path, text: text)
  }

  private func isFolder(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: "\(root)/\(path)", isDirectory: &isDirectory)
    return exists && isDirectory.boolValue
  }
}
