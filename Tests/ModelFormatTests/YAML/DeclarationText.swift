import Diagnostics

extension Declaration {
  /// One line that shows the whole declaration without its places: quoted text in quotes, the rest bare.
  var line: String {
    switch content {
    case .scalar(let text, let isQuoted): isQuoted ? "\"\(text)\"" : text
    case .list(let items): "[" + items.map(\.line).joined(separator: ", ") + "]"
    case .map(let entries):
      "{" + entries.map { "\($0.key.value): \($0.value.line)" }.joined(separator: ", ") + "}"
    }
  }
}

extension Findings {
  /// `line:column slug` of each finding.
  var places: [String] {
    diagnostics.map { diagnostic in
      let place = diagnostic.location.map { "\($0.line):\($0.column)" } ?? "-"
      return "\(place) \(diagnostic.slug)"
    }
  }
}
