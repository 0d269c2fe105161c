internal import ServiceModel

/// The ways by which calls get to what some requirements stand on, as the dependencies with policies on each of them.
///
/// A way without any makes the others idle: what is down there is down for whoever calls. Choices are not gone through, since each
/// of their members has a recipe of its own.
struct CallWays {
  /// What is needed, and the dependency with policies by which it is called; `nil`: it has none.
  typealias Call = (requirement: Requirement<Target>, edge: Int?)

  /// The most ways that are told apart; of more only the last dependency of each counts.
  private static let limit = 8
  private let model: Model
  /// By component, then by what is asked of it: all, or a role.
  private var ofTarget: [Int: [Target: [[Int]]]] = [:]

  /// - Parameter rank: by component, larger than that of all it needs.
  init(_ model: Model, from start: [Call], rank: [Int]) {
    self.model = model
    guard !model.policies.edges.isEmpty else { return }
    for call in start { lead([[]], to: call) }
    for component in CallWays.reached(model, from: start).sorted(by: { rank[$0] > rank[$1] }) {
      let ways = CallWays.merged(ofTarget[component, default: [:]].values.flatMap { $0 }, [])
      for call in model.hardCalls(of: component) { lead(ways, to: call) }
    }
  }

  /// The ways to a target; empty where one is without policies, or none is known.
  subscript(target: Target) -> [[Int]] {
    let ways = ofTarget[target.component]?[target] ?? []
    return ways.contains([]) ? [] : ways
  }

  /// Ways to either of two, without those that hold another.
  static func merged(_ first: [[Int]], _ second: [[Int]]) -> [[Int]] {
    var ways: [[Int]] = []
    for way in (first + second).sorted(by: { ($0.count, $0.description) < ($1.count, $1.description) }) {
      if !ways.contains(where: { Set($0).isSubset(of: way) }) { ways.append(way) }
    }
    guard ways.count > limit else { return ways }
    return Set(ways.map { Array($0.suffix(1)) }).sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Lets a caller's ways go on to what it calls.
  private mutating func lead(_ ways: [[Int]], to call: Call) {
    let next = ways.map { way in way + (call.edge.map { [$0] } ?? []) }
    for target in CallWays.targets(of: call.requirement) {
      let known = ofTarget[target.component]?[target] ?? []
      ofTarget[target.component, default: [:]][target] = CallWays.merged(known, next)
    }
  }

  /// The components that calls get to.
  private static func reached(_ model: Model, from start: [Call]) -> Set<Int> {
    var (found, stack): (Set<Int>, [Call]) = ([], start)
    while let call = stack.popLast() {
      for target in targets(of: call.requirement) where found.insert(target.component).inserted {
        stack += model.hardCalls(of: target.component)
      }
    }
    return found
  }

  /// What a requirement asks for without a choice.
  private static func targets(of requirement: Requirement<Target>) -> [Target] {
    var (found, stack): ([Target], [Requirement<Target>]) = ([], [requirement])
    while let next = stack.popLast() {
      switch next {
      case .one(let target): if target.unit == nil { found.append(target) }
      case .atLeast(let count, let members): if count == members.count { stack += members }
      }
    }
    return found
  }
}

extension Model {
  /// What a component needs hard.
  fileprivate func hardCalls(of component: Int) -> [CallWays.Call] {
    hardCalls(components[component].dependencies, of: .component(component))
  }

  /// What somebody needs hard.
  func hardCalls(
    _ dependencies: [Dependency<Target>], of owner: PolicyEdge.Owner
  ) -> [CallWays.Call] {
    dependencies.enumerated().filter { $0.element.strength == .hard }.map { place, dependency in
      (dependency.requirement, policies.edge(of: owner, dependency: place))
    }
  }
}
