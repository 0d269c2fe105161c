/// Alternatives of which a map holds one: `mtbf` or `rate`; `lasts`, or `detect` with `respond` and `recover`.
package struct OneOfGroup: Sendable, Hashable {
  /// The alternatives; each is the keys that belong together.
  package let alternatives: [[String]]

  /// A group of alternatives.
  package init(_ alternatives: [[String]]) { self.alternatives = alternatives }

  /// A group whose alternatives are one key each, such as the kinds of a distribution.
  package init(oneKeyOf keys: [String]) { self.alternatives = keys.map { [$0] } }

  /// The keys of the alternatives that setting `keys` rules out.
  ///
  /// A key that several alternatives share rules none of them out.
  func keysRuledOut(bySetting keys: Set<String>) -> Set<String> {
    let chosen = alternatives.filter { !keys.isDisjoint(with: $0) }
    if chosen.isEmpty { return [] }
    return Set(alternatives.joined()).subtracting(chosen.joined())
  }
}
