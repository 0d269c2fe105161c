internal import Foundation

/// What stands at a path, found without SQLite, so that a file that is not ours is never touched.
///
/// Source: "SQLite Database File Format", section 1.3, the header's first 100 bytes.
package struct DatabaseFile {
  /// The `application_id` of an incident database: the letters `relm`.
  package static let applicationID: UInt32 = 0x7265_6C6D

  /// What stands at a path.
  enum Content: Equatable {
    case missing
    case folder
    case special
    case empty
    case unreadable
    case notSQLite
    case foreign
    case truncated
    /// An incident database; `usesWAL` tells how it is journaled.
    case ours(usesWAL: Bool)
  }

  /// The absolute path, links resolved.
  package let path: String

  /// A file at a path as the user wrote it.
  package init(path: String) {
    self.path = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }

  /// Whether the file and its folder may be written.
  package var isWritable: Bool {
    let files = FileManager.default
    return files.isWritableFile(atPath: path) && files.isWritableFile(atPath: folder)
  }

  /// The folder the file is in.
  package var folder: String { URL(fileURLWithPath: path).deletingLastPathComponent().path }

  /// Whether a write-ahead log or rollback journal with something in it lies beside the file.
  package var hasJournal: Bool { ["-wal", "-journal"].contains { (size(path + $0) ?? 0) > 0 } }

  /// Looks at the file's kind and header.
  func content() -> Content {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else { return .missing }
    let type = attributes[.type] as? FileAttributeType
    if type == .typeDirectory { return .folder }
    guard type == .typeRegular else { return .special }
    guard let handle = FileHandle(forReadingAtPath: path) else { return .unreadable }
    defer { try? handle.close() }
    do {
      return content(header: [UInt8](try handle.read(upToCount: 100) ?? Data()))
    } catch {
      return .unreadable
    }
  }

  private func content(header: [UInt8]) -> Content {
    if header.isEmpty { return .empty }
    guard header.count == 100, header.starts(with: Array("SQLite format 3\0".utf8)) else { return .notSQLite }
    guard word(header, at: 68) == Self.applicationID else { return .foreign }
    if !hasJournal, expectedSize(header) > (size(path) ?? 0) { return .truncated }
    return .ours(usesWAL: header[18] == 2)
  }

  /// The size that the header states, or 0 when it does not (offset 28 counts pages, valid when 24 equals
  /// 92).
  private func expectedSize(_ header: [UInt8]) -> Int {
    guard word(header, at: 24) == word(header, at: 92) else { return 0 }
    let stated = Int(header[16]) << 8 | Int(header[17])
    return Int(word(header, at: 28)) * (stated == 1 ? 65_536 : stated)
  }

  private func word(_ bytes: [UInt8], at offset: Int) -> UInt32 {
    bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }

  private func size(_ path: String) -> Int? {
    (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
  }
}
