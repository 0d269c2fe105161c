internal import Diagnostics
internal import ServiceGraph

/// Reads expressions into a table and remembers where each was written.
struct OpenPSAExpressions {
  /// The expressions read so far.
  private(set) var table = ExpressionTable()
  /// Where each was written.
  private(set) var places: [Place] = []
  /// The expression of each parameter, by the number of its definition.
  private var parameters: [Int: Int] = [:]

  typealias Node = OpenPSADocument.Node
  private typealias Expression = ExpressionTable.Expression

  /// Adds an expression written at a place.
  mutating func add(_ expression: ExpressionTable.Expression, at place: Place) -> Int {
    places.append(place)
    return table.add(expression)
  }

  // MARK: Parameters

  /// Reads the parameters, each after those it needs.
  mutating func readParameters(_ definitions: inout OpenPSADefinitions, _ document: inout OpenPSADocument) {
    let numbers = definitions.all.indices.filter { definitions.all[$0].kind == .parameter }
    var positions: [Int: Int] = [:]
    for (position, number) in numbers.enumerated() { positions[number] = position }
    let needs = numbers.map { number in
      needed(by: definitions.all[number], definitions, document).compactMap { positions[$0] }
    }
    let order = GateOrder(count: numbers.count) { needs[$0] }
    for cycle in order.cycles {
      let first = definitions.all[numbers[cycle[0]]]
      document.findings.add(
        "cyclic-parameter",
        "a parameter can not depend on itself: "
          + GateOrder.text(cycle.map { definitions.all[numbers[$0]].name }), at: document.place(first.node),
        help: "remove one of these references")
    }
    for position in order.order { read(numbers[position], &definitions, &document) }
  }

  private func needed(
    by definition: OpenPSADefinitions.Definition, _ definitions: OpenPSADefinitions,
    _ document: OpenPSADocument
  ) -> [Int] {
    var needed: [Int] = []
    var waiting = document.children(definition.node)
    while let node = waiting.popLast() {
      if document.name(node) == "parameter", let name = document.attribute("name", of: node)?.trimmed,
        let found = definitions.lookup(name, in: definition.container, isParameter: true)
      {
        needed.append(found)
      }
      waiting += document.children(node)
    }
    return needed
  }

  private mutating func read(
    _ number: Int, _ definitions: inout OpenPSADefinitions, _ document: inout OpenPSADocument
  ) {
    let definition = definitions.all[number]
    let parts = document.children(definition.node)
    guard parts.count == 1 else {
      return document.findings.add(
        parts.isEmpty ? "no-value" : "wrong-arity",
        "the parameter `\(definition.name)` has \(parts.count) expressions; it takes 1",
        at: document.place(definition.node), help: "<float value=\"…\"/>")
    }
    guard
      let expression = expression(
        parts[0], in: definition.container, owner: definition.name, &definitions, &document)
    else { return }
    parameters[number] = expression
    let unit = document.attribute("unit", of: definition.node)
    table.add(ExpressionTable.Parameter(name: definition.name, expression: expression, unit: unit))
  }

  // MARK: Expressions

  /// Reads the expression at a node; nesting is bounded by ``MarkupGuard/depth``.
  ///
  /// - Parameter owner: the parameter or event in whose definition it stands.
  /// - Returns: its number; `nil` when it can not be read, which is told in the findings.
  mutating func expression(
    _ node: Node, in container: Int, owner: String, _ definitions: inout OpenPSADefinitions,
    _ document: inout OpenPSADocument
  ) -> Int? {
    let name = document.name(node)
    switch name {
    case "float", "int", "bool": return constant(node, &document)
    case "pi": return add(.constant(.pi), at: document.place(node))
    case "parameter": return parameter(node, in: container, &definitions, &document)
    case "system-mission-time": return add(.missionTime, at: document.place(node))
    case "switch": return choice(node, in: container, owner: owner, &definitions, &document)
    default: break
    }
    guard let form = OpenPSAForm.all[name] else {
      document.reportUnknown(node, expected: OpenPSAForm.names)
      return nil
    }
    var children = document.children(node)
    var bins: [Node] = []
    if name == "histogram" {
      bins = Array(children.dropFirst())
      children = Array(children.prefix(1))
    }
    var parts = children.map { expression($0, in: container, owner: owner, &definitions, &document) }
    for bin in bins { parts += self.bin(bin, in: container, owner: owner, &definitions, &document) }
    guard form.accepts(parts.count) else {
      document.findings.add(
        "wrong-arity", "`<\(name)>` has \(parts.count) parts; it takes \(form.arity)",
        at: document.place(node),
        help: form.help)
      return nil
    }
    let known = parts.compactMap { $0 }
    guard known.count == parts.count else { return nil }
    let place = document.place(node)
    if let deviate = form.deviate(known) {
      places.append(place)
      return table.add(deviate, name: owner)
    }
    return form.expression(known).map { add($0, at: place) }
  }

  private mutating func constant(_ node: Node, _ document: inout OpenPSADocument) -> Int? {
    guard let text = document.required("value", of: node) else { return nil }
    let value: Double?
    switch document.name(node) {
    case "bool": value = ["true": 1, "false": 0][text]
    case "int": value = Int(text).map(Double.init)
    default: value = NumberForm.double(text)
    }
    if let value { return add(.constant(value), at: document.place(node)) }
    let expected = ["bool": "true or false", "int": "a whole number"][document.name(node)] ?? "a number"
    document.findings.add(
      "bad-number", "the value is `\(text.shortened)`; \(expected) was expected", at: document.place(node))
    return nil
  }

  private mutating func parameter(
    _ node: Node, in container: Int, _ definitions: inout OpenPSADefinitions,
    _ document: inout OpenPSADocument
  ) -> Int? {
    guard let name = document.required("name", of: node) else { return nil }
    guard let number = definitions.lookup(name, in: container, isParameter: true) else {
      let near =
        document.findings.wantsSuggestions ? definitions.nearest(to: name, isParameter: true) : nil
      document.findings.add(
        "undefined-parameter", "no parameter `\(name.shortened)` is defined", at: document.place(node),
        help: near.map { "<parameter name=\"\($0)\"/>" } ?? "define it, or name the file that does")
      return nil
    }
    definitions.all[number].isUsed = true
    let stated = document.attribute("unit", of: definitions.all[number].node)
    if let unit = document.attribute("unit", of: node), let stated, unit != stated {
      document.findings.add(
        "unit-mismatch",
        "`\(name)` is in \(stated.shortened), here in \(unit.shortened); units are not converted",
        at: document.place(node), help: "unit=\"\(stated.shortened)\"")
    }
    return parameters[number]
  }

  /// `<switch>`: cases, each with a condition and a value, then the value otherwise.
  private mutating func choice(
    _ node: Node, in container: Int, owner: String, _ definitions: inout OpenPSADefinitions,
    _ document: inout OpenPSADocument
  ) -> Int? {
    let children = document.children(node)
    guard let last = children.last, document.name(last) != "case" else {
      document.findings.add(
        "wrong-arity", "`<switch>` has no value for when no case holds", at: document.place(node),
        help: "end it with an expression")
      return nil
    }
    var result = expression(last, in: container, owner: owner, &definitions, &document)
    for branch in children.dropLast().reversed() {
      let parts = document.name(branch) == "case" ? document.children(branch) : []
      guard parts.count == 2 else {
        document.findings.add(
          "wrong-arity", "a case of `<switch>` has 2 parts: a condition and a value",
          at: document.place(branch),
          help: "<case> condition value </case>")
        return nil
      }
      let condition = expression(parts[0], in: container, owner: owner, &definitions, &document)
      let value = expression(parts[1], in: container, owner: owner, &definitions, &document)
      guard let condition, let value, let otherwise = result else { return nil }
      result = add(
        .choice(condition: condition, then: value, otherwise: otherwise), at: document.place(branch))
    }
    return result
  }

  private mutating func bin(
    _ node: Node, in container: Int, owner: String, _ definitions: inout OpenPSADefinitions,
    _ document: inout OpenPSADocument
  ) -> [Int?] {
    let parts = document.name(node) == "bin" ? document.children(node) : []
    guard parts.count == 2 else {
      document.findings.add(
        "wrong-arity", "a bin of `<histogram>` has 2 parts: its upper bound and its weight",
        at: document.place(node), help: "<bin> bound weight </bin>")
      return [nil, nil]
    }
    return parts.map { expression($0, in: container, owner: owner, &definitions, &document) }
  }
}
