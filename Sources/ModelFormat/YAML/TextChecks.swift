import Diagnostics

extension YAMLReader {
  /// A file's bytes as text, without a byte order mark.
  ///
  /// - Throws: a finding about the first byte that is not readable text: UTF-16, NUL, invalid UTF-8, a control
  ///   character, a character without a meaning.
  func checkedText(of bytes: [UInt8], file: String) throws(Findings) -> String {
    if looksLikeUTF16(bytes) {
      let message = "the file is UTF-16; model files are UTF-8"
      let help = "iconv -f UTF-16 -t UTF-8 \(file) > utf8.yaml"
      throw Findings([Diagnostic(slug: "not-utf8", message, at: startOfFile(file), help: help)])
    }
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    guard let text = String(validating: body, as: UTF8.self) else {
      throw Findings([body.contains(0) ? binary(at: startOfFile(file)) : invalidUTF8(in: body, file: file)])
    }
    if let finding = unreadableCharacter(in: text, at: startOfFile(file)) { throw Findings([finding]) }
    guard marks(in: body) <= 2 * limits.nodes else {
      throw Findings([RefusedMark.tooManyNodes(at: startOfFile(file), limit: limits.nodes)])
    }
    return text
  }

  /// How many bytes could begin a list, a map or an entry: a bound on nodes that costs no memory.
  private func marks(in bytes: [UInt8]) -> Int {
    bytes.reduce(0) { count, byte in
      switch byte {
      case 0x2C, 0x2D, 0x3A, 0x5B, 0x7B: count + 1
      default: count
      }
    }
  }

  /// The finding about the first control character or character without a meaning in `text`, if any.
  func unreadableCharacter(in text: String, at origin: SourceLocation) -> Diagnostic? {
    guard let index = text.unicodeScalars.firstIndex(where: { !isReadable($0) }) else { return nil }
    let scalar = text.unicodeScalars[index]
    let place = location(after: text[..<index], from: origin)
    if scalar.value == 0 {
      return binary(at: place)
    }
    let code = String(scalar.value, radix: 16, uppercase: true)
    let padded = String(repeating: "0", count: max(0, 4 - code.count)) + code
    return Diagnostic(
      slug: "unreadable-character", "the character U+\(padded) is not allowed in a model file", at: place,
      help: "delete the character")
  }

  private func binary(at place: SourceLocation) -> Diagnostic {
    Diagnostic(slug: "binary-file", "a NUL byte: this is not a text file", at: place)
  }

  private func looksLikeUTF16(_ bytes: [UInt8]) -> Bool {
    let head = Array(bytes.prefix(4))
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) { return true }
    guard head.count == 4 else { return false }
    return (head[0] == 0) != (head[1] == 0) && (head[0] == 0) == (head[2] == 0)
      && (head[1] == 0) == (head[3] == 0)
  }

  private func invalidUTF8(in bytes: [UInt8], file: String) -> Diagnostic {
    let valid = validPrefixLength(of: bytes)
    let place = location(after: String(decoding: bytes[..<valid], as: UTF8.self), from: startOfFile(file))
    let byte = String(bytes[valid], radix: 16, uppercase: true)
    return Diagnostic(
      slug: "not-utf8", "the byte 0x\(byte.count < 2 ? "0" : "")\(byte) is not UTF-8", at: place,
      help: "iconv -f WINDOWS-1252 -t UTF-8 \(file) > utf8.yaml")
  }

  private func validPrefixLength(of bytes: [UInt8]) -> Int {
    var parser = Unicode.UTF8.ForwardParser()
    var input = bytes.makeIterator()
    var length = 0
    while case .valid(let scalar) = parser.parseScalar(from: &input) { length += scalar.count }
    return min(length, bytes.count - 1)
  }

  private func location(after prefix: some StringProtocol, from origin: SourceLocation) -> SourceLocation {
    let lines = prefix.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let before = lines.count == 1 ? origin.column : 1
    return SourceLocation(
      file: origin.file, line: origin.line + lines.count - 1, column: (lines.last?.count ?? 0) + before)
  }

  /// What YAML calls printable, without the characters that `ShieldedText` reserves.
  private func isReadable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x9, 0xA, 0xD, 0x85: true
    case ..<0x20, 0x7F..<0xA0, 0xFEFF, 0xFFFE, 0xFFFF: false
    default: !ShieldedText.reserved.contains(scalar.value)
    }
  }
}
