public import Diagnostics
internal import Foundation

/// Tables as the files of a price book's folder.
public struct PriceBookFiles: Sendable {
  /// A file with its path in the folder.
  public struct File: Sendable, Hashable {
    /// `eu-west-1/rds.csv`.
    public let path: String
    /// What stands in it.
    public let text: String
  }

  /// The files: sources and classes first, so that no table ever cites a source that is not there.
  public let files: [File]

  /// The files that put tables into a folder, over those that are there.
  ///
  /// What the folder prices in the same way is replaced, the rest stays; files of tables that are not touched are not among
  /// the files.
  ///
  /// - Throws: what is wrong with the book in the folder.
  public init(_ tables: [PriceTable], over folder: String) throws(Findings) {
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder)
    guard isFolder.boolValue || !isThere else {
      throw Findings([
        Diagnostic(
          slug: "not-a-folder", "“\(folder)” is a file, and a price book is a folder", at: nil,
          help: "-o my-prices")
      ])
    }
    let old = isThere ? try PriceFolder(path: folder) : nil
    let before = try old?.tables(nil) ?? []
    let touched = tables.map { table in
      before.first { $0.service == table.service && $0.region == table.region }?.overlaid(with: table)
        ?? table
    }
    var names = SourceNames(old?.origins ?? [:])
    let texts = touched.map { File(path: "\($0.region)/\($0.service).csv", text: $0.text(&names)) }
    files =
      [
        File(path: "sources.csv", text: names.text),
        File(path: "classes.csv", text: Self.classes(of: before + touched)),
      ] + texts
  }

  private static func classes(of tables: [PriceTable]) -> String {
    var facts: [String: [String: InstanceFacts]] = [:]
    for table in tables {
      for name in table.classes { facts[table.service, default: [:]][name] = table.facts(of: name) }
    }
    let rows = facts.sorted { $0.key < $1.key }.flatMap { service, classes in
      classes.sorted { $0.key < $1.key }.map {
        [service, $0.key, "\($0.value.vcpu)", "\($0.value.memoryGiB)"]
      }
    }
    return CSVText.lines([["service", "class", "vcpu", "memory-gib"]] + rows)
  }
}

/// The short names under which the tables of a book cite sources.
private struct SourceNames {
  private var names: [PriceOrigin: String] = [:]
  private var taken: [String: PriceOrigin]
  /// What the row before cites, for the next one mostly cites the same.
  private var last: (origin: PriceOrigin, name: String)?

  /// The names that a book has already.
  init(_ origins: [String: PriceOrigin]) {
    taken = origins
    for (name, origin) in origins.sorted(by: { $1.key < $0.key }) { names[origin] = name }
  }

  /// The name of a source, the same for each of its rows.
  mutating func name(of origin: PriceOrigin) -> String {
    if let last, last.origin == origin { return last.name }
    let name = names[origin] ?? named(origin)
    last = (origin, name)
    return name
  }

  private mutating func named(_ origin: PriceOrigin) -> String {
    let stem = Self.stem(of: origin)
    var name = stem
    var number = 1
    while taken[name] != nil {
      number += 1
      name = "\(stem)-\(number)"
    }
    names[origin] = name
    taken[name] = origin
    return name
  }

  /// Letters, digits and dashes of at most 60 characters.
  private static func stem(of origin: PriceOrigin) -> String {
    let words = origin.source.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
    let name = words.joined(separator: "-").prefix(60)
    return name.isEmpty ? origin.standing.rawValue : String(name)
  }

  var text: String {
    let rows = taken.sorted { $0.key < $1.key }.map { name, origin in
      [name, origin.standing.rawValue, origin.source, origin.date]
    }
    return CSVText.lines([["name", "standing", "source", "date"]] + rows)
  }
}

extension PriceTable {
  /// The rows as text, by item, way of buying and tier; columns that no row uses are left out.
  fileprivate func text(_ names: inout SourceNames) -> String {
    let rows = prices.indices.sorted { precedes($0, $1) }
    let isBought = prices.contains { $0.purchase != .onDemand }
    let isTiered = prices.contains { $0.tier != .all }
    let isPaidAtStart = prices.contains { $0.upfront != 0 }
    var header = ["item", "unit"]
    if isBought { header.append("purchase") }
    if isTiered { header += ["from", "to"] }
    header.append("price")
    if isPaidAtStart { header.append("upfront") }
    var text = CSVText()
    text.add(header + ["source"])
    for row in rows {
      let price = prices[row]
      var fields = [price.key.item, price.unit]
      if isBought { fields.append(price.purchase.text) }
      if isTiered { fields += ["\(price.tier.from)", price.tier.upTo.map { "\($0)" } ?? ""] }
      fields.append("\(price.amount)")
      if isPaidAtStart { fields.append(price.upfront == 0 ? "" : "\(price.upfront)") }
      fields.append(names.name(of: price.origin))
      text.add(fields)
    }
    return text.text
  }

  private func precedes(_ left: Int, _ right: Int) -> Bool {
    let (a, b) = (prices[left], prices[right])
    if a.key.item != b.key.item { return a.key.item < b.key.item }
    if a.purchase != b.purchase { return a.purchase.rank < b.purchase.rank }
    return a.tier.from == b.tier.from ? left < right : a.tier.from < b.tier.from
  }
}

/// CSV as this project writes it: commas, quotes where they are needed, lines ended by LF.
private struct CSVText {
  private(set) var text = ""

  static func lines(_ rows: [[String]]) -> String {
    var lines = CSVText()
    for row in rows { lines.add(row) }
    return lines.text
  }

  mutating func add(_ fields: [String]) {
    for (index, field) in fields.enumerated() {
      if index > 0 { text.append(",") }
      let isPlain = field.utf8.allSatisfy { ![0x22, 0x2C, 0x0A, 0x0D].contains($0) }
      text.append(isPlain ? field : "\"\(field.replacing("\"", with: "\"\""))\"")
    }
    text.append("\n")
  }
}
