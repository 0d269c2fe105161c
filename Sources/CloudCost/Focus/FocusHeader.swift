internal import Diagnostics
internal import StructuredText

/// Where the columns that a bill is summed by stand, found by the names in the header.
///
/// FOCUS 1.0 to 1.3 have these under the same names; columns that are not asked for do not matter.
struct FocusHeader {
  /// The columns that are read.
  enum Column: String, CaseIterable {
    case billedCost = "BilledCost"
    case effectiveCost = "EffectiveCost"
    case listCost = "ListCost"
    case currency = "BillingCurrency"
    case periodStart = "BillingPeriodStart"
    case service = "ServiceName"
    case region = "RegionId"
    case resource = "ResourceId"
    case tags = "Tags"

    /// Whether a bill can not be read without it; all of them are mandatory in FOCUS.
    var isNeeded: Bool {
      switch self {
      case .billedCost, .effectiveCost, .currency, .periodStart, .service: true
      case .listCost, .region, .resource, .tags: false
      }
    }
  }

  private let indices: [Int?]
  /// How many fields each record has.
  let count: Int

  /// Whether a record is a header of FOCUS.
  static func isHeader(_ record: CSVRecord) -> Bool {
    record.fields.contains { $0.text.lowercased() == Column.billedCost.rawValue.lowercased() }
  }

  init(_ record: CSVRecord) throws(Findings) {
    var places: [String: Int] = [:]
    for (index, field) in record.fields.enumerated() where places[field.text.lowercased()] == nil {
      places[field.text.lowercased()] = index
    }
    indices = Column.allCases.map { places[$0.rawValue.lowercased()] }
    count = record.fields.count
    let missing = Column.allCases.filter { $0.isNeeded && places[$0.rawValue.lowercased()] == nil }
    guard missing.isEmpty else {
      throw Findings(
        missing.map {
          Diagnostic(
            slug: "missing-column", "the bill has no column \($0.rawValue)", at: record.location,
            help: "export all columns of FOCUS 1.2, Cost and Usage")
        })
    }
  }

  /// The text of a column; `nil` for null: an empty field, or `NULL` as some exports write it.
  func text(_ column: Column, of record: CSVRecord) -> String? {
    guard let field = field(column, of: record) else { return nil }
    return field.text.isEmpty || field.text == "NULL" ? nil : field.text
  }

  /// The field of a column.
  func field(_ column: Column, of record: CSVRecord) -> CSVRecord.Field? {
    guard let place = Column.allCases.firstIndex(of: column), let index = indices[place],
      record.fields.indices.contains(index)
    else { return nil }
    return record.fields[index]
  }
}
