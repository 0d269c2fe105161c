import CloudCost
import Diagnostics
import Foundation
import Testing

/// Books are found by name, date or path.
@Suite struct PriceShelfTests {
  let scratch: ScratchFiles
  private var shelf: PriceShelf { PriceShelf(folder: "\(scratch.path)/shelf") }

  init() throws {
    scratch = try ScratchFiles()
    for (book, date, price) in [("a", "2025-01-01", "1"), ("a", "2026-01-01", "2"), ("b", "2025-06-30", "3")]
    {
      try scratch.write("name,standing,source,date\nx,own,x,\n", to: "shelf/\(book)/\(date)/sources.csv")
      try scratch.write("item,unit,price,source\ni,hour,\(price),x\n", to: "shelf/\(book)/\(date)/r/s.csv")
    }
    try scratch.write("id\n", to: "shelf/incidents/data.csv")
    try scratch.write("service,region,item,unit,price\ns,r,i,hour,4\ns,r,j,hour,5\n", to: "own.csv")
  }

  private func amounts(_ names: String) throws -> [String] {
    try shelf.book(named: names).loaded.flatMap(\.prices).map { "\($0.key.item) \($0.amount)" }
  }

  @Test func namesMeanTheNewest() throws {
    #expect(shelf.layers.map(\.name) == ["a 2025-01-01", "a 2026-01-01", "b 2025-06-30"])
    #expect(try amounts("a") == ["i 2"])
    #expect(try amounts("a/2025-01-01") == ["i 1"])
    #expect(try shelf.book(named: "b").name == "b 2025-06-30")
    #expect(try shelf.book(named: "b").shortName == "b")
  }

  @Test func pathsAreBooks() throws {
    #expect(try amounts("\(scratch.path)/shelf/a") == ["i 2"])
    #expect(try amounts("\(scratch.path)/shelf/a/2025-01-01") == ["i 1"])
    #expect(try shelf.book(named: "\(scratch.path)/shelf/a/2025-01-01").name == "a 2025-01-01")
    #expect(try amounts("\(scratch.path)/own.csv") == ["i 4", "j 5"])
  }

  /// The last layer that prices something counts.
  @Test func layersGoOverEachOther() throws {
    #expect(try amounts("b,\(scratch.path)/own.csv") == ["i 4", "j 5"])
    #expect(try amounts("\(scratch.path)/own.csv, b").sorted() == ["i 3", "j 5"])
    #expect(try shelf.book(named: "b,\(scratch.path)/own.csv").name == "b 2025-06-30 + own.csv")
  }

  @Test(arguments: ["c", "a/2024-01-01", "incidents", "", "a,,b", "nowhere.csv"])
  func whatIsNotThereIsNamed(_ name: String) throws {
    let findings = try #require(#expect(throws: Findings.self) { try shelf.layers(named: name) })
    #expect(findings.diagnostics.map(\.slug) == ["no-price-book"])
    #expect(findings.diagnostics.first?.help != nil)
  }

  @Test func emptyShelvesSayWhatToDo() throws {
    let findings = try #require(
      #expect(throws: Findings.self) { try PriceShelf(folder: nil).layers(named: "a") })
    #expect(findings.diagnostics.first?.help?.contains("--prices FOLDER") == true)
  }
}
