/// Whole numbers by place, but for those that are 0; in a file one text, `17:4 18:31 40:2`.
///
/// A text takes a tenth of the memory and time that a list of as many JSON numbers does.
struct SparseNumbers: Codable, Sendable, Hashable {
  struct Entry: Sendable, Hashable {
    let place: Int
    let value: Int64
  }

  /// By ascending place, each value above 0.
  let entries: [Entry]

  /// The numbers above 0 of a list.
  init(_ dense: [Int64]) {
    entries = dense.enumerated().compactMap { $1 > 0 ? Entry(place: $0, value: $1) : nil }
  }

  init(_ entries: [Entry]) { self.entries = entries }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let entries = SparseNumbers.entries(in: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "place:value, by ascending place")
    }
    self.entries = entries
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(entries.map { "\($0.place):\($0.value)" }.joined(separator: " "))
  }

  private static func entries(in text: String) -> [Entry]? {
    var entries: [Entry] = []
    for pair in text.utf8.split(separator: UInt8(ascii: " ")) {
      let parts = pair.split(separator: UInt8(ascii: ":"), maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 2, let place = Int(Substring(parts[0])), let value = Int64(Substring(parts[1])),
        place > entries.last?.place ?? -1, value > 0
      else { return nil }
      entries.append(Entry(place: place, value: value))
    }
    return entries
  }
}
