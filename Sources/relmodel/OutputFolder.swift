@preconcurrency import Glibc

/// Files that go into a folder all together.
enum OutputFolder {
  /// Writes files beside their places, then gives them their names: what can not be written leaves the folder as it was.
  ///
  /// - Parameter files: paths in the folder, in the order in which their names appear.
  static func replace(_ folder: String, _ files: [(path: String, text: String)]) throws {
    var written: [(temporary: String, path: String)] = []
    do {
      for file in files {
        let path = "\(folder)/\(file.path)"
        for slash in path.indices.dropFirst() where path[slash] == "/" {
          try OutputFile.makeFolder(String(path[..<slash]))
        }
        written.append((try OutputFile.part(of: path, text: file.text), path))
      }
    } catch {
      for file in written { unlink(file.temporary) }
      throw error
    }
    for file in written { try OutputFile.publish(file.temporary, as: file.path) }
  }
}
