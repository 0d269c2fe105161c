public import CloudCost
internal import FoundationEssentials
public import Quantities

/// What price books hold, as `relmodel prices list` prints it: a line for each service in each region.
public struct PriceBookInventory: Sendable {
  /// One table of a book.
  struct Line: Sendable {
    let book: String
    let service: String
    let region: String
    let rows: Int
    let items: Int
    let unverified: Int
    let oldest: String
    let newest: String
  }

  let lines: [Line]

  /// The tables of books, all of which are loaded.
  public init(_ books: [PriceBook]) {
    lines = books.flatMap { book in book.loaded.map { Line($0, of: book.name) } }
  }

  /// A table with a line for each service in each region.
  public var document: Document {
    let books = lines.enumerated().count { $0 == 0 || lines[$0 - 1].book != $1.book }
    let rows = lines.reduce(0) { $0 + $1.rows }
    var document = Document(
      title: "\(grouped(rows)) prices in \(books == 1 ? "1 book" : "\(grouped(books)) books")")
    document.blocks.append(
      .table(
        Document.Table(
          columns: ["Book", "Service", "Region", "Prices", "Items", "Unverified", "Oldest", "Newest"],
          cells: lines.map(row))))
    let unverified = lines.reduce(0) { $0 + $1.unverified }
    if unverified > 0 {
      document.blocks.append(
        .note("\(grouped(unverified)) were written down from memory and seen in no list (unverified)."))
    }
    return document
  }

  private func row(_ line: Line) -> [Document.Cell] {
    [
      Document.Cell(line.book), Document.Cell(line.service), Document.Cell(line.region), count(line.rows),
      count(line.items), count(line.unverified), Document.Cell(line.oldest), Document.Cell(line.newest),
    ]
  }

  private func count(_ value: Int) -> Document.Cell { Document.Cell(grouped(value), number: Double(value)) }

  /// What programs read.
  public var json: JSONValue {
    let tables = lines.map { line -> JSONValue in
      [
        "book": .string(line.book), "service": .string(line.service), "region": .string(line.region),
        "prices": .integer(line.rows), "items": .integer(line.items),
        "unverified": .integer(line.unverified), "oldest": .string(line.oldest),
        "newest": .string(line.newest),
      ]
    }
    return ["format": "relmodel/1", "command": "prices list", "results": ["tables": .array(tables)]]
  }
}

extension PriceBookInventory.Line {
  init(_ table: PriceTable, of book: String) {
    let dates = table.prices.map(\.origin.date).filter { !$0.isEmpty }
    self.init(
      book: book, service: table.service, region: table.region, rows: table.prices.count,
      items: Set(table.prices.map(\.key.item)).count,
      unverified: table.prices.count { $0.origin.standing == .unverified },
      oldest: dates.min() ?? "not dated", newest: dates.max() ?? "not dated")
  }
}
