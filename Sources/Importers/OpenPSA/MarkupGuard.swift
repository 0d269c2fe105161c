/// Looks over the bytes of an XML file before a parser sees them.
///
/// What is dangerous or out of bounds is found here, with its place: a document type (entity bombs), entities that
/// nobody defined (the parser would drop them without a word), too deep a nesting. It notes where each element
/// starts, since the parser tells only where a tag ends.
struct MarkupGuard {
  /// The deepest nesting that libxml2 accepts.
  static let depth = 256
  /// The most elements of a file, so that memory stays bounded.
  private static let mostElements = 1_500_000
  /// The most attributes of an element; the parser compares each with all others.
  private static let mostAttributes = 256

  /// What was found at a byte, in the words of a finding.
  struct Problem: Error {
    let slug: String
    let message: String
    let offset: Int
    let help: String?
  }

  /// The byte of the `<` of each element, in the order of the file.
  private(set) var starts: [Int] = []
  /// The byte of the first text that is not blank, for each element that holds such text directly.
  private(set) var texts: [Int: Int] = [:]

  private let bytes: [UInt8]
  private var index = 0
  private var open: [Int] = []

  /// Looks over `bytes`, which are UTF-8.
  init(_ bytes: [UInt8]) throws(Problem) {
    self.bytes = bytes
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "<"): try passMarkup()
      case UInt8(ascii: "&"): try passReference(noted: true)
      default:
        if bytes[index] > 0x20 { try noteText() }
        index += 1
      }
    }
  }

  /// The innermost element that is not closed; the parser is content with a file that ends too early.
  var unclosedElement: Problem? {
    open.last.map { unclosed("an element that is not closed", at: starts[$0]) }
  }

  private func unclosed(_ message: String, at offset: Int) -> Problem {
    Problem(slug: "malformed-xml", message: message, offset: offset, help: "is the file complete?")
  }

  private mutating func noteText() throws(Problem) {
    guard let element = open.last else {
      throw Problem(
        slug: "malformed-xml", message: "text outside of the file's first element", offset: index, help: nil)
    }
    if texts[element] == nil { texts[element] = index }
  }

  private mutating func passMarkup() throws(Problem) {
    if begins("<!--") { return try pass(to: "-->", what: "a comment") }
    if begins("<![CDATA[") {
      try noteText()
      return try pass(to: "]]>", what: "a CDATA section")
    }
    if begins("<?") { return try passInstruction() }
    if begins("<!") {
      throw Problem(
        slug: "doctype-refused", message: "a document type declaration; such files are not read",
        offset: index, help: "delete the DOCTYPE and write out its entities")
    }
    if begins("</") {
      open.removeLast(min(1, open.count))
      return try pass(to: ">", what: "a tag")
    }
    try passStartTag()
  }

  private mutating func passStartTag() throws(Problem) {
    let element = starts.count
    guard element == 0 || !open.isEmpty else {
      throw Problem(
        slug: "malformed-xml", message: "a second element beside the file's first", offset: index, help: nil)
    }
    starts.append(index)
    guard starts.count <= MarkupGuard.mostElements else {
      throw Problem(
        slug: "file-too-large", message: "more than \(MarkupGuard.mostElements) elements", offset: index,
        help: nil)
    }
    guard open.count < MarkupGuard.depth else {
      throw Problem(
        slug: "nested-too-deep",
        message: "elements nest deeper than \(MarkupGuard.depth) here", offset: index,
        help: "give inner formulas a gate of their own")
    }
    index += 1
    try passAttributes(of: element)
  }

  /// The rest of a start tag.
  private mutating func passAttributes(of element: Int) throws(Problem) {
    var quote: UInt8?
    var quoteCount = 0
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "&"):
        try passReference(noted: false)
        continue
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        if quote == nil {
          quoteCount += 1
          guard quoteCount <= MarkupGuard.mostAttributes else { throw tooManyAttributes(of: element) }
        }
        quote = quote == nil ? byte : quote == byte ? nil : quote
      case UInt8(ascii: ">") where quote == nil:
        if bytes[index - 1] != UInt8(ascii: "/") { open.append(element) }
        index += 1
        return
      case UInt8(ascii: "<"): return  // Not well-formed; the parser says so.
      default: break
      }
      index += 1
    }
    throw unclosed("a tag that does not end", at: starts[element])
  }

  private func tooManyAttributes(of element: Int) -> Problem {
    Problem(
      slug: "too-many-attributes",
      message: "an element with more than \(MarkupGuard.mostAttributes) attributes", offset: starts[element],
      help: "no element of the format has more than three")
  }

  /// An instruction; the first may declare an encoding.
  private mutating func passInstruction() throws(Problem) {
    let start = index
    try pass(to: "?>", what: "an instruction")
    guard start == 0, begins("<?xml", at: 0) else { return }
    let declaration = String(decoding: bytes[..<index], as: UTF8.self).lowercased()
    guard let encoding = MarkupGuard.encoding(in: declaration) else { return }
    let isASCII = encoding.hasPrefix("iso-8859-") || encoding.hasPrefix("windows-125")
    if ["utf-8", "utf8", "us-ascii", "ascii"].contains(encoding) { return }
    if isASCII, !bytes.contains(where: { $0 >= 0x80 }) { return }
    throw Problem(
      slug: "not-utf8", message: "the file says that it is \(encoding); files are read as UTF-8",
      offset: start, help: "iconv -f \(encoding) -t UTF-8 …, and delete the encoding")
  }

  private static func encoding(in declaration: String) -> String? {
    let parts = declaration.split(whereSeparator: { $0 == "\"" || $0 == "'" || $0 == "=" || $0.isWhitespace })
    guard let key = parts.firstIndex(of: "encoding"), key + 1 < parts.count else { return nil }
    return String(parts[key + 1])
  }

  /// `&amp;` and its like, or a character by its number.
  private mutating func passReference(noted: Bool) throws(Problem) {
    if noted { try noteText() }
    let name = bytes[(index + 1)...].prefix(32).prefix { $0 != UInt8(ascii: ";") }
    let end = index + 1 + name.count
    guard end < bytes.count, bytes[end] == UInt8(ascii: ";") else {
      throw Problem(
        slug: "malformed-xml", message: "a lone `&`", offset: index, help: "write `&amp;`")
    }
    let text = String(decoding: name, as: UTF8.self)
    guard text.hasPrefix("#") || ["amp", "lt", "gt", "quot", "apos"].contains(text) else {
      throw Problem(
        slug: "unknown-entity", message: "nothing defines the entity `&\(text);`", offset: index,
        help: "write the text itself")
    }
    index = end + 1
  }

  private mutating func pass(to end: StaticString, what: String) throws(Problem) {
    let start = index
    while index < bytes.count, !begins(end) { index += 1 }
    guard index < bytes.count else { throw unclosed("\(what) that does not end", at: start) }
    index += end.utf8CodeUnitCount
  }

  private func begins(_ text: StaticString, at start: Int? = nil) -> Bool {
    let start = start ?? index
    let count = text.utf8CodeUnitCount
    guard start + count <= bytes.count else { return false }
    for place in 0..<count where bytes[start + place] != text.utf8Start[place] { return false }
    return true
  }
}
