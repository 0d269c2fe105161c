internal import Quantities
internal import Stochastics

/// When the units of components have started after some of them are down at once.
///
/// A unit that was down waits until what gates its start is up again, and takes its time, unless it is hit again. Of
/// several that are enough the first counts, with mean times (StartOrder in Recovery draws them); what was not hit, or has
/// moved to what was not, is up meanwhile.
package struct StartTimes {
  private let model: Model
  private let order: [Int]
  /// Whether some start waits for one unit by itself.
  private let asksForUnits: Bool

  /// The starts of a model.
  package init(_ model: Model) {
    self.model = model
    asksForUnits = model.components.contains { component in
      (component.start?.gates ?? []).flatMap(\.requirement.references).contains { $0.unit != nil }
    }
    order = model.components.contains { $0.start != nil } ? StartTimes.order(model) : []
  }

  /// Whether no component states a start.
  package var isEmpty: Bool { order.isEmpty }

  /// The units with a start that an outage takes down.
  package struct Hit: Hashable {
    /// By component: how many units of each role.
    fileprivate var counts: [Int: [Int]] = [:]
    /// The component and the place in it of each, where some start asks for units by themselves.
    fileprivate var units: Set<[Int]> = []

    /// None yet.
    package init() {}
  }

  /// Adds a unit of a component that states a start to those that an outage takes down.
  package func add(_ unit: Int, of component: Int, to hit: inout Hit) {
    let none = [Int](repeating: 0, count: model.components[component].roles.count)
    hit.counts[component, default: none][model.components[component].units[unit].role] += 1
    if asksForUnits { hit.units.insert([component, unit]) }
  }

  /// How long units wait for what gates their starts, and until they have started, in hours.
  package struct Hours {
    /// How long until what a component needs hard is up.
    fileprivate var needs: [Double]
    /// By component: until its units may start; 0 for those that were not hit.
    package fileprivate(set) var waits: [Double]
    /// By component: until its units have started; 0 for those that were not hit.
    package fileprivate(set) var units: [Double]
  }

  /// How long until the units of some components have started.
  ///
  /// - Parameter lengths: how long a start takes once it may begin, by component, in hours.
  package func hours(restarting hit: Hit, _ lengths: [Double]) -> Hours {
    let none = [Double](repeating: 0, count: model.components.count)
    var times = Hours(needs: none, waits: none, units: none)
    for component in order {
      let own = model.components[component]
      times.needs[component] =
        own.dependencies.filter { $0.strength == .hard }.map { time($0.requirement, hit, times) }.max() ?? 0
      guard hit.counts[component] != nil, let start = own.start else { continue }
      times.waits[component] = start.gates.map { time($0.requirement, hit, times) }.max() ?? 0
      times.units[component] = times.waits[component] + lengths[component]
    }
    return times
  }

  private func time(_ requirement: Requirement<Target>, _ hit: Hit, _ times: Hours) -> Double {
    switch requirement {
    case .one(let target): return time(target, hit, times)
    case .atLeast(let count, let members):
      let times = members.map { time($0, hit, times) }.sorted()
      return count >= 1 && count <= times.count ? times[count - 1] : 0
    }
  }

  /// A target is up as long as enough of its units were not hit, or once its role has moved to one that was not.
  private func time(_ target: Target, _ hit: Hit, _ times: Hours) -> Double {
    let component = model.components[target.component]
    let started = times.units[target.component]
    if let unit = target.unit { return hit.units.contains([target.component, unit]) ? started : 0 }
    guard let counts = hit.counts[target.component] else { return times.needs[target.component] }
    let roles = target.role.map { [$0] } ?? Array(component.roles.indices)
    return roles.reduce(times.needs[target.component]) { longest, role in
      let left = component.roles[role].units.count - counts[role]
      guard left < component.roles[role].required else { return longest }
      let move = component.failovers.first { $0.role == role }.flatMap { failover in
        failover.candidates.contains { component.roles[$0].units.count > counts[$0] }
          ? failover.meanHours : nil
      }
      return max(longest, min(started, move ?? .infinity))
    }
  }

  /// Components ordered so that what one needs hard or to start comes before it.
  private static func order(_ model: Model) -> [Int] {
    let needs = model.components.map { component in
      (component.dependencies.filter { $0.strength == .hard }.map(\.requirement)
        + (component.start?.gates.map(\.requirement) ?? [])).flatMap(\.references).map(\.component)
    }
    return DependencyOrder.order(of: needs)
  }
}

extension Failover {
  /// How long a role is down by a move, on average, in hours; `nil` where some moves end with the return of the holder only.
  fileprivate var meanHours: Double? {
    let noticed = detection.reduce(0) { $0 + $1.mean }
    guard works.value < 1 else { return noticed + takes.mean }
    return manual.map { noticed + works.value * takes.mean + (1 - works.value) * $0.mean }
  }
}
