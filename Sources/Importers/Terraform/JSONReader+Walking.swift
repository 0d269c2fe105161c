internal import Diagnostics
internal import StructuredText

/// Walking through objects and arrays of any size, value by value.
extension JSONReader {
  /// Hands over the key of each member; the body reads or skips its value.
  mutating func members(
    _ body: (String, inout JSONReader) throws(Findings) -> Void
  ) throws(Findings) {
    guard try peek() == UInt8(ascii: "{") else { return try skipValue() }
    try expect("{")
    if try skip("}") { return }
    repeat { try body(try memberKey(), &self) } while try skip(",")
    try expect("}")
  }

  /// Stands before each element; the body reads or skips it.
  mutating func elements(_ body: (inout JSONReader) throws(Findings) -> Void) throws(Findings) {
    guard try peek() == UInt8(ascii: "[") else { return try skipValue() }
    try expect("[")
    if try skip("]") { return }
    repeat { try body(&self) } while try skip(",")
    try expect("]")
  }

  /// A finding at the next byte.
  func fault(_ slug: String, _ message: String) -> Findings {
    Findings([Diagnostic(slug: slug, message, at: cursor.location)])
  }
}
