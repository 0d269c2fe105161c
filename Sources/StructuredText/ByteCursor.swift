package import Diagnostics
internal import Foundation
package import Quantities

/// The bytes of a file one after the other, with the line and column of each, in chunks of 64 KiB.
///
/// Lines end with LF, CRLF or CR; columns count characters in the sense of Unicode scalars. A byte-order mark
/// is passed over. The digest covers every byte read.
package struct ByteCursor {
  /// The name shown in findings.
  package let name: String
  private(set) var line = 1
  private(set) var column = 1
  package private(set) var digest = SHA256()
  private let nextChunk: () throws -> [UInt8]
  private var chunk: [UInt8] = []
  private var index = 0
  private var atEnd = false
  private var started = false

  /// Whether who reads says of packed files what they are; else they are refused.
  package var tellsPacked = false

  /// Bytes from chunks; an empty chunk ends them.
  package init(name: String, nextChunk: @escaping () throws -> [UInt8]) {
    self.name = name
    self.nextChunk = nextChunk
  }

  /// The bytes of the file at `path`; throws when there is no such readable file.
  package init(path: String) throws(Findings) {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw Findings([Diagnostic(slug: "file-missing", "there is no file \(named(path))", at: nil)])
    }
    guard !isDirectory.boolValue, let handle = FileHandle(forReadingAtPath: path) else {
      let why = isDirectory.boolValue ? "is a folder" : "may not be read"
      throw Findings([Diagnostic(slug: "file-unreadable", "\(named(path)) \(why)", at: nil)])
    }
    self.init(name: path) { [UInt8](try handle.read(upToCount: 65_536) ?? Data()) }
  }

  /// The place of the next byte.
  package var location: SourceLocation { SourceLocation(file: name, line: line, column: column) }

  /// The next byte without moving on; `nil` at the end.
  package mutating func peek() throws(Findings) -> UInt8? {
    if index == chunk.count { try refill() }
    return index < chunk.count ? chunk[index] : nil
  }

  /// Moves over the byte that ``peek()`` returned, which is not a line end.
  package mutating func advance(over byte: UInt8) {
    index += 1
    if byte & 0xC0 != 0x80 { column += 1 }
  }

  /// Moves over the bytes up to one that `ends`, as far as the chunk in memory holds them, and appends them.
  ///
  /// None of them may be part of a line end.
  mutating func take(into bytes: inout [UInt8], until ends: (UInt8) -> Bool) {
    var end = index
    while end < chunk.count, !ends(chunk[end]) {
      if chunk[end] & 0xC0 != 0x80 { column += 1 }
      end += 1
    }
    bytes += chunk[index..<end]
    index = end
  }

  /// Moves over the bytes up to one that `ends`, as far as the chunk in memory holds them.
  ///
  /// None of them may be part of a line end.
  mutating func pass(until ends: (UInt8) -> Bool) {
    while index < chunk.count, !ends(chunk[index]) {
      if chunk[index] & 0xC0 != 0x80 { column += 1 }
      index += 1
    }
  }

  /// Moves over one line end (LF, CRLF or CR) and returns its bytes.
  package mutating func advanceOverLineEnd(_ first: UInt8) throws(Findings) -> [UInt8] {
    index += 1
    line += 1
    column = 1
    guard first == UInt8(ascii: "\r"), try peek() == UInt8(ascii: "\n") else { return [first] }
    index += 1
    return [first, UInt8(ascii: "\n")]
  }

  /// Takes the next chunk, and at the start as many as it takes to see a byte-order mark.
  private mutating func refill() throws(Findings) {
    guard !atEnd else { return }
    chunk = try taken()
    index = 0
    guard !started else { return }
    started = true
    while chunk.count < 4, !atEnd { chunk += try taken() }
    if chunk.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    if chunk.starts(with: [0xFF, 0xFE]) || chunk.starts(with: [0xFE, 0xFF]) { throw sixteenBits }
    if !tellsPacked, let container = PackedFile(chunk) { throw container.finding(about: name) }
  }

  /// What spreadsheets call Unicode text.
  private var sixteenBits: Findings {
    Findings([
      Diagnostic(
        slug: "invalid-utf8", "\(named(name)) is UTF-16 text; expected UTF-8", at: nil,
        help: "iconv -f UTF-16 -t UTF-8 \(shellWord(name)) > utf8.csv")
    ])
  }

  private mutating func taken() throws(Findings) -> [UInt8] {
    do {
      let bytes = try nextChunk()
      digest.update(bytes)
      atEnd = bytes.isEmpty
      return bytes
    } catch {
      let message = "reading \(named(name)) failed: \(error.localizedDescription)"
      throw Findings([Diagnostic(slug: "file-unreadable", message, at: location)])
    }
  }
}
