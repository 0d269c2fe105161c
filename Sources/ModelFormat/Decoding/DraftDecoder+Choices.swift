internal import Diagnostics
internal import Quantities
internal import ServiceModel

extension DraftDecoder {
  /// The levers of a model whose whole declaration is given.
  func choices(_ reading: Reading?, in model: Declaration) -> [ChoiceDraft] {
    (reading?.entries ?? []).map { choice($0.name, $0.value, in: model.without("choices")) }
  }

  private func choice(_ name: Located<String>, _ reading: Reading, in model: Declaration) -> ChoiceDraft {
    var draft = ChoiceDraft(name: name)
    draft.title = reading["title"]?.text
    let once = reading["once"].flatMap(amount)
    let takes = reading["takes"]?.duration
    draft.onceOfValues = reading["once"].map(amounts) ?? []
    if let path = reading["set"]?.locatedText {
      set(path, to: reading["to"]?.items ?? [], of: &draft, in: model)
    }
    draft.values += (reading["values"]?.entries ?? []).map { value($0.name, $0.value) }
    for place in draft.values.indices where draft.values[place].change != nil {
      draft.values[place].once = draft.values[place].once ?? once
      draft.values[place].takes = draft.values[place].takes ?? takes
    }
    return draft
  }

  private func value(_ name: Located<String>, _ reading: Reading) -> ChoiceDraft.Value {
    let change = reading["change"]?.declaration
    var value = ChoiceDraft.Value(name: name, change: change?.entries?.isEmpty == true ? nil : change)
    value.once = reading["once"].flatMap(amount)
    value.takes = reading["takes"]?.duration
    return value
  }

  /// The values of one path; the one that stands there now is no change.
  private func set(
    _ path: Located<String>, to items: [Reading], of draft: inout ChoiceDraft, in model: Declaration
  ) {
    let keys = PathAssignment.keys(of: path.value, in: model)
    draft.path = path.value
    draft.missing = missingKey(on: keys, of: path, in: model)
    let now = keys.reduce(Optional(model)) { $0?[$1] }
    draft.present = (now?["value"] ?? now)?.text
    draft.values = items.compactMap { item in
      guard let text = item.locatedText else { return nil }
      let isPresent = draft.present == text.value
      return ChoiceDraft.Value(name: text, change: isPresent ? nil : patch(keys, item.declaration, path))
    }
  }

  private func patch(_ keys: [String], _ value: Declaration, _ path: Located<String>) -> Declaration {
    keys.reversed().reduce(value) { inner, key in
      let entry = Declaration.Entry(key: Located(key, at: value.location), value: inner)
      return Declaration(.map([entry]), at: path.location)
    }
  }

  /// The first key on the way to the last that the model does not have.
  private func missingKey(
    on keys: [String], of path: Located<String>, in model: Declaration
  ) -> ChoiceDraft.MissingKey? {
    var here = model
    for (place, key) in keys.dropLast().enumerated() {
      guard let next = here[key] else {
        return ChoiceDraft.MissingKey(
          key: Located(key, at: path.location), parent: keys.prefix(place).joined(separator: "/"),
          known: here.entries?.map(\.key.value) ?? [])
      }
      here = next
    }
    return nil
  }

  private func amounts(_ reading: Reading) -> [(value: Located<String>, amount: Located<Money>)] {
    guard reading.text == nil else { return [] }
    return reading.entries.compactMap { name, value in amount(value).map { (name, $0) } }
  }

  private func amount(_ reading: Reading) -> Located<Money>? {
    guard let text = reading.locatedText, let money = try? Money(parsing: text.value) else { return nil }
    return Located(money, at: text.location)
  }
}

extension Declaration {
  /// The same without what stands under a key.
  func without(_ key: String) -> Declaration {
    guard let entries, self[key] != nil else { return self }
    return Declaration(.map(entries.filter { $0.key.value != key }), at: location)
  }
}
