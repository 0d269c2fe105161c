/// Text without control and direction characters, so that a name from a file can drive neither a terminal nor a page.
///
/// Each of them becomes a space, and what no XML document may hold a replacement character.
public func visibleText(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: { isInvisible($0) || isNoncharacter($0) }) else { return text }
  let scalars = text.unicodeScalars.map { scalar in
    isInvisible(scalar) ? " " : isNoncharacter(scalar) ? "\u{FFFD}" : scalar
  }
  return String(String.UnicodeScalarView(scalars))
}

/// Whether a scalar steers a terminal or the direction of text rather than shows something.
private func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator: true
  default: false
  }
}

/// XML 1.0, 2.2: no document holds U+FFFE or U+FFFF; the other noncharacters are discouraged.
private func isNoncharacter(_ scalar: Unicode.Scalar) -> Bool {
  scalar.value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(scalar.value)
}
