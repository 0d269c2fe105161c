internal import Foundation
internal import IncidentHistory
internal import Quantities
internal import ServiceModel

/// What the downtime of a month cost by what the model says an hour of it costs.
struct MonthCost {
  private let rate: MoneyRate?
  private let hours: Double

  init(_ promise: MonthReport.Promise) {
    (rate, hours) = (promise.downtimeCost, promise.month.downtimeHours)
  }

  /// The cost; nothing where the model does not say what downtime costs.
  var facts: [Document.Fact] {
    guard let rate else { return [] }
    let cost = rate.perHour * hours
    return [
      Document.Fact(
        "Downtime cost", Money.text(cost, currency: rate.amount.currency), ["at \(rate) of downtime"],
        number: Document.Number(cost, rate.amount.currency))
    ]
  }

  var json: JSONValue {
    guard let rate else { return unknownJSON("the model does not say what downtime costs") }
    return ["value": .string(String(format: rate.perHour * hours)), "unit": .string(rate.amount.currency)]
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
