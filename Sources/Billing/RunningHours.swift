internal import FoundationEssentials
internal import Quantities
public import ServiceModel
internal import Stochastics

/// How many units of what is paid for run, hour by hour of a week, as autoscaling wants them at the stated demand.
///
/// Without delays and failures; what does not scale runs all the time, and does not grow. With less demand there is less of it.
public struct RunningHours: Sendable {
  private let model: Model

  /// The hours of the week from which on the demand may be another, ascending, and how long each lasts.
  public let hours: [(from: Double, lasts: Double)]

  /// The hours of a model's week.
  public init(_ model: Model) {
    self.model = model
    let changes = Set([0] + model.capabilities.flatMap { $0.profile?.changes ?? [] }).sorted()
    hours = zip(changes, changes.dropFirst() + [168]).map { ($0, $1 - $0) }
  }

  /// Whether anything that scales with demand grows.
  public var grows: Bool {
    model.capabilities.contains { ($0.profile?.growthPerYear ?? 0) != 0 && !$0.demands.isEmpty }
  }

  /// The units behind an entry at each of the hours.
  ///
  /// - Parameters:
  ///   - year: from 0; demand is that of the year before times 1 + growth.
  ///   - growthShare: so much of the stated growth, 1 for all.
  ///   - level: what the demand is multiplied by.
  public func units(
    behind entry: CostEntry, year: Int = 0, growthShare: Double = 1, level: Double = 1
  ) -> [Double] {
    guard entry.scope == .unit, case .component(let index) = entry.owner,
      let scaling = model.components[index].autoscaling
    else {
      let count = RunningCount.behind(entry, in: model).likely
      return hours.map { _ in (Double("\(count)") ?? 0) * level }
    }
    let component = model.components[index]
    let others = Double(component.units.count - component.roles[scaling.role].units.count)
    return hours.map { hour in
      let demand = model.capabilities.reduce(0.0) { sum, capability in
        let units = capability.demands.filter { $0.target.asks(scaling, of: index) }.reduce(0) {
          $0 + $1.units
        }
        let growth = 1 + growthShare * (capability.profile?.growthPerYear ?? 0)
        let load = capability.profile?.level(atHourOfWeek: hour.from) ?? 1
        return sum + units * load * portablePower(growth, Double(year))
      }
      return Double(scaling.wanted(demand: demand * level)) + others * level
    }
  }
}
