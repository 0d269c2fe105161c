internal import ServiceModel

/// What decides what becomes of calls to something: its units, the dependencies with policies that it has, and the same of what it
/// stands on without policies.
public struct FurtherCalls: Sendable, Hashable {
  /// A choice: what becomes of the calls to the `count` best of the members, all of them, becomes of those to it.
  public struct Alternatives: Sendable, Hashable {
    /// How many are needed.
    public let count: Int
    /// What can be chosen from.
    public let members: [Member]
  }

  /// What can be called instead of others.
  public struct Member: Sendable, Hashable {
    /// The gate that says whether it is up.
    public let gate: Int
    /// Its own further calls, as a place in the list that holds these.
    public let calls: Int
  }

  /// Units of which some must be up: those of a role, or one alone.
  public struct Group: Sendable, Hashable {
    /// The units that may be called.
    public let units: [Int]
    /// The moving role that those have that are; `nil`: all of them.
    public let role: Int?
    /// How many must be up, at least 1.
    public let required: Int
  }

  /// What may be called, all of it needed; that of choices left out.
  public let groups: [Group]
  /// The dependencies whose calls are made, all of them, as places among the graph's, ascending.
  public let edges: [Int]
  /// The choices among others.
  public let alternatives: [Alternatives]

  /// Which of them are made at once.
  public let order: CallOrder
}

/// The further calls of what dependencies with policies call.
struct FurtherCallCompiler {
  let model: Model
  /// The dependencies with policies that each component has: their places among the graph's and among its own.
  private let edgesOfComponent: [Int: [(place: Int, dependency: Int)]]

  init(_ model: Model, _ all: [PolicyEdge]) {
    self.model = model
    var edges: [Int: [(place: Int, dependency: Int)]] = [:]
    for (place, edge) in all.enumerated() {
      if case .component(let index) = edge.owner {
        edges[index, default: []].append((place, edge.dependency))
      }
    }
    edgesOfComponent = edges
  }

  /// The further calls of a requirement, those of members before the choices that these are in; the requirement's own come last.
  func calls(of requirement: Requirement<Target>, _ gates: inout GateCompiler) -> [FurtherCalls] {
    var found: [FurtherCalls] = []
    var places: [Requirement<Target>: Int] = [:]
    var stack = [requirement]
    while let next = stack.last {
      let reached = model.reachedPlainly(from: [next])
      let unknown = reached.choices.flatMap(\.members).filter { places[$0] == nil }
      guard unknown.isEmpty else {
        stack += unknown
        continue
      }
      stack.removeLast()
      guard places[next] == nil else { continue }
      places[next] = found.count
      found.append(calls(reached, places, &gates))
    }
    return found
  }

  private func calls(
    _ reached: PlainReach, _ places: [Requirement<Target>: Int], _ gates: inout GateCompiler
  ) -> FurtherCalls {
    let choices = reached.choices.map { choice in
      FurtherCalls.Alternatives(
        count: choice.count,
        members: choice.members.map { member in
          FurtherCalls.Member(gate: gates.requirementGate(member), calls: places[member] ?? 0)
        })
    }
    var groups: [(group: FurtherCalls.Group, lane: Int)] = []
    for target in reached.targets.sorted(by: { $0.place < $1.place }) {
      for group in gates.groups(of: target) where !groups.contains(where: { $0.group == group }) {
        groups.append((group, reached.lane(ofComponent: target.component)))
      }
    }
    let edges = reached.components.flatMap { component in
      (edgesOfComponent[component] ?? []).map {
        (place: $0.place, lane: reached.lane(ofDependency: $0.dependency, of: component))
      }
    }.sorted { $0.place < $1.place }
    return FurtherCalls(
      groups: groups.map(\.group), edges: edges.map(\.place), alternatives: choices,
      order: CallOrder(
        reached.lanes, ofGroups: groups.map(\.lane), ofEdges: edges.map(\.lane),
        ofAlternatives: reached.choices.map(\.lane)))
  }
}

extension GateCompiler {
  /// The groups of units by which a target does its work, now or after its roles have moved.
  fileprivate func groups(of target: Target) -> [FurtherCalls.Group] {
    let first = firstUnit[target.component]
    if let unit = target.unit { return [FurtherCalls.Group(units: [first + unit], role: nil, required: 1)] }
    let component = model.components[target.component]
    let roles = target.role.map { [$0] } ?? Array(component.roles.indices)
    return roles.filter { component.roles[$0].required > 0 }.map { number in
      let moving = movingIndex[Target(component: target.component, role: number)]
      let units = moving == nil ? Array(component.roles[number].units) : Array(component.units.indices)
      return FurtherCalls.Group(
        units: units.map { first + $0 }, role: moving, required: component.roles[number].required)
    }
  }
}

extension Target {
  /// Where it stands among the targets of a model.
  fileprivate var place: (Int, Int, Int) { (component, role ?? -1, unit ?? -1) }
}

extension Array where Element: Equatable {
  /// Each element once, where it comes first.
  var withoutRepetitions: [Element] {
    reduce(into: []) { known, element in if !known.contains(element) { known.append(element) } }
  }
}
