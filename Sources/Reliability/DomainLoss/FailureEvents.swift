internal import ServiceGraph
internal import ServiceModel

/// A single event: one entity fails with all its units.
struct FailureEvent {
  let entity: String
  let kind: SinglePointOfFailure.Kind
  let units: [Int]
  var causes: [String] = []
  var unseenCauses: [String] = []
}

/// Every single event of a model: the failure of a unit and of a domain, whether or not the model says how they
/// fail, and those failures of a component as a whole or in one domain that the model states.
struct FailureEvents {
  private struct Key: Hashable {
    let entity: String
    let units: [Int]
  }

  private let graph: CompiledGraph
  /// The units in each domain, directly or further in.
  let residents: [[Int]]
  /// The events: domains, then units component by component with what hits several of them.
  private(set) var events: [FailureEvent] = []
  private var index: [Key: Int] = [:]
  /// The processes of each common cause.
  private let shocks: [String: [Int]]

  init(_ graph: CompiledGraph) {
    self.graph = graph
    residents = Self.residents(of: graph.model)
    shocks = Dictionary(
      grouping: graph.processes.indices.filter {
        graph.causes[graph.processes[$0].cause].hasSuffix("/common-cause")
      }
    ) { graph.causes[graph.processes[$0].cause] }
    for (number, domain) in graph.model.domains.enumerated() where !residents[number].isEmpty {
      let event = add(domain.name, .domain(domain.kind), residents[number])
      for mode in domain.modes where mode.isUnseen {
        note(unseen: "\(domain.causeName)/\(mode.name)", at: event)
      }
    }
    var first = 0
    for component in graph.model.components {
      addEvents(of: component, first: first)
      first += component.units.count
    }
    for process in graph.processes where process.takesDown {
      guard let event = index[Key(entity: process.entity, units: process.units)] else { continue }
      let cause = graph.causes[process.cause]
      if !events[event].causes.contains(cause) { events[event].causes.append(cause) }
    }
  }

  private static func residents(of model: Model) -> [[Int]] {
    var residents = [[Int]](repeating: [], count: model.domains.count)
    var number = 0
    for unit in model.components.flatMap(\.units) {
      if let domain = unit.domain {
        for place in model.domains.chain(from: domain) { residents[place].append(number) }
      }
      number += 1
    }
    return residents
  }

  @discardableResult
  private mutating func add(_ entity: String, _ kind: SinglePointOfFailure.Kind, _ units: [Int]) -> Int {
    let key = Key(entity: entity, units: units)
    if let known = index[key] { return known }
    index[key] = events.count
    events.append(FailureEvent(entity: entity, kind: kind, units: units))
    return events.count - 1
  }

  private mutating func note(unseen cause: String, at event: Int) {
    if !events[event].unseenCauses.contains(cause) { events[event].unseenCauses.append(cause) }
  }

  private mutating func addEvents(of component: Component, first: Int) {
    let units = Array(first..<first + component.units.count)
    for (offset, unit) in component.units.enumerated() { add(unit.name, .unit, [first + offset]) }
    for mode in component.modes where mode.effect == .down {
      switch mode.scope {
      case .unit:
        addShocks("\(component.name)/\(mode.name)/common-cause", all: units)
        if mode.isUnseen {
          for (offset, unit) in component.units.enumerated() {
            note(unseen: "\(component.name)/\(mode.name)", at: add(unit.name, .unit, [first + offset]))
          }
        }
      case .component: addPart(component.name, .component, units, mode, of: component)
      case .zone, .node:
        let kind: Domain.Kind = mode.scope == .zone ? .zone : .node
        for (place, hit) in parts(of: component, first: first, kind: kind) {
          addPart("\(component.name)@\(graph.model.domains[place].name)", .part, hit, mode, of: component)
        }
      }
    }
  }

  /// The sets of units that a common cause hits at once.
  private mutating func addShocks(_ cause: String, all units: [Int]) {
    for process in shocks[cause] ?? [] {
      let hit = graph.processes[process].units
      add(graph.processes[process].entity, hit.count == units.count ? .component : .part, hit)
    }
  }

  private mutating func addPart(
    _ entity: String, _ kind: SinglePointOfFailure.Kind, _ units: [Int], _ mode: FailureMode,
    of component: Component
  ) {
    let event = add(entity, kind, units)
    if mode.isUnseen { note(unseen: "\(component.name)/\(mode.name)", at: event) }
  }

  /// A component's units in each domain of a kind.
  private func parts(of component: Component, first: Int, kind: Domain.Kind) -> [(place: Int, units: [Int])] {
    var parts: [Int: [Int]] = [:]
    for (offset, unit) in component.units.enumerated() {
      guard let domain = unit.domain else { continue }
      for place in graph.model.domains.chain(from: domain) where graph.model.domains[place].kind == kind {
        parts[place, default: []].append(first + offset)
      }
    }
    return parts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

extension FailureMode {
  /// Whether the incident history was asked for it and has none.
  fileprivate var isUnseen: Bool {
    if case .neverSeen = occurrence { effect == .down } else { false }
  }
}
