/// A month of a bill: `2026-05`.
public struct BillingMonth: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The year.
  public let year: Int
  /// The month, 1 to 12.
  public let month: Int

  /// Reads `2026-05`, and the month of a date and time that begins so; `nil` for anything else.
  public init?(text: some StringProtocol) {
    let bytes = Array(text.utf8.prefix(8))
    let digits = bytes.prefix(7).enumerated().allSatisfy { index, byte in
      index == 4 ? byte == UInt8(ascii: "-") : (48...57).contains(byte)
    }
    guard bytes.count >= 7, digits, bytes.count == 7 || bytes[7] == UInt8(ascii: "-") else { return nil }
    func number(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 * 10 + Int($1 - 48) } }
    self.init(year: number(0..<4), month: number(5..<7))
  }

  /// A month; `nil` when there is no such.
  public init?(year: Int, month: Int) {
    guard (1...12).contains(month), (1...9999).contains(year) else { return nil }
    self.year = year
    self.month = month
  }

  /// `2026-05`.
  public var description: String { "\(Self.padded(year, to: 4))-\(Self.padded(month, to: 2))" }

  /// Its first moment: `2026-05-01T00:00:00Z`.
  public var start: String { "\(self)-01T00:00:00Z" }

  /// The first moment behind it.
  public var end: String {
    let next = month == 12 ? (year + 1, 1) : (year, month + 1)
    return "\(Self.padded(next.0, to: 4))-\(Self.padded(next.1, to: 2))-01T00:00:00Z"
  }

  /// In order of time.
  public static func < (left: BillingMonth, right: BillingMonth) -> Bool {
    (left.year, left.month) < (right.year, right.month)
  }

  private static func padded(_ number: Int, to width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
