import Quantities
import ServiceModel
import Stochastics

/// The long run of a model by going through every combination of its failures: slow, plain, and written from the
/// sentences of the semantics, not from the compiled graph.
struct Enumeration {
  /// One failure mode of one entity.
  struct Process {
    let entity: String
    let cause: String
    /// The units it takes down, as bits.
    var units = 0
    /// The share of time it is down.
    let unavailability: Double
    /// The mean time from the end of an outage to the next, in hours; `nil` when not known.
    let meanUpTime: Double?
  }

  /// What holds of one capability.
  struct Result {
    var unavailability = 0.0
    /// Per hour; `nil` when a frequency it depends on is not known.
    var frequency: Double? = 0
    /// By cause: the share of downtime in which its repair alone would restore the capability.
    var shares: [String: Double] = [:]
    /// By entity: the causes that take the capability down alone.
    var singlePoints: [String: Set<String>] = [:]
  }

  private let model: Model
  private(set) var processes: [Process] = []
  private(set) var unitCount = 0

  init(_ model: Model) {
    self.model = model
    unitCount = model.components.reduce(0) { $0 + $1.units.count }
    for (index, domain) in model.domains.enumerated() {
      for mode in domain.modes {
        let residents = units { _, place in place.map { contains(index, $0) } ?? false }
        add(mode, entity: domain.name, cause: "\(domain.causeName)/\(mode.name)", units: residents)
      }
    }
    for (index, component) in model.components.enumerated() {
      for mode in component.modes { add(mode, of: component, index: index) }
    }
  }

  // MARK: Processes

  /// The units, as bits, for which something holds of their component's index and their place.
  private func units(where holds: (_ component: Int, _ place: Int?) -> Bool) -> Int {
    var (bits, next) = (0, 0)
    for (index, component) in model.components.enumerated() {
      for unit in component.units {
        if holds(index, unit.domain) { bits |= 1 << next }
        next += 1
      }
    }
    return bits
  }

  private func firstUnit(of component: Int) -> Int {
    model.components.prefix(component).reduce(0) { $0 + $1.units.count }
  }

  /// Whether a domain is another, or holds it at any depth.
  private func contains(_ outer: Int, _ inner: Int) -> Bool {
    outer == inner || model.domains[inner].parents.contains { contains(outer, $0) }
  }

  private mutating func add(_ mode: FailureMode, of component: Component, index: Int) {
    let cause = "\(component.name)/\(mode.name)"
    let all = units { component, _ in component == index }
    var beta = 0.0
    if case .beta(let stated) = mode.commonCause { beta = stated.value }
    switch mode.scope {
    case .component: add(mode, entity: component.name, cause: cause, units: all)
    case .unit:
      for (offset, unit) in component.units.enumerated() {
        add(
          mode, entity: unit.name, cause: cause, units: 1 << (firstUnit(of: index) + offset), share: 1 - beta)
      }
      add(mode, entity: component.name, cause: "\(cause)/common-cause", units: all, share: beta)
    case .zone, .node:
      let kind = mode.scope == .zone ? Domain.Kind.zone : .node
      for (number, domain) in model.domains.enumerated() where domain.kind == kind {
        let here = units { component, place in
          component == index && (place.map { contains(number, $0) } ?? false)
        }
        add(mode, entity: "\(component.name)@\(domain.name)", cause: cause, units: here)
      }
    }
  }

  private mutating func add(
    _ mode: FailureMode, entity: String, cause: String, units: Int, share: Double = 1
  ) {
    guard units != 0, share > 0, mode.effect == .down else { return }
    let down = mode.outage.distributions.reduce(0) { $0 + $1.mean }
    var unavailability = 0.0
    var up: Double?
    switch mode.occurrence {
    case .meanTimeBetweenFailures(let span): up = span.hours / share
    case .lifetime(let law): up = law.mean / share
    case .availability(let stated):
      unavailability = stated.unavailability
      if down > 0 { up = down / unavailability - down }
    case .incidents, .neverSeen, .overload: return
    }
    if case .availability = mode.occurrence {} else if let up { unavailability = down / (up + down) }
    processes.append(
      Process(
        entity: entity, cause: cause, units: units, unavailability: unavailability, meanUpTime: up))
  }

  // MARK: The structure

  private func isUp(_ requirement: Requirement<Target>, _ down: Int) -> Bool {
    switch requirement {
    case .one(let target): isUp(target, down)
    case .atLeast(let count, let members): members.count { isUp($0, down) } >= count
    }
  }

  private func isUp(_ dependencies: [Dependency<Target>], _ down: Int) -> Bool {
    dependencies.filter { $0.strength == .hard }.allSatisfy { isUp($0.requirement, down) }
  }

  private func isUp(_ target: Target, _ down: Int) -> Bool {
    let component = model.components[target.component]
    let first = firstUnit(of: target.component)
    let roles = target.role.map { [component.roles[$0]] } ?? component.roles
    return isUp(component.dependencies, down)
      && roles.allSatisfy { role in
        role.units.count { down >> (first + $0) & 1 == 0 } >= role.required
      }
  }

  /// Whether a capability is up while these units, as bits, are down.
  func isUp(_ capability: Capability, downUnits: Int) -> Bool { isUp(capability.dependencies, downUnits) }

  // MARK: All states

  /// For each state of the processes: which units are down, and how likely it is.
  private struct States {
    var units = [0]
    var probability = [1.0]
  }

  private func states() -> States {
    var states = States()
    for process in processes {
      let u = process.unavailability
      states.units += states.units.map { $0 | process.units }
      states.probability = states.probability.map { $0 * (1 - u) } + states.probability.map { $0 * u }
    }
    return states
  }

  /// The results of all capabilities.
  func results() -> [Result] {
    let states = states()
    return model.capabilities.map { capability in
      let isDown = (0..<1 << unitCount).map { !isUp(capability.dependencies, $0) }
      return result(states, isDown: states.units.map { isDown[$0] })
    }
  }

  private func result(_ states: States, isDown: [Bool]) -> Result {
    var result = Result()
    result.unavailability = sum(states, where: { isDown[$0] })
    for (number, process) in processes.enumerated() {
      let bit = 1 << number
      let critical = sum(states) { $0 & bit == 0 && !isDown[$0] && isDown[$0 | bit] }
      if critical > 0 {
        result.frequency = process.meanUpTime.flatMap { up in result.frequency.map { $0 + critical / up } }
      }
      if !isDown[0], isDown[bit] { result.singlePoints[process.entity, default: []].insert(process.cause) }
    }
    for cause in Set(processes.map(\.cause)) {
      let own = processes.indices.filter { processes[$0].cause == cause }.reduce(0) { $0 | 1 << $1 }
      let restored = sum(states) { isDown[$0] && !isDown[$0 & ~own] }
      if result.unavailability > 0 { result.shares[cause] = restored / result.unavailability }
    }
    return result
  }

  /// The probability of the states that something holds of, added up without losing digits (Kahan).
  private func sum(_ states: States, where holds: (Int) -> Bool) -> Double {
    var (sum, lost) = (0.0, 0.0)
    for state in states.probability.indices where holds(state) {
      let term = states.probability[state] - lost
      let next = sum + term
      lost = (next - sum) - term
      sum = next
    }
    return sum
  }
}
