internal import Diagnostics
internal import Quantities
internal import ServiceModel

extension DraftDecoder {
  mutating func planned(_ reading: Reading?) -> [PlannedWorkDraft] {
    reading?.entries.compactMap { work($0.name, $0.value) } ?? []
  }

  private mutating func work(_ name: Located<String>, _ reading: Reading) -> PlannedWorkDraft? {
    guard let every = reading["every"]?.duration, let takes = reading["takes"].flatMap({ laws.law($0) })
    else { return nil }
    var draft = PlannedWorkDraft(name: name, every: every, takes: takes)
    if let atOnce = reading["at-once"] {
      draft.atOnce = atOnce.text == "all" ? .all : .places(atOnce.integer?.value ?? 1)
    }
    draft.window = window(reading["window"])
    return draft
  }

  private func window(_ reading: Reading?) -> Located<PlannedWorkDraft.Window>? {
    guard let reading, let from = clockTime(reading["from"]), let to = clockTime(reading["to"]) else {
      return nil
    }
    return Located(
      PlannedWorkDraft.Window(from: from, to: to, days: days(reading["days"])), at: reading.location)
  }

  func disruptionBudget(_ reading: Reading?) -> DisruptionBudget? {
    guard let reading else { return nil }
    func limit(
      _ key: String, _ count: (Int) -> DisruptionBudget.Limit,
      _ share: (Probability) -> DisruptionBudget.Limit
    ) -> DisruptionBudget? {
      guard let own = reading[key], let text = own.text else { return nil }
      // 60 % begins with a whole number too.
      let isCount = text.allSatisfy { $0.isNumber || $0 == "," || $0 == "_" }
      let limit = isCount ? own.integer.map { count($0.value) } : own.probability.map { share($0.value) }
      return limit.map { DisruptionBudget($0, location: own.location) }
    }
    return limit("keep", { .keep($0) }, { .keepShare($0) })
      ?? limit("disrupt", { .disrupt($0) }, { .disruptShare($0) })
  }
}
