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
/// A component that was down waits until what gates its start is up again, and takes its mean time. Of several that
/// are enough the first counts, with mean times (StartOrder in Recovery draws them).
struct StartDelays {
  private let model: Model
  private let order: [Int]

  init(_ model: Model) {
    self.model = model
    order = model.components.contains { $0.start != nil } ? StartDelays.order(model) : []
  }

  /// The processes with the mean time after them until the last of the units that they took down has started.
  func lengthening(_ processes: [RenewalProcess], firstUnit: [Int]) -> [RenewalProcess] {
    guard !order.isEmpty else { return processes }
    let componentOfUnit = model.components.enumerated().flatMap { index, component in
      component.units.map { _ in index }
    }
    var known: [[Int]: Double] = [:]
    return processes.map { process in
      guard process.takesDown, process.restartsUnits, let uptime = process.uptime,
        let down = process.meanOutageHours
      else {
        return process
      }
      let hit = Set(process.units.map { componentOfUnit[$0] }).filter { model.components[$0].start != nil }
      guard !hit.isEmpty else { return process }
      let key = hit.sorted()
      let hours = known[key] ?? self.hours(restarting: hit)
      known[key] = hours
      return process.starting(after: hours, uptime: uptime.mean, down: down)
    }
  }

  /// How long until the last of some components has started.
  private func hours(restarting hit: Set<Int>) -> Double {
    var ready = [Double](repeating: 0, count: model.components.count)
    for component in order {
      let own = model.components[component]
      let needs = own.dependencies.filter { $0.strength == .hard }.map { time($0.requirement, ready) }
      ready[component] = needs.max() ?? 0
      guard hit.contains(component), let start = own.start else { continue }
      let begins = start.gates.map { time($0.requirement, ready) }.max() ?? 0
      ready[component] = max(ready[component], begins + start.meanHours)
    }
    return hit.reduce(0) { max($0, ready[$1]) }
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

extension RenewalProcess {
  /// The same with the mean time that its units take to start after it.
  fileprivate func starting(after hours: Double, uptime: Double, down: Double) -> RenewalProcess {
    RenewalProcess(
      name: name, cause: cause, entity: entity, uptime: self.uptime, outage: outage,
      detectionParts: detectionParts,
      unavailability: min(1, (down * situation.boundShare + hours) / (uptime + down)),
      statesUnavailability: statesUnavailability,
      units: units,
      remainingFraction: remainingFraction, season: season, restartsUnits: restartsUnits,
      meanStartHours: hours, situation: situation)
  }
}
