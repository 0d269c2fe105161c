internal import Diagnostics
internal import Quantities
internal import Resilience

/// What policies mean along paths of calls: timeouts inside timeouts, retries of retries, and who can hang.
struct PolicyPaths {
  private let domains: [Domain]
  private let components: [Component]
  private let capabilities: [Capability]
  private let edges: [PolicyEdge]

  init(domains: [Domain], components: [Component], capabilities: [Capability], edges: [PolicyEdge]) {
    (self.domains, self.components) = (domains, components)
    (self.capabilities, self.edges) = (capabilities, edges)
  }

  /// Everything that is wrong along a path.
  func findings() -> [Diagnostic] {
    edges.indices.flatMap { hanging($0) + timeouts($0) + circle($0) } + storms()
  }

  // MARK: The graph of calls

  private func dependencies(of owner: PolicyEdge.Owner) -> [Dependency<Target>] {
    switch owner {
    case .component(let index): components[index].dependencies
    case .capability(let index): capabilities[index].dependencies
    }
  }

  /// The components that one dependency calls.
  private func callees(of edge: PolicyEdge) -> [Int] {
    dependencies(of: edge.owner)[edge.dependency].requirement.references.map(\.component)
  }

  /// Components and all that they need hard, so that its failure is theirs.
  private func closure(_ start: [Int]) -> Set<Int> {
    var seen: Set<Int> = []
    var stack = start
    while let next = stack.popLast() {
      guard seen.insert(next).inserted else { continue }
      stack += components[next].dependencies.filter { $0.strength == .hard }
        .flatMap(\.requirement.references).map(\.component)
    }
    return seen
  }

  /// The next dependencies with policies on the paths of calls below one, plain dependencies passed through.
  private func below(_ place: Int) -> [Int] {
    var found: [Int] = []
    var seen: Set<Int> = []
    var stack = callees(of: edges[place])
    while let next = stack.popLast() {
      guard seen.insert(next).inserted else { continue }
      for (number, dependency) in components[next].dependencies.enumerated() {
        if let edge = edges.firstIndex(where: { $0.owner == .component(next) && $0.dependency == number }) {
          found.append(edge)
        } else {
          stack += dependency.requirement.references.map(\.component)
        }
      }
    }
    return found.sorted()
  }

  // MARK: Calls that hang

  /// Calls that hang have to be given up some time.
  private func hanging(_ place: Int) -> [Diagnostic] {
    let edge = edges[place]
    guard edge.policies.timeout == nil, let mode = hangingMode(below: closure(callees(of: edge))) else {
      return []
    }
    return [
      Diagnostic(
        slug: "timeout-missing",
        "calls \(edge.name) hang while \(mode) lasts, and nothing gives them up; expected a timeout",
        at: edge.location, help: "timeout: 10 s")
    ]
  }

  private func hangingMode(below closure: Set<Int>) -> String? {
    for index in closure.sorted() {
      for mode in components[index].modes where mode.hangs { return "\(components[index].name)/\(mode.name)" }
      for unit in components[index].units {
        guard let domain = unit.domain else { continue }
        for place in domains.chain(from: domain) {
          for mode in domains[place].modes where mode.hangs { return "\(domains[place].name)/\(mode.name)" }
        }
      }
    }
    return nil
  }

  // MARK: Timeouts inside timeouts

  /// A call further down that may take longer than the one above it waits for an answer that nobody reads.
  private func timeouts(_ place: Int) -> [Diagnostic] {
    let outer = edges[place]
    guard let patience = outer.policies.timeout else { return [] }
    return below(place).compactMap { inner in
      guard let timeout = edges[inner].policies.timeout, timeout > patience else { return nil }
      return Diagnostic(
        slug: "timeout-beyond-caller",
        "\(edges[inner].name) waits \(timeout.exactText), and \(outer.name) gives up after \(patience.exactText); "
          + "expected no more than that", at: edges[inner].location, help: "timeout: \(patience.exactText)")
    }
  }

  // MARK: Retries of retries

  /// Paths along which one call becomes more attempts than a policy may ask for, each reported where it begins.
  private func storms() -> [Diagnostic] {
    let next = edges.indices.map { below($0) }
    let inner = Set(next.joined())
    return edges.indices.filter { !inner.contains($0) }.compactMap { place in
      let path = worstPath(from: place, next)
      let storm = RetryStorm(levels: path.map { edges[$0].policies.attempts })
      return storm.finding(along: names(along: path)).map {
        Diagnostic(slug: $0.slug, "\($0.key): \($0.message)", at: edges[place].location, help: $0.help)
      }
    }
  }

  private func names(along path: [Int]) -> [String] {
    guard let first = path.first else { return [] }
    return [edges[first].name]
      + path.dropFirst().map { dependencies(of: edges[$0].owner)[edges[$0].dependency].label }
  }

  /// The path below a dependency that multiplies attempts most; a component that comes up again ends it.
  private func worstPath(from place: Int, _ next: [[Int]]) -> [Int] {
    var (worst, most) = ([place], 0.0)
    var stack = [[place]]
    var steps = 0
    while let path = stack.popLast(), steps < PolicyPaths.stepLimit {
      steps += 1
      let attempts = RetryStorm(levels: path.map { edges[$0].policies.attempts }).attempts
      if attempts > most { (worst, most) = (path, attempts) }
      guard let last = path.last else { continue }
      for inner in next[last] where !path.contains(inner) { stack.append(path + [inner]) }
    }
    return worst
  }

  /// More paths than this are not looked at; a graph of calls has far fewer.
  private static let stepLimit = 100_000

  // MARK: Exhaustion in a circle

  /// A caller whose exhaustion takes its own callee down would never get its slots back.
  private func circle(_ place: Int) -> [Diagnostic] {
    let edge = edges[place]
    guard case .component(let caller) = edge.owner, edge.policies.callerPool != nil,
      closure(callees(of: edge)).contains(caller)
    else { return [] }
    return [
      Diagnostic(
        slug: "cascade-cycle",
        "\(edge.name): the callee needs its caller, whose slots it can use up, so neither would come back",
        at: edge.location, help: "leave serves: requests out, or the policies")
    ]
  }
}

extension FailureMode {
  fileprivate var hangs: Bool { if case .hangs? = failsBy { effect == .down } else { false } }
}
