internal import Quantities
public import ServiceModel
public import Simulation

/// What outages of a log cost in a year beside the same amount for every hour and outage: dearer hours, lost work, credits
/// and penalties of the log's own months.
///
/// Credits and penalties are judged month by month, as in a simulation: a month with more downtime than a step allows pays the
/// highest such step alone. Only months that were watched throughout can be judged.
public struct ObservedDowntimeCost: Sendable, Hashable {
  /// What each part comes to in a year; of hours what they cost more, or less, than at the price of every hour.
  public let perYear: DowntimeLedger.Parts
  /// How many months were watched throughout.
  public let completeMonths: Int
  /// How many of them pay a credit or a penalty.
  public let dueMonths: Int
  /// Penalties of other periods than calendar months, which a few months of a log can not judge.
  public let periodsLeftOut: Int

  /// What the log's outages cost a capability.
  public init(_ seen: ObservedDowntime, of capability: Capability) {
    let terms = capability.downtimeTerms
    let months = seen.months.filter(\.isComplete)
    let penalties = terms?.penalties ?? []
    let monthly = penalties.filter { $0.promise.window == .calendarMonth }
    let credits = months.map { $0.credit(terms?.credits ?? []) }
    let due = months.map { month in monthly.filter { month.isBelow($0.promise.availability) } }
    var parts = DowntimeLedger.Parts()
    let years = seen.watchedHours / CalendarMonth.yearHours
    if years > 0 {
      let base = capability.downtimeCost?.perHour ?? 0
      parts[.hours] = (terms?.hours ?? []).reduce(0) { sum, priced in
        sum + (priced.price.perHour - base) * seen.hours(within: priced.when) / years
      }
      parts[.productivity] = terms?.productivity.map { seen.lostWork($0) / years } ?? 0
    }
    if !months.isEmpty {
      parts[.credits] = credits.reduce(0, +) * 12 / Double(months.count)
      parts[.penalties] = monthly.reduce(0) { sum, penalty in
        let periods = Double(months.count { $0.isBelow(penalty.promise.availability) })
        let all = penalty.pays.double * periods * 12 / Double(months.count)
        return sum + min(all, penalty.atMostPerYear?.double ?? all)
      }
    }
    perYear = parts
    completeMonths = months.count
    dueMonths = zip(credits, due).count { $0 > 0 || !$1.isEmpty }
    periodsLeftOut = penalties.count - monthly.count
  }
}

extension ObservedDowntime.Month {
  fileprivate func isBelow(_ promise: Availability) -> Bool { downtimeHours > hours * promise.unavailability }

  fileprivate func credit(_ steps: [CreditStep]) -> Double {
    steps.filter { isBelow($0.below) }.map(\.pays.double).max() ?? 0
  }
}

extension ObservedDowntime {
  /// How long was down within some hours, weighted.
  fileprivate func hours(within when: CalendarHours) -> Double {
    outages.reduce(0) { $0 + $1.weight * when.hours(from: $1.start, to: $1.end) }
  }

  /// Work that was lost, in the currency: people can not work until they are back at it, some time after the outage.
  fileprivate func lostWork(_ work: LostProductivity) -> Double {
    let refocus = Int(work.refocus.hours * 3_600_000)
    return outages.reduce(0) { sum, outage in
      let end = outage.end + refocus
      let hours = work.when?.hours(from: outage.start, to: end) ?? Double(end - outage.start) / 3_600_000
      return sum + outage.weight * work.perHour * hours
    }
  }
}
