public import FoundationEssentials
internal import Quantities
public import ServiceModel

/// How many units or nodes of an owner run on average: what a cost for each of them is multiplied by.
public struct RunningCount: Sendable, Hashable {
  /// Whose.
  public let owner: CostEntry.Owner
  /// The owner's name.
  public let name: String
  /// On average over a week, or what is declared.
  public let likely: Decimal
  /// The fewest that autoscaling leaves.
  public let fewest: Decimal
  /// The most that autoscaling adds.
  public let most: Decimal
  /// How it was found; empty when it is what is declared.
  public let reason: String
  /// Whether it follows from the demand over the week.
  public let isFromDemand: Bool

  /// Whether a reader should be told how it was found.
  public var isNotable: Bool { !reason.isEmpty }

  /// Whether the model leaves open how many run.
  public var isOpen: Bool { isNotable && fewest != most && !isFromDemand }

  /// The count behind an entry, with the stated demand multiplied.
  static func behind(_ entry: CostEntry, in model: Model, demand: Double = 1) -> RunningCount {
    switch entry.owner {
    case .component(let index) where entry.scope == .unit: units(of: index, in: model, demand: demand)
    case .domain(let index) where entry.scope == .node: nodes(of: index, in: model)
    default: declared(1, of: entry.owner, named: entry.ownerName)
    }
  }

  private static func declared(_ count: Int, of owner: CostEntry.Owner, named name: String) -> RunningCount {
    let count = Decimal(count)
    return RunningCount(
      owner: owner, name: name, likely: count, fewest: count, most: count, reason: "", isFromDemand: false)
  }

  private static func units(of index: Int, in model: Model, demand: Double) -> RunningCount {
    let component = model.components[index]
    guard let scaling = component.autoscaling else {
      return declared(component.units.count, of: .component(index), named: component.name)
    }
    // Those of other roles are always there.
    let others = Decimal(component.units.count - component.roles[scaling.role].units.count)
    let mean = meanWanted(of: index, scaling, in: model, demand: demand)
    return RunningCount(
      owner: .component(index), name: component.name, likely: mean + others,
      fewest: Decimal(scaling.fewest) + others, most: Decimal(scaling.most) + others,
      reason: "wanted on average over the week at the stated demand, of \(scaling.fewest) to \(scaling.most)",
      isFromDemand: true)
  }

  private static func nodes(of index: Int, in model: Model) -> RunningCount {
    let count = model.domains.nodes(of: index).count
    let name = model.domains[index].name
    guard let scaling = model.domains[index].nodeAutoscaling else {
      return declared(count, of: .domain(index), named: name)
    }
    return RunningCount(
      owner: .domain(index), name: name, likely: Decimal(count), fewest: Decimal(scaling.fewest),
      most: Decimal(scaling.most),
      reason: "\(count) declared; the autoscaler may run \(scaling.fewest) to \(scaling.most)",
      isFromDemand: false)
  }

  /// The mean over a week of how many units are wanted, without the delays of autoscaling. A component that scales has a
  /// stated demand.
  private static func meanWanted(
    of index: Int, _ scaling: Autoscaling, in model: Model, demand factor: Double
  ) -> Decimal {
    let asking = model.capabilities.compactMap { capability -> (units: Double, profile: DemandProfile?)? in
      let units = capability.demands.filter { $0.target.asks(scaling, of: index) }.map(\.units).reduce(0, +)
      return units > 0 ? (units, capability.profile) : nil
    }
    let changes = Set(asking.flatMap { $0.profile?.changes ?? [0] }).sorted()
    var unitHours = 0.0
    for (place, hour) in changes.enumerated() {
      let next = place + 1 < changes.count ? changes[place + 1] : hoursOfWeek
      let demand = asking.map { $0.units * ($0.profile?.level(atHourOfWeek: hour) ?? 1) }.reduce(0, +)
      unitHours += Double(scaling.wanted(demand: demand * factor)) * (next - hour)
    }
    return Decimal(string: shortest(unitHours / hoursOfWeek)) ?? 0
  }

  private static let hoursOfWeek = 168.0
}

extension Target {
  /// Whether what is asked of it is asked of the units of a component that come and go.
  func asks(_ scaling: Autoscaling, of index: Int) -> Bool {
    component == index && (role == nil || role == scaling.role)
  }
}
