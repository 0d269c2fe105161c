public import Foundation

extension TimeZone {
  /// A zone by its IANA name, or by its distance from UTC as `+01:00`; `nil` when there is none.
  public init?(text: String) {
    let parts = text.dropFirst().split(separator: ":")
    if let sign = text.first, sign == "+" || sign == "-", parts.count == 2, let hours = Int(parts[0]),
      let minutes = Int(parts[1])
    {
      self.init(secondsFromGMT: (sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60))
    } else {
      self.init(identifier: text)
    }
  }
}
