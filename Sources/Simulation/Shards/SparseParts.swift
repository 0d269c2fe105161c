/// Parts of downtime by place, but for those that are 0; in a file one text, `17:4:16:40 31:2:4:4`: the place, the sum, the sum of
/// squares, and that of products with the whole.
struct SparseParts: Codable, Sendable, Hashable {
  struct Entry: Sendable, Hashable {
    let place: Int
    let moments: PartMoments
  }

  /// By ascending place, each sum above 0.
  let entries: [Entry]

  /// The parts above 0 of a list.
  init(_ dense: [PartMoments]) {
    entries = dense.enumerated().compactMap { $1.own.sum > 0 ? Entry(place: $0, moments: $1) : nil }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let entries = SparseParts.entries(in: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "place:sum:squares:products, by ascending place")
    }
    self.entries = entries
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    let texts = entries.map { entry in
      let (own, products) = (entry.moments.own, entry.moments.products)
      return "\(entry.place):\(own.sum):\(own.squares):\(products)"
    }
    try container.encode(texts.joined(separator: " "))
  }

  private static func entries(in text: String) -> [Entry]? {
    var entries: [Entry] = []
    for group in text.utf8.split(separator: UInt8(ascii: " ")) {
      let parts = group.split(separator: UInt8(ascii: ":"), maxSplits: 4, omittingEmptySubsequences: false)
      guard parts.count == 4, let place = Int(Substring(parts[0])), place > entries.last?.place ?? -1 else {
        return nil
      }
      let numbers = parts.dropFirst().compactMap { $0.count <= 40 ? Int128(Substring($0)) : nil }
      guard numbers.count == 3, numbers.allSatisfy({ $0 > 0 }) else { return nil }
      let own = Moments(sum: numbers[0], squares: numbers[1])
      entries.append(Entry(place: place, moments: PartMoments(own: own, products: numbers[2])))
    }
    return entries
  }
}
