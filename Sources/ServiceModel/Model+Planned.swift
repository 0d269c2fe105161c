public import Diagnostics
internal import Quantities
internal import Stochastics

extension Model {
  /// What is possible, and most likely not meant: budgets that are never kept, work that is never done, retries that wait for
  /// days.
  public var warnings: [Diagnostic] {
    components.flatMap { warnings(ofBudget: $0) } + components.flatMap { warnings(ofWork: $0) }
      + domains.indices.flatMap { warnings(ofDomain: $0) } + policies.edges.flatMap(warnings(ofRetry:))
  }

  /// The domains that planned work on one goes through: the nodes of a pool, else the domain itself.
  package func placesOfWork(onDomain index: Int) -> [Int] {
    guard domains[index].kind == .pool else { return [index] }
    let nodes = domains.indices.filter { domains[$0].kind == .node && domains[$0].parents.contains(index) }
    return nodes.isEmpty ? [index] : nodes
  }

  private func warnings(ofBudget component: Component) -> [Diagnostic] {
    guard let budget = component.disruptionBudget else { return [] }
    let count = component.units.count
    let kept = budget.kept(of: count)
    guard kept >= count else { return [] }
    return [
      Diagnostic(
        .warning, slug: "budget-never-kept",
        "\(component.name) has \(count) units and its disruption budget keeps \(kept): planned work begins "
          + "only on units that are down already",
        at: budget.location, help: count > 1 ? "disruption-budget: {disrupt: 1}" : nil)
    ]
  }

  private func warnings(ofWork component: Component) -> [Diagnostic] {
    let count = component.units.count
    return component.planned.flatMap { work in
      warnings(of: work, owner: component.name, places: count)
        + aboveBudget(work, of: component, taken: work.placesAtOnce(of: count), help: "at-once:")
    }
  }

  private func warnings(ofDomain index: Int) -> [Diagnostic] {
    let domain = domains[index]
    let places = domain.planned.isEmpty ? [] : placesOfWork(onDomain: index)
    return domain.planned.flatMap { work in
      warnings(of: work, owner: domain.name, places: places.count)
        + components.flatMap { component in
          aboveBudget(work, of: component, taken: most(of: component, inWavesOf: work, places), help: nil)
        }
    }
  }

  /// The most units of a component that any wave over some domains takes.
  private func most(of component: Component, inWavesOf work: PlannedWork, _ places: [Int]) -> Int {
    // Units that leave their nodes go one by one, as the budget bears it.
    guard component.disruptionBudget != nil, component.rescheduling == nil else { return 0 }
    let inside = component.units.map { $0.domain.map { Set(domains.chain(from: $0)) } ?? [] }
    let atOnce = work.placesAtOnce(of: places.count)
    return stride(from: 0, to: places.count, by: atOnce).reduce(0) { most, first in
      let wave = places[first..<min(first + atOnce, places.count)]
      return max(most, inside.count { unit in wave.contains { unit.contains($0) } })
    }
  }

  /// A wave that takes more units than a budget lets go; a budget that lets none go is told of apart.
  private func aboveBudget(
    _ work: PlannedWork, of component: Component, taken: Int, help: String?
  ) -> [Diagnostic] {
    guard let budget = component.disruptionBudget else { return [] }
    let allowed = component.units.count - budget.kept(of: component.units.count)
    guard allowed > 0, taken > allowed else { return [] }
    return [
      Diagnostic(
        .warning, slug: "planned-above-budget",
        "\(work.name) takes \(taken) units of \(component.name) at once and its disruption budget lets \(allowed) go: it "
          + "begins only when all of them are down already", at: work.location,
        help: help.map { "\($0) \(allowed)" })
    ]
  }

  private func warnings(of work: PlannedWork, owner: String, places: Int) -> [Diagnostic] {
    let atOnce = work.placesAtOnce(of: places)
    let waves = (places + atOnce - 1) / atOnce
    let hours = Double(waves) * work.takes.mean
    guard hours >= work.every.hours else { return [] }
    return [
      Diagnostic(
        .warning, slug: "planned-not-done",
        "\(work.name) of \(owner) takes \(waves) wave\(waves == 1 ? "" : "s") of \(significantHours(work.takes.mean)) on average, "
          + "and the next is due after \(work.every): what is left of it then is given up", at: work.location)
    ]
  }

  private func significantHours(_ hours: Double) -> String { TimeSpan(hours: hours)?.description ?? "" }
}

extension PlannedWork {
  /// How many of so many places a wave takes, at least 1.
  package func placesAtOnce(of places: Int) -> Int {
    switch atOnce {
    case .places(let count): max(1, min(count, places))
    case .all: max(1, places)
    }
  }
}
