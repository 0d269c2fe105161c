internal import ServiceGraph

/// The statements of a Galileo file, names not yet looked up.
struct GalileoStatements {
  typealias Token = GalileoScanner.Token

  /// A gate as written.
  struct Gate {
    let name: String
    let place: Place
    let operation: GateOperation
    /// The word for it, in lower case: `csp`, `3of5`.
    let word: String
    let inputs: [Token]
  }

  /// A basic event as written.
  struct Event {
    let name: String
    let place: Place
    /// `lambda=0.5` and its like: the key in lower case, the value as written.
    let settings: [(key: String, value: Token, place: Place)]
  }

  /// The name after `toplevel`.
  private(set) var top: Token?
  /// Whether some statement meant to name the top.
  private(set) var hasTop = false
  /// The names of what is wrong in itself, so that it is not undefined as well.
  private(set) var refused: Set<String> = []
  /// Named numbers; `nil` for one whose value is not stated.
  private(set) var parameters: [String: Double?] = [:]
  /// Gates in the order written.
  private(set) var gates: [Gate] = []
  /// Basic events in the order written.
  private(set) var events: [Event] = []

  /// Reads all statements of a file.
  init(_ file: ImportedFile, number: Int, _ findings: inout FindingList) {
    var scanner = GalileoScanner(file, file: number)
    var statement: [Token] = []
    while let token = scanner.next() {
      switch token.kind {
      case .semicolon:
        read(statement, &findings)
        statement.removeAll(keepingCapacity: true)
      case .unterminated(let sign):
        findings.add(
          "unterminated",
          sign == "\"" ? "a quote that does not end on its line" : "a comment that does not end",
          at: token.place, help: sign == "\"" ? "\"name\"" : "/* … */")
      default: statement.append(token)
      }
    }
    if let first = statement.first {
      findings.add(
        "no-semicolon", "the last statement is not ended by `;`", at: first.place, help: "add a `;`")
    }
  }

  private mutating func read(_ statement: [Token], _ findings: inout FindingList) {
    guard let first = statement.first else { return }
    switch first.bare?.lowercased() {
    case "toplevel": readTop(statement, &findings)
    case "param": readParameter(statement, &findings)
    default: readElement(statement, &findings)
    }
  }

  private mutating func readTop(_ statement: [Token], _ findings: inout FindingList) {
    hasTop = true
    guard statement.count == 2, statement[1].word != nil else {
      return findings.add(
        "bad-statement", "`toplevel` is followed by one name", at: statement[0].place,
        help: "toplevel \"System\";")
    }
    if let top {
      return findings.add(
        "duplicate-definition", "there is a top level already, \(top.text)", at: statement[0].place,
        help: "delete one of them")
    }
    top = statement[1]
  }

  private mutating func readParameter(_ statement: [Token], _ findings: inout FindingList) {
    guard statement.count == 2 || statement.count == 4 && statement[2].kind == .equals,
      let name = statement[1].word
    else {
      return findings.add(
        "bad-statement", "`param` is followed by a name, or by a name, `=` and a number",
        at: statement[0].place,
        help: "param x = 0.5;")
    }
    if parameters[name] != nil {
      findings.add(
        "duplicate-definition", "the parameter `\(name.shortened)` is defined twice", at: statement[1].place)
    }
    var value: Double?
    if statement.count == 4 {
      value = statement[3].bare.flatMap(NumberForm.double)
      if value == nil {
        findings.add(
          "bad-number", "the value is \(statement[3].text); a number was expected", at: statement[3].place)
      }
    }
    parameters.updateValue(value, forKey: name)
  }

  private mutating func readElement(_ statement: [Token], _ findings: inout FindingList) {
    guard let name = statement[0].word, !name.isEmpty else {
      return findings.add(
        "bad-statement", "\(statement[0].text) where a name was expected", at: statement[0].place,
        help: "\"name\" and \"input\" \"input\";")
    }
    let known = gates.count + events.count
    defer { if gates.count + events.count == known { refused.insert(name) } }
    guard statement.count > 1, let word = statement[1].bare else {
      let place = statement.count > 1 ? statement[1].place : statement[0].place
      return findings.add(
        "bad-statement", "`\(name.shortened)` is followed by neither a gate's type nor a setting", at: place,
        help: "\"\(name.shortened)\" lambda=0.5; or \"\(name.shortened)\" and \"input\" \"input\";")
    }
    let (form, rest) = GalileoForm.read(word, statement.dropFirst(2), &findings)
    switch form {
    case .gate(let operation):
      readGate(name, statement[0].place, operation, word.lowercased(), rest, &findings)
    case .refused: return
    case nil:
      if statement.count > 2, statement[2].kind == .equals {
        return readEvent(name, statement[0].place, statement.dropFirst(), &findings)
      }
      let near = GalileoForm.nearest(to: word)
      findings.add(
        "unknown-type", "`\(word.shortened)` is no type of gate", at: statement[1].place,
        help: near ?? "expected: \(GalileoForm.words.joined(separator: ", ")), 2of3")
    }
  }

  private mutating func readGate(
    _ name: String, _ place: Place, _ operation: GateOperation, _ word: String, _ inputs: ArraySlice<Token>,
    _ findings: inout FindingList
  ) {
    if let sign = inputs.first(where: { $0.word == nil }) {
      return findings.add(
        "bad-statement", "`\(sign.text)` among the inputs of `\(name.shortened)`", at: sign.place,
        help: "is a `;` missing before this line?")
    }
    let least = operation.isFunctionalDependency ? 2 : 1
    if inputs.count < least {
      findings.add(
        "empty-gate", "the gate `\(name.shortened)` has \(inputs.count) inputs; it takes \(least) or more",
        at: place, help: "\"\(name.shortened)\" \(word) \"input\" \"input\";")
    }
    if case .atLeast(let threshold) = operation, threshold < 1 || threshold > inputs.count, !inputs.isEmpty {
      findings.add(
        "k-out-of-range",
        "\(threshold) of \(inputs.count) inputs; a number from 1 to \(inputs.count) was expected",
        at: place, help: "\(min(max(1, threshold), inputs.count))of\(inputs.count)")
    }
    gates.append(
      Gate(name: name, place: place, operation: operation, word: word, inputs: Array(inputs)))
  }

  private mutating func readEvent(
    _ name: String, _ place: Place, _ tokens: ArraySlice<Token>, _ findings: inout FindingList
  ) {
    var settings: [(key: String, value: Token, place: Place)] = []
    var rest = tokens
    while let key = rest.popFirst() {
      guard let word = key.bare, rest.first?.kind == .equals, rest.dropFirst().first?.word != nil else {
        return findings.add(
          "bad-statement", "\(key.text) where a setting such as `dorm=0.5` was expected", at: key.place,
          help: "is a `;` missing before this?")
      }
      rest.removeFirst()
      guard let value = rest.popFirst() else { return }
      settings.append((word.lowercased(), value, key.place))
    }
    events.append(Event(name: name, place: place, settings: settings))
  }
}

extension GateOperation {
  /// Whether the first input triggers the others.
  var isFunctionalDependency: Bool {
    if case .functionalDependency = self { true } else { false }
  }
}
