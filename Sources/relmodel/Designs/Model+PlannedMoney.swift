import Quantities
import ServiceModel

/// What downtime costs in a month, as far as it is not by the hour alone.
extension Model {
  /// What outages of a capability cost in a month by their number: f × hours of a month × (price + lost work while people
  /// get back to it); 0 where how often it goes down is not known.
  func monthlyCostOfOutages(_ place: Int, perHour frequency: Double?) -> Double {
    guard let terms = capabilities[place].downtimeTerms, let frequency else { return 0 }
    let refocus = terms.productivity.map { $0.refocus.hours * $0.perHour * ($0.when?.share ?? 1) } ?? 0
    return frequency * conventions.hoursPerMonth * ((terms.perIncident?.double ?? 0) + refocus)
  }

  /// The most that can be due in a month: its highest credit, and every period of each penalty missed.
  func mostMonthlyDues(_ place: Int) -> Double {
    guard let terms = capabilities[place].downtimeTerms else { return 0 }
    let credit = terms.credits.map(\.pays.double).max() ?? 0
    // Months of the simulation are twelfths of a year of 8,760 h.
    let scale = conventions.hoursPerMonth * 12 / 8_760
    return scale
      * terms.penalties.reduce(credit) { sum, penalty in
        let all = penalty.pays.double * penalty.promise.window.periodsPerYear / 12
        return sum + min(all, penalty.atMostPerYear.map { $0.double / 12 } ?? .infinity)
      }
  }
}

extension Objective.Window {
  /// How many there are in a year of 8,760 h.
  fileprivate var periodsPerYear: Double {
    switch self {
    case .calendarMonth: 12
    case .year: 1
    case .tumbling(let length): 8_760 / length.hours
    }
  }
}
