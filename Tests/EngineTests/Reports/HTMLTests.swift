import Charts
import ModelFormat
import Quantities
import Reliability
import Reports
import ServiceGraph
import ServiceModel
import Testing

@Suite("Pages")
struct HTMLTests {
  static let hostile =
    "<script>alert(1)</script>\"' onload=x ]]> `|` \u{1B}[31m \u{202E}evil &amp; \"\u{301}<\u{338}b>"

  /// A document with a block of every kind, all of whose texts are `name`.
  static func document(_ name: String) -> Document {
    let chart = ParetoChart(title: name, [ParetoChart.Part(name, share: 1, amount: name)]).chart
    return Document(
      title: name,
      blocks: [
        .lead(name), .part(name), .heading(name), .facts([Document.Fact(name, name, [name, name])]),
        .bars(title: name, [Document.Bar(name, share: 0.5, [name])]),
        .table(Document.Table(columns: ["", name], rows: [[name, name], ["", name]])),
        .table(
          Document.Table(
            columns: [name, "b", "c", "d", "e"], rows: [[name, "1", "2", "3", "4"]], caption: name)),
        .table(Document.Table(columns: ["a"], rows: [["█▌"]])), .chart(chart), .illustration(chart),
        .note(name), .part(name), .part(name),
      ])
  }

  @Test("a page is one well-formed piece that loads nothing", arguments: ["plain", hostile])
  func selfContained(_ name: String) {
    let page = HTMLRenderer().text(Self.document(name))
    let reader = PageReader(page)
    #expect(reader.isWellFormed)
    #expect(reader.all("script").isEmpty && reader.all("img").isEmpty && reader.all("iframe").isEmpty)
    for link in reader.elements.compactMap({ $0.attributes["href"] }) {
      #expect(link.hasPrefix("#") || link == "data:,")
    }
    for element in reader.elements {
      #expect(!element.attributes.keys.contains { $0.hasPrefix("on") || $0 == "src" }, "\(element)")
    }
    for forbidden in ["url(", "@import", "\u{1B}", "\u{202E}"] { #expect(!page.contains(forbidden)) }
    #expect(
      reader.all("meta").contains {
        $0.attributes["http-equiv"] == "Content-Security-Policy"
          && $0.attributes["content"] == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
      })
  }

  @Test("names of places are unique, and every reference to one leads somewhere")
  func places() {
    let reader = PageReader(HTMLRenderer().text(Self.document("plain")))
    let ids = reader.elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    let links = reader.all("a").compactMap { $0.attributes["href"]?.dropFirst() }.map(String.init)
    let labels = reader.elements.compactMap { $0.attributes["aria-labelledby"] }.flatMap {
      $0.split(separator: " ").map(String.init)
    }
    #expect(links.count == 4 && labels.count == 4)
    let descriptions = reader.elements.compactMap { $0.attributes["aria-describedby"] }
    #expect(descriptions.count == 2)
    for name in links + labels + descriptions { #expect(ids.contains(name), "\(name)") }
  }

  @Test("every table has a caption and headers, every picture a name, a description and its numbers")
  func accessible() {
    let reader = PageReader(HTMLRenderer().text(Self.document("plain")))
    #expect(reader.all("caption").count == reader.all("table").count)
    #expect(reader.all("th").allSatisfy { ["col", "row"].contains($0.attributes["scope"]) })
    let pictures = reader.all("svg").filter { $0.attributes["role"] == "img" }
    #expect(pictures.count == 2)
    #expect(reader.all("desc").count == 2 && reader.all("details").count == 2)
    #expect(reader.all("table").count { $0.path.contains("details") } == 2)
    #expect(reader.all("html").first?.attributes["lang"] == "en")
    #expect(reader.all("h1").count == 1 && reader.all("h2").count == 3 && reader.all("h3").count == 1)
  }

  @Test("tables under one heading have names of their own, and a bar of blocks is not heard")
  func heard() {
    let blocks: [Document.Block] = [
      .heading("h"), .facts([Document.Fact("a", "b", ["c", "d"])]),
      .table(Document.Table(columns: ["", "x"], rows: [["r", "█▌"]])), .heading("i"),
      .table(Document.Table(columns: ["x"], rows: [["1 to 2 %"]])),
    ]
    let page = HTMLRenderer().text(Document(title: "t", blocks: blocks))
    for caption in ["h", "h, table 2", "i"] {
      #expect(page.contains("<caption><span class=\"hidden\">\(caption)</span></caption>"))
    }
    #expect(page.contains("<span aria-hidden=\"true\">█▌</span>"))
    #expect(page.contains("c<span class=\"hidden\">,</span><br/>d"))
    #expect(page.contains("<th scope=\"col\"><span class=\"hidden\">What</span></th>"))
  }

  @Test("numbers behind a picture with more columns than paper has room for stand in rows")
  func transposed() {
    let chart = HeatMapChart(
      title: "week", rows: ["Monday", "Tuesday"], columns: (0..<24).map(String.init),
      cells: [(0..<24).map(Double.init), Array(repeating: 0, count: 24)], measure: .count("")
    ).chart
    let page = HTMLRenderer().text(Document(title: "t", blocks: [.chart(chart)]))
    #expect(
      page.contains(
        "<th scope=\"col\" class=\"number\">Monday</th><th scope=\"col\" class=\"number\">Tuesday</th>"))
    #expect(
      page.contains(
        "<tr><th scope=\"row\" class=\"number\">23</th><td class=\"number\">23</td><td class=\"number\">0</td></tr>"
      ))
  }

  @Test("an illustration is on pages, and nothing of it elsewhere")
  func illustrations() {
    let chart = ParetoChart(title: "picture", [ParetoChart.Part("p", share: 1, amount: "")]).chart
    let (bare, drawn) = (
      Document(title: "t", blocks: [.note("n")]),
      Document(title: "t", blocks: [.illustration(chart), .note("n")])
    )
    #expect(HTMLRenderer().text(drawn).contains("<figcaption><strong id=\"figure-1\">picture</strong>"))
    #expect(TextRenderer().text(drawn) == TextRenderer().text(bare))
    #expect(MarkdownRenderer().text(drawn) == MarkdownRenderer().text(bare))
    #expect(MarkdownRenderer.comment(drawn) == MarkdownRenderer.comment(bare))
    #expect(CSVRenderer().text(drawn) == CSVRenderer().text(bare))
  }

  @Test("what people read is in the page as they wrote it")
  func readBack() {
    let reader = PageReader(HTMLRenderer().text(Document(title: "a < b & \"c\"", blocks: [.note("'d' > e")])))
    #expect(reader.text.contains("a < b & \"c\"") && reader.text.contains("'d' > e"))
  }
}
