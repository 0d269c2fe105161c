internal import Diagnostics
internal import Quantities
public import Recovery
public import Stochastics

/// A failure mode that takes data of one component, or a loss of its volumes that no mode states.
public struct StoreFailure: Sendable {
  /// The component whose data it is.
  public let component: Int
  /// `component/mode` or `domain/mode`; `nil`: no mode of the model, noticed at once.
  public let cause: String?
  /// What it does to the data, and how late it is noticed and answered.
  public let scenario: RecoveryScenario
  /// Whether the recovery is as the mode states it, and not that of what the data is restored from.
  public let statesRecovery: Bool
  /// What it has to meet, in the order declared.
  public let objectives: [RecoveryObjective]
  /// What the model does not say.
  public let remarks: [String]

  /// The name under which reports show it: that of the cause, or the kind of failure.
  public var name: String { cause ?? scenario.kind.rawValue }
}

extension Model {
  /// Every failure that takes data: those that modes state, and a loss of volumes for each store of which none does.
  public var storeFailures: [StoreFailure] {
    let times = StartTimes(self)
    return components.indices.flatMap { index -> [StoreFailure] in
      guard let data = components[index].data else { return [] }
      let own = components[index].modes.compactMap { mode in
        failure(of: data, component: index, mode, cause: "\(components[index].name)/\(mode.name)")
      }
      let stated = own + failuresOfDomains(holding: index, data, times)
      let losesVolumes = stated.contains { $0.scenario.kind.loses == .volume }
      return stated + (losesVolumes ? [] : volumeLoss(of: data, component: index))
    }
  }

  /// The objectives that a failure of a component has to meet: one that bears the name of a mode is for that mode alone.
  func objectives(of component: Int, mode: String?) -> [RecoveryObjective] {
    let names = Set(components[component].modes.map(\.name))
    return components[component].objectives.filter { !names.contains($0.name) || $0.name == mode }
      + capabilities.filter { !$0.recoveryObjectives.isEmpty && needs(of: $0).contains(component) }.flatMap {
        capability in
        capability.recoveryObjectives.map {
          RecoveryObjective(
            name: "\(capability.name)/\($0.name)", recoveryTime: $0.recoveryTime,
            recoveryPoint: $0.recoveryPoint)
        }
      }
  }

  /// The components that a capability needs hard, directly or by way of others, alone or in a group.
  private func needs(of capability: Capability) -> Set<Int> {
    var needed: Set<Int> = []
    var stack = capability.dependencies.hardTargets
    while let component = stack.popLast() {
      if needed.insert(component).inserted { stack += components[component].dependencies.hardTargets }
    }
    return needed
  }

  private func failure(
    of data: ComponentData, component: Int, _ mode: FailureMode, cause: String, isOwn: Bool = true,
    waitingHours: Double = 0
  ) -> StoreFailure? {
    guard let kind = mode.loses else { return nil }
    let parts = RecoveryParts(mode, kind: kind, of: components[component])
    let start = StoreStart(
      components[component], isNeeded: mode.isFollowedByStart, waitingHours: waitingHours)
    // What takes the replica down too is not answered from it.
    let isReplicaHit = !isOwn || components[component].units.areAllHit(by: mode.scope, in: domains)
    guard
      let scenario = try? RecoveryScenario(
        store: data.surviving(isReplicaHit: isReplicaHit).store, kind: kind, noticed: parts.noticed,
        responds: parts.responds, restores: parts.restores, rebuild: data.rebuild, starts: start.parts)
    else { return nil }
    return StoreFailure(
      component: component, cause: cause, scenario: scenario, statesRecovery: parts.restores != nil,
      objectives: objectives(of: component, mode: isOwn ? mode.name : nil),
      remarks: parts.remarks + start.remarks)
  }

  /// Failures of places take the data of which all copies are in them.
  private func failuresOfDomains(
    holding component: Int, _ data: ComponentData, _ times: StartTimes
  ) -> [StoreFailure] {
    domains.indices.flatMap { place -> [StoreFailure] in
      guard domains[place].modes.contains(where: { $0.loses != nil }), holdsAll(of: component, in: place)
      else {
        return []
      }
      let waitingHours = startWaitingHours(of: component, afterLossOf: place, times)
      return domains[place].modes.compactMap { mode in
        failure(
          of: data, component: component, mode, cause: "\(domains[place].causeName)/\(mode.name)",
          isOwn: false, waitingHours: waitingHours)
      }
    }
  }

  /// How long the start of a component waits on average for others that the loss of a domain takes down with it, in hours.
  private func startWaitingHours(of component: Int, afterLossOf place: Int, _ times: StartTimes) -> Double {
    guard let start = components[component].start, !start.gates.isEmpty else { return 0 }
    var hit = StartTimes.Hit()
    for other in components.indices where components[other].start != nil {
      for (unit, own) in components[other].units.enumerated()
      where own.domain.map({ domains.chain(from: $0).contains(place) }) ?? false {
        times.add(unit, of: other, to: &hit)
      }
    }
    return times.hours(restarting: hit, components.map { $0.start?.meanHours ?? 0 }).waits[component]
  }

  /// Whether every unit of a component is in a domain.
  public func holdsAll(of component: Int, in domain: Int) -> Bool {
    components[component].isWithin(domain, of: domains)
  }

  private func volumeLoss(of data: ComponentData, component: Int) -> [StoreFailure] {
    let start = StoreStart(components[component])
    guard !data.volumes.isEmpty,
      let scenario = try? RecoveryScenario(
        store: data.store, kind: .volumeLoss, rebuild: data.rebuild, starts: start.parts)
    else { return [] }
    return [
      StoreFailure(
        component: component, cause: nil, scenario: scenario, statesRecovery: false,
        objectives: objectives(of: component, mode: nil),
        remarks: ["no failure mode loses its volumes; taken as noticed at once"] + start.remarks)
    ]
  }
}

extension [Dependency<Target>] {
  /// The components that something needs hard.
  fileprivate var hardTargets: [Int] {
    filter { $0.strength == .hard }.flatMap { $0.requirement.references.map(\.component) }
  }
}

/// The parts of the recovery after a failure mode, as its outage states them.
private struct RecoveryParts {
  var noticed: [any Distribution] = []
  var responds: [any Distribution] = []
  var restores: [any Distribution]?
  var remarks: [String] = []

  /// A role that moves is noticed and moved by its failover, whatever the repair of the unit takes.
  init(_ mode: FailureMode, kind: FailureKind, of component: Component) {
    if kind == .failover {
      noticed = component.dataFailover?.detection ?? []
      return
    }
    switch mode.outage {
    case .unknown, .incidents: remarks = ["how long its outage is, is not known; taken as noticed at once"]
    case .total(let whole):
      restores = [whole]
      if kind.loses == .content { remarks = ["when it is noticed is not stated; taken as noticed at once"] }
    case .parts(let detection, let response, let recovery):
      (noticed, responds) = (detection, response)
      restores = recovery.contains { $0 is RestoreLaw } ? nil : recovery
    }
  }
}

/// The start of a store once its data is back, and what is not known of it.
private struct StoreStart {
  private(set) var parts: [any Distribution] = []
  private(set) var remarks: [String] = []

  /// - Parameters:
  ///   - isNeeded: whether the failure is one after which units have to start.
  ///   - waitingHours: how long the start waits for others that are down with it.
  init(_ component: Component, isNeeded: Bool = true, waitingHours: Double = 0) {
    guard isNeeded, let start = component.start else { return }
    parts = start.takes.map { [$0] } ?? []
    guard !start.gates.isEmpty else { return }
    if waitingHours > 0, let wait = try? Deterministic(value: waitingHours) { parts.append(wait) }
    let names = start.gates.map(\.label).joined(separator: ", ")
    let wait = TimeSpan(hours: waitingHours).map { "\($0) on average" } ?? ""
    remarks = [
      waitingHours > 0
        ? "the start waits \(wait) for \(names), down with it; that one is down by itself then is not counted"
        : "the start waits for \(names) if down then, which is not counted"
    ]
  }
}

extension FailureMode {
  /// Whether the store that it takes data of has to start once that is back: not where a role moves to a unit that runs.
  fileprivate var isFollowedByStart: Bool {
    if case .degraded(let fraction) = effect, fraction.value > 0 { return false }
    return restarts && loses != .failover
  }
}

extension Component {
  /// Whether all its units are in a domain.
  func isWithin(_ domain: Int, of domains: [Domain]) -> Bool {
    units.allSatisfy { unit in unit.domain.map { domains.chain(from: $0).contains(domain) } ?? false }
  }

  /// The failover by which the data moves to a replica: the first that states what it loses, else the first.
  public var dataFailover: Failover? { failovers.first { $0.loses != nil } ?? failovers.first }

  /// The writes that one move of a role loses, in hours: by as much as the replica lags that takes it, else as much as the
  /// failover states; `nil`: nothing says.
  public func loss(of failover: Failover) -> (any Distribution)? {
    if let data, let replication = data.store.replication {
      let isToReplica =
        data.replicaRoles.isEmpty
        ? failover.role == dataFailover?.role
        : failover.candidates.contains(where: data.replicaRoles.contains)
      if isToReplica { return replication.lag }
    }
    return failover.loses.flatMap { try? Deterministic(value: $0.hours) }
  }
}

extension [Component.Unit] {
  /// Whether one failure of a scope hits all of them, wherever it strikes.
  func areAllHit(by scope: FailureMode.Scope, in domains: [Domain]) -> Bool {
    switch scope {
    case .unit: false
    case .component: true
    case .zone: areAll(in: .zone, of: domains)
    case .node: areAll(in: .node, of: domains)
    }
  }

  /// Whether all of them are in the same place of a kind.
  private func areAll(in kind: Domain.Kind, of domains: [Domain]) -> Bool {
    let places = Set(
      map { unit in
        unit.domain.flatMap { domains.chain(from: $0).first { domains[$0].kind == kind } }
      })
    return places.count == 1 && places.first != .some(nil)
  }
}
