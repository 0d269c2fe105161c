public import CloudCost
public import Diagnostics
public import Quantities

/// What an import of price lists took, left out and did not know, as `relmodel prices import` prints it.
public struct PriceImportReport: Sendable {
  private let imported: ImportedPrices
  private let folder: String

  /// A report of what went into a folder.
  public init(_ imported: ImportedPrices, folder: String) {
    self.imported = imported
    self.folder = folder
  }

  /// Nothing taken is a mistake, not a book.
  public func check() throws(Findings) {
    guard imported.tables.isEmpty else { return }
    let reasons =
      imported.leftOut.prefix(3).map { "\(grouped($0.prices)) \($0.name)" }
      + imported.unknown.prefix(3).map { "\(grouped($0.prices)) of \(Self.family($0.name))" }
    let why = reasons.isEmpty ? "they hold none" : reasons.joined(separator: ", ")
    throw Findings([
      Diagnostic(
        slug: "nothing-taken", "no price of the lists was taken: \(why)", at: nil,
        help: "look at --region and --service; relmodel prices list shows the names of services")
    ])
  }

  private static func family(_ name: String) -> String { name.isEmpty ? "no product family" : name }

  private var rows: Int { imported.tables.reduce(0) { $0 + $1.prices.count } }

  /// What people read.
  public var document: Document {
    var document = Document(
      title: "\(grouped(imported.taken)) of \(grouped(imported.listed)) prices taken into \(folder)")
    document.blocks.append(
      .table(
        Document.Table(
          columns: ["List", "Of", "File"],
          rows: imported.lists.map { [$0.name.isEmpty ? "own prices" : $0.name, $0.date, $0.path] })))
    document.blocks.append(
      .table(
        Document.Table(
          columns: ["Service", "Region", "Prices"],
          cells: imported.tables.map { table in
            [Document.Cell(table.service), Document.Cell(table.region), count(table.prices.count)]
          })))
    let others =
      imported.leftOut.map { ("left out: \($0.name)", $0.prices) }
      + imported.unknown.map { ("not known: \(Self.family($0.name))", $0.prices) }
    if !others.isEmpty {
      document.blocks.append(
        .table(
          Document.Table(
            columns: ["Not taken", "Prices"], cells: others.map { [Document.Cell($0.0), count($0.1)] })))
    }
    document.blocks += notes.map { .note($0) }
    return document
  }

  private func count(_ value: Int) -> Document.Cell { Document.Cell(grouped(value), number: Double(value)) }

  private var notes: [String] {
    var notes: [String] = []
    if rows < imported.taken {
      notes.append(
        "\(grouped(imported.taken)) prices of the lists are \(grouped(rows)) of ours: some products share one, and what is "
          + "paid at the start stands beside the hour.")
    }
    if !imported.ambiguous.isEmpty {
      let some = imported.ambiguous.prefix(5).joined(separator: "; ")
      let more = imported.ambiguous.count > 5 ? "; and \(grouped(imported.ambiguous.count - 5)) more" : ""
      notes.append("Left out, for the lists price them in two ways: \(some)\(more).")
    }
    return notes
  }

  /// What programs read.
  public var json: JSONValue {
    [
      "format": "relmodel/1", "command": "prices import",
      "results": [
        "folder": .string(folder), "listed": .integer(imported.listed), "taken": .integer(imported.taken),
        "rows": .integer(rows),
        "lists": .array(
          imported.lists.map {
            ["name": .string($0.name), "date": .string($0.date), "file": .string($0.path)]
          }),
        "tables": .array(
          imported.tables.map {
            [
              "service": .string($0.service), "region": .string($0.region),
              "prices": .integer($0.prices.count),
            ]
          }),
        "leftOut": .array(
          imported.leftOut.map { ["reason": .string($0.name), "prices": .integer($0.prices)] }),
        "unknown": .array(
          imported.unknown.map { ["family": .string($0.name), "prices": .integer($0.prices)] }),
        "ambiguous": .array(imported.ambiguous.map { .string($0) }),
      ],
    ]
  }
}
