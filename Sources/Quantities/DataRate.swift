/// Data in a time, such as `5 TB/month`.
public struct DataRate: Sendable, Hashable {
  /// How much.
  public let size: DataSize
  /// The time that it is for; longer than 0.
  public let per: TimeSpan

  /// Reads `5 TB/month`, `200 MB per h`, `2 GB/s`.
  public init(parsing text: String) throws(QuantityError) {
    let separator = text.firstRange(of: "/") ?? text.firstRange(of: " per ")
    guard let separator else {
      throw QuantityError("“\(text)” says no time the data is for", help: "\(text)/month")
    }
    size = try DataSize(parsing: String(text[..<separator.lowerBound]))
    let unit = text[separator.upperBound...].drop(while: \.isWhitespace)
    per = try TimeSpan(parsing: Rate.withCount(unit))
    guard per.hours > 0 else { throw QuantityError("“\(text)” is data for no time at all") }
  }

  /// Bytes in an hour.
  public var bytesPerHour: Double { size.bytes / per.hours }
}
