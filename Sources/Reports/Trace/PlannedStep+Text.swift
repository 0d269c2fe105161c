internal import Quantities
internal import ServiceGraph
internal import Simulation

extension TraceReport {
  /// A step of planned work, to be read aloud.
  func plannedText(_ work: Int, _ step: PlannedStep) -> String {
    let own = graph.planned.works[work]
    func name(_ wave: Int) -> String { "\(own.label) of \(own.waves[wave].name)" }
    switch step {
    case .begins(let wave, let hours):
      return
        "\(name(wave)) begins\(unitsText(own.waves[wave])), for \(TimeSpan(hours: hours)?.description ?? "")"
    case .ends(let wave): return "\(name(wave)) is done"
    case .waits(let wave, let number, let up):
      let budget = graph.planned.budgets[number]
      return
        "\(name(wave)) waits: \(up) of \(budget.units.count) are up, and the budget of \(budget.component) keeps \(budget.kept)"
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

  /// A step for programs.
  func plannedMembers(_ work: Int, _ step: PlannedStep) -> [String: JSONValue] {
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
    case .waits(let wave, let number, let up):
      let budget = graph.planned.budgets[number]
      return members("planned-waits", wave).merging([
        "budget": .string(budget.component), "kept": .integer(budget.kept), "up": .integer(up),
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
