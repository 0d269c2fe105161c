import Diagnostics

import ModelFormat

/// Walks the grammar and writes a small model for each key in it.
///
/// The models are declarations in which everything stands at one place, so that two of them can be compared.
struct GrammarWalk {
  /// A model that holds one key, and the same model without it.
  struct Example: Sendable {
    let path: String
    let model: Declaration
    /// `nil` when every small model of this kind holds the key.
    let without: Declaration?
  }

  typealias Context = (Declaration) -> Declaration

  private static let place = Diagnostics.SourceLocation(file: "grammar", line: 1, column: 1)
  private(set) var examples: [Example] = []
  /// Every scalar as `{value: …, source: …}`.
  private(set) var sourced: [Example] = []
  private var visited: Set<String> = []

  /// Everything that the model grammar and its named shapes hold.
  static func all() throws -> GrammarWalk {
    var walk = GrammarWalk()
    try walk.walk(Grammar.model, path: "") { $0 }
    return walk
  }

  private mutating func walk(_ shape: Shape, path: String, in context: @escaping Context) throws {
    switch shape {
    case .scalar, .choice:
      let value = Self.map([("value", Self.first(of: shape, key: path)), ("source", Self.text("AS-1"))])
      sourced.append(Example(path: path, model: context(value), without: nil))
    case .list(let item, _): try walk(item, path: path) { context(Self.list([$0, $0])) }
    case .names(let item, let what):
      try walk(item, path: path) { context(Self.map([(Self.name(of: what), $0)])) }
    case .either(let shapes): for one in shapes { try walk(one, path: path, in: context) }
    case .named(let name):
      if visited.insert(name).inserted { try walk(Grammar.shape(named: name), path: path, in: context) }
    case .record(let record): try walk(record, path: path, in: context)
    case .change: break
    }
  }

  private mutating func walk(_ record: Record, path: String, in context: @escaping Context) throws {
    for field in record.fields where !field.isLater {
      let own = "\(path)/\(field.key)"
      let minimal = Self.minimal(record)
      let without = minimal[field.key] == nil ? context(minimal) : nil
      for value in try Self.samples(of: field) {
        examples.append(
          Example(path: own, model: context(Self.holding(field, value, record)), without: without))
      }
      try walk(field.shape, path: own) { context(Self.holding(field, $0, record)) }
    }
  }

  // MARK: Values

  private static func samples(of field: Field) throws -> [Declaration] {
    let word = word(for: field.key, field.shape) ?? field.example
    let example = try word.map { try YAMLReader().declaration(ofValue: $0, at: place).at(place) }
    return [example].compactMap { $0 } + (word == nil ? samples(of: field.shape, key: field.key) : [])
  }

  private static func samples(of shape: Shape, key: String) -> [Declaration] {
    switch shape {
    case .choice(let words): words.map(text)
    case .either(let shapes): shapes.flatMap { samples(of: $0, key: key) }
    default: [first(of: shape, key: key)]
    }
  }

  private static func first(of shape: Shape, key: String) -> Declaration {
    switch shape {
    case .scalar(.timeOfDay): text(key.hasSuffix("to") ? "17:00" : "09:00")
    case .scalar(let kind): text(word(for: key, shape) ?? word(of: kind))
    case .choice(let words): text(words[0])
    case .list(let item, let minimum):
      list(Array(repeating: first(of: item, key: key), count: max(2, minimum)))
    case .names(let item, let what): map([(name(of: what), first(of: item, key: ""))])
    case .record(let record): minimal(record)
    case .either(let shapes): first(of: shapes[0], key: key)
    case .named(let name): first(of: Grammar.shape(named: name), key: key)
    case .change: map([("description", text("changed"))])
    }
  }

  /// Values that only make sense together.
  private static let words = [
    "min": "1 min", "mode": "2 min", "max": "1 h", "median": "5 min", "p90": "15 min", "weight": "50 %",
    "shape": "2",
    "at-least": "2", "every": "24 h", "keep": "30 d", "attempts": "2", "p99": "1 h",
    "down-after": "48 h",
  ]

  /// The word for a key; limits are times, unless they count something; a budget keeps units, and a backup keeps for a time.
  private static func word(for key: String, _ shape: Shape) -> String? {
    let last = String(key.split(separator: "/").last ?? "")
    switch shape {
    case .scalar(.integer): return ["min": "2", "max": "4"][last] ?? (last == "keep" ? nil : words[last])
    case .either, .scalar(.probability): return last == "keep" ? nil : words[last]
    case .choice: return nil
    default: return words[last]
    }
  }

  private static func word(of kind: ScalarKind) -> String {
    switch kind {
    case .text, .name, .reference: "thing"
    case .integer(let minimum): "\(max(1, minimum))"
    case .number(let minimum): "\(minimum + 1)"
    case .duration, .positiveDuration: "20 min"
    case .rate: "2 /d"
    case .probability, .availability: "95 %"
    case .money: "$5"
    case .moneyRate: "$5/h"
    case .dataSize: "5 GB"
    case .countOrData: "5"
    case .dataRate: "5 TB/month"
    case .timeOfDay: "09:00"
    case .percentage: "130 %"
    case .quantity, .operand: "5 min"
    }
  }

  private static func name(of what: String) -> String { what == "dependency" ? "ledger/writer" : "thing" }

  // MARK: Records

  /// What a record needs: its required keys and the first alternative of each required group.
  private static func minimal(_ record: Record) -> Declaration {
    let needed = record.groups.filter(\.isRequired).flatMap { $0.alternatives[0] }
    let fields = record.fields.filter { $0.isRequired || needed.contains($0.key) }
    return map(fields.map { ($0.key, first(of: $0.shape, key: $0.key)) })
  }

  /// A record with one more key, with what belongs to it and without what it excludes.
  private static func holding(_ field: Field, _ value: Declaration, _ record: Record) -> Declaration {
    var excluded: Set<String> = [field.key]
    var partners: Set<String> = []
    for group in record.groups {
      guard let own = group.alternatives.first(where: { $0.contains(field.key) }) else { continue }
      excluded.formUnion(group.alternatives.flatMap(\.self))
      if group.isWhole { partners.formUnion(own) }
    }
    partners.remove(field.key)
    let kept = (minimal(record).entries ?? []).filter { !excluded.contains($0.key.value) }
    let others = record.fields.filter { partners.contains($0.key) }.map {
      ($0.key, first(of: $0.shape, key: $0.key))
    }
    return map(kept.map { ($0.key.value, $0.value) } + others + [(field.key, value)])
  }

  private static func text(_ text: String) -> Declaration {
    Declaration(.scalar(text, isQuoted: false), at: place)
  }
  private static func list(_ items: [Declaration]) -> Declaration { Declaration(.list(items), at: place) }
  private static func map(_ entries: [(String, Declaration)]) -> Declaration {
    Declaration(.map(entries.map { Declaration.Entry(key: Located($0, at: place), value: $1) }), at: place)
  }
}

extension Declaration {
  /// The same declaration with everything at one place.
  fileprivate func at(_ place: Diagnostics.SourceLocation) -> Declaration {
    switch content {
    case .scalar: Declaration(content, at: place)
    case .list(let items): Declaration(.list(items.map { $0.at(place) }), at: place)
    case .map(let entries):
      Declaration(
        .map(entries.map { Entry(key: Located($0.key.value, at: place), value: $0.value.at(place)) }),
        at: place)
    }
  }
}
