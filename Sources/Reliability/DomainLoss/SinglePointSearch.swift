internal import ServiceGraph
internal import ServiceModel

/// Finds the single events that take capabilities down, before and after a loss.
///
/// What an event touches is found once, with everything up. After a loss it is tried again only where both touch the
/// same gate and the gate would not stand what is left, or where both touch a component whose roles move; everywhere
/// else the two do not meet, and the event does what it did.
struct SinglePointSearch {
  /// What one event does to the capabilities.
  typealias Hits = [(capability: Int, effect: SinglePointOfFailure.Effect)]

  let graph: CompiledGraph
  let events: [FailureEvent]
  /// What each event does while everything is up.
  private(set) var hits: [Hits] = []
  /// The events that touch each gate, those that take the most from it first.
  private var eventsOfGate: [[(event: Int, steps: Int)]]
  /// The events that touch each component whose roles move.
  private var eventsOfComponent: [Int: [Int]] = [:]
  /// The components whose failover needs each gate.
  private var componentsNeeding: [Int: [Int]] = [:]
  private let componentOfUnit: [Int]
  private let movingComponents: Set<Int>
  /// The events that hit something while everything is up.
  let singleEvents: [Int]

  /// - Parameter state: everything up.
  init(_ graph: CompiledGraph, events: [FailureEvent], state: inout OutageState) {
    self.graph = graph
    self.events = events
    eventsOfGate = [[(event: Int, steps: Int)]](repeating: [], count: graph.gates.count)
    componentOfUnit = graph.model.components.enumerated().flatMap { index, component in
      component.units.map { _ in index }
    }
    movingComponents = Set(graph.movingRoles.map(\.component))
    for role in graph.movingRoles {
      for gate in role.failover?.needs ?? [] { componentsNeeding[gate, default: []].append(role.component) }
    }
    var hits: [Hits] = []
    var touched: [[(gate: Int, steps: Int)]] = []
    for event in events {
      let found = Self.explore(event, graph: graph, state: &state)
      hits.append(found.hits)
      touched.append(found.steps)
    }
    self.hits = hits
    singleEvents = hits.indices.filter { !hits[$0].isEmpty }
    for (number, found) in touched.enumerated() {
      for (gate, steps) in found { eventsOfGate[gate].append((number, steps)) }
      for component in movingComponents(touchedBy: events[number].units, gates: found.map(\.gate)) {
        eventsOfComponent[component, default: []].append(number)
      }
    }
    for gate in eventsOfGate.indices {
      eventsOfGate[gate].sort { $0.steps != $1.steps ? $0.steps > $1.steps : $0.event < $1.event }
    }
  }

  /// What an event hits while everything is up, and how much it takes from each gate.
  private static func explore(
    _ event: FailureEvent, graph: CompiledGraph, state: inout OutageState
  ) -> (hits: Hits, steps: [(gate: Int, steps: Int)]) {
    let mark = state.mark
    state.clearTouched()
    state.fail(event.units)
    var steps: [Int: Int] = [:]
    for gate in state.touched { steps[gate, default: 0] += 1 }
    state.undo(to: mark)
    let alive = graph.capabilities.indices.filter { state.isUp(graph.capabilities[$0].gate) }
    return (
      Self.hits(of: event, among: alive, graph: graph, state: &state),
      steps.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    )
  }

  /// The capabilities that an event takes down, of those that are up.
  private static func hits(
    of event: FailureEvent, among alive: [Int], graph: CompiledGraph, state: inout OutageState
  ) -> Hits {
    let mark = state.mark
    state.fail(event.units)
    let atOnce = alive.map { !state.isUp(graph.capabilities[$0].gate) }
    _ = state.settle(event.units, allowsHand: false)
    var hits: Hits = []
    for (place, capability) in alive.enumerated() {
      if !state.isUp(graph.capabilities[capability].gate) {
        hits.append((capability, .lasting))
      } else if atOnce[place] {
        hits.append((capability, .untilFailover))
      }
    }
    state.undo(to: mark)
    return hits
  }

  /// The components with moving roles that lose a unit, or something that their failover needs.
  private func movingComponents(touchedBy units: [Int], gates: [Int]) -> [Int] {
    var components: Set<Int> = []
    guard !graph.movingRoles.isEmpty else { return [] }
    for unit in units where movingComponents.contains(componentOfUnit[unit]) {
      components.insert(componentOfUnit[unit])
    }
    for gate in gates { components.formUnion(componentsNeeding[gate] ?? []) }
    return components.sorted()
  }

  /// What has changed after a loss that has settled.
  ///
  /// - Parameters:
  ///   - lost: the units that are lost.
  ///   - touched: the gates that the loss touched.
  /// - Returns: the events that do something else than before, with what they do now.
  func changes(
    after lost: [Int], touched: Set<Int>, state: inout OutageState
  ) -> [(event: Int, hits: Hits)] {
    let alive = graph.capabilities.indices.filter { state.isUp(graph.capabilities[$0].gate) }
    let isAlive = Set(alive)
    var candidates = Set(singleEvents.filter { !events[$0].units.contains { state.isUnitUp[$0] } })
    if !alive.isEmpty {
      for gate in touched where state.isUp(gate) {
        for (event, steps) in eventsOfGate[gate] {
          guard steps > state.slack[gate] else { break }
          candidates.insert(event)
        }
      }
      for component in movingComponents(touchedBy: lost, gates: Array(touched)) {
        candidates.formUnion(eventsOfComponent[component] ?? [])
      }
    }
    return candidates.sorted().compactMap { event in
      let now = Self.hits(of: events[event], among: alive, graph: graph, state: &state)
      let before = hits[event].filter { isAlive.contains($0.capability) }
      let isSame = now.elementsEqual(before) { $0.capability == $1.capability && $0.effect == $1.effect }
      return isSame ? nil : (event, now)
    }
  }

  /// A single point as it is reported.
  func singlePoint(_ event: Int, hits: Hits) -> SinglePointOfFailure {
    let found = events[event]
    return SinglePointOfFailure(
      entity: found.entity, kind: found.kind, causes: found.causes, unseenCauses: found.unseenCauses,
      hits: hits.map { hit in
        SinglePointOfFailure.Hit(capability: graph.capabilities[hit.capability].name, effect: hit.effect)
      })
  }
}
