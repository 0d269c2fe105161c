internal import Diagnostics
internal import Quantities

/// Declarations as a person reads them in a sentence, and for programs.
enum DeclarationText {
  /// `count 3, required 2, spread zones`; notes on where numbers come from are left out.
  static func words(_ declaration: Declaration) -> String {
    switch declaration.content {
    case .scalar(let text, _): return text
    case .list(let items): return list(items.map(nested))
    case .map(let entries):
      if let value = declaration["value"], entries.count <= 2 { return words(value) }
      return shown(entries).map { field($0.key.value, $0.value) }.joined(separator: ", ")
    }
  }

  /// A key and what stands under it: `mtbf 730 h`, `takes uniform (min 2 min, max 5 min)`.
  static func field(_ key: String, _ value: Declaration) -> String {
    let text = nested(value)
    return text.isEmpty ? key : "\(key) \(text)"
  }

  /// In brackets where more than one thing is said.
  private static func nested(_ declaration: Declaration) -> String {
    let text = words(declaration)
    guard let entries = declaration.entries, declaration["value"] == nil, shown(entries).count > 1 else {
      return text
    }
    return "(\(text))"
  }

  private static func shown(_ entries: [Declaration.Entry]) -> [Declaration.Entry] {
    entries.filter { $0.key.value != "source" || $0.value.text == nil }
  }

  /// `a`, `a and b`, `a, b and c`.
  static func list(_ texts: [String]) -> String {
    guard let last = texts.last, texts.count > 1 else { return texts.joined() }
    return "\(texts.dropLast().joined(separator: ", ")) and \(last)"
  }

  /// Everything that it says, notes included.
  static func json(_ declaration: Declaration?) -> JSONValue {
    guard let declaration else { return .null }
    switch declaration.content {
    case .scalar(let text, _): return .string(text)
    case .list(let items): return .array(items.map(json))
    case .map(let entries):
      return .object(
        Dictionary(entries.map { ($0.key.value, json($0.value)) }, uniquingKeysWith: { own, _ in own }))
    }
  }

  /// Whether two texts are one quantity, written in two ways: `60 s` and `1 min`.
  static func areSame(_ left: String, _ right: String) -> Bool {
    func same<Value: Equatable>(_ read: (String) -> Value?) -> Bool {
      guard let own = read(left), let other = read(right) else { return false }
      return own == other
    }
    return left == right || same { try? TimeSpan(parsing: $0) } || same { try? Probability(parsing: $0) }
      || same { try? DataSize(parsing: $0) } || same { try? Rate(parsing: $0) }
      || same { try? MoneyRate(parsing: $0) } || same(number)
  }

  private static func number(_ text: String) -> Double? {
    NumberText(prefixOf: text[...]).flatMap { $0.rest.isEmpty ? $0.double : nil }
  }
}
