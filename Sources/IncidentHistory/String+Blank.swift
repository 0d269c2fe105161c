extension String {
  /// The text without white space at its ends; quick when plain letters stand there.
  var trimmed: String {
    if let first = utf8.first, let last = utf8.last, first.isVisibleASCII, last.isVisibleASCII { return self }
    let body = drop(while: \.isWhitespace)
    guard let last = body.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(body[...last])
  }

  /// Whether the text holds nothing but white space.
  var isBlank: Bool { utf8.first?.isVisibleASCII != true && allSatisfy(\.isWhitespace) }
}

extension UInt8 {
  /// Whether this is an ASCII character that leaves ink.
  fileprivate var isVisibleASCII: Bool { (0x21...0x7E).contains(self) }
}
