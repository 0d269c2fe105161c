internal import Diagnostics
internal import Quantities
internal import Resilience
internal import Stochastics

extension ModelResolver {
  /// The pools, and every dependency that has policies.
  mutating func resolvePolicies(
    _ domains: [Domain], _ components: [Component], _ capabilities: [Capability]
  ) -> ModelPolicies {
    let pools = resolvePools()
    let dataPools = resolveDataPools()
    // What follows counts on every name.
    guard !Findings(findings).hasErrors else {
      return ModelPolicies(pools: pools, dataPools: dataPools, edges: [])
    }
    var edges: [PolicyEdge] = []
    for (index, component) in components.enumerated() {
      let own = pools.first { $0.component == index && $0.servesRequests }?.pool
      edges += resolveEdges(
        of: .component(index), component.name, component.dependencies, pools: pools, callerPool: own,
        callers: component.units.count)
    }
    for (index, capability) in capabilities.enumerated() {
      edges += resolveEdges(
        of: .capability(index), capability.name, capability.dependencies, pools: pools, callerPool: nil,
        callers: 1)
    }
    edges = edges.sharingPools()
    let paths = PolicyPaths(
      domains: domains, components: components, capabilities: capabilities, edges: edges)
    findings += paths.findings()
    return ModelPolicies(pools: pools, dataPools: dataPools, edges: edges)
  }

  // MARK: Edges

  private mutating func resolveEdges(
    of owner: PolicyEdge.Owner, _ name: String, _ dependencies: [Dependency<Target>], pools: [NamedPool],
    callerPool: Pool?, callers: Int
  ) -> [PolicyEdge] {
    var edges: [PolicyEdge] = []
    for (place, dependency) in dependencies.enumerated() {
      guard let stated = dependency.policies else { continue }
      let bulkhead = stated.bulkhead.flatMap {
        resolveBulkhead($0, of: owner, name, towards: dependency, pools: pools)
      }
      noteDefaults(of: stated, path: path(of: owner, name, dependency.label))
      checkTimeout(of: stated)
      do throws(InvalidPolicy) {
        let policies = try EdgePolicies(
          timeout: stated.timeout, retry: stated.retry, breaker: stated.breaker, bulkhead: bulkhead,
          callerPool: stated.traffic == nil ? nil : callerPool, rateLimit: stated.rateLimit,
          fallback: stated.fallback, traffic: stated.traffic, callers: max(1, callers))
        edges.append(
          PolicyEdge(
            owner: owner, dependency: place, name: "\(name) → \(dependency.label)", policies: policies,
            alert: resolveAlert(on: "\(name) → \(dependency.label)", stated, policies),
            location: stated.location))
      } catch {
        for finding in error.findings { report(finding, stated) }
      }
    }
    return edges
  }

  /// Where every answer comes too late, the callee is never of use.
  private mutating func checkTimeout(of stated: StatedPolicies) {
    guard let timeout = stated.timeout, let latency = stated.traffic?.latency,
      latency.survival(timeout.hours) >= 1
    else { return }
    report(
      "timeout-below-latency",
      "timeout: every answer takes longer than \(timeout.exactText), so every call fails when all is well",
      at: stated.place(of: "timeout"),
      help: TimeSpan(hours: 2 * latency.quantile(0.99)).map { "timeout: \($0.exactText)" })
  }

  private mutating func report(_ finding: PolicyFinding, _ stated: StatedPolicies) {
    report(
      finding.slug, "\(finding.key): \(finding.message)", at: stated.place(of: finding.key),
      help: finding.help)
  }

  private func path(of owner: PolicyEdge.Owner, _ name: String, _ label: String) -> String {
    let group = if case .component = owner { "components" } else { "capabilities" }
    return "\(group)/\(name)/depends-on/\(label)"
  }

  private mutating func noteDefaults(of stated: StatedPolicies, path: String) {
    for note in stated.defaults {
      defaults.append(DefaultNote(path: "\(path)/\(note.key)", text: note.text))
    }
  }

  private mutating func resolveBulkhead(
    _ pool: Located<String>, of owner: PolicyEdge.Owner, _ name: String,
    towards dependency: Dependency<Target>,
    pools: [NamedPool]
  ) -> Pool? {
    guard let found = pools.first(where: { $0.name == pool.value }) else {
      reportUnknown("pool", pool, among: pools.map(\.name))
      return nil
    }
    guard owner == .component(found.component) else {
      report(
        "bulkhead-of-another",
        "\(pool.value) is a pool of \(componentNames[found.component]); \(name) can not hold its calls in it",
        at: pool.location, help: "pools: {\(pool.value): {of: \(name), …}}")
      return nil
    }
    if found.servesRequests {
      report(
        "bulkhead-serves-requests", "\(pool.value) serves all requests of \(name), so it confines nothing",
        at: pool.location, help: "a pool without serves: requests")
    }
    if let destination = found.destination, !dependency.requirement.references.contains(destination) {
      report(
        "bulkhead-elsewhere", "\(pool.value) leads elsewhere than to \(dependency.label)", at: pool.location,
        help: "to: \(dependency.label)")
    }
    return found.pool
  }
}
