internal import Diagnostics

/// A file as it was read: its name and its bytes.
struct ImportedFile: Sendable {
  /// The path as the user wrote it.
  let name: String
  /// The bytes, without a byte order mark.
  let bytes: [UInt8]

  /// The lines, for quoting; `nil` for files or lines so long that nobody reads them.
  var source: SourceText? {
    guard bytes.count <= 4 << 20 else { return nil }
    let starts = lineStarts
    let isReadable = zip(starts, starts.dropFirst() + [bytes.count]).allSatisfy { $1 - $0 <= 100_000 }
    return isReadable ? SourceText(name: name, text: String(decoding: bytes, as: UTF8.self)) : nil
  }

  /// Where lines begin; what ends a line is what ends one in ``SourceText``.
  var lineStarts: [Int] {
    var starts = [0]
    var index = 0
    while index < bytes.count {
      index += max(1, lineEnd(at: index))
      if lineEnd(endingAt: index) { starts.append(index) }
    }
    return starts
  }

  /// The length of the line end at a byte; 0 when there is none.
  private func lineEnd(at index: Int) -> Int {
    switch bytes[index] {
    case 0x0D: index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 1
    case 0x0A, 0x0B, 0x0C: 1
    case 0xC2: index + 1 < bytes.count && bytes[index + 1] == 0x85 ? 2 : 0
    case 0xE2:
      index + 2 < bytes.count && bytes[index + 1] == 0x80 && (bytes[index + 2] & 0xFE) == 0xA8 ? 3 : 0
    default: 0
    }
  }

  private func lineEnd(endingAt end: Int) -> Bool {
    switch bytes[end - 1] {
    case 0x0A, 0x0B, 0x0C, 0x0D: true
    case 0x85: end >= 2 && bytes[end - 2] == 0xC2
    case 0xA8, 0xA9: end >= 3 && bytes[end - 2] == 0x80 && bytes[end - 3] == 0xE2
    default: false
    }
  }
}

/// A byte of one of the files read.
struct Place: Sendable, Hashable {
  /// The number of the file.
  let file: Int
  /// The byte, from 0.
  let offset: Int
}

/// Line and column of the places of one file.
struct PlaceMap {
  private let file: ImportedFile
  private let starts: [Int]

  init(_ file: ImportedFile) {
    self.file = file
    starts = file.lineStarts
  }

  func location(_ offset: Int) -> SourceLocation {
    let offset = min(max(0, offset), file.bytes.count)
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    let before = file.bytes[starts[low]..<offset]
    // Characters, as an editor counts; code points where a line is so long that nobody counts.
    let column =
      before.count < 10_000
      ? String(decoding: before, as: UTF8.self).count : before.count { $0 & 0xC0 != 0x80 }
    return SourceLocation(file: file.name, line: low + 1, column: column + 1)
  }
}
