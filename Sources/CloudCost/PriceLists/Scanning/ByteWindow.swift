internal import Diagnostics
internal import Foundation
internal import StructuredText

/// A part of a file in memory, which moves over it.
///
/// Whoever scans looks at ``bytes`` between ``index`` and ``end`` and asks for more when they are spent, saying what is still
/// needed. Memory is one chunk, or the longest thing that has to be seen whole.
struct ByteWindow: ~Copyable {
  /// The most bytes that are read at once.
  static let chunk = 1 << 20
  /// The longest text or record, in bytes.
  static let longest = 16 << 20

  /// The name shown in findings.
  let name: String
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  /// Behind the last byte in memory.
  private(set) var end = 0
  /// The next byte.
  var index = 0
  /// Lines that end before the window.
  private var linesBefore = 0
  /// Bytes of the window's first line that are before it.
  private var columnsBefore = 0
  private var capacity: Int
  private var isSpent = false
  private var isFirst = true
  private let file: FileHandle

  /// The bytes of the file at `path`, a byte-order mark left out; none is in memory before the first refill.
  init(path: String) throws(Findings) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Findings([Diagnostic(slug: "file-missing", "there is no file \(named(path))", at: nil)])
    }
    guard !isFolder.boolValue, let file = FileHandle(forReadingAtPath: path) else {
      let why = isFolder.boolValue ? "is a folder" : "may not be read"
      throw Findings([Diagnostic(slug: "file-unreadable", "\(named(path)) \(why)", at: nil)])
    }
    name = path
    self.file = file
    capacity = Self.chunk
    bytes = .allocate(capacity: capacity)
  }

  deinit { bytes.deallocate() }

  /// Reads more behind ``end``, dropping what is before `kept`.
  ///
  /// When there is more, what was at `kept` is at 0 afterwards and ``index`` has moved along; else nothing has changed.
  ///
  /// - Returns: whether there was more.
  mutating func refill(keeping kept: Int) throws(Findings) -> Bool {
    guard !isSpent else { return false }
    let data = try taken()
    guard !data.isEmpty else {
      isSpent = true
      return false
    }
    try drop(kept, andHaveRoomFor: data.count)
    data.copyBytes(to: bytes + end, count: data.count)
    end += data.count
    guard isFirst else { return true }
    isFirst = false
    while end < 3, try refill(keeping: 0) {}
    if end >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { index = 3 }
    return end > index
  }

  private mutating func drop(_ kept: Int, andHaveRoomFor count: Int) throws(Findings) {
    countLines(before: kept)
    bytes.update(from: bytes + kept, count: end - kept)
    end -= kept
    index -= kept
    guard capacity - end < count else { return }
    guard capacity < Self.longest else {
      throw Findings([
        Diagnostic(
          slug: "record-too-long", "a text or record of \(named(name)) is longer than \(Self.longest) bytes",
          at: location(at: 0), help: "look for a quote that is opened here and never closed")
      ])
    }
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
    larger.update(from: bytes, count: end)
    bytes.deallocate()
    (bytes, capacity) = (larger, capacity * 2)
  }

  private func taken() throws(Findings) -> Data {
    do {
      return try file.read(upToCount: Self.chunk) ?? Data()
    } catch {
      throw Findings([
        Diagnostic(
          slug: "file-unreadable", "reading \(named(name)) failed: \(error.localizedDescription)",
          at: location(at: end))
      ])
    }
  }

  private mutating func countLines(before limit: Int) {
    var lines = 0
    for position in 0..<limit where bytes[position] == UInt8(ascii: "\n") { lines += 1 }
    guard lines > 0 else { return columnsBefore += limit }
    linesBefore += lines
    columnsBefore = 0
    var position = limit - 1
    while bytes[position] != UInt8(ascii: "\n") {
      position -= 1
      columnsBefore += 1
    }
  }

  /// The place of a byte of the window.
  func location(at position: Int) -> SourceLocation {
    var line = linesBefore + 1
    var column = columnsBefore + 1
    for before in 0..<position {
      if bytes[before] == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if bytes[before] & 0xC0 != 0x80 {
        column += 1
      }
    }
    return SourceLocation(file: name, line: line, column: column)
  }
}
