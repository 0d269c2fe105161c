internal import Quantities
internal import ServiceModel
internal import Stochastics

/// When components are up again after some of them are down at once, on average, for answers that know no events.
///
/// A unit that was down waits until what gates its start is up again, and takes its time, unless it is hit again. Of
/// several that are enough the first counts, with mean times (StartOrder in Recovery draws them); what was not hit, or has
/// moved to what was not, is up meanwhile.
struct StartDelays {
  private let model: Model
  private let order: [Int]
  /// Whether some start waits for one unit by itself.
  private let asksForUnits: Bool

  init(_ model: Model) {
    self.model = model
    asksForUnits = model.components.contains { component in
      (component.start?.gates ?? []).flatMap(\.requirement.references).contains { $0.unit != nil }
    }
    order = model.components.contains { $0.start != nil } ? StartDelays.order(model) : []
  }

  /// The processes with the times after them until the units that they took down have started.
  func lengthening(_ processes: [RenewalProcess], firstUnit: [Int]) -> [RenewalProcess] {
    guard !order.isEmpty else { return processes }
    let componentOfUnit = model.components.enumerated().flatMap { index, component in
      component.units.map { _ in index }
    }
    let lengths = startLengths(processes, componentOfUnit)
    var known: [StartingUnits: [Double]] = [:]
    return processes.map { process in
      guard process.takesDown, process.restartsUnits, process.uptime != nil, process.meanOutageHours != nil,
        process.units.contains(where: { model.components[componentOfUnit[$0]].start != nil })
      else { return process }
      var hit = StartingUnits()
      for unit in process.units {
        let component = componentOfUnit[unit]
        guard model.components[component].start != nil else { continue }
        hit.add(unit - firstUnit[component], of: component, in: model, byItself: asksForUnits)
      }
      let hours = known[hit] ?? self.hours(restarting: hit, lengths)
      known[hit] = hours
      let after = process.units.map { hours[componentOfUnit[$0]] }
      // Where units leave a place while others stay, the last start counts for all that it holds.
      guard process.situation.leaving.isEmpty else {
        return process.starting(after: [after.max() ?? 0], isApart: false)
      }
      // What the chain of a role shares with others is the outage alone: it follows the starts itself.
      let hitsRoles = process.units.contains { !model.components[componentOfUnit[$0]].failovers.isEmpty }
      return process.starting(
        after: after, isApart: hitsRoles && Set(process.units.map { componentOfUnit[$0] }).count > 1)
    }
  }

  /// For each component: how long a start takes, in hours; where it varies, the fixed time that as many starts survive.
  ///
  /// Of starts S of a unit that fails at a rate Λ, of all that takes it down, E[e^(−ΛS)] come to their end: as many as
  /// of those of −ln E[e^(−ΛS)] / Λ, which is the mean where failures are rare.
  private func startLengths(_ processes: [RenewalProcess], _ componentOfUnit: [Int]) -> [Double] {
    var rates = [Double](repeating: 0, count: componentOfUnit.count)
    for process in processes where process.takesDown && process.restartsUnits {
      guard process.situation.clock == .calendar, let uptime = process.uptime, uptime.mean > 0 else {
        continue
      }
      for unit in process.units { rates[unit] += 1 / uptime.mean }
    }
    var highest = [Double](repeating: 0, count: model.components.count)
    for (component, rate) in zip(componentOfUnit, rates) {
      highest[component] = max(highest[component], rate)
    }
    return zip(model.components, highest).map { component, rate in
      component.start?.takes.map { StartDelays.length($0, rate: rate, name: component.name) } ?? 0
    }
  }

  private static func length(_ takes: any Distribution, rate: Double, name: String) -> Double {
    guard takes.variance > 0, rate > 0, let next = try? Exponential(mean: 1 / rate) else { return takes.mean }
    // 1 − E[e^(−ΛS)] = Λ E[min(S, a time of rate Λ)].
    let missed = rate * MeanMinimum.value([next], [takes], streamName: "\(name)/start-mean")
    return min(takes.mean, -portableLog1p(-min(missed, 1 - 1e-12)) / rate)
  }

  /// How long until the units of some components have started, by component; 0 for all others.
  private func hours(restarting hit: StartingUnits, _ lengths: [Double]) -> [Double] {
    var times = Times(
      needs: [Double](repeating: 0, count: model.components.count),
      units: [Double](repeating: 0, count: model.components.count))
    for component in order {
      let own = model.components[component]
      times.needs[component] =
        own.dependencies.filter { $0.strength == .hard }.map { time($0.requirement, hit, times) }.max() ?? 0
      guard hit.counts[component] != nil, let start = own.start else { continue }
      let begins = start.gates.map { time($0.requirement, hit, times) }.max() ?? 0
      times.units[component] = begins + lengths[component]
    }
    return times.units
  }

  /// How long until what a component needs hard is up, and until those of its units that were hit have started, in hours.
  private struct Times {
    var needs: [Double]
    var units: [Double]
  }

  private func time(_ requirement: Requirement<Target>, _ hit: StartingUnits, _ times: Times) -> Double {
    switch requirement {
    case .one(let target): return time(target, hit, times)
    case .atLeast(let count, let members):
      let times = members.map { time($0, hit, times) }.sorted()
      return count >= 1 && count <= times.count ? times[count - 1] : 0
    }
  }

  /// A target is up as long as enough of its units were not hit, or once its role has moved to one that was not.
  private func time(_ target: Target, _ hit: StartingUnits, _ times: Times) -> Double {
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

/// The units with a start that an outage takes down.
private struct StartingUnits: Hashable {
  /// By component: how many units of each role.
  private(set) var counts: [Int: [Int]] = [:]
  /// The component and the place in it of each, where some start asks for units by themselves.
  private(set) var units: Set<[Int]> = []

  mutating func add(_ unit: Int, of component: Int, in model: Model, byItself: Bool) {
    let none = [Int](repeating: 0, count: model.components[component].roles.count)
    counts[component, default: none][model.components[component].units[unit].role] += 1
    if byItself { units.insert([component, unit]) }
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
