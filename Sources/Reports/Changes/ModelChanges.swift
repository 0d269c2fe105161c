public import Diagnostics
public import Quantities

/// What a design changes of the base, in sentences, grouped by what they are about.
///
/// Everything that the two models say otherwise is in one of the sentences or counted beside them, as claims are; `json` has it all as it
/// was written. What a model is called is not told: designs are told apart by it.
public struct ModelChanges: Sendable {
  /// What is changed of one thing.
  public struct Group: Sendable, Hashable {
    /// What it is about: a component's name, `capability service`, `costs`.
    public let subject: String
    /// One sentence for each part that is different.
    public let sentences: [String]

    /// All of it: `pgbouncer added: replicas 1`, `api: replicas 2 → 3; failure crash: mtbf 1 d → 2 d`.
    public var text: String {
      let isWhole = sentences.count == 1 && ["added", "removed"].contains { sentences[0].hasPrefix($0) }
      return "\(subject)\(isWhole ? " " : ": ")\(sentences.joined(separator: "; "))."
    }
  }

  /// The groups: components first, then in the order of the model.
  public let groups: [Group]
  /// How many notes on where numbers come from are different; none affects a number.
  public let noteCount: Int
  /// How many values are the same quantity, written otherwise.
  public let restatedCount: Int
  /// How many claims and choices are different; they decide no result.
  public let statementCount: Int
  private let entries: [DeclarationDifference.Entry]

  /// The changes between two declarations.
  public init(_ difference: DeclarationDifference) {
    entries = difference.entries
    let counted = difference.entries.filter {
      !$0.isNote && !$0.isRestated && !$0.isStatement && $0.path != ["name"]
    }
    noteCount = difference.entries.count { $0.isNote }
    restatedCount = difference.entries.count { !$0.isNote && !$0.isStatement && $0.isRestated }
    let statements = difference.entries.filter { !$0.isNote && $0.isStatement }
    statementCount = Set(statements.flatMap(\.parts).map { Array($0.path.prefix(2)) }).count
    groups = Self.groups(counted.flatMap(\.parts))
  }

  private static func groups(_ entries: [DeclarationDifference.Entry]) -> [Group] {
    var order: [ChangeSubject] = []
    var own: [ChangeSubject: [DeclarationDifference.Entry]] = [:]
    for entry in entries {
      let subject = ChangeSubject(entry.path)
      if own[subject] == nil { order.append(subject) }
      own[subject, default: []].append(entry)
    }
    let sorted = order.filter(\.isComponent) + order.filter { !$0.isComponent }
    return sorted.compactMap { subject in
      let sentences = ChangeSentences(own[subject] ?? [], keys: subject.keys).sentences
      return sentences.isEmpty ? nil : Group(subject: subject.title, sentences: sentences)
    }
  }

  /// `17 changes of postgresql, redis and 3 more`.
  public var summary: String {
    let count = groups.map(\.sentences.count).reduce(0, +)
    guard count > 0 else { return "changes nothing" }
    let named = groups.prefix(3).map(\.subject)
    let rest = groups.count - named.count
    let of = rest > 0 ? "\(named.joined(separator: ", ")) and \(rest) more" : DeclarationText.list(named)
    return "\(grouped(count)) \(count == 1 ? "change" : "changes") of \(of)"
  }

  /// What people read: one paragraph for each group.
  var blocks: [Document.Block] {
    (groups.map(\.text) + asides).map { .note($0) }
  }

  private var asides: [String] {
    var asides: [String] = []
    if restatedCount > 0 {
      asides.append(
        "\(grouped(restatedCount)) \(restatedCount == 1 ? "value is" : "values are") the same, written otherwise."
      )
    }
    if noteCount > 0 {
      asides.append(
        "\(grouped(noteCount)) \(noteCount == 1 ? "note" : "notes") on where numbers come from differ, which "
          + "\(noteCount == 1 ? "affects" : "affect") no number.")
    }
    if statementCount > 0 {
      asides.append(
        "\(grouped(statementCount)) \(statementCount == 1 ? "claim or choice differs" : "claims and choices differ"), "
          + "which \(statementCount == 1 ? "decides" : "decide") no result.")
    }
    return asides
  }

  /// Everything that is different, for programs.
  public var json: JSONValue {
    [
      "sentences": .array(
        groups.map { group in
          ["subject": .string(group.subject), "changes": .array(group.sentences.map { .string($0) })]
        }),
      "differences": .array(
        entries.map { entry in
          [
            "path": .string(entry.path.joined(separator: "/")), "kind": .string(entry.kind),
            "before": DeclarationText.json(entry.before), "after": DeclarationText.json(entry.after),
          ]
        }),
    ]
  }
}

extension DeclarationDifference.Entry {
  /// Whether it is one quantity, written in two ways.
  var isRestated: Bool {
    guard let before = before?.text, let after = after?.text else { return false }
    return before != after && DeclarationText.areSame(before, after)
  }

  /// Whether it is about what is claimed of the model, or what could be chosen.
  var isStatement: Bool { ["claims", "choices", "limits"].contains(path.first) }

  var kind: String {
    if isNote { return "note" }
    if isRestated { return "restated" }
    return before == nil ? "added" : after == nil ? "removed" : "changed"
  }

  /// A map of named things that is new or gone is as many changes as it has things; `replicas: 3` is `{count: 3}`.
  var parts: [DeclarationDifference.Entry] {
    if path.last == "replicas", let before, let after {
      let parts = DeclarationDifference(Self.counted(before), Self.counted(after)).entries
      return parts.filter { !$0.isNote }.map { part in
        DeclarationDifference.Entry(
          path: path + part.path, before: part.before, after: part.after, isNote: false)
      }
    }
    let isMap = (before == nil || after == nil) && (before ?? after)?.entries != nil
    guard isMap, ChangeSentences.isMapOfThings(path), let entries = (before ?? after)?.entries else {
      return [self]
    }
    return entries.filter { $0.key.value != "source" || $0.value.text == nil }.flatMap { entry in
      DeclarationDifference.Entry(
        path: path + [entry.key.value], before: before == nil ? nil : entry.value,
        after: after == nil ? nil : entry.value, isNote: false
      ).parts
    }
  }

  private static func counted(_ declaration: Declaration) -> Declaration {
    guard declaration.text != nil else { return declaration }
    let key = Located("count", at: declaration.location)
    return Declaration(.map([Declaration.Entry(key: key, value: declaration)]), at: declaration.location)
  }
}
