internal import Resilience
internal import ServiceModel

/// What the requests of a capability go through, and what nothing is stated of.
public struct CompiledRequestPath: Sendable {
  /// The path.
  public let path: RequestPath
  /// Whom it reaches without a word on how long that takes, in order: taken as no time.
  public let unstated: [String]
  /// The groups of which the first members are called that are enough.
  public let groups: [String]
  /// Whether there are more calls than are followed.
  public let isCut: Bool
}

/// Follows the calls of a request through the dependencies.
struct RequestPathCompiler {
  private let graph: CompiledGraph
  private var unstated: [String] = []
  private var groups: [String] = []
  /// The components that the call under way has come through.
  private var through: [Int] = []
  private var callCount = 0

  /// More calls of one request are not followed.
  private static let callLimit = 10_000

  init(_ graph: CompiledGraph) { self.graph = graph }

  mutating func path(ofCapability index: Int) -> CompiledRequestPath {
    let capability = graph.model.capabilities[index]
    let calls = calls(of: .capability(index), capability.dependencies)
    return CompiledRequestPath(
      path: RequestPath(work: nil, calls: calls), unstated: unstated, groups: groups,
      isCut: callCount > RequestPathCompiler.callLimit)
  }

  private mutating func calls(
    of owner: PolicyEdge.Owner, _ dependencies: [Dependency<Target>]
  ) -> [RequestPath.Call] {
    // What a start waits for may be among them once more.
    var seen: Set<String> = []
    return dependencies.enumerated().compactMap { place, dependency in
      guard seen.insert(dependency.label).inserted else { return nil }
      callCount += 1
      guard callCount <= RequestPathCompiler.callLimit else { return nil }
      let edge = edge(of: owner, place)
      let latency = edge.map { CallLatency(graph.edges[$0].policies) }
      let below = latency?.answer == nil ? members(of: dependency) : []
      let paths = below.map { inTurn in inTurn.compactMap { path(of: $0) } }
      return RequestPath.Call(edge: edge, latency: latency, below: paths, isAtOnce: dependency.isAtOnce)
    }
  }

  private func edge(of owner: PolicyEdge.Owner, _ place: Int) -> Int? {
    graph.model.policies.edge(of: owner, dependency: place).flatMap { number in
      graph.edges.firstIndex { $0.number == number }
    }
  }

  /// Of a group the first members are called that are enough, at once; all in turn where all are needed.
  private mutating func members(of dependency: Dependency<Target>) -> [[Int]] {
    let references = dependency.requirement.references.map(\.component)
    guard case .atLeast(let needed, let members) = dependency.requirement, needed < members.count else {
      return [references]
    }
    if !groups.contains(dependency.label) { groups.append(dependency.label) }
    return members.prefix(needed).map { $0.references.map(\.component) }
  }

  private mutating func path(of component: Int) -> RequestPath? {
    guard !through.contains(component) else { return nil }
    let own = graph.model.components[component]
    through.append(component)
    defer { through.removeLast() }
    let calls = calls(of: .component(component), own.dependencies)
    if own.work == nil, calls.isEmpty, !unstated.contains(own.name) { unstated.append(own.name) }
    return RequestPath(work: own.work, calls: calls)
  }
}

extension CompiledGraph {
  /// What a request of a capability goes through.
  public func requestPath(ofCapability index: Int) -> CompiledRequestPath {
    var compiler = RequestPathCompiler(self)
    return compiler.path(ofCapability: index)
  }
}
