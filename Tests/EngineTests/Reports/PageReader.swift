import Foundation
import FoundationXML

/// Reads a page as XML and keeps what tests ask about.
struct PageReader {
  /// One element with its attributes.
  struct Element {
    let name: String
    let attributes: [String: String]
    /// The names of the elements it stands in, the outermost first.
    let path: [String]
  }

  let elements: [Element]
  let text: String
  let isWellFormed: Bool

  init(_ page: String) {
    let parser = XMLParser(data: Data(page.utf8))
    let delegate = Delegate()
    parser.delegate = delegate
    isWellFormed = parser.parse()
    elements = delegate.elements
    text = delegate.text
  }

  func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  private final class Delegate: NSObject, XMLParserDelegate {
    var elements: [Element] = []
    var text = ""
    private var path: [String] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      elements.append(Element(name: name, attributes: attributes, path: path))
      path.append(name)
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
      path.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
      if path.last != "style" { text += string }
    }
  }
}
