internal import Diagnostics

extension GrammarCheck {
  /// Checks the keys of a map: unknown, missing, excluding each other, not supported yet.
  mutating func checkRecord(_ declaration: Declaration, record: Record) {
    guard let entries = declaration.entries else {
      findings.append(
        Diagnostic(
          slug: "wrong-shape", "expected a \(record.name) as a map, found \(declaration.shapeName)",
          at: declaration.location))
      return
    }
    for entry in entries { check(entry, in: record) }
    if record.isNeverEmpty, entries.isEmpty {
      findings.append(
        Diagnostic(
          slug: "missing-key", "this \(record.name) says nothing", at: declaration.location, help: "hard"))
    }
    let keys = Set(entries.map(\.key.value))
    for field in record.fields where field.isRequired && !keys.contains(field.key) {
      findings.append(
        Diagnostic(
          slug: "missing-key", "this \(record.name) has no \(field.key):", at: declaration.location,
          help: "\(field.key): \(field.example ?? "…")"))
    }
    for group in record.groups {
      check(group, keys: entries.map(\.key), of: record, at: declaration.location)
    }
  }

  private mutating func check(_ entry: Declaration.Entry, in record: Record) {
    guard let field = record.fields.first(where: { $0.key == entry.key.value }) else {
      return reportUnknown(entry.key, in: record)
    }
    guard !field.isLater else {
      findings.append(
        Diagnostic(
          slug: "not-supported-yet",
          "\(field.key): is part of the language and not supported yet; nothing would be computed from it",
          at: entry.key.location, help: "leave \(field.key): out"))
      return
    }
    check(entry.value, against: field.shape, what: field.key)
  }

  private mutating func reportUnknown(_ key: Located<String>, in record: Record) {
    let keys = record.fields.filter { !$0.isLater }.map(\.key)
    let suggestion = nearestName(to: key.value, among: keys).map { "did you mean \($0): ?" }
    findings.append(
      Diagnostic(
        slug: "unknown-key",
        "\(key.value): is no key of a \(record.name); expected \(keys.prefix(14).joined(separator: ", "))",
        at: key.location, help: suggestion))
  }

  /// One alternative at most, one at least when required, and all of its keys or none.
  private mutating func check(
    _ group: KeyGroup, keys: [Located<String>], of record: Record, at location: SourceLocation
  ) {
    let all = Set(group.alternatives.flatMap(\.self))
    let present = keys.filter { all.contains($0.value) }
    let plus = group.isAnyOf ? ", " : " + "
    let words = group.alternatives.map { $0.joined(separator: plus) }.joined(separator: ", ")
    guard let last = present.last else {
      guard group.isRequired else { return }
      findings.append(
        Diagnostic(
          slug: "missing-key", "this \(record.name) needs one of: \(words)", at: location,
          help: example(of: group, in: record)))
      return
    }
    let written = Set(present.map(\.value))
    let fitting = group.alternatives.filter { written.isSubset(of: $0) }
    let list = present.map(\.value).joined(separator: " and ")
    if fitting.isEmpty {
      findings.append(
        Diagnostic(
          slug: "either-or", "\(list) exclude each other; expected one of: \(words)", at: last.location,
          help: "leave one of them out"))
    } else if group.isWhole, !fitting.contains(where: { written == Set($0) }) {
      findings.append(
        Diagnostic(
          slug: "missing-key", "\(list) alone is not enough; expected one of: \(words)", at: last.location))
    }
  }

  private func example(of group: KeyGroup, in record: Record) -> String? {
    guard let key = group.alternatives.first?.first,
      let field = record.fields.first(where: { $0.key == key })
    else { return nil }
    return "\(key): \(field.example ?? "…")"
  }
}
