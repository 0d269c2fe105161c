internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// What the chain of some components is made from.
struct FailoverDesign: Sendable {
  let graph: CompiledGraph
  /// Components that the same outages hit, taken as independent given those.
  let others: [Int]
  /// The components' moving roles, by their numbers in the graph.
  let roles: [Int]
  let processes: FailoverProcesses
  /// The graph whose laws say how many stages stand for them: the same with the values as stated.
  let shapes: CompiledGraph
  /// A move that takes no time at all takes 4 µs, so that it has a rate.
  private static let instant = 1e9
  private static let startNote =
    "outages that do not come at random, or that others share with their starts, contain these, and failures meanwhile: "
    + "unavailability about 5 % off where starts vary and are long"

  init(
    graph: CompiledGraph, components: [Int], isShared: [Bool], others: [Int], shapes: CompiledGraph? = nil
  ) {
    self.graph = graph
    self.shapes = shapes ?? graph
    self.others = others
    roles = graph.movingRoles.indices.filter { components.contains(graph.movingRoles[$0].component) }
    let units = roles.flatMap { graph.movingRoles[$0].units }.sorted()
    processes = FailoverProcesses(
      graph: graph, units: units, isShared: isShared, shapes: self.shapes)
  }

  /// In how many ways the roles can be held, at most; at least 1.
  var assignments: Int {
    var ways = 1.0
    var placed: [Int: Int] = [:]
    for role in roles.map({ graph.movingRoles[$0] }) {
      for number in 1..<role.units.count + 1 {
        placed[role.component, default: 0] += 1
        ways *= Double(placed[role.component] ?? 1) / Double(number)
      }
    }
    return Int(min(ways.rounded(), 1e9))
  }

  /// The chain over some outages.
  func chain(_ outages: [FailoverProcess], _ detail: FailoverDetail) -> FailoverChain {
    let laws = outages.map { outage in roles.map { moveLaws(of: $0, causedBy: outage, detail) } }
    var distinct: [[MoveLaws]] = []
    let kinds = laws.map { own in
      if let known = distinct.firstIndex(of: own) { return known }
      distinct.append(own)
      return distinct.count - 1
    }
    let places = Dictionary(uniqueKeysWithValues: roles.enumerated().map { ($1, $0) })
    let built = roles.enumerated().map { place, number in
      let role = graph.movingRoles[number]
      return FailoverChain.Role(
        required: role.required, moves: role.failover != nil,
        candidates: (role.failover?.candidates ?? []).compactMap { places[$0] },
        works: coverage(role.failover, outages),
        worksAlways: role.failover.map { $0.needs.isEmpty ? $0.works : nil } ?? 0,
        automatic: distinct.map { $0[place].automatic }, byHand: distinct.map { $0[place].byHand })
    }
    return FailoverChain(
      outages: outages, kinds: kinds, roles: built,
      startRoles: processes.units.map { unit in
        roles.firstIndex { graph.movingRoles[$0].units.contains(unit) } ?? 0
      },
      mostOutages: detail.mostOutages)
  }

  // MARK: How long moves take

  private struct MoveLaws: Hashable {
    let automatic: ExponentialStages?
    let byHand: ExponentialStages?
  }

  private func moveLaws(of role: Int, causedBy outage: FailoverProcess, _ detail: FailoverDetail) -> MoveLaws
  {
    guard let failover = graph.movingRoles[role].failover else {
      return MoveLaws(automatic: nil, byHand: nil)
    }
    let shape = shapes.movingRoles[role].failover ?? failover
    let byHand = failover.manual.map { failover.detection + [$0] }
    let shapeByHand = shape.manual.map { shape.detection + [$0] }
    return MoveLaws(
      automatic: stages(
        failover.detection + [failover.takes], like: shape.detection + [shape.takes], against: outage, detail),
      byHand: byHand.flatMap { stages($0, like: shapeByHand ?? $0, against: outage, detail) })
  }

  /// The stages of a move; where it or the outage is not exactly a row of stages, as many as suit, with which the role is
  /// down as long on average, E[min(move, outage)].
  private func stages(
    _ parts: [any Distribution], like shape: [any Distribution], against outage: FailoverProcess,
    _ detail: FailoverDetail
  ) -> ExponentialStages? {
    let isExact = outage.processes.count == 1 && isExactlyStaged(outage, detail)
    if isExact, let exact = ExponentialStages(exactly: parts), exact.rates.count < 60 {
      return exact.rates.isEmpty ? ExponentialStages(rates: [Self.instant]) : exact
    }
    var total = 0.0
    var weight = 0.0
    for process in outage.processes.map({ processes.felt[$0] }) {
      let frequency = process.frequencyPerHour ?? 0
      total += frequency * meanRoleOutage(parts, process)
      weight += frequency
    }
    let count = max(1, ExponentialStages(like: shape, most: detail.moveStages).rates.count)
    guard weight > 0, let stages = outage.untilStarted.stages(count, forMeanMinimum: total / weight) else {
      return nil
    }
    return ExponentialStages(rates: stages.rates.map { min($0, Self.instant) })
  }

  private func meanRoleOutage(_ parts: [any Distribution], _ process: RenewalProcess) -> Double {
    let held = graph.partsWithStart(process)
    if let move = ExponentialStages(exactly: parts), let outage = ExponentialStages(exactly: held) {
      return outage.meanMinimum(with: move)
    }
    return MeanMinimum.value(parts, held, streamName: "\(process.name)/failover-mean")
  }

  /// Whether each process of an outage, and the start after it, is exactly a row of stages that the chain keeps.
  private func isExactlyStaged(_ outage: FailoverProcess, _ detail: FailoverDetail) -> Bool {
    outage.processes.allSatisfy { number in
      let process = processes.felt[number]
      let start = outage.containsStart ? nil : graph.ownStart(after: process)
      return !outage.containsStart
        && [process.outage, start.map { [$0] } ?? []].allSatisfy { parts in
          ExponentialStages(exactly: parts).map { $0.rates.count <= detail.outageStages } ?? false
        }
    }
  }

  // MARK: Coverage

  /// The probability that a move works, given the outages of the component: `works` times the probability that all
  /// it needs is up.
  private func coverage(
    _ failover: MovingFailover?, _ outages: [FailoverProcess]
  ) -> @Sendable (FailoverChain.State) -> Double {
    guard let failover else { return { _ in 0 } }
    guard !failover.needs.isEmpty else { return { _ in failover.works } }
    var network = FailureNetwork(graph, modules: [], moves: .settled)
    let anyDown = network.network.or(failover.needs.map { network.gateFailures[$0] })
    guard let diagram = try? NetworkDiagram(network.network, roots: [anyDown]) else {
      return { _ in failover.works }
    }
    let base = network.probabilities
    let support = diagram.support(ofRoot: 0)
    let variables = outages.map { outage in
      support.filter { !Set(network.events[$0].processes).isDisjoint(with: outage.processes) }
    }
    return { state in
      var probabilities = base
      for variable in variables.joined() { probabilities[variable] = 0 }
      for outage in outages.indices where state[outage] > 0 {
        for variable in variables[outage] { probabilities[variable] = 1 }
      }
      return failover.works * (1 - diagram.probability(ofRoot: 0, probabilities))
    }
  }

  // MARK: What is not exact

  /// What the chain approximates, in the order of importance.
  func approximations(_ chain: FailoverChain, _ detail: FailoverDetail) -> [String] {
    var notes: [String] = []
    if !isExponential(chain.outages, detail) {
      notes.append("laws that are not exponential enter as stages of the same mean")
    }
    if chain.outages.contains(where: \.containsStart) {
      notes.append(Self.startNote)
    }
    if chain.outages.contains(where: { $0.isShared && ($0.jointStart != nil || !$0.starts.isEmpty) }) {
      notes.append("starts after outages that others share are independent of other starts after these")
    }
    if chain.outages.contains(where: { $0.processes.count > 1 }) {
      notes.append("outages of the same units are one")
    }
    if chain.outages.count > detail.mostOutages {
      notes.append("at most \(detail.mostOutages) outages of its units at once")
    }
    if roles.contains(where: { !(graph.movingRoles[$0].failover?.needs ?? []).isEmpty }) {
      notes.append("what a move needs is up as often as in the long run")
    }
    if roles.contains(where: { graph.movingRoles[$0].failover?.seeingGate != nil }) {
      notes.append(CompiledGraph.blindNote)
    }
    if !others.isEmpty {
      let names = others.map { graph.model.components[$0].name }
      notes.append("independent of \(names.joined(separator: ", ")) given the outages they share")
    }
    guard !notes.isEmpty else { return [] }
    let names = roles.filter { graph.movingRoles[$0].failover != nil }.map { graph.movingRoles[$0].name }
    return ["failover of \(names.joined(separator: ", ")), a Markov chain: \(notes.joined(separator: "; "))"]
  }

  /// Whether every law is a row of exponential stages that the chain keeps.
  func isExponential(_ outages: [FailoverProcess], _ detail: FailoverDetail) -> Bool {
    let processes = outages.flatMap(\.processes).map { graph.processes[$0] }
    let moves = roles.compactMap { graph.movingRoles[$0].failover }
      .flatMap { failover in
        [failover.detection + [failover.takes]] + (failover.manual.map { [failover.detection + [$0]] } ?? [])
      }
    return processes.allSatisfy { $0.uptime is Exponential }
      && outages.allSatisfy { isExactlyStaged($0, detail) }
      && moves.allSatisfy { ExponentialStages(exactly: $0) != nil }
  }
}
