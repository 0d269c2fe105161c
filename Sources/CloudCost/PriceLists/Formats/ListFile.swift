internal import Diagnostics
internal import StructuredText

/// What stands at the head of a list: whose it is and of when.
struct ListHead {
  /// The code of the service: `AmazonRDS`.
  var offer = ""
  /// The list's number: `20201019204802`.
  var version = ""
  /// When it was published: `2020-10-19T20:48:02Z`.
  var published = ""

  /// The day of the list; `nil` when it names none.
  var date: String? {
    let day = String(published.prefix(10))
    return PriceDate.isDate(day) ? day : nil
  }
}

/// The shapes of lists.
enum ListFormat {
  case bulkJSON
  case bulkCSV
  case savingsCSV
  case own

  /// What a file is, told by its first bytes.
  ///
  /// - Throws: a finding when it is no list, with what it probably is.
  init(path: String) throws(Findings) {
    var scanner = try JSONScanner(path: path)
    switch try scanner.peek() {
    case UInt8(ascii: "{"): self = .bulkJSON
    case 0: throw scanner.fault("empty-file", "\(named(path)) holds no prices", help: "download it again")
    case UInt8(ascii: "<"):
      throw scanner.fault(
        "not-a-price-list", "this is a page of the web, no price list",
        help: "open it in a browser for what went wrong, then download the list again")
    case 0x1F where try Self.isPacked(path), UInt8(ascii: "P") where try Self.isPacked(path):
      throw scanner.fault(
        "not-a-price-list", "the file is packed", help: "unpack it first: gunzip or unzip \(shellWord(path))")
    case let byte where byte < 0x20 || byte == UInt8(ascii: "["):
      throw scanner.fault(
        "not-a-price-list", "this is no price list of AWS and no table of prices",
        help: "a list begins with {\"formatVersion\" (JSON) or \"FormatVersion\" (CSV)")
    default: self = try Self.table(path)
    }
  }

  private static func isPacked(_ path: String) throws(Findings) -> Bool {
    var window = try ByteWindow(path: path)
    guard try window.refill(keeping: 0), window.end > 1 else { return false }
    return (window.bytes[0], window.bytes[1]) == (0x1F, 0x8B)
      || (window.bytes[0], window.bytes[1]) == (UInt8(ascii: "P"), UInt8(ascii: "K"))
  }

  private static func table(_ path: String) throws(Findings) -> ListFormat {
    var scanner = try CSVScanner(path: path)
    for _ in 0..<10 where try scanner.next() {
      let names = scanner.texts.map(\.columnName)
      if names.contains("discountedsku") || names.contains("discountedrate") { return .savingsCSV }
      if names.contains("sku") { return .bulkCSV }
      if names.contains("item") { return .own }
      if names.contains("offercode"), names.contains("currentversionurl") { break }
    }
    throw Findings([
      Diagnostic(
        slug: "not-a-price-list",
        "\(named(path)) has neither the columns of a list of AWS (SKU, TermType, "
          + "PricePerUnit) nor those of a table of prices (item, unit, price)",
        at: scanner.location,
        help: "own prices: service,region,item,unit,purchase,price,source,date")
    ])
  }
}

extension String {
  /// The letters and digits of a column's name in lower case.
  var columnName: String { lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) } }
}
