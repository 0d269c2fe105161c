internal import Foundation
internal import IncidentHistory
internal import Quantities
internal import ServiceModel
internal import Simulation

/// What the downtime of a calendar month cost by what the model says that it costs: what happened, at the stated prices.
struct MonthCost {
  /// Each part that has a price, in the order of the parts.
  let parts: [(part: DowntimeCostPart, amount: Double)]
  /// What is left out, in words.
  let leftOut: [String]
  private let promise: MonthReport.Promise

  /// - Parameters:
  ///   - month: which month it is.
  ///   - monthHours: its length, of which perhaps not all was watched.
  init(_ promise: MonthReport.Promise, month: HistoryMonth, monthHours: Double) {
    self.promise = promise
    let seen = MonthDowntime(promise.month, month: month)
    let terms = promise.downtimeTerms
    var parts: [(part: DowntimeCostPart, amount: Double)] = []
    if let rate = promise.downtimeCost {
      let apart = (terms?.hours ?? []).map { ($0.price.perHour, seen.hours(in: $0.when)) }
      let flat = rate.perHour * (promise.month.downtimeHours - apart.reduce(0) { $0 + $1.1 })
      parts.append((.hours, apart.reduce(flat) { $0 + $1.0 * $1.1 }))
    }
    if let price = terms?.perIncident {
      parts.append((.incidents, price.double * Double(promise.month.selection.events.count)))
    }
    if let work = terms?.productivity {
      parts.append((.productivity, work.perHour * seen.workHours(of: work)))
    }
    func isBelow(_ availability: Availability) -> Bool {
      promise.month.downtimeHours > availability.unavailability * monthHours
    }
    if let credits = terms?.credits, !credits.isEmpty {
      parts.append((.credits, credits.filter { isBelow($0.below) }.map(\.pays.double).max() ?? 0))
    }
    let monthly = (terms?.penalties ?? []).filter { $0.promise.window == .calendarMonth }
    if !monthly.isEmpty {
      let due = monthly.filter { isBelow($0.promise.availability) }
      parts.append((.penalties, due.reduce(0) { $0 + $1.pays.double }))
    }
    self.parts = parts
    let other = (terms?.penalties ?? []).filter { $0.promise.window != .calendarMonth }
    leftOut = other.isEmpty ? [] : ["penalties for periods that are no calendar month"]
  }

  private var total: Double { parts.reduce(0) { $0 + $1.amount } }

  private var currency: String {
    promise.downtimeCost?.amount.currency ?? promise.downtimeTerms?.currency ?? "USD"
  }

  /// The cost; nothing where the model does not say what downtime costs.
  var facts: [Document.Fact] {
    guard !parts.isEmpty || !leftOut.isEmpty else { return [] }
    func fact(_ label: String, _ amount: Double, _ notes: [String]) -> Document.Fact {
      Document.Fact(
        label, Money.text(amount, currency: currency), notes, number: Document.Number(amount, currency))
    }
    guard let rate = promise.downtimeCost, promise.downtimeTerms == nil else {
      let sum = fact("Downtime cost", total, leftOut.map { "without \($0)" })
      return [sum] + parts.map { fact($0.part.label, $0.amount, []) }
    }
    return [fact("Downtime cost", total, ["at \(rate) of downtime"])]
  }

  var json: JSONValue {
    guard !parts.isEmpty || !leftOut.isEmpty else {
      return unknownJSON("the model does not say what downtime costs")
    }
    var members: [String: JSONValue] = ["value": .string(String(format: total)), "unit": .string(currency)]
    guard promise.downtimeTerms != nil else { return .object(members) }
    var own: [String: JSONValue] = [:]
    for part in parts { own[part.part.key] = .string(String(format: part.amount)) }
    members["parts"] = .object(own)
    if !leftOut.isEmpty { members["leavesOut"] = .array(leftOut.map { .string($0) }) }
    return .object(members)
  }
}

/// The downtime of a calendar month at the hours of the calendar, in UTC as everything in a model.
private struct MonthDowntime {
  private static let week = 168 * 3_600_000
  /// The first Monday after 1 January 1970, in milliseconds.
  private static let monday = 4 * 24 * 3_600_000

  private let selection: HistorySelection
  private let profile: ImpactProfile
  private let month: HistoryMonth

  init(_ statistics: IncidentStatistics, month: HistoryMonth) {
    selection = statistics.selection
    profile = ImpactProfile((selection.events + selection.reachingIn).sorted { $0.start < $1.start })
    self.month = month
  }

  /// The downtime in some hours of the watched part of the month.
  func hours(in when: CalendarHours) -> Double { profile.hours(in: watched(stretches(of: when))) }

  /// The hours of work lost: while it is down, and while people get back to it after each outage that ends in the month.
  func workHours(of work: LostProductivity) -> Double {
    let refocus = Int((work.refocus.hours * 3_600_000).rounded())
    let always = month.range.lowerBound..<(month.range.upperBound + refocus)
    let working = work.when.map { stretches(of: $0) } ?? TimeStretches([always])
    let after = (selection.events + selection.reachingIn).compactMap(\.end).filter(month.range.contains)
      .reduce(0.0) { $0 + working.clamped(to: $1..<($1 + refocus)).hours }
    return profile.hours(in: watched(working)) + after
  }

  private func watched(_ stretches: TimeStretches) -> TimeStretches {
    guard let watched = selection.watched else { return stretches }
    return TimeStretches(watched.ranges.flatMap { stretches.clamped(to: $0).ranges })
  }

  /// When the hours are: from the week in which the month begins to the one after its end, since work goes on there.
  private func stretches(of when: CalendarHours) -> TimeStretches {
    let number = Int(month.name.suffix(2)) ?? 1
    if let months = when.months, !months.contains(where: { $0.rawValue + 1 == number }) {
      return TimeStretches([])
    }
    guard let hours = when.hours else { return TimeStretches([month.range]) }
    let first = (month.range.lowerBound - Self.monday) / Self.week - 1
    let last = (month.range.upperBound - Self.monday) / Self.week + 1
    let ranges = (first...last).flatMap { week -> [Range<Int>] in
      let start = Self.monday + week * Self.week
      return CalendarHours(hours: hours).shifts.map { shift in
        (start + Int(shift.lowerBound * 3_600_000))..<(start + Int(shift.upperBound * 3_600_000))
      }
    }
    return when.months == nil
      ? TimeStretches(ranges) : TimeStretches(ranges.map { $0.clamped(to: month.range) })
  }
}

/// What incidents were recorded to have cost.
struct RecordedCost {
  private let costs: [Decimal]
  private let count: Int

  init(_ statistics: IncidentStatistics) {
    let events = statistics.selection.events
    (costs, count) = (events.compactMap(\.cost), events.count)
  }

  private var total: Decimal { costs.reduce(0, +) }

  /// The sum; nothing where no incident states its cost.
  var facts: [Document.Fact] {
    guard !costs.isEmpty else { return [] }
    let known = costs.count < count ? "known of \(grouped(costs.count)) of \(grouped(count))" : "as recorded"
    return [
      Document.Fact(
        "Cost of incidents", grouped(Money(total).double, decimals: 2),
        [known, "in the currency of the model"], number: Document.Number(Money(total).double))
    ]
  }

  var json: JSONValue {
    guard !costs.isEmpty else { return unknownJSON("no incident states its cost") }
    return ["value": .string("\(total)"), "incidents": .integer(costs.count), "of": .integer(count)]
  }
}
