internal import Quantities
internal import ServiceGraph
internal import ServiceModel
internal import Simulation

extension TraceReport {
  /// Units that leave their nodes, planned work, and units that follow the demand, for programs.
  func change(_ kind: TraceEvent.Kind) -> [String: JSONValue] {
    switch kind {
    case .carried(let unit, let index):
      process(index, event: "carried").merging(["unit": .string(graph.unitNames[unit])]) { $1 }
    case .rescheduled(let unit, let domain, let hours):
      [
        "event": "rescheduled", "unit": .string(graph.unitNames[unit]),
        "node": .string(graph.model.domains[domain].name),
      ].merging(hours.map { ["nodeDownHours": .number($0)] } ?? [:]) { $1 }
    case .roleMoved(let role, let from, let to, let times):
      [
        "event": "role-moved", "role": .string(graph.movingRoles[role].name),
        "from": .string(graph.unitNames[from]), "to": .string(graph.unitNames[to]),
        "noticedAfterHours": .number(times.noticedAfterHours), "takesHours": .number(times.takesHours),
        "byHand": .bool(times.isByHand),
      ]
    case .planned(let work, let step): plannedMembers(work, step)
    case .scales(let load, let from, let to, let asked):
      [
        "event": "scales", "component": .string(graph.demand.loads[load].name), "from": .integer(from),
        "to": .integer(to), "askedUnits": .number(asked),
      ]
    case .scaled(let load, let running):
      [
        "event": "scaled", "component": .string(graph.demand.loads[load].name), "running": .integer(running),
      ]
    case .addsNodes(let pool, let count, let waiting, let loads):
      [
        "event": "adds-nodes", "pool": .string(graph.demand.nodePools[pool].name), "nodes": .integer(count),
        "waitingUnits": .integer(waiting),
        "components": .array(loads.map { .string(graph.demand.loads[$0].name) }),
      ]
    case .nodesRun(let pool, let running):
      [
        "event": "nodes", "pool": .string(graph.demand.nodePools[pool].name), "running": .integer(running),
      ]
    default: [:]
    }
  }

  /// A step for programs.
  private func plannedMembers(_ work: Int, _ step: PlannedStep) -> [String: JSONValue] {
    let own = graph.planned.works[work]
    func members(_ event: String, _ wave: Int) -> [String: JSONValue] {
      [
        "event": .string(event), "work": .string(own.name),
        "places": .array(own.waves[wave].places.map { .string($0) }),
        "units": .array(own.waves[wave].units.map { .string(graph.unitNames[$0]) }),
      ]
    }
    switch step {
    case .begins(let wave, let hours):
      return members("planned-begins", wave).merging(["lastsHours": .number(hours)]) { own, _ in own }
    case .ends(let wave): return members("planned-ends", wave)
    case .waits(let wave, let number, let up, let running):
      let budget = graph.planned.budgets[number]
      return members("planned-waits", wave).merging([
        "budget": .string(budget.component), "kept": .integer(budget.kept(of: running)), "up": .integer(up),
      ]) { own, _ in own }
    case .cutShort: return ["event": "planned-given-up", "work": .string(own.name)]
    }
  }

  /// When each kind of planned work was under way, in the order of the graph's; one at the end ends there.
  func plannedStretches() -> [[(start: Double, end: Double, place: String)]] {
    var stretches = graph.planned.works.map { _ in [(start: Double, end: Double, place: String)]() }
    for event in trace.events {
      guard case .planned(let work, let step) = event.kind else { continue }
      switch step {
      case .begins(let wave, let hours):
        let end = min(event.hours + hours, trace.horizonHours)
        stretches[work].append((event.hours, end, graph.planned.works[work].waves[wave].name))
      case .ends, .waits, .cutShort: break
      }
    }
    return stretches
  }
}
