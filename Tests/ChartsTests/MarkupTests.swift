import Charts
import Foundation
import FoundationXML
import Testing

@Suite("Markup of charts")
struct MarkupTests {
  @Test(
    "text and attributes are escaped for where they stand",
    arguments: [
      ("a<b>&c", "a&lt;b&gt;&amp;c", "a&lt;b&gt;&amp;c"),
      ("\"'`", "\"'`", "&quot;&#39;&#96;"),
      ("\"\u{301} x", "\"\u{301} x", "&quot;\u{301} x"),
      ("<\u{338}", "&lt;\u{338}", "&lt;\u{338}"),
      ("a\u{1B}[31m\u{202E}b\nc", "a [31m b c", "a [31m b c"),
      ("]]>", "]]&gt;", "]]&gt;"),
      ("\u{FFFE}\u{FFFF}", "\u{FFFD}\u{FFFD}", "\u{FFFD}\u{FFFD}"),
    ])
  func escaped(_ text: String, inText: String, inAttribute: String) {
    #expect(Array(Markup.text(text).unicodeScalars) == Array(inText.unicodeScalars))
    #expect(Array(Markup.attribute(text).unicodeScalars) == Array(inAttribute.unicodeScalars))
  }

  /// Twice escaped is not once escaped: nothing that is shown was markup before.
  @Test(
    "an XML parser reads back what was written", arguments: ["plain", "a & b < c", "\"q\" 'r' `s`", "]]>"])
  func readBack(_ text: String) {
    let reader = TextReader()
    let parser = XMLParser(data: Data("<a b=\"\(Markup.attribute(text))\">\(Markup.text(text))</a>".utf8))
    parser.delegate = reader
    #expect(parser.parse())
    #expect(reader.text == text)
    #expect(reader.attribute == text)
  }

  @Test(
    "every picture is well-formed XML, whatever its names are", arguments: ["plain", SampleCharts.hostile])
  func wellFormed(_ name: String) {
    let charts = SampleCharts.all(name)
    #expect(charts.count == 10)
    for chart in charts {
      for svg in [chart.file, chart.inline(id: "c1")] {
        #expect(XMLParser(data: Data(svg.utf8)).parse(), "\(svg)")
        for forbidden in [
          "<script", "href", "url(", "@import", "<image", "<foreignObject", "\u{1B}", "\u{202E}",
        ] {
          #expect(!svg.unicodeScalars.contains(forbidden.unicodeScalars), "\(forbidden)")
        }
        #expect(!svg.contains("nan") && !svg.contains("inf\""))
      }
    }
  }

  @Test("a picture has a name, a description and its numbers")
  func described() {
    for chart in SampleCharts.all("service") {
      let svg = chart.inline(id: "c1")
      #expect(svg.contains("role=\"img\" aria-labelledby=\"c1-t\" aria-describedby=\"c1-d\""))
      #expect(svg.contains("<title id=\"c1-t\">service</title>"))
      #expect(svg.contains("<desc id=\"c1-d\">"))
      #expect(!chart.data.rows.isEmpty)
      for row in chart.data.rows { #expect(row.count == chart.data.columns.count) }
    }
  }
}

private final class TextReader: NSObject, XMLParserDelegate {
  var text = ""
  var attribute: String?

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) { attribute = attributes["b"] }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}
