/// Findings as text: `file:line:col: error[slug]: message`, the source line with a caret, a `help:` line.
public struct FindingsRenderer: Sendable {
  /// The most findings shown; the rest are counted.
  public let limit: Int

  /// A renderer that shows at most `limit` findings.
  public init(limit: Int = 50) { self.limit = max(0, limit) }

  /// The findings as text, each ended by a line end.
  public func text(_ findings: Findings) -> String {
    let shown = findings.diagnostics.prefix(limit)
    var text = shown.map { block($0, sources: findings.sources) }.joined(separator: "\n")
    let hidden = findings.diagnostics.count - shown.count
    if hidden > 0 { text += "\n… and \(hidden) more\n" }
    return text
  }

  private func block(_ diagnostic: Diagnostic, sources: [SourceText]) -> String {
    var lines: [String] = []
    let place = diagnostic.location.map { visible("\($0): ") } ?? ""
    lines.append(
      "\(place)\(diagnostic.severity.rawValue)[\(diagnostic.slug)]: \(visible(diagnostic.message))")
    if let location = diagnostic.location { lines += quotation(location, sources: sources) }
    if let help = diagnostic.help { lines.append("  help: \(visible(help))") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The source line and a caret under the column; long lines are cut around it.
  private func quotation(_ location: SourceLocation, sources: [SourceText]) -> [String] {
    guard let source = sources.first(where: { $0.name == location.file }),
      source.lines.indices.contains(location.line - 1)
    else { return [] }
    let line = source.lines[location.line - 1]
    let first = max(0, location.column - 1 - 60)
    let window = visible(String(line.dropFirst(first).prefix(100)))
    let number = String(location.line)
    let gutter = String(repeating: " ", count: number.count)
    let caret = String(repeating: " ", count: max(0, location.column - 1 - first)) + "^"
    return ["  \(number) | \(window)", "  \(gutter) | \(caret)"]
  }

  /// Text without control characters, so that a hostile file can not drive the terminal.
  private func visible(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map {
          $0.properties.generalCategory == .control || $0.isBidiControl ? "\u{FFFD}" : $0
        }
      ))
  }
}

extension Unicode.Scalar {
  fileprivate var isBidiControl: Bool {
    (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value)
  }
}
