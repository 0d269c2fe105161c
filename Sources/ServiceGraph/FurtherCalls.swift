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
  /// The dependencies whose calls are made one after the other, as places among the graph's, ascending.
  public let edges: [Int]
  /// The choices among others.
  public let alternatives: [Alternatives]

  /// Those of several together, each once.
  public static func union(_ several: [FurtherCalls]) -> FurtherCalls {
    FurtherCalls(
      groups: several.flatMap(\.groups).withoutRepetitions, edges: Set(several.flatMap(\.edges)).sorted(),
      alternatives: several.flatMap(\.alternatives).withoutRepetitions)
  }
}

/// The further calls of what dependencies with policies call.
struct FurtherCallCompiler {
  let model: Model
  /// The places among the graph's of the dependencies with policies that each component has.
  private let edgesOfComponent: [Int: [Int]]

  init(_ model: Model, _ owners: [PolicyEdge.Owner]) {
    self.model = model
    var edges: [Int: [Int]] = [:]
    for (place, owner) in owners.enumerated() {
      if case .component(let index) = owner { edges[index, default: []].append(place) }
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
    return FurtherCalls(
      groups: reached.targets.sorted(by: { $0.place < $1.place }).flatMap { gates.groups(of: $0) }
        .withoutRepetitions,
      edges: reached.components.flatMap { edgesOfComponent[$0] ?? [] }.sorted(), alternatives: choices)
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
  fileprivate var withoutRepetitions: [Element] {
    reduce(into: []) { known, element in if !known.contains(element) { known.append(element) } }
  }
}

/// What some requirements stand on by hard dependencies without policies.
struct PlainReach {
  /// What is needed, all of it.
  fileprivate(set) var targets: Set<Target> = []
  /// The components of these, with what they need.
  fileprivate(set) var components: Set<Int> = []
  /// The choices among others, in the order in which they are met.
  fileprivate(set) var choices: [(count: Int, members: [Requirement<Target>])] = []

  /// Whether a choice is among them.
  func holds(_ count: Int, of members: [Requirement<Target>]) -> Bool {
    choices.contains { $0.count == count && $0.members == members }
  }
}

extension Model {
  /// What some requirements stand on by hard dependencies without policies, the requirements included.
  func reachedPlainly(from start: [Requirement<Target>]) -> PlainReach {
    var reached = PlainReach()
    var stack = start
    while let requirement = stack.popLast() {
      switch requirement {
      case .one(let target):
        reached.targets.insert(target)
        guard target.unit == nil, reached.components.insert(target.component).inserted else { continue }
        stack += plainRequirements(
          components[target.component].dependencies, of: .component(target.component))
      case .atLeast(let count, let members) where count == members.count: stack += members
      case .atLeast(let count, let members): reached.choices.append((count, members))
      }
    }
    return reached
  }

  /// What is needed hard without policies.
  func plainRequirements(
    _ dependencies: [Dependency<Target>], of owner: PolicyEdge.Owner
  ) -> [Requirement<Target>] {
    dependencies.enumerated().filter { place, dependency in
      dependency.strength == .hard && policies.edge(of: owner, dependency: place) == nil
    }.map(\.element.requirement)
  }
}
