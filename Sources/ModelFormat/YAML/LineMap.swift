import Diagnostics

/// A text's lines, and where a parser's marks point in them.
///
/// Parsers count columns in Unicode scalars, people in characters, memory in bytes. Lines of ASCII need no table.
struct LineMap: Sendable {
  /// A place as libyaml counts: line and column from 1, columns in Unicode scalars.
  struct Place: Hashable, Sendable {
    let line: Int
    let column: Int
  }

  /// Byte offset and character column of every scalar in a line that is not ASCII.
  private struct Table: Sendable {
    var offsets: [Int32] = []
    var columns: [Int32] = []
  }

  /// The text in UTF-8.
  let bytes: [UInt8]
  /// Where the text begins.
  let origin: SourceLocation
  private var lineStarts: [Int] = [0]
  private var tables: [Int: Table] = [:]

  /// The lines of `text`, which begins at `origin`.
  ///
  /// - Complexity: O(bytes)
  init(_ text: String, origin: SourceLocation) {
    self.bytes = Array(text.utf8)
    self.origin = origin
    findLines()
  }

  /// What a person calls this place. A parser's end of the text lies on a line of its own; a person's does not.
  func location(_ place: Place) -> SourceLocation {
    if place.line > lineStarts.count { return location(self.place(ofOffset: bytes.count)) }
    let column = characterColumn(place)
    let shift = place.line == 1 ? origin.column - 1 : 0
    return SourceLocation(file: origin.file, line: place.line + origin.line - 1, column: column + shift)
  }

  /// The offset of the byte at a place; the end of the text when the place is behind it.
  func offset(_ place: Place) -> Int {
    guard lineStarts.indices.contains(place.line - 1) else { return bytes.count }
    let start = lineStarts[place.line - 1]
    guard let table = tables[place.line - 1] else { return min(start + place.column - 1, bytes.count) }
    guard table.offsets.indices.contains(place.column - 1) else { return end(ofLine: place.line - 1) }
    return start + Int(table.offsets[place.column - 1])
  }

  /// The byte at a place.
  func byte(_ place: Place) -> UInt8? { byte(at: offset(place)) }

  /// The byte at an offset.
  func byte(at offset: Int) -> UInt8? { bytes.indices.contains(offset) ? bytes[offset] : nil }

  /// The text between two byte offsets.
  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The bytes of a line up to its end, from 1.
  func lineRange(_ line: Int) -> Range<Int> {
    guard lineStarts.indices.contains(line - 1) else { return bytes.count..<bytes.count }
    return lineStarts[line - 1]..<end(ofLine: line - 1)
  }

  /// The place of a byte offset.
  ///
  /// - Complexity: O(log lines + line length)
  func place(ofOffset offset: Int) -> Place {
    let line = lineStarts.lastPartition { $0 <= offset }
    let prefix = bytes[lineStarts[line]..<offset]
    return Place(line: line + 1, column: String(decoding: prefix, as: UTF8.self).unicodeScalars.count + 1)
  }

  private func characterColumn(_ place: Place) -> Int {
    guard let table = tables[place.line - 1] else { return place.column }
    guard table.columns.indices.contains(place.column - 1) else {
      return Int(table.columns.last ?? 0) + 1 + max(0, place.column - 1 - table.columns.count)
    }
    return Int(table.columns[place.column - 1])
  }

  private func end(ofLine index: Int) -> Int {
    let next = index + 1 < lineStarts.count ? lineStarts[index + 1] : bytes.count
    return max(lineStarts[index], next)
  }

  /// Finds the line ends that both YAML and `SourceText` know: LF, CR, CR LF, NEL, LS and PS.
  private mutating func findLines() {
    var index = 0
    var isASCII = true
    while index < bytes.count {
      isASCII = isASCII && bytes[index] < 0x80
      let length = lineEndLength(at: index)
      index += max(1, length)
      guard length > 0 else { continue }
      finishLine(isASCII: isASCII, end: index - length)
      lineStarts.append(index)
      isASCII = true
    }
    finishLine(isASCII: isASCII, end: bytes.count)
  }

  private func lineEndLength(at index: Int) -> Int {
    switch bytes[index] {
    case 0x0A: 1
    case 0x0D: byte(at: index + 1) == 0x0A ? 2 : 1
    case 0xC2: byte(at: index + 1) == 0x85 ? 2 : 0
    case 0xE2: byte(at: index + 1) == 0x80 && [0xA8, 0xA9].contains(byte(at: index + 2)) ? 3 : 0
    default: 0
    }
  }

  private mutating func finishLine(isASCII: Bool, end: Int) {
    guard !isASCII, let start = lineStarts.last else { return }
    var table = Table()
    var offset: Int32 = 0
    for (column, character) in String(decoding: bytes[start..<end], as: UTF8.self).enumerated() {
      for scalar in character.unicodeScalars {
        table.offsets.append(offset)
        table.columns.append(Int32(column + 1))
        offset += Int32(UTF8.width(scalar))
      }
    }
    tables[lineStarts.count - 1] = table
  }
}

extension [Int] {
  /// The last index whose element satisfies a predicate that holds for a prefix; 0 when none does.
  fileprivate func lastPartition(where holds: (Int) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return Swift.max(0, low - 1)
  }
}
