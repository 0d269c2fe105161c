internal import Quantities
public import ServiceGraph
public import ServiceModel
internal import Stochastics

extension DomainLossTable {
  /// Works out the loss of every domain, and of some domains together.
  ///
  /// - Parameters:
  ///   - graph: the compiled model.
  ///   - combinations: domains lost together, as indices into the model's domains; see ``pairs(of:kinds:)``.
  /// - Complexity: a loss costs what it touches in the structure function, and the served fractions.
  public init(_ graph: CompiledGraph, combinations: [[Int]] = []) {
    var analysis = DomainLossAnalysis(graph)
    let singles = graph.model.domains.indices.map { analysis.loss(of: [$0], singles: []) }
    let together = combinations.map { analysis.loss(of: Set($0).sorted(), singles: singles) }
    rows = singles + together
    singlePoints = analysis.singlePoints
  }

  /// Works out the loss of every domain of one kind.
  public init(_ graph: CompiledGraph, kind: Domain.Kind) {
    var analysis = DomainLossAnalysis(graph)
    rows = graph.model.domains.indices.filter { graph.model.domains[$0].kind == kind }.map {
      analysis.loss(of: [$0], singles: [])
    }
    singlePoints = analysis.singlePoints
  }

  /// Every pair of domains of the same kind, in the order of the model.
  public static func pairs(of model: Model, kinds: [Domain.Kind]) -> [[Int]] {
    model.domains.indices.flatMap { first in
      model.domains.indices.filter {
        $0 > first && model.domains[$0].kind == model.domains[first].kind
          && kinds.contains(model.domains[first].kind)
      }.map { [first, $0] }
    }
  }
}

/// Takes domains down one after the other and reads off what becomes of the service.
struct DomainLossAnalysis {
  let graph: CompiledGraph
  let standing: ServiceStanding
  let search: SinglePointSearch
  let residents: [[Int]]
  private var state: OutageState
  /// The processes that take each domain down.
  private let processesOfDomain: [[Int]]
  /// What capabilities ask of each component.
  private let demands: [[(capability: String, demand: Capability.Demand)]]

  init(_ graph: CompiledGraph) {
    self.graph = graph
    standing = ServiceStanding(graph)
    let events = FailureEvents(graph)
    residents = events.residents
    state = OutageState(graph)
    search = SinglePointSearch(graph, events: events.events, state: &state)
    var domainIndex: [String: Int] = [:]
    for (number, domain) in graph.model.domains.enumerated() { domainIndex[domain.name] = number }
    var processesOfDomain = [[Int]](repeating: [], count: graph.model.domains.count)
    for (number, process) in graph.processes.enumerated() where process.takesDown {
      if let domain = domainIndex[process.entity] { processesOfDomain[domain].append(number) }
    }
    self.processesOfDomain = processesOfDomain
    var demands = [[(capability: String, demand: Capability.Demand)]](
      repeating: [], count: graph.model.components.count)
    for capability in graph.model.capabilities {
      for demand in capability.demands { demands[demand.target.component].append((capability.name, demand)) }
    }
    self.demands = demands
  }

  /// The single points of failure while everything is up.
  var singlePoints: [SinglePointOfFailure] {
    search.singleEvents.map { search.singlePoint($0, hits: search.hits[$0]) }
  }

  // MARK: One loss

  /// The service at one stage of a loss.
  private struct Stage {
    let levels: [ServiceLevel]
    let missing: [[String]]
  }

  /// The loss of some domains at once.
  ///
  /// - Parameter singles: the losses of each domain alone, by index, when there are several.
  mutating func loss(of domains: [Int], singles: [DomainLoss]) -> DomainLoss {
    let lost = domains.count == 1 ? residents[domains[0]] : Set(domains.flatMap { residents[$0] }).sorted()
    let start = state.mark
    state.clearTouched()
    state.fail(lost)
    let atOnce = stage()
    let waiting = graph.capabilities.map { standing.movingRoles(below: $0.gate, state) }
    let lacking = lackingOfRoles(lost)
    let beforeMoves = state.mark
    let automatic = state.settle(lost, allowsHand: false)
    let touched = Set(state.touched)
    let settled = automatic.isEmpty ? atOnce : stage()
    let roles = roleLosses(lost, moves: automatic)
    let stopped =
      settled.levels.contains(.down) || roles.contains(where: \.staysShort)
      ? standing.stoppedComponents(state) : []
    let softLosses = graph.capabilities.map { self.softLosses(of: $0) }
    let changes = search.changes(after: lost, touched: touched, state: &state)
    state.undo(to: beforeMoves)
    let byHand = movesByHand(lost, instead: automatic)
    state.undo(to: start)
    let rescheduled = RescheduledUnits(lost, domains: domains, in: graph)
    let elsewhere = levels(after: lost, rescheduled)

    let lostDomains = domains.map { lostDomain($0) }
    let moves = byHand.moves.map { roleMove($0, lost: domains, lacking: lacking) }
    let capabilities = graph.capabilities.indices.map { index in
      let stages = (atOnce.levels[index], settled.levels[index], byHand.levels[index])
      let recovery = CapabilityRecovery(
        stages: stages,
        rescheduling: elsewhere.map {
          ($0[index], rescheduled.awaited(lacking: settled.missing[index]))
        }, moves: moves, roles: roleNames(waiting[index]), domains: lostDomains,
        alone: domains.map { singles.isEmpty ? .down : singles[$0].capabilities[index].afterFailover })
      return CapabilityLoss(
        capability: graph.capabilities[index].name, atOnce: atOnce.levels[index],
        afterFailover: settled.levels[index], afterRescheduling: elsewhere?[index],
        missing: atOnce.missing[index],
        missingAfterFailover: settled.missing[index], softLosses: softLosses[index],
        recovery: recovery.kind, recoveryHours: recovery.hours, meanDowntimeHours: recovery.meanDowntime)
    }
    return DomainLoss(
      domains: lostDomains, units: lost.map { graph.unitNames[$0] }, roles: roles, stoppedComponents: stopped,
      moves: moves, capabilities: capabilities,
      newSinglePoints: changes.filter { !$0.hits.isEmpty }.map {
        search.singlePoint($0.event, hits: $0.hits)
      },
      endedSinglePoints: Set(changes.map { search.events[$0.event].entity }))
  }

  /// The levels once units have left for other nodes and roles have moved; `nil` when no unit leaves.
  private mutating func levels(after lost: [Int], _ rescheduled: RescheduledUnits) -> [ServiceLevel]? {
    guard !rescheduled.units.isEmpty else { return nil }
    let start = state.mark
    let staying = lost.filter { !rescheduled.units.contains($0) }
    state.fail(staying)
    _ = state.settle(staying, allowsHand: false)
    defer { state.undo(to: start) }
    return standing.levels(state)
  }

  private func stage() -> Stage {
    Stage(
      levels: standing.levels(state),
      missing: graph.capabilities.map { standing.missing(below: $0.gate, state) })
  }

  /// The moves when people help, and the levels they lead to; the automatic ones when nobody has to.
  private mutating func movesByHand(
    _ lost: [Int], instead automatic: [SettledMove]
  ) -> (moves: [SettledMove], levels: [ServiceLevel]) {
    let helps = automatic.contains { move in
      if case .blocked = move.outcome { move.byHand != nil } else { false }
    }
    let moves = helps ? state.settle(lost, allowsHand: true) : automatic
    return (
      moves,
      helps ? standing.levels(state) : [ServiceLevel](repeating: .down, count: graph.capabilities.count)
    )
  }

  private func roleNames(_ roles: Set<Int>) -> [String] { roles.sorted().map { graph.movingRoles[$0].name } }

  private func softLosses(of capability: CompiledCapability) -> [CapabilityLoss.SoftLoss] {
    graph.fractions[capability.fraction].softLosses.filter { !state.isUp($0.gate) }.map { soft in
      CapabilityLoss.SoftLoss(names: standing.missing(below: soft.gate, state), loss: soft.loss)
    }
  }

  /// What the automatic moves of the lost units' roles need and is down.
  private func lackingOfRoles(_ lost: [Int]) -> [Int: [String]] {
    var lacking: [Int: [String]] = [:]
    let components = Set(
      lost.filter { state.roleOfUnit[$0] >= 0 }.map { graph.movingRoles[state.roleOfUnit[$0]].component })
    for role in components.flatMap({ state.rolesOfComponent[$0] ?? [] }) {
      let needs = graph.movingRoles[role].failover?.needs ?? []
      lacking[role] = needs.flatMap { standing.missing(below: $0, state) }
    }
    return lacking
  }

  // MARK: What is left

  /// The roles that lost units or gave some away, in the order of the model; called once roles have moved.
  private func roleLosses(_ lost: [Int], moves: [SettledMove]) -> [RoleLoss] {
    var lostUnits: [Int: Int] = [:]
    for unit in lost { lostUnits[standing.unitRoles.roleOfUnit[unit], default: 0] += 1 }
    for case .taken(let unit) in moves.map(\.outcome) {
      lostUnits[standing.unitRoles.roleOfUnit[unit], default: 0] += 0
    }
    return lostUnits.keys.sorted().map { number in
      let role = standing.unitRoles.roles[number]
      let stated = graph.model.components[role.component].roles[role.role]
      let left = role.units.count - (lostUnits[number] ?? 0)
      let moving = state.rolesOfComponent[role.component]?.first { graph.movingRoles[$0].role == role.role }
      let after = moving.map { state.upInRole[$0] } ?? left
      return RoleLoss(
        component: graph.model.components[role.component].name, name: role.name, units: role.units.count,
        required: stated.required, left: left, leftAfterFailover: after,
        demands: demands(on: role.component, role: role.role, left: after))
    }
  }

  private func demands(on component: Int, role: Int, left: Int) -> [RoleLoss.Demand] {
    demands[component].filter { $0.demand.target.role == nil || $0.demand.target.role == role }.map {
      RoleLoss.Demand(
        capability: $0.capability, units: $0.demand.units,
        utilization: left > 0 ? $0.demand.units / Double(left) : nil)
    }
  }

  // MARK: What comes back

  private func lostDomain(_ number: Int) -> LostDomain {
    let domain = graph.model.domains[number]
    let outages = domain.modes.filter { $0.effect == .down }.map { mode in
      let cause = "\(domain.causeName)/\(mode.name)"
      let process = processesOfDomain[number].first { graph.causes[graph.processes[$0].cause] == cause }
      let parts = mode.outage.distributions
      return LostDomain.Outage(
        cause: cause, meanHours: parts.isEmpty ? nil : parts.reduce(0) { $0 + $1.mean },
        frequencyPerHour: process.flatMap { graph.processes[$0].frequencyPerHour })
    }
    return LostDomain(name: domain.name, kind: domain.kind, outages: outages)
  }

  private func roleMove(_ move: SettledMove, lost: [Int], lacking: [Int: [String]]) -> RoleMove {
    let role = graph.movingRoles[move.role]
    let outcome: RoleMove.Outcome =
      switch move.outcome {
      case .taken(let unit) where move.isByHand:
        .byHand(to: graph.unitNames[unit], lacking: lacking[move.role] ?? [])
      case .taken(let unit): .automatic(to: graph.unitNames[unit])
      case .noCandidate: .noCandidate
      case .blocked: .blocked(lacking: lacking[move.role] ?? [])
      }
    let component = graph.model.components[role.component]
    let loss = component.failovers.first { $0.role == role.role }.flatMap { component.loss(of: $0) }
    return RoleMove(
      role: role.name, from: graph.unitNames[move.from], outcome: outcome, works: role.failover?.works ?? 0,
      automaticHours: move.automatic.reduce(0) { $0 + $1.mean },
      byHandHours: move.byHand.map { $0.reduce(0) { $0 + $1.mean } },
      meanRoleOutageHours: meanRoleOutage(move, role: role, lost: lost),
      loses: loss.flatMap { TimeSpan(hours: $0.mean) })
  }

  /// The mean time without a role whose holder is lost with one domain, over the ways in which that fails.
  private func meanRoleOutage(_ move: SettledMove, role: MovingRole, lost: [Int]) -> Double? {
    let own = lost.filter { residents[$0].contains(move.from) }
    guard own.count == 1, let failover = role.failover else { return nil }
    let isFirst = move.automatic.count == failover.detection.count + 1
    let processes = processesOfDomain[own[0]].map { graph.processes[$0] }
    guard isFirst, !processes.isEmpty else { return nil }
    var frequency = 0.0
    var downtime = 0.0
    for process in processes {
      guard let mean = process.meanOutageHours, let often = process.frequencyPerHour else { return nil }
      frequency += often
      downtime += often * meanRoleOutage(move, works: failover.works, process: process, meanOutage: mean)
    }
    return frequency > 0 ? downtime / frequency : nil
  }

  private func meanRoleOutage(
    _ move: SettledMove, works: Double, process: RenewalProcess, meanOutage: Double
  ) -> Double {
    func least(_ parts: [any Distribution]) -> Double {
      MeanMinimum.value(parts, process.outage, streamName: "\(process.name)/failover-mean")
    }
    switch move.outcome {
    case .noCandidate, .blocked: return meanOutage
    case .taken where move.isByHand: return move.byHand.map(least) ?? meanOutage
    case .taken:
      guard works < 1 else { return least(move.automatic) }
      return works * least(move.automatic) + (1 - works) * (move.byHand.map(least) ?? meanOutage)
    }
  }
}
