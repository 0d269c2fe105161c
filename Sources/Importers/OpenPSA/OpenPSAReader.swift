internal import Diagnostics
internal import ServiceGraph

/// Reads the files of an Open-PSA model (Model Exchange Format 2.0d) into a fault tree.
struct OpenPSAReader {
  private var document = OpenPSADocument()
  private var definitions = OpenPSADefinitions()
  private var expressions = OpenPSAExpressions()
  private let options: ImportOptions

  init(_ options: ImportOptions) { self.options = options }

  /// The tree of several files together; `nil` when findings prevent it.
  mutating func tree(of files: [ImportedFile], _ findings: inout FindingList) -> FaultTree? {
    document.findings = findings
    defer { findings = document.findings }
    for (number, file) in files.enumerated() { parse(file, number) }
    if document.findings.hasErrors { return nil }
    document.reportStrayTexts()
    document.warnOfUnknownAttributes()
    for number in files.indices { definitions.collect(number, in: &document) }
    let members = OpenPSAGroup.declareMembers(&definitions, &document)
    expressions.readParameters(&definitions, &document)
    let laws = eventLaws()
    let groups = readGroups()
    let formulas = readFormulas()
    let gates = formulas.orderedGates(&document.findings)
    check(laws, groups, members)
    if !document.findings.hasErrors { warnOfUnused() }
    guard let gates, !document.findings.hasErrors else { return nil }
    return assembled(gates, formulas, laws, groups, firstFile: files.first)
  }

  private mutating func parse(_ file: ImportedFile, _ number: Int) {
    do throws(MarkupGuard.Problem) {
      document.add(try XMLFile(file.bytes))
    } catch {
      document.add(nil)
      document.findings.add(
        error.slug, error.message, at: Place(file: number, offset: error.offset), help: error.help)
    }
  }

  // MARK: Events

  private var basicEvents: [Int] {
    definitions.all.indices.filter { definitions.all[$0].kind == .basicEvent }
  }

  /// The expression of each basic event, by its definition.
  private mutating func eventLaws() -> [Int: Int] {
    var laws: [Int: Int] = [:]
    for number in basicEvents {
      let event = definitions.all[number]
      let parts = document.children(event.node)
      if parts.count > 1 {
        document.findings.add(
          "wrong-arity", "the event `\(event.name)` has \(parts.count) expressions; it takes 1",
          at: document.place(event.node))
      } else if let part = parts.first {
        laws[number] = expressions.expression(
          part, in: event.container, owner: event.name, &definitions, &document)
      }
    }
    return laws
  }

  private mutating func readGroups() -> [OpenPSAGroup] {
    definitions.groups.compactMap { node, container in
      OpenPSAGroup.read(node, in: container, &expressions, &definitions, &document)
    }
  }

  private mutating func readFormulas() -> OpenPSAFormulas {
    var numbers = [Int](repeating: 0, count: definitions.all.count)
    var gates: [Int] = []
    var events = 0
    for (number, definition) in definitions.all.enumerated() {
      switch definition.kind {
      case .gate:
        numbers[number] = gates.count
        gates.append(number)
      case .basicEvent:
        numbers[number] = events
        events += 1
      case .houseEvent: numbers[number] = houseState(definition) ? 1 : 0
      case .parameter: break
      }
    }
    var formulas = OpenPSAFormulas(gates: gates, numbers: numbers)
    formulas.read(&definitions, &document)
    return formulas
  }

  /// A house event without a value is false (Open-PSA MEF 2.0d).
  private mutating func houseState(_ definition: OpenPSADefinitions.Definition) -> Bool {
    let parts = document.children(definition.node)
    guard let part = parts.first else { return false }
    guard parts.count == 1, document.name(part) == "constant" else {
      document.reportUnknown(part, expected: ["constant"])
      return false
    }
    return document.truth(part) ?? false
  }

  // MARK: Checks

  /// Whether all numbers are what they are used for, at the mission time.
  private mutating func check(
    _ laws: [Int: Int], _ groups: [OpenPSAGroup], _ groupMembers: Set<Int>
  ) {
    let values = expressions.table.values(at: options.missionTime ?? FaultTreeFormat.openPSA.missionTime)
    for number in expressions.table.expressions.indices {
      guard let fault = expressions.table.fault(of: number, values: values) else { continue }
      document.findings.add("impossible-number", fault, at: expressions.places[number])
    }
    let members = membership(groups)
    for number in basicEvents {
      if let group = members[number] {
        if laws[number] != nil {
          document.findings.warn(
            "value-unused",
            "the group `\(group)` gives `\(definitions.all[number].name)` its probability; this one is unused",
            at: document.place(definitions.all[number].node))
        }
      } else if let law = laws[number] {
        checkProbability(law, "`\(definitions.all[number].name)`", values)
      } else if options.probabilities == .required, definitions.all[number].isUsed,
        !groupMembers.contains(number), document.children(definitions.all[number].node).isEmpty
      {
        document.findings.add(
          "no-probability", "nothing states the probability of `\(definitions.all[number].name)`",
          at: document.place(definitions.all[number].node), help: "<float value=\"…\"/>")
      }
    }
    for group in groups { check(group, values) }
    let causes = groups.reduce(0.0) { $0 + Double($1.commonCause.causeCount) }
    if causes > 250_000, let last = groups.last {
      document.findings.add(
        "group-too-large", "all groups together have more than 250,000 combinations of members",
        at: last.place,
        help: "give fewer factors, or use the beta-factor model")
    }
  }

  private mutating func checkProbability(
    _ expression: Int, _ name: String, _ values: ExpressionTable.Values
  ) {
    guard let value = values[expression], value < 0 || value > 1 + 1e-12 else { return }
    document.findings.add(
      "probability-out-of-range", "\(name) has probability \(value); it lies between 0 and 1",
      at: expressions.places[expression])
  }

  private mutating func check(_ group: OpenPSAGroup, _ values: ExpressionTable.Values) {
    checkProbability(group.total, "a member of the group `\(group.name)`", values)
    switch group.factors {
    case .beta(let factor): checkProbability(factor, "the factor", values)
    case .multipleGreekLetters(let factors):
      for factor in factors { checkProbability(factor, "the factor", values) }
    case .alpha(let factors):
      for factor in factors { checkProbability(factor, "the factor", values) }
      if factors.allSatisfy({ values[$0] == 0 }) {
        document.findings.add(
          "factors-sum", "the alpha factors of the group `\(group.name)` are all 0", at: group.place)
      }
    case .phi(let factors):
      for factor in factors { checkProbability(factor, "the factor", values) }
      let sum = factors.reduce(0) { $0 + (values[$1] ?? 0) }
      if abs(sum - 1) > 1e-4 {
        document.findings.add(
          "factors-sum", "the phi factors of the group `\(group.name)` add up to \(sum); 1 was expected",
          at: group.place)
      }
    }
  }

  /// The name of the group of each member.
  private mutating func membership(_ groups: [OpenPSAGroup]) -> [Int: String] {
    var members: [Int: String] = [:]
    for group in groups {
      for member in group.members {
        if let other = members[member] {
          document.findings.add(
            "duplicate-member",
            "`\(definitions.all[member].name)` is in the groups `\(other)` and `\(group.name)`; it can be in one",
            at: group.place)
        }
        members[member] = group.name
      }
    }
    return members
  }

  private mutating func warnOfUnused() {
    for definition in definitions.all where !definition.isUsed && definition.kind != .gate {
      guard document.name(definition.node) != "basic-event" else { continue }
      document.findings.warn(
        "unused-definition", "nothing uses the \(definition.kind.rawValue) `\(definition.name)`",
        at: document.place(definition.node))
    }
  }

  // MARK: Assembly

  private mutating func assembled(
    _ gates: (gates: [FaultTree.Gate], numbers: [Int]), _ formulas: OpenPSAFormulas, _ laws: [Int: Int],
    _ groups: [OpenPSAGroup], firstFile: ImportedFile?
  ) -> FaultTree? {
    let events = basicEvents
    var numbers: [Int: Int] = [:]
    for (number, definition) in events.enumerated() { numbers[definition] = number }
    var eventLaws = events.map { laws[$0].map(EventLaw.expression) ?? .unknown }
    let commonCauses = groups.map { group in
      let members = group.members.compactMap { numbers[$0] }
      for member in members { eventLaws[member] = .expression(group.total) }
      return CommonCauseGroup(name: group.name, members: members, total: group.total, factors: group.factors)
    }
    let tops = formulas.tops(gates.numbers, definitions)
    guard !tops.isEmpty else {
      document.findings.add(
        "no-top-event", "no gate is defined, so there is no top event", at: Place(file: 0, offset: 0),
        help: "<define-fault-tree name=\"…\"><define-gate name=\"…\"> …")
      return nil
    }
    let root = OpenPSADocument.Node(file: 0, element: 0)
    let name = document.attribute("name", of: root)?.trimmed ?? definitions.trees.first ?? ""
    return FaultTree(
      name: name,
      events: zip(events, eventLaws).map { number, law in
        let definition = definitions.all[number]
        return FaultTree.BasicEvent(
          name: definition.name, title: document.label(definition.node), law: law)
      },
      gates: gates.gates, tops: tops, expressions: expressions.table, commonCauseGroups: commonCauses)
  }
}

extension OpenPSAFormulas {
  /// The gates in order; `nil` when there are cycles or gates that can not be read.
  func orderedGates(_ findings: inout FindingList) -> (gates: [FaultTree.Gate], numbers: [Int])? {
    let known = drafts.map {
      $0 ?? GateDraft(name: nil, place: Place(file: 0, offset: 0), operation: .or, inputs: [])
    }
    return known.ordered(&findings)
  }

  /// The gates that no other gate of their fault tree uses, in the order written.
  func tops(_ numbers: [Int], _ definitions: OpenPSADefinitions) -> [FaultTree.Top] {
    zip(drafts, isInner).enumerated().compactMap { number, draft in
      guard !draft.1, let name = draft.0?.name else { return nil }
      return FaultTree.Top(name: name, input: .gate(numbers[number]))
    }
  }
}
