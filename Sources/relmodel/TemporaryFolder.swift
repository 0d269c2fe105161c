import FoundationEssentials
@preconcurrency import Glibc

/// A folder of a name that nobody else has and that nobody else may read.
struct TemporaryFolder {
  let path: String

  init() throws {
    let parent = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    var template = Array("\(parent)/relmodel-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw OutputFailure(
        message: "\(parent): no folder can be made there: \(String(cString: strerror(errno)))")
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
