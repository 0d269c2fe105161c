package import Diagnostics

/// Where imported files come from: the file system, or memory in tests.
package struct ImportFiles: Sendable {
  /// Why a file can not be read.
  package typealias Problem = FileBytes.Problem

  /// The bytes of a file, refused by its size before it is read when it has more than `limit`.
  package let contents: @Sendable (_ path: String, _ limit: Int) throws(Problem) -> [UInt8]

  /// Files behind a function.
  package init(contents: @escaping @Sendable (_ path: String, _ limit: Int) throws(Problem) -> [UInt8]) {
    self.contents = contents
  }

  /// The files of this machine.
  package static var system: ImportFiles {
    ImportFiles { path, limit throws(Problem) in try FileBytes.contents(of: path, limit: limit) }
  }

  /// Files held in memory by their path.
  package static func inMemory(_ files: [String: [UInt8]]) -> ImportFiles {
    ImportFiles { path, limit throws(Problem) in
      guard let bytes = files[path] else { throw .missing }
      guard bytes.count <= limit else { throw .tooLarge(bytes: bytes.count) }
      return bytes
    }
  }

  /// Texts held in memory by their path.
  package static func inMemory(_ texts: [String: String]) -> ImportFiles {
    inMemory(texts.mapValues { Array($0.utf8) })
  }
}
