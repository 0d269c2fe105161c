internal import Diagnostics
internal import Quantities
internal import ServiceModel

extension DraftDecoder {
  /// The claims; a path that begins with a section of the model leads to a number of it.
  func claims(_ model: Reading) -> [ClaimDraft] {
    let numbers = ModelNumbers(model)
    return model["claims"]?.entries.map { claim($0.name, $0.value, numbers) } ?? []
  }

  private func claim(
    _ name: Located<String>, _ reading: Reading, _ numbers: ModelNumbers
  ) -> ClaimDraft {
    var draft = ClaimDraft(name: name)
    draft.says = reading["says"]?.text
    draft.source = reading["source"]?.text
    draft.mitigation = reading["mitigated-by"]?.text
    draft.weight = reading["matters"]?.text.flatMap(Claim.Weight.init)
    draft.lost = reading["when"]?.locatedText
    draft.term = reading["of"]?.locatedText.map { term($0, numbers) } ?? operation(reading, numbers)
    draft.bound = bound(reading)
    draft.tolerance = reading["tolerance"]?.quantity
    return draft
  }

  private func bound(_ reading: Reading) -> ClaimDraft.Bound? {
    for (key, value) in reading.entries {
      guard let relation = ClaimBound.Relation(rawValue: key.value) else { continue }
      return ClaimDraft.Bound(
        relation: Located(relation, at: key.location),
        stated: relation == .between ? value.items.compactMap(\.quantity) : [value.quantity].compactMap { $0 }
      )
    }
    return nil
  }

  private func operation(_ reading: Reading, _ numbers: ModelNumbers) -> ClaimDraft.Term? {
    for (key, value) in reading.entries {
      guard let operation = ClaimOperation(rawValue: key.value) else { continue }
      let operands =
        operation == .availability ? [value["mtbf"], value["mttr"]].compactMap { $0 } : value.items
      return .operation(
        Located(operation, at: key.location), operands.compactMap { operand($0, numbers) })
    }
    return nil
  }

  private func operand(_ reading: Reading, _ numbers: ModelNumbers) -> ClaimDraft.Term? {
    if let quantity = reading.quantity { return .stated(quantity) }
    return reading.locatedText.map { term($0, numbers) }
  }

  private func term(_ path: Located<String>, _ numbers: ModelNumbers) -> ClaimDraft.Term {
    switch numbers.number(at: path) {
    case .elsewhere: return .path(path)
    case .found(let quantity): return .number(quantity, path: path)
    case .wrong(let finding): return .nowhere(path: path, finding)
    }
  }
}

extension Reading {
  /// A quantity of any dimension.
  fileprivate var quantity: Located<WrittenQuantity>? {
    locatedText.flatMap { text in
      (try? WrittenQuantity(parsing: text.value)).map { Located($0, at: text.location) }
    }
  }
}

/// The numbers that a model states, by their paths.
private struct ModelNumbers {
  enum Outcome {
    /// The path does not lead into the model's text.
    case elsewhere
    case found(WrittenQuantity)
    case wrong(Diagnostic)
  }

  private let model: Declaration
  private let names: Set<String>

  init(_ model: Reading) {
    self.model = model.declaration
    names = Set(
      (model["components"]?.entries ?? []).map(\.name.value)
        + (model["capabilities"]?.entries ?? []).map(\.name.value))
  }

  /// Sections whose numbers a claim can be of.
  private static let sections: Set<String> = [
    "conventions", "domains", "detectors", "responses", "crews", "components", "capabilities", "queues",
    "procedures", "pools", "costs", "commitments",
  ]

  func number(at path: Located<String>) -> Outcome {
    let parts = path.value.split(separator: "/").map(String.init)
    guard let first = parts.first, Self.sections.contains(first), !names.contains(first) else {
      return .elsewhere
    }
    var place = model
    for part in parts {
      guard let next = place[part] else { return .wrong(nothing(at: path, missing: part, in: place)) }
      place = next
    }
    let scalar = place["value"] ?? place
    guard let text = scalar.text, let quantity = try? WrittenQuantity(parsing: text) else {
      let found = scalar.text.map { "“\($0)”, which is no quantity" } ?? scalar.shapeName
      return .wrong(
        Diagnostic(
          slug: "no-number", "at \(path.value) stands \(found); a claim can be of a number",
          at: path.location,
          help: scalar.entries.flatMap { $0.first }.map { "of: \(path.value)/\($0.key.value)" }))
    }
    return .found(quantity)
  }

  private func nothing(at path: Located<String>, missing part: String, in place: Declaration) -> Diagnostic {
    let keys = (place.entries ?? []).map(\.key.value)
    let listing = keys.isEmpty ? "" : "; there are \(keys.prefix(12).joined(separator: ", "))"
    return Diagnostic(
      slug: "unknown-path", "the model states nothing at \(path.value): it has no \(part) there\(listing)",
      at: path.location, help: nearestName(to: part, among: keys).map { "did you mean \($0)?" })
  }
}
