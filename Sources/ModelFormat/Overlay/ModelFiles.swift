package import Diagnostics

/// Where model files come from: the file system, or memory in tests.
///
/// Every touch of a file goes through these three functions. Paths are as a user writes them.
package struct ModelFiles: Sendable {
  /// Why a file can not be read.
  package typealias Problem = FileBytes.Problem

  /// The bytes of a file, refused by its size before it is read when it has more than `limit`.
  package let contents: @Sendable (_ path: String, _ limit: Int) throws(Problem) -> [UInt8]
  /// The absolute path of a file or folder with all symbolic links resolved; `nil` when there is none.
  package let resolved: @Sendable (_ path: String) -> String?
  /// The names in a folder.
  package let names: @Sendable (_ folder: String) -> [String]

  /// Files behind three functions.
  package init(
    contents: @escaping @Sendable (_ path: String, _ limit: Int) throws(Problem) -> [UInt8],
    resolved: @escaping @Sendable (_ path: String) -> String?,
    names: @escaping @Sendable (_ folder: String) -> [String]
  ) {
    self.contents = contents
    self.resolved = resolved
    self.names = names
  }

  /// Files held in memory by their path, without links.
  package static func inMemory(_ texts: [String: String]) -> ModelFiles {
    ModelFiles(
      contents: { path, limit throws(Problem) in
        guard let text = texts[path] else { throw .missing }
        guard text.utf8.count <= limit else { throw .tooLarge(bytes: text.utf8.count) }
        return Array(text.utf8)
      },
      resolved: { path in
        if path == "." { return "/memory" }
        return texts.keys.contains { $0 == path || FilePath($0).folder == path } ? "/memory/" + path : nil
      },
      names: { folder in
        texts.keys.filter { FilePath($0).folder == folder }.map { FilePath($0).name }.sorted()
      })
  }
}

/// A path in two parts: the folder, as written, and the name in it.
struct FilePath: Hashable, Sendable {
  /// The folder as written; `.` when there is none.
  let folder: String
  /// What stands behind the last `/`.
  let name: String
  private let prefix: String

  init(_ path: String) {
    let cut = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    self.prefix = String(path[..<cut])
    self.name = String(path[cut...])
    self.folder = prefix.isEmpty ? "." : prefix == "/" ? "/" : String(prefix.dropLast())
  }

  /// A path relative to this one's folder.
  func beside(_ relative: String) -> String { prefix + relative }
}
