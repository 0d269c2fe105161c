internal import Diagnostics

/// Records of a CSV file (RFC 4180) as bytes, one at a time, without making texts of fields that nobody reads.
///
/// Stops at the first record that is no CSV; `CSVReader` is for whoever wants to know everything that is wrong.
struct CSVScanner: ~Copyable {
  private var window: ByteWindow
  /// Where the record begins in the window.
  private var start = 0
  /// Where the fields begin and how long they are, counted from ``start``.
  private var places: [(start: Int, count: Int)] = []

  init(path: String) throws(Findings) {
    window = try ByteWindow(path: path)
    places.reserveCapacity(128)
  }

  /// The number of fields of the record.
  var count: Int { places.count }

  /// A field of the record, valid until the next record; empty when the record is shorter.
  subscript(index: Int) -> ByteText {
    guard index >= 0, index < places.count else {
      return ByteText(start: UnsafePointer(window.bytes), count: 0)
    }
    let place = places[index]
    return ByteText(start: UnsafePointer(window.bytes + start + place.start), count: place.count)
  }

  /// The texts of all fields.
  var texts: [String] { places.indices.map { self[$0].string } }

  /// Moves to the next record that is not an empty line; returns whether there is one.
  mutating func next() throws(Findings) -> Bool {
    repeat {
      guard try hasMore() else { return false }
      try readRecord()
    } while places.count == 1 && places[0].count == 0 && !isQuotedEmpty
    return true
  }

  /// Where the record begins.
  var location: SourceLocation { window.location(at: start) }

  private var isQuotedEmpty = false

  private mutating func hasMore() throws(Findings) -> Bool {
    if window.index < window.end { return true }
    return try window.refill(keeping: window.index)
  }

  private mutating func readRecord() throws(Findings) {
    start = window.index
    places.removeAll(keepingCapacity: true)
    isQuotedEmpty = false
    while try readField() {}
  }

  /// The byte at a distance from the record's start, reading on when needed; `nil` at the end of the file.
  @inline(__always)
  private mutating func byte(_ offset: Int) throws(Findings) -> UInt8? {
    if start + offset < window.end { return window.bytes[start + offset] }
    return try more(offset)
  }

  private mutating func more(_ offset: Int) throws(Findings) -> UInt8? {
    window.index = window.end
    guard try window.refill(keeping: start) else { return nil }
    start = 0
    return window.bytes[offset]
  }

  /// Reads a field and what ends it; returns whether another field follows.
  private mutating func readField() throws(Findings) -> Bool {
    let from = window.index - start
    let end = try byte(from) == UInt8(ascii: "\"") ? readQuoted(from) : readPlain(from)
    guard let ending = try byte(end) else {
      window.index = start + end
      return false
    }
    window.index = start + end + 1
    if ending == UInt8(ascii: ",") { return true }
    if ending == UInt8(ascii: "\r"), try byte(end + 1) == UInt8(ascii: "\n") {
      window.index = start + end + 2
    } else {
      window.index = start + end + 1
    }
    return false
  }

  private mutating func readPlain(_ from: Int) throws(Findings) -> Int {
    var offset = from
    while let byte = try byte(offset) {
      if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
      guard byte != UInt8(ascii: "\""), byte != 0 else {
        throw fault(offset, "a quote or NUL stands inside a field that does not begin with a quote")
      }
      offset += 1
    }
    places.append((from, offset - from))
    return offset
  }

  private mutating func readQuoted(_ from: Int) throws(Findings) -> Int {
    var offset = from + 1
    var target = offset
    while let byte = try byte(offset) {
      if byte == UInt8(ascii: "\"") {
        guard try self.byte(offset + 1) == UInt8(ascii: "\"") else {
          places.append((from + 1, target - from - 1))
          isQuotedEmpty = true
          return try behindQuote(offset + 1)
        }
        offset += 1
      }
      if target != offset { window.bytes[start + target] = byte }
      offset += 1
      target += 1
    }
    window.index = start + from
    throw fault(from, "the quote that opens this field is never closed; the file is cut off or damaged")
  }

  private mutating func behindQuote(_ offset: Int) throws(Findings) -> Int {
    let next = try byte(offset)
    let isEnd = next.map { [UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains($0) } ?? true
    guard isEnd else { throw fault(offset, "text follows the quote that ends the field") }
    return offset
  }

  private func fault(_ offset: Int, _ message: String) -> Findings {
    Findings([
      Diagnostic(
        slug: "csv-syntax", message, at: window.location(at: start + offset),
        help: "save or download the list again, whole, as CSV with commas")
    ])
  }
}
