internal import Diagnostics

/// Levers that a plan may pull.
extension Grammar {
  static let choice = Shape.record(
    Record(
      "choice",
      [
        title,
        Field(
          "set", .scalar(.text), "The path of the one value that it changes.",
          example: "components/api/replicas/count"),
        Field(
          "to", .list(of: .scalar(.text), minimum: 1),
          "What that may be; what the model says stays possible.", example: "[2, 3, 4]"),
        Field(
          "values", .names(of: choiceValue, what: "value"),
          "Values that change several things together; what the model says stays possible.",
          example: "{patroni: {change: {components: {ledger: {failover: null}}}}}"),
        Field(
          "once", .either([.scalar(.money), .names(of: .scalar(.money), what: "value")]),
          "What it costs once to leave what the model says, or for each value.", example: "$2,000"),
        Field("takes", .scalar(.positiveDuration), "How long the change takes.", example: "2 w"), source,
      ], groups: [KeyGroup([["set", "to"], ["values"]], isRequired: true)]))

  static let choiceValue = Shape.record(
    Record(
      "choice value",
      [
        Field(
          "change", .change, "What changes, by JSON Merge Patch; without it, this is what the model says.",
          example: "{components: {api: {replicas: {count: 3}}}}"),
        Field("once", .scalar(.money), "What the change costs once.", example: "$2,000"),
        Field("takes", .scalar(.positiveDuration), "How long the change takes.", example: "2 w"), source,
      ]))
}

extension GrammarCheck {
  /// A change of the model: what it says further down is checked where it is applied.
  mutating func checkChange(_ declaration: Declaration, what: String) {
    guard let entries = declaration.entries else {
      findings.append(
        Diagnostic(
          slug: "wrong-shape", "\(what): expected a map of what differs, found \(declaration.shapeName)",
          at: declaration.location, help: "change: {components: {api: {replicas: {count: 3}}}}"))
      return
    }
    for entry in entries { checkReach(of: entry.key) }
  }

  private mutating func checkReach(of key: Located<String>) {
    if Overlay.unchangeableKeys.contains(key.value) || key.value == "choices" {
      findings.append(
        Diagnostic(
          slug: "not-changeable", "a choice can not change \(key.value):", at: key.location,
          help: "leave it out"))
      return
    }
    guard case .record(let model) = Grammar.model else { return }
    let known = model.fields.map(\.key)
    guard !known.contains(key.value) else { return }
    findings.append(
      Diagnostic(
        slug: "unknown-key", "\(key.value): is no key of a model", at: key.location,
        help: nearestName(to: key.value, among: known).map { "did you mean \($0): ?" }))
  }
}
