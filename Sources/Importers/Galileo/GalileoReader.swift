internal import Diagnostics
internal import ServiceGraph

/// Reads a fault tree in Galileo's text format, with the words and defaults of Storm's reader.
struct GalileoReader {
  private let options: ImportOptions
  private var numbers: [String: FaultTree.Input] = [:]
  private var candidates: [String] = []
  private var refused: Set<String> = []
  private var used: Set<FaultTree.Input> = []

  init(_ options: ImportOptions) { self.options = options }

  /// The tree of a file; `nil` when findings prevent it.
  mutating func tree(of files: [ImportedFile], _ findings: inout FindingList) -> FaultTree? {
    guard let file = files.first else { return nil }
    let statements = GalileoStatements(file, number: 0, &findings)
    refused = statements.refused
    candidates = Array(
      statements.gates.map(\.name).prefix(2_500) + statements.events.map(\.name).prefix(2_500))
    register(statements, &findings)
    var table = ExpressionTable()
    let settings = statements.events.map { GalileoEvent($0, statements.parameters, &findings) }
    let events = zip(statements.events, settings).map { event, settings in
      FaultTree.BasicEvent(name: event.name, law: settings.law(&table, &findings))
    }
    let drafts = statements.gates.map { gate in
      GateDraft(
        name: gate.name, place: gate.place, operation: gate.operation,
        inputs: gate.inputs.compactMap { input($0, &findings) })
    }
    let top = top(statements, &findings)
    let gates = drafts.ordered(&findings)
    checkLaws(events, statements, &findings)
    warnOfSpares(statements, settings, &findings)
    if !findings.hasErrors { warnOfUnused(statements, top, &findings) }
    guard let gates, let top, !findings.hasErrors else { return nil }
    let topInput = if case .gate(let gate) = top { FaultTree.Input.gate(gates.numbers[gate]) } else { top }
    let name = statements.top?.word ?? ""
    return FaultTree(
      name: name, events: events, gates: gates.gates, tops: [FaultTree.Top(name: name, input: topInput)],
      expressions: table)
  }

  private mutating func register(_ statements: GalileoStatements, _ findings: inout FindingList) {
    func add(_ name: String, _ input: FaultTree.Input, _ place: Place) {
      guard numbers.updateValue(numbers[name] ?? input, forKey: name) != nil else { return }
      findings.add(
        "duplicate-definition", "`\(name.shortened)` is defined twice", at: place,
        help: "delete one of the definitions")
    }
    for (number, event) in statements.events.enumerated() { add(event.name, .event(number), event.place) }
    for (number, gate) in statements.gates.enumerated() { add(gate.name, .gate(number), gate.place) }
  }

  private mutating func input(
    _ token: GalileoScanner.Token, _ findings: inout FindingList
  ) -> FaultTree.Input? {
    guard let name = token.word else { return nil }
    if let input = numbers[name] {
      used.insert(input)
      return input
    }
    if refused.contains(name) { return nil }
    let near = findings.wantsSuggestions ? nearestName(to: name, among: candidates) : nil
    findings.add(
      "undefined-event", "no gate or basic event `\(name.shortened)` is defined", at: token.place,
      help: near.map { "\"\($0)\"" } ?? "\"\(name.shortened)\" lambda=0.5;")
    return nil
  }

  private mutating func top(
    _ statements: GalileoStatements, _ findings: inout FindingList
  ) -> FaultTree.Input? {
    guard let top = statements.top else {
      if statements.hasTop { return nil }
      findings.add(
        "no-top-event", "no statement says which gate is the top", at: Place(file: 0, offset: 0),
        help: "toplevel \"\(statements.gates.first?.name.shortened ?? "System")\";")
      return nil
    }
    return input(top, &findings)
  }

  private func checkLaws(
    _ events: [FaultTree.BasicEvent], _ statements: GalileoStatements, _ findings: inout FindingList
  ) {
    guard options.probabilities == .required, !findings.hasErrors else { return }
    for (number, event) in statements.events.enumerated() where events[number].law == .unknown {
      findings.add(
        "no-probability", "nothing states when `\(event.name.shortened)` fails", at: event.place,
        help: "\"\(event.name.shortened)\" lambda=0.5;")
    }
  }

  /// A spare without a stated dormancy is hot, in Storm too; most people do not expect that.
  private func warnOfSpares(
    _ statements: GalileoStatements, _ settings: [GalileoEvent], _ findings: inout FindingList
  ) {
    let expected = ["csp": 0.0, "hsp": 1.0]
    for gate in statements.gates where gate.operation == .spare {
      for token in gate.inputs.dropFirst() {
        guard let name = token.word, case .event(let event) = numbers[name] else { continue }
        switch (settings[event].dormancy, expected[gate.word]) {
        case (nil, let stated) where stated != 1:
          findings.warn(
            "dormancy-assumed", "the spare \(token.text) states no dormancy; it is taken as 1, hot",
            at: statements.events[event].place, help: "dorm=0")
        case (let dormancy?, let stated?) where dormancy != stated:
          findings.warn(
            "dormancy-differs",
            "`\(gate.word)` says dorm=\(stated), \(token.text) says \(dormancy), which counts",
            at: token.place, help: "wsp")
        default: break
        }
      }
    }
  }

  private func warnOfUnused(
    _ statements: GalileoStatements, _ top: FaultTree.Input?, _ findings: inout FindingList
  ) {
    for (number, event) in statements.events.enumerated() where !used.contains(.event(number)) {
      findings.warn(
        "unused-definition", "nothing uses the basic event `\(event.name.shortened)`", at: event.place)
    }
    for (number, gate) in statements.gates.enumerated()
    where !used.contains(.gate(number)) && !gate.operation.isRestraint {
      findings.warn("unused-definition", "nothing uses the gate `\(gate.name.shortened)`", at: gate.place)
    }
  }
}
