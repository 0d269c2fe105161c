internal import Foundation
internal import Quantities
internal import ServiceModel
internal import Simulation
internal import Stochastics

/// What being without a capability costs, where more costs something than every hour the same.
extension SimulateReport {
  private static let noPeriod =
    "credits and penalties are for whole months or periods, and the horizon holds none or too many"

  /// Years of the conventions in one of 8,760 h.
  private var yearShare: Double { header.conventions.hoursPerYear / 8760 }

  func moneyFacts(_ estimate: CapabilityEstimate, _ capability: Capability) -> [Document.Fact] {
    guard let money = estimate.money else {
      return [Document.Fact("Cost a year", "unknown", [Self.noPeriod])]
    }
    func text(_ value: Double) -> String { Money.text(value, currency: money.currency) }
    func isUnseen(_ estimate: Estimate) -> Bool { estimate.value == 0 && estimate.high > 0 }
    func error(_ estimate: Estimate) -> String {
      isUnseen(estimate) ? "at most \(text(estimate.high))" : "± \(text(estimate.halfWidth))"
    }
    let total = money.total.multiplied(by: yearShare)
    let sum = Document.Fact(
      "Cost a year", isUnseen(total) ? "none seen" : text(total.value),
      [error(total), "\(money.percentiles.text(90, text) ?? "")\(horizonText)"],
      number: .init(total.value, money.currency))
    return [sum]
      + money.parts.compactMap { own in
        guard let part = own.perYear?.multiplied(by: yearShare) else { return nil }
        return Document.Fact(
          own.part.label, isUnseen(part) ? "none seen" : text(part.value),
          [error(part), capability.text(of: own.part)],
          number: .init(part.value, money.currency))
      }
  }

  func moneyMembers(_ estimate: CapabilityEstimate) -> [String: JSONValue] {
    guard let money = estimate.money else { return ["downtimeCostPerYear": unknownJSON(Self.noPeriod)] }
    return [
      "downtimeCostPerYear": money.total.multiplied(by: yearShare).moneyJSON(perYear: money.currency),
      "downtimeCostParts": money.partsJSON(yearShare: yearShare),
    ]
  }
}

extension DowntimeMoney {
  /// Each part by its name.
  func partsJSON(yearShare: Double) -> JSONValue {
    var members: [String: JSONValue] = [:]
    for own in parts {
      members[own.part.key] = own.perYear?.multiplied(by: yearShare).moneyJSON(perYear: currency)
    }
    return .object(members)
  }
}
