internal import Diagnostics
internal import Recovery

extension ModelResolver {
  /// Planned work with its hours resolved.
  mutating func resolvePlanned(_ drafts: [PlannedWorkDraft], of owner: String) -> [PlannedWork] {
    drafts.map { work in
      PlannedWork(
        name: work.name.value, every: work.every, takes: work.takes, atOnce: work.atOnce,
        window: window(of: work, owner), location: work.name.location)
    }
  }

  private mutating func window(of work: PlannedWorkDraft, _ owner: String) -> OnCallHours? {
    guard let window = work.window else { return nil }
    do throws(InvalidRecovery) {
      return try OnCallHours(from: window.value.from, to: window.value.to, days: window.value.days)
    } catch {
      let fault = error.faults[0]
      report(
        "planned-window", "the window of \(work.name.value) of \(owner) has \(fault.message)",
        at: window.location, help: fault.help)
      return nil
    }
  }

  /// Spares take over by rules of their own, which know nothing of planned work.
  mutating func checkPlanned(_ components: [Component], _ domains: [Domain]) {
    for component in components where component.standby != nil || component.loadSharing != nil {
      let work = workOnPlaces(of: component, domains)
      let locations =
        (component.planned + work).map(\.location)
        + (component.disruptionBudget.map { [$0.location] } ?? [])
      for location in locations {
        report(
          "planned-with-standby",
          "the replicas of \(component.name) stand by or share their load; planned work on them is not supported",
          at: location, help: "leave planned: out, or standby: and load-sharing:")
      }
    }
  }

  /// The work on the places where the units of a component are.
  private func workOnPlaces(of component: Component, _ domains: [Domain]) -> [PlannedWork] {
    let places = Set(component.units.compactMap(\.domain).flatMap { domains.chain(from: $0) })
    return domains.indices.filter { places.contains($0) }.flatMap { domains[$0].planned }
  }
}
