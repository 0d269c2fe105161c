internal import Diagnostics
internal import FoundationEssentials
internal import Quantities

extension ModelResolver {
  /// The most values of one lever.
  private static var choiceLimit: Int { 200 }

  /// The levers, without the values that are what the model says already.
  mutating func resolveChoices() -> [Choice] {
    draft.choices.map { choice in
      checkPath(of: choice)
      checkValues(of: choice)
      let others = choice.values.filter { $0.change != nil }
      return Choice(
        name: choice.name.value, title: choice.title, path: choice.path, present: present(choice),
        values: others.map { value(of: $0, in: choice) }, location: choice.name.location)
    }
  }

  private func present(_ choice: ChoiceDraft) -> String {
    let named = choice.values.first { $0.change == nil }?.name.value
    return named ?? choice.present ?? (choice.path == nil ? "as it is" : "not stated")
  }

  private func value(of draft: ChoiceDraft.Value, in choice: ChoiceDraft) -> Choice.Value {
    let own = choice.onceOfValues.first { $0.value.value == draft.name.value }?.amount
    return Choice.Value(
      name: draft.name.value, change: draft.change ?? Declaration(.map([]), at: draft.name.location),
      once: (own ?? draft.once)?.value, takes: draft.takes, location: draft.name.location)
  }

  private mutating func checkPath(of choice: ChoiceDraft) {
    guard let missing = choice.missing else { return }
    let place = missing.parent.isEmpty ? "the model" : missing.parent
    report(
      "choice-nowhere", "\(choice.name.value): \(place) has no \(missing.key.value) that could be set",
      at: missing.key.location,
      help: nearestName(to: missing.key.value, among: missing.known).map { "did you mean \($0)?" })
  }

  private mutating func checkValues(of choice: ChoiceDraft) {
    let name = choice.name.value
    if choice.values.allSatisfy({ $0.change == nil }) {
      report(
        "no-choice", "\(name) has no value but the one that the model has already: nothing to choose from",
        at: choice.name.location, help: "to: [2, 3]")
    }
    if choice.values.count > Self.choiceLimit {
      report(
        "too-many-values", "\(name) has \(choice.values.count) values; at most \(Self.choiceLimit) are tried",
        at: choice.name.location)
    }
    var seen: Set<String> = []
    for value in choice.values where !seen.insert(value.name.value).inserted {
      report(
        "value-twice", "\(name): \(value.name.value) is listed already", at: value.name.location,
        help: "keep one of them")
    }
    checkAmounts(of: choice, names: choice.values.map(\.name.value))
  }

  private mutating func checkAmounts(of choice: ChoiceDraft, names: [String]) {
    for (value, _) in choice.onceOfValues where !names.contains(value.value) {
      report(
        "unknown-name", "\(choice.name.value): once: names \(value.value), which is none of its values",
        at: value.location, help: nearestName(to: value.value, among: names).map { "did you mean \($0)?" })
    }
    let amounts = choice.values.compactMap(\.once) + choice.onceOfValues.map(\.amount)
    for amount in amounts where amount.value.amount < 0 {
      report(
        "negative-once", "\(choice.name.value): once: \(amount.value) would be earned by the change",
        at: amount.location, help: "state what is paid, or leave once: out")
    }
  }
}
