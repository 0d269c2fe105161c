internal import Quantities

/// What a gate can ask of a result.
public enum GateMetric: String, Sendable, Hashable, CaseIterable {
  /// The share of time a capability is not down.
  case availability
  /// Time down in a year.
  case downtime
  /// Outages in a year.
  case outages
  /// The share of the demand that is served.
  case served
  /// The share of an objective's windows that miss it, of the worst objective.
  case missed
  /// Every objective is met on average.
  case objectives
  /// The share served after the loss of the worst zone, once failover is over.
  case servedAfterZone = "served-after-zone"
  /// How full the fullest limit is after the loss of a zone.
  case usedAfterZone = "used-after-zone"
  /// What a month costs.
  case monthly
  /// How much more it costs than before, as an amount or a share.
  case monthlyIncrease = "monthly-increase"
  /// What twelve months cost.
  case yearly
  /// What a change costs once.
  case once
  /// What downtime costs in a year.
  case downtimeCost = "downtime-cost"
  /// The net present value.
  case netPresentValue = "npv"
  /// The share of replications in which the net present value is above 0.
  case chance = "P(npv>0)"
  /// Net benefit over cost.
  case returnOnInvestment = "roi"
  /// The internal rate of return of a year.
  case internalRate = "irr"
  /// Months until what was paid has come back.
  case payback

  /// Reads a name; case does not matter.
  init?(text: String) {
    let plain = text.filter { !$0.isWhitespace }.lowercased()
    guard let found = Self.allCases.first(where: { $0.rawValue.lowercased() == plain }) else { return nil }
    self = found
  }

  /// A condition that can be pasted.
  var example: String {
    switch self {
    case .availability: "availability>=99.9%"
    case .downtime: "downtime<=8h"
    case .outages: "outages<=12"
    case .served: "served>=99%"
    case .missed: "missed<=5%"
    case .objectives: "objectives"
    case .servedAfterZone: "served-after-zone>=50%"
    case .usedAfterZone: "used-after-zone<=80%"
    case .monthly: "monthly<=$3,500"
    case .monthlyIncrease: "monthly-increase<=10%"
    case .yearly: "yearly<=$42,000"
    case .once: "once<=$20,000"
    case .downtimeCost: "downtime-cost<=$10,000"
    case .netPresentValue: "npv>0"
    case .chance: "P(npv>0)>=90%"
    case .returnOnInvestment: "roi>=100%"
    case .internalRate: "irr>=15%"
    case .payback: "payback<=12 months"
    }
  }

  /// Whether it is held as what is left of one, so that nines are not lost.
  var isComplement: Bool { self == .availability || self == .served }

  /// Reads a limit in the unit of what is measured.
  func limit(parsing text: String) throws(QuantityError) -> GateCondition.Limit {
    switch self {
    case .availability, .served: .share(try Availability(parsing: text).unavailability)
    case .missed, .chance, .servedAfterZone: .share(try Probability(parsing: text).value)
    case .usedAfterZone, .returnOnInvestment, .internalRate: .share(try Self.percent(text))
    case .downtime, .payback: .hours(try Self.hours(text))
    case .outages: .count(try Self.number(text))
    case .monthlyIncrease:
      text.contains("%") ? .share(try Self.percent(text)) : try Self.money(text)
    case .monthly, .yearly, .once, .downtimeCost, .netPresentValue: try Self.money(text)
    case .objectives: throw QuantityError("objectives are met or missed and have no limit")
    }
  }

  private static func number(_ text: String) throws(QuantityError) -> Double {
    guard let number = NumberText(prefixOf: text[...]), number.rest.isEmpty, number.double.isFinite else {
      throw QuantityError("“\(text)” is no number")
    }
    return number.double
  }

  /// A percentage of any size and sign, as a share.
  private static func percent(_ text: String) throws(QuantityError) -> Double {
    guard let number = NumberText(prefixOf: text[...]), number.rest == "%", number.double.isFinite else {
      throw QuantityError("“\(text)” is no percentage")
    }
    return number.double / 100
  }

  /// A length of time; `12 months` too.
  private static func hours(_ text: String) throws(QuantityError) -> Double {
    do throws(QuantityError) {
      return try TimeSpan(parsing: text).hours
    } catch {
      guard text.hasSuffix("s"), let span = try? TimeSpan(parsing: String(text.dropLast())) else {
        throw error
      }
      return span.hours
    }
  }

  private static func money(_ text: String) throws(QuantityError) -> GateCondition.Limit {
    if let number = NumberText(prefixOf: text[...]), number.rest.isEmpty, number.double == 0 {
      return .money(0, currency: nil)
    }
    let money = try Money(parsing: text)
    return .money(money.double, currency: money.currency)
  }
}
