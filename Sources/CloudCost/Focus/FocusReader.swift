public import Diagnostics
internal import FoundationEssentials
package import StructuredText

/// Reads a bill in FOCUS 1.0 to 1.3 (CSV) row by row and sums it, in memory that grows with what is told apart.
public struct FocusReader: Sendable {
  /// The most charges that are told apart.
  static let mostCharges = 1_000_000
  /// The most findings before reading stops.
  static let mostFindings = 50

  private let tag: String

  /// A reader.
  ///
  /// - Parameter tag: the tag of resources that says which part of the model they are.
  public init(tag: String = "component") { self.tag = tag }

  /// The bill in the file at a path.
  ///
  /// - Throws: located findings about everything that can not be read.
  public func bill(at path: String) throws(Findings) -> FocusBill {
    try bill(ByteCursor(path: path))
  }

  /// The bill in bytes.
  package func bill(_ cursor: ByteCursor) throws(Findings) -> FocusBill {
    var reader = CSVReader(cursor)
    let header = try Self.header(&reader)
    var sums = FocusSums(header: header, tag: tag)
    while let record = try reader.next() {
      sums.add(record)
      if sums.findings.count >= Self.mostFindings || sums.isFull { break }
    }
    guard sums.findings.isEmpty else { throw Findings(sums.findings) }
    return sums.bill
  }

  /// The header, which stands within the first records.
  private static func header(_ reader: inout CSVReader) throws(Findings) -> FocusHeader {
    let start = reader.cursor.location
    var first: CSVRecord?
    for _ in 0..<20 {
      guard let record = try reader.next() else { break }
      first = first ?? record
      if FocusHeader.isHeader(record) { return try FocusHeader(record) }
    }
    throw Findings([noHeader(first, at: start)])
  }

  private static func noHeader(_ first: CSVRecord?, at start: SourceLocation) -> Diagnostic {
    let names = Set(first?.fields.map { $0.text.lowercased() } ?? [])
    let what =
      if names.contains(where: { $0.hasPrefix("line_item_") || $0.hasPrefix("lineitem/") }) {
        "this is a cost and usage report of AWS in its own columns, not FOCUS"
      } else if names.contains("contractcommitmentid") {
        "these are the contract commitments of FOCUS, not Cost and Usage"
      } else if first == nil {
        "the file holds no bill"
      } else {
        "the file has no column BilledCost, so it is no bill in FOCUS"
      }
    return Diagnostic(
      slug: "not-focus", what, at: first?.location ?? start,
      help: "export the bill as FOCUS 1.2 with AWS columns, or FOCUS 1.0, in CSV")
  }
}

/// Sums of a bill while it is read.
struct FocusSums {
  private let header: FocusHeader
  private let tag: String
  private(set) var findings: [Diagnostic] = []
  private var charges: [FocusCharge.Key: FocusCharge.Amounts] = [:]
  private var tags: [String: String?] = [:]

  init(header: FocusHeader, tag: String) {
    self.header = header
    self.tag = tag
  }

  /// Whether more is told apart than memory should hold; noted as a finding.
  var isFull: Bool { charges.count > FocusReader.mostCharges }

  /// The bill, in order of month, service, region, resource.
  var bill: FocusBill {
    FocusBill(charges: charges.map { FocusCharge(key: $0.key, amounts: $0.value) }.sorted { $0.key < $1.key })
  }

  mutating func add(_ record: CSVRecord) {
    findings += record.problems
    guard record.problems.isEmpty else { return }
    guard record.fields.count == header.count else {
      return report(
        "bad-record", "the record has \(record.fields.count) fields where the header has \(header.count)",
        at: record.location)
    }
    guard let key = key(of: record), let billed = amount(.billedCost, of: record),
      let effective = amount(.effectiveCost, of: record)
    else { return }
    charges[key, default: .init()].add(
      billed: billed, effective: effective,
      list: header.text(.listCost, of: record) == nil ? nil : amount(.listCost, of: record))
    if isFull {
      report(
        "bill-too-large", "the bill tells more than \(FocusReader.mostCharges) resources apart",
        at: record.location)
    }
  }

  private mutating func key(of record: CSVRecord) -> FocusCharge.Key? {
    guard let start = header.text(.periodStart, of: record), let month = BillingMonth(text: start) else {
      report(
        "bad-date", "BillingPeriodStart: \(quoted(header.text(.periodStart, of: record) ?? "")) is no date",
        at: header.field(.periodStart, of: record)?.location ?? record.location)
      return nil
    }
    guard let service = header.text(.service, of: record), let currency = header.text(.currency, of: record)
    else {
      report("incomplete-row", "the row says no ServiceName or no BillingCurrency", at: record.location)
      return nil
    }
    return FocusCharge.Key(
      month: month, currency: currency, service: service, region: header.text(.region, of: record) ?? "",
      resource: header.text(.resource, of: record) ?? "", tag: tagValue(of: record) ?? "")
  }

  /// The value of the tag, remembered by the text of all tags.
  private mutating func tagValue(of record: CSVRecord) -> String? {
    guard let text = header.text(.tags, of: record), text.contains(tag) else { return nil }
    if let known = tags[text] { return known }
    var reader = JSONReader(ByteCursor(name: "Tags", bytes: Array(text.utf8)))
    let value = (try? reader.record())?[tag]?.text
    if tags.count < 100_000 { tags[text] = .some(value) }
    return value
  }

  private mutating func amount(_ column: FocusHeader.Column, of record: CSVRecord) -> Decimal? {
    let text = header.text(column, of: record) ?? ""
    if let value = FocusNumber.decimal(text) { return value }
    report(
      "bad-amount", "\(column.rawValue): \(quoted(text)) is no amount",
      at: header.field(column, of: record)?.location ?? record.location)
    return nil
  }

  private mutating func report(_ slug: String, _ message: String, at place: SourceLocation) {
    findings.append(Diagnostic(slug: slug, message, at: place))
  }
}

extension ByteCursor {
  /// A cursor over bytes in memory.
  init(name: String, bytes: [UInt8]) {
    var rest: [UInt8]? = bytes
    self.init(name: name) {
      defer { rest = nil }
      return rest ?? []
    }
  }
}

/// Numbers of FOCUS: digits, a point, an exponent; no thousands separators and no currency.
enum FocusNumber {
  /// The value, exactly; `nil` for text that is no number.
  ///
  /// - Source: FOCUS 1.2, attribute Numeric Format.
  static func decimal(_ text: String) -> Decimal? {
    var rest = text.utf8[...]
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    let whole = digits(&rest)
    var isNumber = whole > 0
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      isNumber = digits(&rest) > 0 || isNumber
    }
    if rest.first == UInt8(ascii: "E") || rest.first == UInt8(ascii: "e") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
      let exponent = digits(&rest)
      isNumber = isNumber && (1...3).contains(exponent)
    }
    guard isNumber, rest.isEmpty, let value = Decimal(string: text), value.isFinite else { return nil }
    return value
  }

  private static func digits(_ rest: inout Substring.UTF8View) -> Int {
    let count = rest.prefix { (48...57).contains($0) }.count
    rest = rest.dropFirst(count)
    return count
  }
}
