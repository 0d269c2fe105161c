/// A text in which anchors, aliases, tags and complex keys can not be expressed.
///
/// The marks that begin them, `&` `*` `!` `?` and a `:` right behind `]` or `}`, are replaced one scalar for one
/// scalar by private-use characters, which the reader refuses in files. A YAML parser takes them for letters,
/// so columns stay, ordinary text that holds them comes back unchanged, and there is nothing to expand: an alias
/// bomb is a few words. What begins with a shielded mark is then refused where it stands.
struct ShieldedText {
  /// A mark that is shielded.
  enum Mark: UInt8, CaseIterable {
    case anchor = 0x26
    case alias = 0x2A
    case tag = 0x21
    case complexKey = 0x3F
    case colonBehindBracket = 0x3A
  }

  /// The characters used as shields; a file may not hold them.
  static let reserved: ClosedRange<UInt32> = 0xF600...0xF6FF
  /// The most scalars that can be masked.
  static let maskLimit = reserved.count - Mark.allCases.count

  /// The shielded text.
  let text: String
  private let masked: [Unicode.Scalar]

  /// Shields `bytes`, valid UTF-8, and masks the scalars at the byte offsets `masks`, each with its own
  /// character; at most `maskLimit`.
  ///
  /// - Complexity: O(bytes)
  init(_ bytes: [UInt8], masks: [Int] = []) {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    let order = Dictionary(masks.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
    var lastVisible: UInt8 = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      let mask = order.isEmpty ? nil : order[index].map { $0 + Mark.allCases.count }
      if let shield = mask ?? Self.shield(byte, behind: lastVisible) {
        Self.appendShield(shield, to: &output)
      } else {
        output.append(byte)
      }
      if byte != 0x20, byte != 0x09 { lastVisible = byte }
      index += mask == nil ? 1 : Self.scalarLength(byte)
    }
    self.masked = masks.map { Self.scalar(at: $0, in: bytes) }
    self.text = String(decoding: output, as: UTF8.self)
  }

  /// Text from the shielded text as it was written.
  func restored(_ text: String) -> String {
    guard text.utf8.contains(0xEF) else { return text }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { scalars.append(original(scalar)) }
    return String(scalars)
  }

  private func original(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard Self.reserved.contains(scalar.value) else { return scalar }
    let index = Int(scalar.value - Self.reserved.lowerBound)
    if index < Mark.allCases.count { return Unicode.Scalar(Mark.allCases[index].rawValue) }
    let mask = index - Mark.allCases.count
    return masked.indices.contains(mask) ? masked[mask] : scalar
  }

  private static func shield(_ byte: UInt8, behind previous: UInt8) -> Int? {
    guard let mark = Mark(rawValue: byte) else { return nil }
    if mark == .colonBehindBracket, previous != 0x5D, previous != 0x7D { return nil }
    return Mark.allCases.firstIndex(of: mark)
  }

  /// U+F600 and up in UTF-8: EF 98 80 and up.
  private static func appendShield(_ index: Int, to output: inout [UInt8]) {
    output.append(0xEF)
    output.append(0x98 + UInt8(index / 64))
    output.append(0x80 + UInt8(index % 64))
  }

  private static func scalar(at offset: Int, in bytes: [UInt8]) -> Unicode.Scalar {
    let end = min(offset + scalarLength(bytes[offset]), bytes.count)
    return String(decoding: bytes[offset..<end], as: UTF8.self).unicodeScalars.first ?? " "
  }

  private static func scalarLength(_ lead: UInt8) -> Int {
    switch lead {
    case ..<0xC0: 1
    case ..<0xE0: 2
    case ..<0xF0: 3
    default: 4
    }
  }
}
