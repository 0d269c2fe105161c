public import Diagnostics
internal import Foundation
internal import StructuredText

/// The folder that price books are kept in, one folder a book, with a folder for each date.
///
/// ```
/// datasets/aws-prices/2026-11-22/eu-west-1/rds.csv
/// datasets/jivs-prices/2025-01-12/us-east-1/ec2.csv
/// ```
public struct PriceShelf: Sendable {
  /// A book of the shelf at one date, or what somebody named by its path.
  public struct Layer: Sendable, Hashable {
    /// What it is called: `aws-prices 2026-11-22`.
    public let name: String
    /// The folder or file.
    public let path: String
  }

  private let folder: String?

  /// A shelf; without a folder it is empty.
  public init(folder: String?) { self.folder = folder }

  /// Every book at every date, by name and then date.
  public var layers: [Layer] {
    guard let folder else { return [] }
    return Self.folders(in: folder).flatMap { book in
      Self.dates(in: "\(folder)/\(book)").filter { Self.isBook("\(folder)/\(book)/\($0)") }.map {
        Layer(name: "\(book) \($0)", path: "\(folder)/\(book)/\($0)")
      }
    }
  }

  /// What a list such as `aws-prices,own.csv` names, in its order.
  ///
  /// A name is a book of the shelf (its newest date), a book and a date (`aws-prices/2026-11-22`), a folder of regions, a
  /// folder of dates (the newest), or a table.
  ///
  /// - Throws: a finding for each that is not there.
  public func layers(named list: String) throws(Findings) -> [Layer] {
    var found: [Layer] = []
    var findings: [Diagnostic] = []
    for part in list.split(separator: ",", omittingEmptySubsequences: false) {
      let name = part.trimmingPrefix(while: \.isWhitespace).trimmingSuffix
      if let layer = shelved(name) ?? Self.stated(name) {
        found.append(layer)
      } else {
        findings.append(missing(name))
      }
    }
    guard findings.isEmpty else { throw Findings(findings) }
    return found
  }

  /// The book that a list of layers makes, each laid over those before it.
  ///
  /// - Parameter wanted: the tables to load from folders; `nil`: all.
  public func book(
    named list: String, wanted: Set<PriceBookReader.Wanted>? = nil
  ) throws(Findings) -> PriceBook {
    let layers = try layers(named: list)
    return try PriceBookReader().book(
      at: layers.map(\.path), name: layers.map(\.name).joined(separator: " + "), wanted: wanted)
  }

  /// Every book at every date with all its tables.
  public func books() throws(Findings) -> [PriceBook] {
    var books: [PriceBook] = []
    for layer in layers { books.append(try PriceBookReader().book(at: [layer.path], name: layer.name)) }
    return books
  }

  /// Whether a name is one of a book here, and not of a file somewhere else.
  public func holds(_ name: String) -> Bool { shelved(name) != nil }

  private func shelved(_ name: String) -> Layer? {
    guard let folder else { return nil }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard let book = parts.first, parts.count <= 2, !book.isEmpty, !book.hasPrefix(".") else { return nil }
    let dates = Self.dates(in: "\(folder)/\(book)")
    guard let date = parts.count == 2 ? dates.first(where: { $0 == parts[1] }) : dates.last,
      Self.isBook("\(folder)/\(book)/\(date)")
    else { return nil }
    return Layer(name: "\(book) \(date)", path: "\(folder)/\(book)/\(date)")
  }

  private static func stated(_ path: String) -> Layer? {
    guard !path.isEmpty, FileManager.default.fileExists(atPath: path) else { return nil }
    let parts = path.split(separator: "/").map(String.init)
    let last = parts.last ?? path
    if let newest = dates(in: path).last {
      return Layer(name: "\(last) \(newest)", path: "\(path)/\(newest)")
    }
    let isDated = PriceDate.isDate(last) && parts.count > 1
    return Layer(name: isDated ? "\(parts[parts.count - 2]) \(last)" : last, path: path)
  }

  private func missing(_ name: String) -> Diagnostic {
    let books = Self.unique(layers.map { String($0.name.prefix { $0 != " " }) })
    let near = nearestName(to: name, among: books).map { "did you mean \($0)?" }
    let known =
      books.isEmpty
      ? "name the folder of a price book: --prices FOLDER; scripts/relmodel knows those of the repository"
      : "the books here are \(books.joined(separator: ", ")); or name a folder or a table"
    return Diagnostic(
      slug: "no-price-book", "there is no price book \(quoted(name))", at: nil, help: near ?? known)
  }

  /// Every date of a folder of the shelf, oldest first.
  func dates(of name: String) -> [(name: String, path: String)] {
    guard let folder else { return [] }
    return Self.dates(in: "\(folder)/\(name)").map { ($0, "\(folder)/\(name)/\($0)") }
  }

  /// A table of agreements stands on the shelf too, and prices nothing.
  private static func isBook(_ path: String) -> Bool {
    !FileManager.default.fileExists(atPath: "\(path)/agreements.csv")
  }

  private static func unique(_ names: [String]) -> [String] {
    names.enumerated().filter { $0.offset == 0 || names[$0.offset - 1] != $0.element }.map(\.element)
  }

  /// The dates of a book, oldest first.
  private static func dates(in book: String) -> [String] { folders(in: book).filter(PriceDate.isDate) }

  private static func folders(in path: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { name in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
        && isFolder.boolValue
    }.sorted()
  }
}

/// Dates as price books write them.
enum PriceDate {
  /// Whether a text is a day of the shape `2026-11-22`.
  static func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2],
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let month = Int(parts[1]), let day = Int(parts[2])
    else { return false }
    return (1...12).contains(month) && (1...31).contains(day)
  }
}

extension Substring {
  /// The text without blanks at its end.
  fileprivate var trimmingSuffix: String {
    String(reversed().drop(while: \.isWhitespace).reversed())
  }
}
