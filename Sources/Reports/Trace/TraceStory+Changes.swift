internal import Quantities
internal import ServiceGraph
internal import ServiceModel
internal import Simulation

/// Units that leave their nodes, planned work, and units that follow the demand.
extension TraceStory {
  func rescheduledText(_ unit: Int, on domain: Int, afterHours: Double?) -> String {
    let (name, node) = (graph.unitNames[unit], graph.model.domains[domain].name)
    guard let hours = afterHours else { return "\(name) is on \(node)" }
    return "\(name) comes up on \(node): its node has been down \(duration(hours))"
  }

  func scalesText(_ load: Int, from: Int, to: Int, asked: Double) -> String {
    "\(graph.demand.loads[load].name) scales from \(grouped(from)) to \(grouped(to)): "
      + "\(significant(asked, digits: 3).trimmingZeros) units' worth asked"
  }

  func scaledText(_ load: Int, running: Int) -> String {
    "\(graph.demand.loads[load].name) runs \(grouped(running)) unit\(running == 1 ? "" : "s")"
  }

  func addsNodesText(_ pool: Int, _ count: Int, waiting: Int, loads: [Int]) -> String {
    let name = graph.demand.nodePools[pool].name
    let nodes = count == 1 ? "a node" : "\(grouped(count)) nodes"
    guard waiting > 0 else { return "\(name) adds \(nodes)" }
    let owners = loads.map { graph.demand.loads[$0].name }.joined(separator: ", ")
    return "\(name) adds \(nodes) for \(grouped(waiting)) pending unit\(waiting == 1 ? "" : "s") of \(owners)"
  }

  func nodesText(_ pool: Int, running: Int) -> String {
    "\(graph.demand.nodePools[pool].name) runs \(grouped(running)) node\(running == 1 ? "" : "s")"
  }

  /// A step of planned work, to be read aloud.
  func plannedText(_ work: Int, _ step: PlannedStep) -> String {
    let own = graph.planned.works[work]
    func name(_ wave: Int) -> String { "\(own.label) of \(own.waves[wave].name)" }
    switch step {
    case .begins(let wave, let hours):
      return "\(name(wave)) begins\(unitsText(own.waves[wave])), for \(duration(hours))"
    case .ends(let wave): return "\(name(wave)) is done"
    case .waits(let wave, let number, let up, let running):
      let budget = graph.planned.budgets[number]
      return
        "\(name(wave)) waits: \(up) of \(running) are up, and the budget of \(budget.component) keeps \(budget.kept(of: running))"
    case .cutShort: return "\(own.name) is due again; what was left of it is given up"
    }
  }

  /// The units of a node, which its name does not say.
  private func unitsText(_ wave: CompiledPlannedWork.Wave) -> String {
    let names = wave.units.map { graph.unitNames[$0] }
    guard names != wave.places else { return "" }
    if names.isEmpty { return " with nothing on it" }
    let more = names.count > 4 ? " and \(names.count - 4) more" : ""
    return " with \(names.prefix(4).joined(separator: ", "))\(more)"
  }
}
