import Testing

/// One row of an `expected.csv`.
struct ExpectedResult: Sendable, CustomTestStringConvertible {
  enum Quantity: String {
    case unavailability
    case outagesPerYear = "outages-per-year"
    case servedFraction = "served-fraction"
  }

  /// Where the value comes from.
  enum Kind: String {
    /// The source gives this number.
    case published
    /// Computed from a formula.
    case closedForm = "closed-form"
    /// The value is exact; the exact engine only comes near.
    case approximation
  }

  static let header = "capability,quantity,value,tolerance,kind,source"

  let slug: String
  let capability: String
  let quantity: Quantity
  let value: Double
  /// The relative error that the exact engine may have.
  let tolerance: Double
  let kind: Kind
  let source: String

  /// Reads a row.
  init(slug: String, line: String) throws {
    let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard fields.count == 6, let quantity = Quantity(rawValue: fields[1]), let value = Double(fields[2]),
      let tolerance = Double(fields[3]), let kind = Kind(rawValue: fields[4]), value > 0, tolerance > 0
    else {
      throw Unreadable(description: "\(slug)/expected.csv: “\(line)” is no row of \(ExpectedResult.header)")
    }
    self.slug = slug
    capability = fields[0]
    self.quantity = quantity
    self.value = value
    self.tolerance = tolerance
    self.kind = kind
    source = fields[5]
  }

  var testDescription: String { "\(slug), \(capability), \(quantity.rawValue) (\(kind.rawValue))" }

  /// The values that the row stands for: a published number is known to its last digit only.
  var range: ClosedRange<Double> {
    let slack = kind == .published ? value * tolerance : 0
    return value - slack...value + slack
  }
}
