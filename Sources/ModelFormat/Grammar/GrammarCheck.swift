internal import Diagnostics
internal import Quantities

/// Checks a declaration against a shape and collects everything that is wrong with it.
struct GrammarCheck {
  var findings: [Diagnostic] = []

  /// Checks `declaration`, which stands under `what`.
  mutating func check(_ declaration: Declaration, against shape: Shape, what: String) {
    switch shape {
    case .scalar(let kind): checkScalar(declaration, kind: kind, what: what)
    case .choice(let words): checkChoice(declaration, words: words, what: what)
    case .list(let item, let minimum): checkList(declaration, item: item, minimum: minimum, what: what)
    case .names(let item, let kind): checkNames(declaration, item: item, kind: kind, what: what)
    case .record(let record): checkRecord(declaration, record: record)
    case .either(let shapes): checkEither(declaration, shapes: shapes, what: what)
    case .change: checkChange(declaration, what: what)
    case .named(let name): check(declaration, against: Grammar.shape(named: name), what: what)
    }
  }

  private mutating func report(
    _ slug: String, _ message: String, at declaration: Declaration, help: String? = nil
  ) {
    findings.append(Diagnostic(slug: slug, message, at: declaration.location, help: help))
  }

  private mutating func checkScalar(_ declaration: Declaration, kind: ScalarKind, what: String) {
    let scalar = unwrapped(declaration, kind: kind)
    guard let text = scalar.text else {
      report("wrong-shape", "\(what): expected \(kind.expectation), found \(scalar.shapeName)", at: scalar)
      return
    }
    if let problem = kind.problem(with: text) {
      report(
        "bad-value", "\(what): \(problem.message)", at: scalar,
        help: problem.help.map { "\(what): \(quoted($0))" })
    }
  }

  /// The value of `{value: …, source: …}`, after checking that nothing else stands beside it.
  private mutating func unwrapped(_ declaration: Declaration, kind: ScalarKind = .text) -> Declaration {
    guard let value = declaration["value"], let entries = declaration.entries else { return declaration }
    for entry in entries where !["value", "source"].contains(entry.key.value) {
      if entry.key.value == "uncertain", let record = Grammar.uncertainty(of: kind) {
        checkRecord(entry.value, record: record)
        continue
      }
      findings.append(
        Diagnostic(
          slug: "unknown-key", "\(entry.key.value): beside a value only source: can stand",
          at: entry.key.location))
    }
    return value
  }

  private mutating func checkChoice(_ declaration: Declaration, words: [String], what: String) {
    let scalar = unwrapped(declaration)
    let expected = words.count == 1 ? words[0] : "one of \(words.joined(separator: ", "))"
    guard let text = scalar.text else {
      return report("wrong-shape", "\(what): expected \(expected), found \(scalar.shapeName)", at: scalar)
    }
    guard !words.contains(text) else { return }
    let suggestion = nearestName(to: text, among: words) ?? (words.count == 1 ? words[0] : nil)
    report(
      "bad-value", "\(what): “\(text)” is not known; expected \(expected)", at: scalar,
      help: suggestion.map { "\(what): \($0)" })
  }

  private mutating func checkList(_ declaration: Declaration, item: Shape, minimum: Int, what: String) {
    guard let items = declaration.items else {
      return report(
        "wrong-shape", "\(what): expected a list, found \(declaration.shapeName)", at: declaration,
        help: declaration.text.map { "\(what): [\($0)]" })
    }
    if items.count < minimum {
      report("too-few", "\(what): the list is empty; expected at least \(minimum)", at: declaration)
    }
    for one in items { check(one, against: item, what: what) }
  }

  private mutating func checkNames(_ declaration: Declaration, item: Shape, kind: String, what: String) {
    guard let entries = declaration.entries else {
      return report(
        "wrong-shape", "\(what): expected a map of \(kind) names, found \(declaration.shapeName)",
        at: declaration)
    }
    for entry in entries {
      let nameKind = ["dependency", "component"].contains(kind) ? ScalarKind.reference : .name
      if let problem = nameKind.problem(with: entry.key.value) {
        findings.append(
          Diagnostic(slug: "bad-name", problem.message, at: entry.key.location, help: problem.help))
      }
      check(entry.value, against: item, what: entry.key.value)
    }
  }

  /// Picks the alternative that looks most like what was written, so that findings are about that one.
  private mutating func checkEither(_ declaration: Declaration, shapes: [Shape], what: String) {
    let subject = declaration["value"] ?? declaration
    let best = shapes.map { ($0, $0.likeness(to: subject)) }.max { $0.1 < $1.1 }
    guard let (shape, likeness) = best, likeness > 0 else {
      let expected = shapes.map(\.expectation).joined(separator: ", or ")
      return report(
        "wrong-shape", "\(what): expected \(expected), found \(declaration.shapeName)", at: declaration)
    }
    if subject.text != nil { return checkText(declaration, subject, shapes: shapes, what: what) }
    check(declaration, against: shape, what: what)
  }

  /// Text is right when any of the textual alternatives takes it.
  private mutating func checkText(
    _ declaration: Declaration, _ subject: Declaration, shapes: [Shape], what: String
  ) {
    let attempts = shapes.filter { $0.likeness(to: subject) > 0 }.map { shape in
      var attempt = GrammarCheck()
      attempt.check(declaration, against: shape, what: what)
      return attempt.findings
    }
    guard !attempts.contains(where: \.isEmpty), let last = attempts.last else { return }
    findings += last
  }
}

/// A value as it can be pasted inside `{ }`, where a comma would end it.
private func quoted(_ value: String) -> String { value.contains(",") ? "\"\(value)\"" : value }

extension Shape {
  /// How much a declaration looks like this shape: 0 not at all, more with every key in common.
  func likeness(to declaration: Declaration) -> Int {
    switch (self, declaration.content) {
    case (.named(let name), _): Grammar.shape(named: name).likeness(to: declaration)
    case (.either(let shapes), _): shapes.map { $0.likeness(to: declaration) }.max() ?? 0
    case (.scalar, .scalar), (.choice, .scalar): 1
    case (.list, .list): 1
    case (.names, .map), (.change, .map): 1
    case (.record(let record), .map(let entries)):
      1 + entries.count { entry in record.fields.contains { $0.key == entry.key.value } } * 2
    default: 0
    }
  }

  /// What this shape expects, in a few words.
  var expectation: String {
    switch self {
    case .scalar(let kind): kind.expectation
    case .choice(let words): words.joined(separator: " or ")
    case .list: "a list"
    case .names(_, let what): "a map of \(what) names"
    case .record(let record): "a map (\(record.name))"
    case .change: "a map of what differs"
    case .either(let shapes): shapes.map(\.expectation).joined(separator: ", or ")
    case .named(let name): Grammar.shape(named: name).expectation
    }
  }
}

extension ScalarKind {
  /// What is expected, in a few words.
  var expectation: String {
    switch self {
    case .text: "text"
    case .name: "a name"
    case .reference: "a name such as api or ledger/writer"
    case .integer: "a whole number"
    case .number: "a number"
    case .duration, .positiveDuration: "a duration such as 35 min"
    case .rate: "a rate such as 8 /day"
    case .probability: "a probability such as 95 %"
    case .availability: "an availability such as 99.95 %"
    case .money: "money such as $2,500"
    case .moneyRate: "money per time such as $18,000/h"
    case .dataSize: "an amount of data such as 500 GB"
    case .countOrData: "a whole number, or an amount of data such as 8 GB"
    case .dataRate: "an amount of data in a time such as 5 TB/month"
    case .timeOfDay: "a time of day such as 09:00"
    case .percentage: "a percentage such as 130 %"
    case .quantity: "a quantity such as 99.5 %, 14 d or $3,500"
    case .operand: "a quantity such as 14 d, or a path such as service/mttr"
    }
  }
}
