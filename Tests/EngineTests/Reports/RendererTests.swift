import Reports
import Testing

@Suite("Renderers")
struct RendererTests {
  private let document = Document(
    title: "shop · exact",
    blocks: [
      .heading("web"),
      .facts([Document.Fact("Downtime a year", "1 h 43 min", ["9 min a month"], number: .init(1.7125, "h"))]),
      .bars(title: "Where from", [Document.Bar("api/crash", share: 0.75, ["1 h"])]),
      .table(
        Document.Table(
          columns: ["Event", "RAW"], cells: [["=cmd|' /C calc'!A0", Document.Cell("12.5", number: 12.5123)]])),
      .note("A <script> & a | pipe."),
    ])

  @Test("Markdown has tables, bars and nothing from a file that could be markup")
  func markdown() {
    #expect(
      MarkdownRenderer().text(document) == """
        # shop · exact

        ## web

        | Quantity | Value | Remarks |
        | --- | --- | --- |
        | Downtime a year | 1 h 43 min | 9 min a month |

        | Where from |  | Share |  |
        | --- | --- | ---: | --- |
        | api/crash | ████████████████████ | 75 % | 1 h |

        | Event | RAW |
        | --- | ---: |
        | =cmd\\|' /C calc'!A0 | 12.5 |

        A \\<script\\> \\& a \\| pipe.

        """)
  }

  @Test("CSV has numbers in full, and no cell that a spreadsheet would compute")
  func csv() {
    #expect(
      CSVRenderer().text(document) == """
        section,quantity,value,unit,shown,remarks\r
        web,Downtime a year,1.7125,h,1 h 43 min,9 min a month\r
        \r
        section,Where from,share,remarks\r
        web,api/crash,0.75,1 h\r
        \r
        section,Event,RAW\r
        web,"'=cmd|' /C calc'!A0",12.5123\r

        """)
  }
}
