internal import Diagnostics
internal import Quantities
internal import Recovery

/// The hours in which being down has a price of its own, and those in which people work.
extension ModelResolver {
  /// Hours with their prices; an hour has one price, so no two may overlap.
  mutating func pricedHours(_ drafts: [DowntimeTermsDraft.Hours]) -> [PricedHours] {
    var found: [PricedHours] = []
    for draft in drafts {
      guard let when = calendarHours(draft.when, named: draft.name.value, at: draft.name.location) else {
        continue
      }
      for other in found where other.when.overlaps(when) {
        report(
          "downtime-hours-overlap",
          "an hour lies in both \(other.name) and \(draft.name.value), and has one price",
          at: draft.name.location, help: "end \(draft.name.value) where \(other.name) begins")
      }
      found.append(PricedHours(name: draft.name.value, when: when, price: draft.price.value))
    }
    return found
  }

  private mutating func calendarHours(
    _ draft: CalendarHoursDraft, named name: String, at location: SourceLocation
  ) -> CalendarHours? {
    do throws(InvalidRecovery) {
      return try draft.resolved()
    } catch {
      let fault = error.faults[0]
      report("downtime-hours", "\(name) has \(fault.message)", at: location, help: fault.help)
      return nil
    }
  }

  /// Whose work is lost; somebody's, and some of it.
  mutating func lostProductivity(_ draft: DowntimeTermsDraft.Productivity) -> LostProductivity? {
    if draft.people.value <= 0 {
      report(
        "productivity-of-nobody", "people: \(shortest(draft.people.value)): nobody's work is lost",
        at: draft.people.location, help: "people: 120")
    }
    if let share = draft.share, share.value.value <= 0 {
      report(
        "productivity-of-nobody", "share: \(share.value): no work is lost", at: share.location,
        help: "share: 40 %")
    }
    let isAlways =
      draft.when.from == nil && draft.when.to == nil && draft.when.days == nil && draft.when.months == nil
    let when =
      isAlways ? nil : calendarHours(draft.when, named: "productivity", at: draft.people.location)
    guard isAlways || when != nil else { return nil }
    return LostProductivity(
      people: draft.people.value, perPerson: draft.price.value, share: draft.share?.value.value ?? 1,
      refocus: draft.refocus ?? .zero, when: when)
  }
}
