internal import Diagnostics
internal import Stochastics

extension ModelResolver {
  /// Every detector and response tier, what it needs, and what uses it.
  mutating func resolveDelays() -> [NamedDelay] {
    draft.detectors.map { delay($0, .detector) } + draft.responses.map { delay($0, .response) }
  }

  private mutating func delay(_ own: DelayDraft, _ kind: NamedDelay.Kind) -> NamedDelay {
    if own.otherwise != nil, own.needs.isEmpty, !watchesCalls(own.name.value) {
      report(
        "otherwise-without-needs",
        "\(own.name.value) says what happens without what it needs, and needs nothing", at: own.name.location,
        help: "needs: [prometheus]")
    }
    return NamedDelay(
      name: own.name.value, kind: kind, look: own.look, parts: own.parts,
      needs: own.needs.compactMap { resolve($0) }, otherwise: own.otherwise, tier: own.tier,
      crew: resolveCrew(of: own),
      users: delayUsers["\(kind.rawValue)/\(own.name.value)"] ?? [])
  }

  /// Whether a detector is the alert of a dependency.
  private func watchesCalls(_ detector: String) -> Bool {
    let dependencies =
      draft.components.flatMap(\.dependencies) + draft.capabilities.flatMap(\.dependencies)
    return dependencies.contains { $0.policies?.alert?.detector.value == detector }
  }

  /// The parts of a delay; empty when nothing is stated, `nil` when its name is unknown.
  mutating func delay(
    _ delay: Delay?, _ kind: NamedDelay.Kind, of user: String
  ) -> [any Distribution]? {
    switch delay {
    case nil: return []
    case .stated(let law): return [law]
    case .named(let name):
      let drafts = kind == .detector ? draft.detectors : draft.responses
      guard let index = (kind == .detector ? detectors : responses)[name.value] else {
        reportUnknown(kind.rawValue, name, among: drafts.map(\.name.value))
        return nil
      }
      let key = "\(kind.rawValue)/\(name.value)"
      if delayUsers[key]?.contains(user) != true { delayUsers[key, default: []].append(user) }
      return drafts[index].parts
    }
  }

  /// The detector that a delay names, as an index into the model's delays.
  func detectorIndex(_ delay: Delay?) -> Int? {
    guard case .named(let name)? = delay else { return nil }
    return detectors[name.value]
  }

  func detectorIndex(of mode: FailureModeDraft) -> Int? {
    guard case .parts(let detect, _, _) = mode.length else { return nil }
    return detectorIndex(detect)
  }

  /// The response tier that a mode names; tiers come after the detectors.
  func responseIndex(of mode: FailureModeDraft) -> Int? {
    guard case .parts(_, .named(let name)?, _) = mode.length else { return nil }
    return responses[name.value].map { draft.detectors.count + $0 }
  }
}
