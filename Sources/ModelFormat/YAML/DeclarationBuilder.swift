import Diagnostics
import Quantities
import Yams

/// Turns parsed nodes into a declaration and finds everything in them that a model file may not hold.
struct DeclarationBuilder {
  private let tree: YAMLTree
  private let limits: YAMLLimits
  private let removalKeys: Set<String>
  private var nodes = 0
  private var findings: [Diagnostic] = []

  /// What holds for the node at hand.
  private struct Context {
    var depth = 0
    var allowsNull = false
    var isOfChoices = false
  }

  /// A builder for `tree` that keeps removals under the top-level keys `removalKeys`.
  init(tree: YAMLTree, limits: YAMLLimits, removalKeys: Set<String>) {
    self.tree = tree
    self.limits = limits
    self.removalKeys = removalKeys
  }

  /// The declaration, when nothing is wrong.
  ///
  /// - Parameter allowsNull: whether `null` may stand anywhere, as a removal.
  func declaration(allowsNull: Bool) throws(Findings) -> Declaration {
    var builder = self
    let declaration = builder.declaration(of: tree.root, in: Context(allowsNull: allowsNull))
    builder.checkRoot(declaration, allowsNull: allowsNull)
    if !builder.findings.isEmpty { throw Findings(builder.findings) }
    return declaration
  }

  private mutating func checkRoot(_ root: Declaration, allowsNull: Bool) {
    guard root.isNull, !(allowsNull && root.text != "") else { return }
    let message = root.text == "" ? "there is nothing here" : "`\(root.text ?? "")` is no value"
    report("empty-file", message, at: root.location)
  }

  /// Whether to go on: every finding and every node counts.
  private var isExhausted: Bool { findings.count >= limits.findings || nodes > limits.nodes }

  private mutating func declaration(of node: Node, in context: Context) -> Declaration {
    let location = location(of: node)
    guard admits(node, at: location, depth: context.depth) else {
      return Declaration(.scalar("", isQuoted: true), at: location)
    }
    switch node {
    case .scalar(let scalar):
      return Declaration(.scalar(text(of: scalar), isQuoted: isQuoted(scalar)), at: location)
    case .sequence(let sequence):
      return Declaration(.list(items(of: sequence, in: context)), at: location)
    case .mapping(let mapping):
      return Declaration(.map(entries(of: mapping, in: context)), at: location)
    case .alias:
      report(RefusedMark.diagnostic(byte: 0x2A, text: "*", at: location))
      return Declaration(.scalar("", isQuoted: true), at: location)
    }
  }

  /// Counts a node and checks it against the limits.
  private mutating func admits(_ node: Node, at location: SourceLocation, depth: Int) -> Bool {
    nodes += 1
    if nodes == limits.nodes + 1 {
      report(RefusedMark.tooManyNodes(at: location, limit: limits.nodes))
    }
    guard !isExhausted else { return false }
    if depth >= limits.depth, !isScalar(node) {
      report(RefusedMark.tooDeep(at: location, limit: limits.depth))
      return false
    }
    return true
  }

  // MARK: Lists and maps

  private mutating func items(of sequence: Node.Sequence, in context: Context) -> [Declaration] {
    var items: [Declaration] = []
    let inner = Context(depth: context.depth + 1)
    for node in sequence where !isExhausted {
      let item = declaration(of: node, in: inner)
      if item.isNull { report(emptyItem(item)) }
      items.append(item)
    }
    if isFlow(sequence.mark) { findings += CommaTrap(lines: tree.lines).splits(items: parts(of: sequence)) }
    return items
  }

  private mutating func entries(of mapping: Node.Mapping, in context: Context) -> [Declaration.Entry] {
    let trap = CommaTrap(lines: tree.lines)
    let parts = isFlow(mapping.mark) ? parts(of: mapping) : []
    let splits = trap.splits(entries: parts)
    var entries: [Declaration.Entry] = []
    var firstPlaces: [String: SourceLocation] = [:]
    for (index, pair) in mapping.enumerated() where !isExhausted {
      if let split = splits[index] {
        findings += split.map { [$0] } ?? []
        continue
      }
      guard let key = key(pair.key), isNew(key, among: &firstPlaces) else { continue }
      let value = declaration(of: pair.value, under: key, in: context) {
        parts.isEmpty ? nil : trap.quotation(ofEntry: index, in: parts)
      }
      entries.append(Declaration.Entry(key: key, value: value))
    }
    return entries
  }

  private mutating func declaration(
    of node: Node, under key: Located<String>, in context: Context, quotation: () -> String?
  ) -> Declaration {
    let removes =
      (context.depth == 0 && removalKeys.contains(key.value))
      || (context.isOfChoices && key.value == "change")
    var inner = Context(depth: context.depth + 1, allowsNull: context.allowsNull || removes)
    inner.isOfChoices = context.isOfChoices || (context.depth == 0 && key.value == "choices")
    let value = declaration(of: node, in: inner)
    if value.isNull, !context.allowsNull { report(emptyValue(value, key: key, quotation: quotation())) }
    return value
  }

  // MARK: Keys

  private mutating func key(_ node: Node) -> Located<String>? {
    nodes += 1
    let location = location(of: node)
    guard case .scalar(let scalar) = node, scalar.style != .literal, scalar.style != .folded else {
      report(RefusedMark.complexKey(at: location))
      return nil
    }
    let name = text(of: scalar)
    if let finding = misuse(ofKey: name, isPlain: !isQuoted(scalar), at: location) {
      report(finding)
      return nil
    }
    return Located(name, at: location)
  }

  private func misuse(ofKey name: String, isPlain: Bool, at location: SourceLocation) -> Diagnostic? {
    switch name {
    case "":
      Diagnostic(slug: "empty-key", "a key without a name", at: location, help: "name: value")
    case "<<" where isPlain:
      Diagnostic(
        slug: "merge-key", "`<<` merges maps in YAML; a model file spells everything out", at: location)
    case _ where isPlain && (name == "?" || name.hasPrefix("? ")):
      RefusedMark.complexKey(at: location)
    default: nil
    }
  }

  private mutating func isNew(
    _ key: Located<String>, among firstPlaces: inout [String: SourceLocation]
  ) -> Bool {
    guard let first = firstPlaces.updateValue(key.location, forKey: key.value) else { return true }
    firstPlaces[key.value] = first
    let message = "`\(key.value)` stands in this map already, in line \(first.line)"
    report("duplicate-key", message, at: key.location, help: "keep one of them")
    return false
  }

  // MARK: Texts

  private mutating func text(of scalar: Node.Scalar) -> String {
    let text = tree.shield.restored(scalar.string)
    let place = place(scalar.mark)
    if text.utf8.count > limits.scalarBytes {
      let message =
        "a text of \(grouped(text.utf8.count)) bytes; at most \(grouped(limits.scalarBytes)) are read"
      report("text-too-long", message, at: tree.lines.location(place))
    }
    if !isQuoted(scalar), let byte = text.utf8.first, [0x26, 0x2A, 0x21].contains(byte) {
      let word = String(text.prefix { $0 != " " && $0 != "\n" })
      report(RefusedMark.diagnostic(byte: byte, text: word, at: tree.lines.location(place)))
    }
    return text
  }

  private func isQuoted(_ scalar: Node.Scalar) -> Bool { scalar.style != .plain && scalar.style != .any }

  private func isScalar(_ node: Node) -> Bool { if case .scalar = node { true } else { false } }

  // MARK: Places

  private func place(_ mark: Mark?) -> LineMap.Place {
    LineMap.Place(line: mark?.line ?? 1, column: mark?.column ?? 1)
  }

  private func location(of node: Node) -> SourceLocation { tree.lines.location(place(node.mark)) }

  /// Whether a list or map is written in brackets; Yams does not tell.
  private func isFlow(_ mark: Mark?) -> Bool {
    let byte = tree.lines.byte(place(mark))
    return byte == 0x5B || byte == 0x7B
  }

  private func parts(of sequence: Node.Sequence) -> [CommaTrap.Part] { sequence.map(part) }

  private func parts(of mapping: Node.Mapping) -> [(key: CommaTrap.Part, value: CommaTrap.Part)] {
    mapping.map { (part($0.key), part($0.value)) }
  }

  private func part(_ node: Node) -> CommaTrap.Part {
    guard case .scalar(let scalar) = node, !isQuoted(scalar) else { return .other }
    return .plain(tree.shield.restored(scalar.string), offset: tree.lines.offset(place(scalar.mark)))
  }

  // MARK: Findings

  private mutating func report(
    _ slug: String, _ message: String, at location: SourceLocation, help: String? = nil
  ) {
    report(Diagnostic(slug: slug, message, at: location, help: help))
  }

  private mutating func report(_ diagnostic: Diagnostic) {
    if findings.count < limits.findings { findings.append(diagnostic) }
  }

  private func emptyItem(_ item: Declaration) -> Diagnostic {
    Diagnostic(slug: "empty-value", "a list item without a value", at: item.location, help: "delete the item")
  }

  private func emptyValue(_ value: Declaration, key: Located<String>, quotation: String?) -> Diagnostic {
    let text = value.text ?? ""
    let message =
      text.isEmpty
      ? "`\(key.value)` has no value" : "`\(key.value)` is `\(text)`, which is no value; unknown is not zero"
    return Diagnostic(
      slug: "empty-value", message, at: text.isEmpty ? key.location : value.location,
      help: quotation ?? "write a value behind `\(key.value):`, or delete the key")
  }
}
