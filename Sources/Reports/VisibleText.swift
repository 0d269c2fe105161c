/// Text without control and direction characters, so that a name from a file can not drive the terminal.
func visible(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: isInvisible) else { return text }
  let scalars = text.unicodeScalars.map { isInvisible($0) ? " " : $0 }
  return String(String.UnicodeScalarView(scalars))
}

/// Whether a scalar steers a terminal or the direction of text rather than shows something.
private func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator: true
  default: false
  }
}

/// A bar as long as some eighths of a cell.
func barText(eighths: Int) -> String {
  let partial = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
  return String(repeating: "█", count: eighths / 8) + partial[eighths % 8]
}
