internal import FoundationEssentials

/// Writes the bill of a month as FOCUS 1.2, Cost and Usage, in CSV.
///
/// Lines whose price is not known or whose use is not stated have no cost and so no row; ``omitted(of:)`` names them.
public struct FocusWriter: Sendable {
  /// Whose bill it is.
  public struct Account: Sendable, Hashable {
    /// Who sells: `AWS`.
    public let provider: String
    /// The billing account.
    public let id: String
    /// What people call it.
    public let name: String?

    /// An account.
    public init(provider: String = "AWS", id: String = "planned", name: String? = nil) {
      self.provider = provider
      self.id = id
      self.name = name
    }
  }

  private let rows: FocusRows

  /// A writer.
  ///
  /// - Parameters:
  ///   - book: the prices that the lines rest on, for the list prices of what is bought otherwise.
  ///   - isFirstMonth: whether what is paid at the start of commitments falls into the month.
  public init(
    month: BillingMonth, book: PriceBook, account: Account = Account(), isFirstMonth: Bool = false
  ) {
    rows = FocusRows(month: month, book: book, account: account, isFirstMonth: isFirstMonth)
  }

  /// The lines as CSV (RFC 4180), a header first, lines ended by CR LF; what is null is empty.
  public func text(of lines: [LineItem]) -> String {
    var text = FocusColumn.allCases.map(\.rawValue).joined(separator: ",") + "\r\n"
    for line in lines {
      for row in rows.rows(of: line) {
        text += FocusColumn.allCases.map { row[$0].map(Self.field) ?? "" }.joined(separator: ",") + "\r\n"
      }
    }
    return text
  }

  /// The lines that have no row, since what they come to is not known.
  public func omitted(of lines: [LineItem]) -> [LineItem] { lines.filter { $0.monthly == nil } }

  /// A number in full, or text that no spreadsheet takes for a formula.
  private static func field(_ cell: FocusCell) -> String {
    switch cell {
    case .number(let number): return "\(number)"
    case .text(let text):
      let plain = visible(text)
      let isFormula = plain.first.map { "=+-@\t\r".contains($0) } ?? false
      let safe = isFormula ? "'" + plain : plain
      guard isFormula || safe.contains(where: { ",\"\n\r".contains($0) }) else { return safe }
      return "\"\(safe.replacing("\"", with: "\"\""))\""
    }
  }

  /// Text without control characters.
  private static func visible(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }
}
