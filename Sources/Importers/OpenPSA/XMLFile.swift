internal import Foundation
internal import FoundationXML

/// The elements of an XML file, in the order in which they start.
struct XMLFile {
  /// One element.
  struct Element {
    /// The name.
    let name: String
    /// The attributes.
    let attributes: [String: String]
    /// The byte of its `<`.
    let offset: Int
    /// The number of the element around it; its own for the first.
    let parent: Int
    /// The number of the first element inside; 0 when there is none.
    fileprivate(set) var firstChild = 0
    /// The number of the next element beside it; 0 when there is none.
    fileprivate(set) var nextSibling = 0
    /// The text directly inside, for labels only.
    fileprivate(set) var text = ""
    /// The byte of the first text directly inside that is not blank.
    let textOffset: Int?
  }

  /// The elements; the root is the first.
  let elements: [Element]

  /// Reads UTF-8 bytes.
  ///
  /// - Throws: the first thing that is wrong with them.
  init(_ bytes: [UInt8]) throws(MarkupGuard.Problem) {
    let guarded = try MarkupGuard(bytes)
    guard !guarded.starts.isEmpty else {
      throw MarkupGuard.Problem(
        slug: "malformed-xml", message: "the file holds no element", offset: 0,
        help: "an Open-PSA file begins with <opsa-mef>")
    }
    let builder = XMLBuilder(guarded)
    // From a stream it is fed piece by piece; at once, libxml2 refuses more than 10,000,000 bytes.
    let parser = XMLParser(stream: InputStream(data: Data(bytes)))
    parser.shouldResolveExternalEntities = false
    parser.delegate = builder
    // `parse()` returns true after some errors, so each error that the parser tells is remembered.
    let isParsed = parser.parse()
    if let error = builder.firstError {
      throw MarkupGuard.Problem(
        slug: "malformed-xml", message: XMLFile.message(error.code),
        offset: XMLFile.offset(line: error.line, column: error.column, in: bytes), help: nil)
    }
    if let unclosed = guarded.unclosedElement { throw unclosed }
    guard isParsed, builder.elements.count == guarded.starts.count else {
      throw MarkupGuard.Problem(
        slug: "malformed-xml", message: "this is not well-formed XML", offset: guarded.starts[0], help: nil)
    }
    elements = builder.elements
  }

  /// The byte at a line and column as libxml2 counts them, in bytes from 1.
  private static func offset(line: Int, column: Int, in bytes: [UInt8]) -> Int {
    var start = 0
    for _ in 1..<max(1, line) {
      guard let end = bytes[start...].firstIndex(of: 0x0A) else { break }
      start = end + 1
    }
    return min(bytes.count, start + max(0, column - 1))
  }

  /// What libxml2's error codes say, for those that people meet (libxml/xmlerror.h).
  private static func message(_ code: Int) -> String {
    switch code {
    case 4, 5: "the file ends before its elements do"
    case 9: "a character that XML does not allow"
    case 38, 39, 40: "the value of an attribute must stand in quotes and hold no `<`"
    case 41: "an attribute without a value"
    case 42: "an attribute is written twice"
    case 64, 65: "a blank is missing between attributes, or an attribute has no name"
    case 68: "a name was expected"
    case 73: "a tag is not closed by `>`"
    case 76: "an element is closed by the tag of another"
    case 77: "an element is not closed"
    case 201, 202: "a name with a colon, whose prefix has no namespace"
    default: "this is not well-formed XML (libxml2 error \(code))"
    }
  }
}

/// Collects what the parser tells. A class, because the parser's delegate must be one.
private final class XMLBuilder: NSObject, XMLParserDelegate {
  private(set) var elements: [XMLFile.Element] = []
  private(set) var firstError: (code: Int, line: Int, column: Int)?
  private let markup: MarkupGuard
  private var open: [(element: Int, lastChild: Int)] = []

  init(_ markup: MarkupGuard) {
    self.markup = markup
    elements.reserveCapacity(markup.starts.count)
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    let number = elements.count
    guard number < markup.starts.count else { return parser.abortParsing() }
    elements.append(
      XMLFile.Element(
        name: name, attributes: attributes, offset: markup.starts[number],
        parent: open.last?.element ?? number,
        textOffset: markup.texts[number]))
    if let parent = open.indices.last {
      if open[parent].lastChild == 0 {
        elements[open[parent].element].firstChild = number
      } else {
        elements[open[parent].lastChild].nextSibling = number
      }
      open[parent].lastChild = number
    }
    open.append((number, 0))
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    open.removeLast(min(1, open.count))
  }

  func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) {
    guard firstError == nil else { return }
    firstError = ((error as NSError).code, parser.lineNumber, parser.columnNumber)
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    guard let element = open.last?.element, elements[element].name == "label" else { return }
    elements[element].text += text
  }

  func parser(_ parser: XMLParser, foundCDATA block: Data) {
    self.parser(parser, foundCharacters: String(decoding: block, as: UTF8.self))
  }
}
