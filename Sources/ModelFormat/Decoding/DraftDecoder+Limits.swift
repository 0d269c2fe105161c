internal import Diagnostics
internal import ServiceModel

extension DraftDecoder {
  /// What there is only so much of.
  func limits(_ reading: Reading?) -> [ResourceLimitDraft] {
    (reading?.entries ?? []).map { name, limit in
      var draft = ResourceLimitDraft(name: name)
      draft.title = limit["title"]?.text
      draft.atMost = limit["at-most"]?.locatedText
      draft.perUnit = amounts(limit["per-unit"]).map { (component: $0, each: $1) }
      draft.fixed = amounts(limit["fixed"]).map { (use: $0, amount: $1) }
      return draft
    }
  }

  private func amounts(_ reading: Reading?) -> [(Located<String>, Double)] {
    (reading?.entries ?? []).compactMap { name, value in value.number.map { (name, $0) } }
  }
}
