internal import ServiceModel
public import Stochastics

/// How the units of a component start once what held them down is repaired.
public struct ComponentStart: Sendable {
  /// The component's index.
  public let component: Int
  /// Its units.
  public let units: [Int]
  /// How long a start takes once it may begin, in hours; `nil`: no time.
  public let takes: (any Distribution)?
  /// The gates of the structure function that must be up before it may.
  public let gates: [Int]
}

extension GateCompiler {
  /// The starts of every component that states one.
  mutating func compileStarts() -> [ComponentStart] {
    model.components.indices.compactMap { index in
      guard let start = model.components[index].start else { return nil }
      let units = model.components[index].units.indices.map { firstUnit[index] + $0 }
      return ComponentStart(
        component: index, units: units, takes: start.takes,
        gates: start.gates.map { requirementGate($0.requirement) })
    }
  }
}

/// When components are up again after some of them are down at once, on average, for answers that know no events.
///
/// A component that was down waits until what gates its start is up again, and takes its time, unless it is hit again. Of
/// several that are enough the first counts, with mean times (StartOrder in Recovery draws them).
struct StartDelays {
  private let model: Model
  private let order: [Int]

  init(_ model: Model) {
    self.model = model
    order = model.components.contains { $0.start != nil } ? StartDelays.order(model) : []
  }

  /// The processes with the times after them until the units that they took down have started.
  func lengthening(_ processes: [RenewalProcess], firstUnit: [Int]) -> [RenewalProcess] {
    guard !order.isEmpty else { return processes }
    let componentOfUnit = model.components.enumerated().flatMap { index, component in
      component.units.map { _ in index }
    }
    let lengths = startLengths(processes, componentOfUnit)
    var known: [[Int]: [Double]] = [:]
    return processes.map { process in
      guard process.takesDown, process.restartsUnits, process.uptime != nil, process.meanOutageHours != nil
      else { return process }
      let hit = Set(process.units.map { componentOfUnit[$0] }).filter { model.components[$0].start != nil }
      guard !hit.isEmpty else { return process }
      let key = hit.sorted()
      let hours = known[key] ?? self.hours(restarting: hit, lengths)
      known[key] = hours
      return process.starting(after: process.units.map { hours[componentOfUnit[$0]] })
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

  /// How long until some components have started, by component; 0 for all others.
  private func hours(restarting hit: Set<Int>, _ lengths: [Double]) -> [Double] {
    var ready = [Double](repeating: 0, count: model.components.count)
    for component in order {
      let own = model.components[component]
      let needs = own.dependencies.filter { $0.strength == .hard }.map { time($0.requirement, ready) }
      ready[component] = needs.max() ?? 0
      guard hit.contains(component), let start = own.start else { continue }
      let begins = start.gates.map { time($0.requirement, ready) }.max() ?? 0
      ready[component] = max(ready[component], begins + lengths[component])
    }
    return ready.indices.map { hit.contains($0) ? ready[$0] : 0 }
  }

  private func time(_ requirement: Requirement<Target>, _ ready: [Double]) -> Double {
    switch requirement {
    case .one(let target): return ready[target.component]
    case .atLeast(let count, let members):
      let times = members.map { time($0, ready) }.sorted()
      return count >= 1 && count <= times.count ? times[count - 1] : 0
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
