internal import CloudCost
internal import Diagnostics
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
    if let bought = reading["bought"] {
      draft.bought =
        bought.locatedText.map { [($0, nil)] }
        ?? bought.entries.map { ($0.name, $0.value.locatedText) }
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
