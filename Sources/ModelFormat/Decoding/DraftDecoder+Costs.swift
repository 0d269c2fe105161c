internal import CloudCost
internal import Diagnostics
internal import FoundationEssentials
internal import Quantities
internal import ServiceModel

extension DraftDecoder {
  /// What is paid for under an owner at a path.
  func costs(_ reading: Reading?, at path: String) -> [CostDraft] {
    (reading?.entries ?? []).compactMap { cost($0.name, $0.value, at: "\(path)/\($0.name.value)") }
  }

  private func cost(_ name: Located<String>, _ reading: Reading, at path: String) -> CostDraft? {
    guard
      let resource = reading.entries.first(where: { ResourceCatalog.kind(named: $0.name.value) != nil })
    else { return nil }
    var draft = CostDraft(
      name: name, kind: resource.name, resource: resource.value.declaration,
      path: "\(path)/\(resource.name.value)")
    draft.count = reading["count"]?.integer
    draft.scope = reading["per"]?.locatedText
    draft.hours = reading["hours"]?.locatedText
    draft.region = reading["region"]?.locatedText
    draft.source = reading["source"]?.text
    draft.interrupted = reading["interrupted"]?.location
    if let bought = reading["bought"] {
      draft.bought =
        bought.locatedText.map { [($0, nil)] }
        ?? bought.entries.map { ($0.name, $0.value.locatedText) }
    }
    return draft
  }

  /// The failure modes of what is bought spot: the provider takes it back.
  mutating func interruptions(_ costs: Reading?) -> [FailureModeDraft] {
    (costs?.entries ?? []).compactMap { entry in
      guard let stated = entry.value["interrupted"] else { return nil }
      let name = Located("\(entry.name.value)-interruption", at: entry.name.location)
      guard var mode = mode(name, stated) else { return nil }
      let share = spotShare(of: entry.value) * (mode.probability?.value.value ?? 1)
      mode.probability = Probability(share).map { Located($0, at: stated.location) }
      return share > 0 ? mode : nil
    }
  }

  private func spotShare(of cost: Reading) -> Double {
    guard let bought = cost["bought"] else { return 0 }
    if let word = bought.text { return word == Purchase.spot.text ? 1 : 0 }
    return bought[Purchase.spot.text]?.probability?.value.value ?? 0
  }

  func commitment(_ name: Located<String>, _ reading: Reading) -> CommitmentDraft? {
    guard let bought = reading["bought"]?.locatedText else { return nil }
    var draft = CommitmentDraft(name: name, bought: bought)
    draft.covers = reading["covers"]?.items.compactMap(\.locatedText) ?? []
    draft.count = reading["count"]?.integer
    if let commit = reading["commit"]?.locatedText,
      let rate = try? MoneyRate(parsing: commit.value, currency: currency ?? "USD"),
      let hours = Decimal(string: shortest(rate.per.hours))
    {
      draft.spending = Located(rate.amount.amount / hours, at: commit.location)
    }
    return draft
  }

  func prices(_ reading: Reading?) -> PricesDraft {
    var draft = PricesDraft()
    draft.region = reading?["region"]?.locatedText
    draft.books = reading?["books"]?.items.compactMap(\.locatedText) ?? []
    return draft
  }
}
