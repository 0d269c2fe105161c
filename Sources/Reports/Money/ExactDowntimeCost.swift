internal import Quantities
internal import Reliability
internal import ServiceGraph
internal import ServiceModel
internal import Simulation

/// What downtime costs in a year by the exact engine, which knows how long and how often, and neither hours nor months.
///
/// With unavailability U and outages at rate f, an hour of the week costs the mean over the week, so hours cost U × mean, and
/// lost work (U + f × refocus) × the share of time in which people work. Both are exact where failures and repairs are as
/// likely at any hour.
struct ExactDowntimeCost {
  /// What each part costs in a year, of those that can be told.
  let parts: [(part: DowntimeCostPart, perYear: Double)]
  /// What is left out, in words.
  let leftOut: [String]
  /// What is approximate, in words.
  let approximations: [String]

  /// All that can be told; `nil` when nothing can.
  var perYear: Double? { parts.isEmpty ? nil : parts.reduce(0) { $0 + $1.perYear } }

  init(_ result: SteadyStateResult, _ index: Int, _ header: ResultHeader) {
    let capability = header.graph.model.capabilities[index]
    let terms = capability.downtimeTerms
    let hours = header.conventions.hoursPerYear
    var parts: [(part: DowntimeCostPart, perYear: Double)] = []
    var leftOut: [String] = []
    if let mean = capability.meanDowntimePerHour {
      parts.append((.hours, result.unavailability * hours * mean))
    }
    if let price = terms?.perIncident {
      if let frequency = result.frequencyPerHour {
        parts.append((.incidents, frequency * hours * price.double))
      } else {
        leftOut.append("outages, as how often it goes down is not known")
      }
    }
    if let work = terms?.productivity {
      if let lost = work.lostShare(result) {
        parts.append((.productivity, lost * hours * work.perHour))
      } else {
        leftOut.append("lost work, as how often it goes down is not known")
      }
    }
    if let terms, !terms.credits.isEmpty { leftOut.append("credits for months") }
    if let terms, !terms.penalties.isEmpty { leftOut.append("penalties for periods") }
    (self.parts, self.leftOut) = (parts, leftOut)
    let keeping = capability.asksForHours ? header.graph.causesThatKeepHours(ofCapability: index) : []
    approximations =
      keeping.isEmpty
      ? []
      : [
        "at the mean of all hours, though \(keeping.prefix(3).joined(separator: ", "))\(keeping.count > 3 ? " and more" : "") keep"
          + "\(keeping.count == 1 ? "s" : "") to some"
      ]
  }
}

extension LostProductivity {
  /// The share of all time that is working time lost; `nil` where how often is asked for and not known.
  fileprivate func lostShare(_ result: SteadyStateResult) -> Double? {
    let share = when?.share ?? 1
    guard refocus > .zero else { return result.unavailability * share }
    return result.frequencyPerHour.map { (result.unavailability + $0 * refocus.hours) * share }
  }
}

extension Capability {
  /// Whether it makes a difference at what hour it is down.
  fileprivate var asksForHours: Bool {
    downtimeTerms.map { !$0.hours.isEmpty || $0.productivity?.when != nil } ?? false
  }
}

extension SolveReport {
  /// What downtime costs, where more costs something than every hour the same.
  func moneyFacts(_ result: SteadyStateResult, _ index: Int) -> [Document.Fact] {
    let capability = header.graph.model.capabilities[index]
    guard let currency = capability.downtimeCurrency else { return [] }
    let cost = ExactDowntimeCost(result, index, header)
    let left =
      cost.leftOut.isEmpty ? [] : ["without \(cost.leftOut.joined(separator: ", ")): relmodel simulate"]
    guard let total = cost.perYear else { return [Document.Fact("Cost a year", "unknown", left)] }
    func fact(_ label: String, _ value: Double, _ notes: [String]) -> Document.Fact {
      Document.Fact(label, Money.text(value, currency: currency), notes, number: .init(value, currency))
    }
    let sum = fact("Cost a year", total, left + cost.approximations)
    return [sum] + cost.parts.map { fact($0.part.label, $0.perYear, [capability.text(of: $0.part)]) }
  }

  func moneyMembers(_ result: SteadyStateResult, _ index: Int) -> [String: JSONValue] {
    guard let currency = header.graph.model.capabilities[index].downtimeCurrency else { return [:] }
    let cost = ExactDowntimeCost(result, index, header)
    func json(_ value: Double) -> [String: JSONValue] {
      ["value": .string(String(format: value)), "unit": .string("\(currency)/y")]
    }
    guard let total = cost.perYear else {
      return [
        "downtimeCostPerYear": unknownJSON("\(cost.leftOut.joined(separator: ", ")): only simulated")
      ]
    }
    var sum = json(total)
    if !cost.leftOut.isEmpty {
      sum["leavesOut"] = .string(cost.leftOut.joined(separator: ", "))
    }
    if !cost.approximations.isEmpty {
      sum["approximations"] = .array(cost.approximations.map { .string($0) })
    }
    var parts: [String: JSONValue] = [:]
    for own in cost.parts { parts[own.part.key] = .object(json(own.perYear)) }
    return ["downtimeCostPerYear": .object(sum), "downtimeCostParts": .object(parts)]
  }
}
