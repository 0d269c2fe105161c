internal import Diagnostics
internal import Quantities

extension ModelResolver {
  /// How the demand of a capability changes with time; `nil` when it does not.
  mutating func resolveProfile(of capability: CapabilityDraft) -> DemandProfile? {
    guard let draft = capability.profile else { return nil }
    if !capability.demands.contains(where: { $0.units > 0 }) {
      report(
        "profile-without-demand", "\(capability.name.value) has a profile, and asks nobody for any work",
        at: draft.location, help: "demand: {\(componentNames.first ?? "api"): 2.5}")
    }
    if let growth = draft.value.growth, !(growth.value > -1 && growth.value.isFinite) {
      report(
        "profile-growth", "a growth of \(shortest(growth.value * 100)) % a year leaves nothing to ask for",
        at: growth.location, help: "growth: 20 %")
    }
    return DemandProfile(
      day: steps(draft.value.day), weekend: draft.value.weekend ?? 1,
      growthPerYear: draft.value.growth?.value ?? 0)
  }

  /// The levels of a day by their hour; without any the demand is the stated one at all hours.
  private mutating func steps(_ day: [(from: Located<TimeSpan>, load: Double)]) -> [DemandProfile.Step] {
    var seen: Set<Double> = []
    for (from, _) in day {
      if from.value.hours >= 24 {
        report(
          "profile-hours", "a day ends at 24:00; no level begins there", at: from.location,
          help: "from: \"00:00\"")
      }
      if !seen.insert(from.value.hours).inserted {
        report(
          "profile-hours", "two levels begin at the same time of day", at: from.location,
          help: "leave one of them out")
      }
    }
    let steps = day.map { DemandProfile.Step(hour: $0.from.value.hours, load: $0.load) }
    return steps.isEmpty ? [DemandProfile.Step(hour: 0, load: 1)] : steps.sorted { $0.hour < $1.hour }
  }
}
