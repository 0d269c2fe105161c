internal import Diagnostics
internal import FoundationEssentials
internal import Quantities
internal import Stochastics

/// Typed access to a declaration that has passed the grammar check.
///
/// What the grammar has accepted parses, so every accessor is an optional that is `nil` only when the key is
/// not there.
struct Reading {
  let declaration: Declaration

  init(_ declaration: Declaration) { self.declaration = declaration }

  /// What stands under a key.
  subscript(key: String) -> Reading? { declaration[key].map(Reading.init) }

  /// The declaration itself, or what stands under `value:` in it.
  var unwrapped: Declaration { declaration["value"] ?? declaration }

  var text: String? { unwrapped.text }
  var locatedText: Located<String>? { unwrapped.text.map { Located($0, at: unwrapped.location) } }
  var items: [Reading] { (declaration.items ?? []).map(Reading.init) }
  var location: SourceLocation { declaration.location }

  /// The entries of a map, in the order written.
  var entries: [(name: Located<String>, value: Reading)] {
    (declaration.entries ?? []).map { ($0.key, Reading($0.value)) }
  }

  var number: Double? { text.flatMap { NumberText(prefixOf: Substring($0))?.double } }
  var integer: Located<Int>? {
    parsed { text in NumberText(prefixOf: Substring(text)).flatMap { Int($0.digits) } }
  }
  var duration: TimeSpan? { text.flatMap { try? TimeSpan(parsing: $0) } }
  var dataSize: DataSize? { text.flatMap { try? DataSize(parsing: $0) } }
  var rate: Rate? { text.flatMap { try? Rate(parsing: $0) } }
  var probability: Located<Probability>? { parsed { try? Probability(parsing: $0) } }
  var availability: Availability? { text.flatMap { try? Availability(parsing: $0) } }

  private func parsed<Value>(_ parse: (String) -> Value?) -> Located<Value>? {
    locatedText.flatMap { text in parse(text.value).map { Located($0, at: text.location) } }
  }
}
