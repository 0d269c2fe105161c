internal import Foundation
internal import Quantities
internal import Reliability
internal import ServiceModel
internal import Simulation
internal import Stochastics

/// What being without a capability costs, where outages or months cost something beside hours.
extension SimulateReport {
  /// Years of the conventions in one of 8,760 h.
  private var yearShare: Double { header.conventions.hoursPerYear / 8760 }

  func moneyFacts(_ estimate: CapabilityEstimate, _ capability: Capability) -> [Document.Fact] {
    guard let money = estimate.money else {
      return [
        Document.Fact(
          "Cost a year", "unknown",
          ["credits are for calendar months, and the horizon holds none or too many"])
      ]
    }
    func text(_ value: Double) -> String { Money.text(value, currency: money.currency) }
    let total = money.total.multiplied(by: yearShare)
    var facts = [
      Document.Fact(
        "Cost a year", text(total.value),
        ["± \(text(total.halfWidth))", "p90 \(text(money.p90))\(horizonText)"],
        number: .init(total.value, money.currency))
    ]
    func part(_ label: String, _ part: Estimate?, _ remark: String) {
      guard let part = part?.multiplied(by: yearShare) else { return }
      facts.append(
        Document.Fact(
          label, text(part.value), ["± \(text(part.halfWidth))", remark],
          number: .init(part.value, money.currency)))
    }
    part("by the hour", money.hours, capability.downtimeCost.map { "at \($0) of downtime" } ?? "")
    part("by outages", money.incidents, capability.downtimeTerms?.perIncident.map { "at \($0) each" } ?? "")
    part("credits", money.credits, capability.creditText)
    return facts
  }

  func moneyMembers(_ estimate: CapabilityEstimate) -> [String: JSONValue] {
    guard let money = estimate.money else {
      return [
        "downtimeCostPerYear": unknownJSON("credits are for calendar months, and the horizon holds none")
      ]
    }
    func json(_ part: Estimate) -> JSONValue {
      part.multiplied(by: yearShare).moneyJSON(perYear: money.currency)
    }
    var parts: [String: JSONValue] = [:]
    parts["hours"] = money.hours.map(json)
    parts["incidents"] = money.incidents.map(json)
    parts["credits"] = money.credits.map(json)
    return ["downtimeCostPerYear": json(money.total), "downtimeCostParts": .object(parts)]
  }
}

extension SolveReport {
  /// What hours and outages cost by the exact engine, which knows no months.
  func moneyFacts(_ result: SteadyStateResult, _ capability: Capability) -> [Document.Fact] {
    guard let terms = capability.downtimeTerms, let currency = capability.downtimeCurrency else { return [] }
    let notes = terms.credits.isEmpty ? [] : ["without credits for months: relmodel simulate"]
    guard let cost = capability.exactDowntimeCost(result, header.conventions.hoursPerYear) else {
      let reason =
        terms.perIncident == nil || result.frequencyPerHour != nil
        ? "only credits for months cost something: relmodel simulate" : "how often it goes down is not known"
      return [Document.Fact("Cost a year", "unknown", [reason])]
    }
    let prices = [
      capability.downtimeCost.map { "at \($0) of downtime" }, terms.perIncident.map { "\($0) an outage" },
    ].compactMap { $0 }
    return [
      Document.Fact(
        "Cost a year", Money.text(cost, currency: currency), prices + notes, number: .init(cost, currency))
    ]
  }

  func moneyJSON(_ result: SteadyStateResult, _ capability: Capability) -> JSONValue? {
    guard let terms = capability.downtimeTerms, let currency = capability.downtimeCurrency else { return nil }
    guard let cost = capability.exactDowntimeCost(result, header.conventions.hoursPerYear) else {
      return unknownJSON("credits for months are only simulated, or how often it goes down is not known")
    }
    var members: [String: JSONValue] = [
      "value": .string(String(format: cost)), "unit": .string("\(currency)/y"),
    ]
    if !terms.credits.isEmpty {
      members["leavesOut"] = .string("credits for months, which are only simulated")
    }
    return .object(members)
  }
}

extension Capability {
  /// The schedule of credits in words.
  var creditText: String {
    (downtimeTerms?.credits ?? []).reversed().map { "\($0.text) for a month below \($0.below)" }
      .joined(separator: ", ")
  }

  /// What being without it costs, in words.
  var downtimeText: String? {
    let parts = [
      downtimeCost.map { "\($0)" }, downtimeTerms?.perIncident.map { "\($0) an outage" },
      creditText.isEmpty ? nil : creditText,
    ].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// What hours and outages cost in a year; `nil` where neither has a price, or a frequency is not known.
  fileprivate func exactDowntimeCost(_ result: SteadyStateResult, _ hoursPerYear: Double) -> Double? {
    let hours = downtimeCost.map { result.unavailability * $0.perHour * hoursPerYear }
    guard let price = downtimeTerms?.perIncident else { return hours }
    return result.frequencyPerHour.map { (hours ?? 0) + $0 * hoursPerYear * price.double }
  }
}
