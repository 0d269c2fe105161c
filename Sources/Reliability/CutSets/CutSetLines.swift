/// Sets as lines of text: the names of their events with tabs between, `not ` before one that must be absent.
///
/// A class, because its buffer is filled by a closure that runs a hundred million times.
final class CutSetLines {
  /// The names after each other, each with its tab, plain and negated in turn.
  private let bytes: UnsafeMutablePointer<UInt8>
  private let starts: [Int]
  private let longest: Int
  private let buffer: UnsafeMutablePointer<UInt8>
  private let capacity: Int
  private var used = 0

  /// Lines with names for variables; their tabs and line ends become blanks.
  init(names: [String]) {
    var text: [UInt8] = []
    var starts = [0]
    for name in names {
      let plain = name.utf8.map { $0 < 0x20 ? UInt8(ascii: " ") : $0 }
      for prefix in ["", "not "] {
        text += Array(prefix.utf8) + plain + [UInt8(ascii: "\t")]
        starts.append(text.count)
      }
    }
    bytes = .allocate(capacity: max(1, text.count))
    bytes.initialize(from: text, count: text.count)
    self.starts = starts
    longest = zip(starts, starts.dropFirst()).map { $1 - $0 }.max() ?? 1
    capacity = max(1 << 20, 2 * longest)
    buffer = .allocate(capacity: capacity)
  }

  func deallocate() {
    bytes.deallocate()
    buffer.deallocate()
  }

  /// Adds a line for a set; what is full is written.
  func append(_ literals: UnsafeBufferPointer<CutSetLiteral>, _ write: (UnsafeRawBufferPointer) -> Void) {
    for literal in literals {
      if used + longest >= capacity { flush(write) }
      let start = starts[Int(literal.code)]
      let count = starts[Int(literal.code) + 1] - start
      (buffer + used).update(from: bytes + start, count: count)
      used += count
    }
    if literals.isEmpty {
      buffer[used] = UInt8(ascii: "\n")
      used += 1
    } else {
      buffer[used - 1] = UInt8(ascii: "\n")
    }
    if used + longest >= capacity { flush(write) }
  }

  /// Writes what is left.
  func flush(_ write: (UnsafeRawBufferPointer) -> Void) {
    write(UnsafeRawBufferPointer(start: buffer, count: used))
    used = 0
  }
}
