internal import Diagnostics
internal import Quantities

extension ModelResolver {
  /// The capabilities with their names resolved.
  mutating func resolveCapabilities() -> [Capability] {
    if draft.capabilities.isEmpty {
      report(
        "no-capability", "the model has no capability: nothing says what users call the service",
        at: draft.location, help: "capabilities: {service: {depends-on: {api: hard}}}")
    }
    return draft.capabilities.map { capability in
      Capability(
        name: capability.name.value, title: capability.title,
        dependencies: capability.dependencies.compactMap { resolve($0) },
        demands: capability.demands.compactMap { resolve($0.target, units: $0.units) },
        profile: resolveProfile(of: capability),
        objectives: capability.objectives, recoveryObjectives: capability.recoveryObjectives,
        latencyObjectives: capability.latencyObjectives,
        downtimeCost: capability.downtimeCost?.value, downtimeTerms: downtimeTerms(of: capability))
    }
  }

  /// Work can only be asked of what must have at least one unit up.
  private mutating func resolve(_ name: Located<String>, units: Double) -> Capability.Demand? {
    guard let target = resolve(name) else { return nil }
    let roles = draft.components[target.component].roles
    let asked = target.role.map { [roles[$0]] } ?? roles
    if units > 0, asked.contains(where: { $0.required?.value == 0 }) {
      report(
        "demand-without-required", "\(name.value) is asked for work, and none of its units has to be up",
        at: name.location, help: "required: 1")
    }
    return Capability.Demand(target: target, units: units, location: name.location)
  }

  mutating func resolve(_ dependency: Dependency<Located<String>>) -> Dependency<Target>? {
    checkCounts(dependency.requirement)
    let resolved = dependency.requirement.references.map { resolve($0) }
    guard resolved.allSatisfy({ $0 != nil }) else { return nil }
    var targets = resolved.compactMap { $0 }[...]
    return dependency.map { _ in targets.removeFirst() }
  }

  private mutating func checkCounts(_ requirement: Requirement<Located<String>>) {
    guard case .atLeast(let count, let members) = requirement else { return }
    if let first = requirement.references.first, count > members.count || count < 1 {
      report(
        "at-least-range", "at least \(count) of \(members.count); expected 1 to \(members.count)",
        at: first.location)
      return
    }
    var seen: Set<String> = []
    for case .one(let name) in members where !seen.insert(name.value).inserted {
      report(
        "named-twice", "\(name.value) stands twice in a group; it is one thing and counts once",
        at: name.location, help: "leave one of them out")
    }
    for member in members { checkCounts(member) }
  }

  /// A component or role by its name as written.
  mutating func resolve(_ name: Located<String>) -> Target? {
    let parts = name.value.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let index = componentIndex[String(parts[0])] else {
      reportUnknown(
        "component", Located(String(parts[0]), at: name.location), among: componentNames)
      return nil
    }
    guard parts.count == 2 else { return Target(component: index) }
    let roles = draft.components[index].roles
    guard let role = roles.firstIndex(where: { $0.name?.value == String(parts[1]) }) else {
      let names = roles.compactMap(\.name?.value)
      reportUnknown(
        "role of \(parts[0])", Located(String(parts[1]), at: name.location), among: names)
      return nil
    }
    return Target(component: index, role: role)
  }

  /// Hard dependencies must not come back to where they began.
  mutating func checkCycles(_ components: [Component]) {
    let edges = components.map { component in
      component.dependencies.filter { $0.strength == .hard }.flatMap(\.requirement.references).map(
        \.component)
    }
    guard let cycle = firstCycle(edges) else { return }
    let names = (cycle + [cycle[0]]).map { components[$0].name }
    let shown = names.count > 14 ? names.prefix(7) + ["…"] + names.suffix(6) : names[...]
    let path = shown.joined(separator: " → ")
    report(
      "dependency-cycle", "hard dependencies run in a circle: \(path)",
      at: draft.components[cycle[0]].name.location,
      help: "make one of them soft: {\(components[cycle[1 % cycle.count]].name): {soft: 50 %}}")
  }
}

/// The first cycle of a directed graph, found by depth-first search on an explicit stack.
///
/// - Returns: the nodes of the cycle in order, or `nil` when there is none.
/// - Complexity: O(nodes + edges).
func firstCycle(_ edges: [[Int]]) -> [Int]? {
  enum Mark { case new, open, done }
  var marks = [Mark](repeating: .new, count: edges.count)
  for start in edges.indices where marks[start] == .new {
    var stack: [(node: Int, next: Int)] = [(start, 0)]
    marks[start] = .open
    while let (node, next) = stack.last {
      guard next < edges[node].count else {
        marks[node] = .done
        stack.removeLast()
        continue
      }
      stack[stack.count - 1].next += 1
      let target = edges[node][next]
      if marks[target] == .open {
        return stack.map(\.node).drop { $0 != target }.map { $0 }
      }
      if marks[target] == .new {
        marks[target] = .open
        stack.append((target, 0))
      }
    }
  }
  return nil
}
