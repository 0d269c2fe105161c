internal import Diagnostics
internal import Quantities
internal import Recovery

extension ModelResolver {
  /// What is due for each period in which a promise of a capability is missed.
  mutating func penalties(_ draft: DowntimeTermsDraft, of capability: CapabilityDraft) -> [Penalty] {
    draft.penalties.compactMap { due in
      guard let promise = promise(of: due, capability) else { return nil }
      checkReach(promise, due)
      checkLimit(due, promise, fee: draft.monthlyFee?.value)
      return due.pays.value.money(fee: draft.monthlyFee?.value).map {
        Penalty(promise: promise, pays: $0, text: due.pays.value.text, atMostPerYear: due.atMost?.value)
      }
    }
  }

  private mutating func promise(
    of due: DowntimeTermsDraft.Due, _ capability: CapabilityDraft
  ) -> Objective? {
    switch due.promise {
    case .own(let promise): return promise
    case .objective(let name):
      if let known = capability.objectives.first(where: { $0.name == name.value }) { return known }
      if capability.recoveryObjectives.contains(where: { $0.name == name.value }) {
        report(
          "penalty-without-availability", "\(name.value) promises no availability, so no period misses it",
          at: name.location, help: "below: 99.9 %, per: calendar month")
      } else {
        reportUnknown(
          "objective of \(capability.name.value)", name, among: capability.objectives.map(\.name))
      }
      return nil
    }
  }

  private mutating func checkReach(_ promise: Objective, _ due: DowntimeTermsDraft.Due) {
    guard promise.availability.unavailability >= 1 else { return }
    report(
      "penalty-never", "nothing has less than \(promise.availability) availability, so this is never due",
      at: due.pays.location, help: "below: 99.9 %")
  }

  /// A limit is at least what one period pays, and less than what all of a year can.
  private mutating func checkLimit(_ due: DowntimeTermsDraft.Due, _ promise: Objective, fee: Money?) {
    guard let limit = due.atMost, let pays = due.pays.value.money(fee: fee),
      limit.value.currency == pays.currency
    else { return }
    if limit.value.amount < pays.amount {
      report(
        "penalty-limit", "at-most: \(limit.value) a year is less than the \(pays) of one period",
        at: limit.location, help: "pays: \(limit.value)")
    } else if promise.windowHours >= CalendarMonth.yearHours {
      report(
        "penalty-limit", "at-most: changes nothing, since at most one period ends in a year",
        at: limit.location, help: "leave at-most: out")
    }
  }
}

extension Objective {
  /// The length of its shortest window.
  fileprivate var windowHours: Double {
    switch window {
    case .calendarMonth: CalendarMonth.february.lengthHours
    case .year: CalendarMonth.yearHours
    case .tumbling(let length): length.hours
    }
  }
}
