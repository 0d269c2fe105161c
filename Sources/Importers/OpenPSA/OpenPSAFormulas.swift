internal import ServiceGraph

/// Reads the formulas of gates into drafts.
struct OpenPSAFormulas {
  typealias Node = OpenPSADocument.Node

  /// The gates: first the named ones in the order written, then those inside their formulas.
  private(set) var drafts: [GateDraft?]
  /// Whether another gate of the same fault tree uses a named gate.
  private(set) var isInner: [Bool]
  /// The number of each definition among the gates or among the events; a house event's is its state.
  private let numbers: [Int]
  private let gates: [Int]

  /// - Parameters:
  ///   - gates: the definitions of the gates.
  ///   - numbers: for each definition its number among the gates or events, 1 or 0 for a house event.
  init(gates: [Int], numbers: [Int]) {
    self.gates = gates
    self.numbers = numbers
    drafts = Array(repeating: nil, count: gates.count)
    isInner = Array(repeating: false, count: gates.count)
  }

  /// Reads all gates.
  mutating func read(_ definitions: inout OpenPSADefinitions, _ document: inout OpenPSADocument) {
    for (number, definition) in gates.enumerated() {
      let gate = definitions.all[definition]
      let formulas = document.children(gate.node)
      guard let formula = formulas.first, formulas.count == 1 else {
        document.findings.add(
          formulas.isEmpty ? "empty-gate" : "wrong-arity",
          "the gate `\(gate.name)` has \(formulas.count) formulas; it takes 1", at: document.place(gate.node),
          help: formulas.isEmpty ? "<or> … </or>" : "join them: <or> … </or>")
        continue
      }
      let (operation, inputs) = parts(formula, of: definition, &definitions, &document)
      drafts[number] = GateDraft(
        name: gate.name, title: document.label(gate.node), place: document.place(gate.node),
        operation: operation, inputs: inputs)
    }
  }

  /// What a formula does, and with what; a reference or a constant is passed through.
  private mutating func parts(
    _ node: Node, of gate: Int, _ definitions: inout OpenPSADefinitions, _ document: inout OpenPSADocument
  ) -> (operation: GateOperation, inputs: [FaultTree.Input]) {
    guard let form = Form(rawValue: document.name(node)) else {
      return (.identity, input(node, of: gate, &definitions, &document).map { [$0] } ?? [])
    }
    let children = document.children(node)
    let inputs = children.compactMap { input($0, of: gate, &definitions, &document) }
    guard !children.isEmpty else {
      document.findings.add(
        "empty-gate", "`<\(form.rawValue)>` has nothing inside; it takes \(form.arity)",
        at: document.place(node),
        help: "<\(form.rawValue)><basic-event name=\"…\"/> … </\(form.rawValue)>")
      return (.or, [])
    }
    if children.count < form.counts.lowerBound || children.count > form.counts.upperBound {
      document.findings.add(
        "wrong-arity", "`<\(form.rawValue)>` has \(children.count) inputs; it takes \(form.arity)",
        at: document.place(node), help: form == .not ? "join them: <not><or> … </or></not>" : nil)
    }
    return (operation(form, node, children.count, &document), inputs)
  }

  private func operation(
    _ form: Form, _ node: Node, _ count: Int, _ document: inout OpenPSADocument
  ) -> GateOperation {
    switch form {
    case .and: return .and
    case .or: return .or
    case .not: return .not
    case .xor: return .xor
    case .nand: return .nand
    case .nor: return .nor
    case .imply: return .implies
    case .iff: return .iff
    case .null: return .identity
    case .atleast:
      guard let least = document.requiredNumber("min", of: node) else { return .or }
      if least < 1 || least > count {
        document.findings.add(
          "k-out-of-range", "at least \(least) of \(count) inputs; \(allowed(from: 1, to: count))",
          at: document.place(node), help: "<atleast min=\"\(max(1, min(least, count)))\">")
      }
      return .atLeast(least)
    case .cardinality:
      guard let least = document.requiredNumber("min", of: node),
        let most = document.requiredNumber("max", of: node)
      else { return .or }
      if least > most || most > count {
        document.findings.add(
          "k-out-of-range", "from \(least) to \(most) of \(count) inputs; \(allowed(from: 0, to: count))",
          at: document.place(node), help: "<cardinality min=\"\(min(least, count))\" max=\"\(count)\">")
      }
      return .cardinality(least, most)
    }
  }

  private func allowed(from low: Int, to high: Int) -> String {
    low == high ? "\(low) is the only number possible" : "a number from \(low) to \(high) was expected"
  }

  /// What stands inside a formula: a reference, a constant, or a formula, which becomes a gate without a name.
  ///
  /// Nesting is bounded by ``MarkupGuard/depth``.
  private mutating func input(
    _ node: Node, of gate: Int, _ definitions: inout OpenPSADefinitions, _ document: inout OpenPSADocument
  ) -> FaultTree.Input? {
    switch document.name(node) {
    case "gate": return reference(node, .gate, of: gate, &definitions, &document)
    case "basic-event": return reference(node, .basicEvent, of: gate, &definitions, &document)
    case "house-event": return reference(node, .houseEvent, of: gate, &definitions, &document)
    case "event": return event(node, of: gate, &definitions, &document)
    case "constant": return document.truth(node).map { .constant($0) }
    case let name:
      guard Form(rawValue: name) != nil else {
        document.reportUnknown(node, expected: Form.names)
        return nil
      }
    }
    let (operation, inputs) = parts(node, of: gate, &definitions, &document)
    drafts.append(GateDraft(name: nil, place: document.place(node), operation: operation, inputs: inputs))
    return .gate(drafts.count - 1)
  }

  private mutating func event(
    _ node: Node, of gate: Int, _ definitions: inout OpenPSADefinitions, _ document: inout OpenPSADocument
  ) -> FaultTree.Input? {
    let kinds: [String: OpenPSADefinitions.Kind] = [
      "gate": .gate, "basic-event": .basicEvent, "house-event": .houseEvent,
    ]
    guard let type = document.attribute("type", of: node) else {
      return reference(node, nil, of: gate, &definitions, &document)
    }
    guard let kind = kinds[type] else {
      document.findings.add(
        "bad-type", "the type is `\(type.shortened)`; it is gate, basic-event or house-event",
        at: document.place(node), help: "type=\"basic-event\"")
      return nil
    }
    return reference(node, kind, of: gate, &definitions, &document)
  }

  private mutating func reference(
    _ node: Node, _ kind: OpenPSADefinitions.Kind?, of gate: Int, _ definitions: inout OpenPSADefinitions,
    _ document: inout OpenPSADocument
  ) -> FaultTree.Input? {
    guard let name = document.required("name", of: node) else { return nil }
    let container = definitions.all[gate].container
    guard let number = definitions.lookup(name, in: container, isParameter: false) else {
      let near =
        document.findings.wantsSuggestions ? definitions.nearest(to: name, isParameter: false) : nil
      document.findings.add(
        "undefined-\(kind == .gate ? "gate" : "event")",
        "no \(kind?.rawValue ?? "event") `\(name.shortened)` is defined", at: document.place(node),
        help: near.map { "<\(document.name(node)) name=\"\($0)\"/>" }
          ?? "define it, or name the file that does")
      return nil
    }
    let found = definitions.all[number]
    definitions.all[number].isUsed = true
    if let kind, found.kind != kind {
      document.findings.add(
        "wrong-kind", "`\(name.shortened)` is a \(found.kind.rawValue), not a \(kind.rawValue)",
        at: document.place(node), help: "<\(found.kind.reference) name=\"\(name.shortened)\"/>")
      return nil
    }
    switch found.kind {
    case .gate:
      let tree = definitions.containers[found.container].tree
      if tree == definitions.containers[container].tree { isInner[numbers[number]] = true }
      return .gate(numbers[number])
    case .basicEvent: return .event(numbers[number])
    default: return .constant(numbers[number] != 0)
    }
  }
}

extension OpenPSAFormulas {
  /// The connectives of formulas (Open-PSA MEF 2.0d, section IV.3).
  private enum Form: String, CaseIterable {
    case and, or, not, xor, nand, nor, imply, iff, atleast, cardinality, null

    /// How many inputs it takes.
    var counts: ClosedRange<Int> {
      switch self {
      case .not, .null: 1...1
      case .imply, .iff: 2...2
      default: 1...Int.max
      }
    }

    var arity: String { counts.upperBound == Int.max ? "1 or more" : "\(counts.lowerBound)" }

    static let names =
      allCases.map(\.rawValue) + ["gate", "basic-event", "house-event", "event", "constant"]
  }
}

extension OpenPSADocument {
  /// The truth value of a `<constant>`.
  mutating func truth(_ node: Node) -> Bool? {
    guard let text = required("value", of: node) else { return nil }
    switch text {
    case "true", "1": return true
    case "false", "0": return false
    default:
      findings.add(
        "bad-value", "the value is `\(text.shortened)`; true or false was expected", at: place(node),
        help: "<constant value=\"true\"/>")
      return nil
    }
  }
}
