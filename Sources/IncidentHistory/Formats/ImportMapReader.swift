internal import StructuredText

import Diagnostics
import Foundation

/// Reads a mapping file and collects what is wrong with it.
struct ImportMapReader {
  private static let keys = [
    "columns", "records", "separator", "times", "time-zone", "length-unit", "nothing", "constants", "source",
    "repeated-rows",
    "components",
  ]

  private var map = ImportMap()
  private var problems: [Diagnostic] = []

  /// The map of a document; throws all findings.
  static func map(_ document: LocatedJSON) throws(Findings) -> ImportMap {
    var reader = ImportMapReader()
    guard case .object(let members) = document.content else {
      reader.note("bad-map", "expected an object", at: document)
      throw Findings(reader.problems)
    }
    for member in members { reader.read(member) }
    if members.isEmpty { reader.note("bad-map", "the mapping says nothing", at: document) }
    guard reader.problems.isEmpty else { throw Findings(reader.problems) }
    return reader.map
  }

  private mutating func read(_ member: LocatedJSON.Member) {
    let value = member.value
    switch member.key {
    case "columns": map.columns = columns(value).map { ($0, texts($1)) }
    case "constants": map.constants = columns(value).map { ($0, text($1) ?? "") }
    case "records": map.records = text(value) ?? ""
    case "separator": readSeparator(value)
    case "times": map.patterns = texts(value).compactMap { pattern($0, at: value) }
    case "time-zone": readZone(value)
    case "length-unit": readLengthUnit(value)
    case "nothing": map.nulls = texts(value)
    case "source": map.source = text(value)
    case "repeated-rows": readRepetition(value)
    case "components": map.components.rules = value.members.compactMap { rule($0) }
    default: noteUnknown(member.key, among: Self.keys, at: value)
    }
  }

  // MARK: Keys

  private mutating func columns(_ value: LocatedJSON) -> [(IncidentColumn, LocatedJSON)] {
    if value.members.isEmpty { note("bad-map", "expected an object of columns", at: value) }
    return value.members.compactMap { member in
      if let column = IncidentColumn(header: member.key) { return (column, member.value) }
      noteUnknown(member.key, among: IncidentColumn.names, at: member.value)
      return nil
    }
  }

  private mutating func readSeparator(_ value: LocatedJSON) {
    guard let text = text(value), let byte = text.utf8.first, text.utf8.count == 1,
      !"\"\r\n".utf8.contains(byte)
    else { return note("bad-map", "a separator is one ASCII character, such as `;`", at: value) }
    map.separator = byte
  }

  private mutating func readZone(_ value: LocatedJSON) {
    guard let text = text(value) else { return }
    map.timeZone = TimeZone(text: text)
    if map.timeZone == nil {
      note(
        "bad-time-zone", "\(quoted(text)) is no time zone", at: value,
        help: "write `Europe/Berlin` or `+01:00`")
    }
  }

  private mutating func readLengthUnit(_ value: LocatedJSON) {
    guard let unit = text(value) else { return }
    map.lengthUnit = unit
    guard Double(unit) != nil || (try? DurationText.milliseconds("1 \(unit)")) == nil else { return }
    note("bad-length-unit", "\(quoted(unit)) is no unit of time", at: value, help: "write `s`, `min` or `h`")
  }

  private mutating func readRepetition(_ value: LocatedJSON) {
    switch text(value) {
    case "count": map.countsRepeatedRows = true
    case "once", nil: break
    default: note("bad-map", "repeated rows are counted (`count`) or taken once (`once`)", at: value)
    }
  }

  private mutating func pattern(_ text: String, at value: LocatedJSON) -> TimePattern? {
    if let pattern = TimePattern(text) { return pattern }
    note(
      "bad-time-pattern", "\(quoted(text)) is no form of times", at: value,
      help: "write it as `dd-MM-yyyy HH:mm`, `M/d/yyyy h:mm a`, `unix` or `unix-ms`")
    return nil
  }

  private mutating func rule(_ member: LocatedJSON.Member) -> ComponentRules.Rule? {
    let parts = member.key.split(separator: "/", maxSplits: 1).map { String($0).trimmed }
    guard let component = parts.first, !component.isEmpty else {
      note("bad-map", "a component needs a name", at: member.value)
      return nil
    }
    var rule = ComponentRules.Rule(component: component, mode: parts.count > 1 ? parts[1] : nil)
    guard case .object(let members) = member.value.content else {
      rule.names = texts(member.value)
      return rule
    }
    for entry in members {
      switch entry.key {
      case "names": rule.names = texts(entry.value)
      case "patterns": rule.patterns = texts(entry.value).map(NamePattern.init)
      case "titles": rule.titles = texts(entry.value).map(NamePattern.init)
      default: noteUnknown(entry.key, among: ["names", "patterns", "titles"], at: entry.value)
      }
    }
    return rule
  }

  // MARK: Values

  private mutating func text(_ value: LocatedJSON) -> String? {
    if let text = value.text, !text.isEmpty { return text }
    note("bad-map", "expected a text", at: value)
    return nil
  }

  /// A text or a list of texts.
  private mutating func texts(_ value: LocatedJSON) -> [String] {
    guard case .array(let elements) = value.content else { return text(value).map { [$0] } ?? [] }
    return elements.compactMap { text($0) }
  }

  private mutating func note(_ slug: String, _ message: String, at value: LocatedJSON, help: String? = nil) {
    problems.append(Diagnostic(slug: slug, message, at: value.location, help: help))
  }

  private mutating func noteUnknown(_ key: String, among known: [String], at value: LocatedJSON) {
    let close = nearestName(to: key, among: known).map { "did you mean `\($0)`?" }
    note(
      "unknown-key", "\(quoted(key)) means nothing here", at: value,
      help: close ?? "known: \(known.joined(separator: ", "))")
  }
}
