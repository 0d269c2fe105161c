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

  /// The units that may be called, those of choices left out.
  public let units: Set<Int>
  /// The dependencies whose calls are made one after the other, as places among the graph's, ascending.
  public let edges: [Int]
  /// The choices among others.
  public let alternatives: [Alternatives]

  /// Those of several together, each once.
  public static func union(_ several: [FurtherCalls]) -> FurtherCalls {
    var choices: [Alternatives] = []
    for choice in several.flatMap(\.alternatives) where !choices.contains(choice) { choices.append(choice) }
    return FurtherCalls(
      units: several.reduce([]) { $0.union($1.units) }, edges: Set(several.flatMap(\.edges)).sorted(),
      alternatives: choices)
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
      units: Set(reached.targets.flatMap { gates.unitsThatMayServe($0) }),
      edges: reached.components.flatMap { edgesOfComponent[$0] ?? [] }.sorted(), alternatives: choices)
  }
}

extension GateCompiler {
  /// The units by which a target does its work, now or after its role has moved.
  fileprivate func unitsThatMayServe(_ target: Target) -> [Int] {
    let component = model.components[target.component]
    let own: [Int]
    if let unit = target.unit {
      own = [unit]
    } else if let role = target.role, movingIndex[target] == nil {
      own = Array(component.roles[role].units)
    } else {
      own = Array(component.units.indices)
    }
    return own.map { firstUnit[target.component] + $0 }
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
