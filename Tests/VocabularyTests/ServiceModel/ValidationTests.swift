import Diagnostics
import Quantities
import ServiceModel
import Stochastics
import Testing

/// Every rule about components, domains, roles and capabilities: its slug, its place, its remedy.
@Suite struct ValidationTests {
  private typealias Example = DraftExample

  @Test func `the example is consistent`() throws {
    let model = try Model(validating: Example.draft())
    #expect(model.components.map(\.units.count) == [3, 3])
    #expect(model.components[1].units.map(\.name) == ["ledger/writer", "ledger/reader/1", "ledger/reader/2"])
    #expect(model.components[1].roles.map(\.required) == [1, 2])
    #expect(
      model.defaults.map(\.path) == [
        "components/api/replicas/required", "components/ledger/roles/reader/required",
      ])
  }

  static let names: [Rule] = [
    Rule("unknown-name", "legder is no component", help: "did you mean ledger?") {
      $0.components[0].dependencies = [Example.hard("legder")]
    },
    Rule("unknown-name", "writr is no role of ledger", help: "did you mean writer?") {
      $0.capabilities[0].dependencies = [Example.hard("ledger/writr")]
    },
    Rule("unknown-name", "x is no role of api of this model; the model has none") {
      $0.capabilities[0].dependencies = [Example.soft("api/x")]
    },
    Rule("unknown-name", "ledgr is no component", help: "did you mean ledger?") {
      $0.capabilities[0].demands = [(Example.here("ledgr"), 2)]
    },
    Rule("unknown-name", "zone-c is no domain", help: "did you mean zone-a?") {
      $0.components[0].domain = Example.here("zone-c")
    },
    Rule("unknown-name", "zone-x is no domain", help: "did you mean zone-a?") {
      $0.domains[0].like = Example.here("zone-x")
    },
    Rule("unknown-name", "us-east-1 is no domain of this model; known: zone-a, zone-b") {
      $0.domains[0].parent = Example.here("us-east-1")
    },
    Rule("unknown-name", "redy is no detector", help: "did you mean ready?") {
      let recover = try Deterministic(value: 1)
      $0.components[0].modes = [
        try Example.mode(
          .meanTimeBetweenFailures(.year),
          .parts(detect: .named(Example.here("redy")), respond: nil, recover: recover))
      ]
    },
    Rule("unknown-name", "pag is no response", help: "did you mean page?") {
      let recover = try Deterministic(value: 1)
      $0.components[0].modes = [
        try Example.mode(
          .meanTimeBetweenFailures(.year),
          .parts(detect: nil, respond: .named(Example.here("pag")), recover: recover))
      ]
    },
    Rule("unknown-name", "writers is no role of ledger", help: "did you mean writer?") {
      $0.components[1].failovers = [try Example.failover("writers", from: ["reader"])]
    },
    Rule("unknown-name", "readr is no role of ledger", help: "did you mean reader?") {
      $0.components[1].failovers = [try Example.failover("writer", from: ["readr"])]
    },
    Rule("unknown-name", "sentinel is no component") {
      var failover = try Example.failover("writer", from: ["reader"])
      failover.needs = [Example.here("sentinel")]
      $0.components[1].failovers = [failover]
    },
  ]

  static let counts: [Rule] = [
    Rule("required-above-count", "api needs 4 of 3 replicas", help: "required: 3") {
      $0.components[0].roles[0].required = Example.here(4)
    },
    Rule("count-range", "0 replicas; expected 1 to 100,000", line: 10) {
      $0.components[0].roles[0].count = Located(0, at: Example.at(10))
    },
    Rule("count-range", "100001 replicas") {
      $0.components[0].roles[0].count = Example.here(100_001)
    },
    Rule("members-count", "2 members for 3 replicas", line: 10) {
      $0.components[0].roles[0].placement = .members([Example.here("zone-a"), Example.here("zone-b")])
    },
    Rule("at-least-range", "at least 4 of 3") {
      $0.components[1].dependencies = [Example.atLeast(4, ["api", "api", "api"])]
    },
    Rule("at-least-range", "at least 0 of 1") {
      $0.components[1].dependencies = [Example.atLeast(0, ["api"])]
    },
    Rule("failover-to-itself", "writer fails over to itself") {
      $0.components[1].failovers = [try Example.failover("writer", from: ["writer"])]
    },
    Rule(
      "no-capability", "nothing says what users call the service", line: 1,
      help: "capabilities: {service: {depends-on: {api: hard}}}"
    ) { $0.capabilities = [] },
  ]

  static let domains: [Rule] = [
    Rule(
      "spread-over-nothing", "the model has no nodes to spread over",
      help: "domains: {us-east-1a: {kind: zone}, us-east-1b: {kind: zone}}"
    ) { $0.components[0].roles[0].placement = .spread(over: Example.here("nodes")) },
    Rule(
      "spread-over-nothing", "the model has no zone-a to spread over",
      help: "domains: {us-east-1a: {kind: zone}, us-east-1b: {kind: zone}}"
    ) { $0.components[0].roles[0].placement = .spread(over: Example.here("zone-a")) },
    Rule("domain-order", "zone-a is a zone in the node host") {
      $0.domains.append(DomainDraft(name: Located("host", at: Example.at(4)), kind: .node))
      $0.domains[0].parent = Example.here("host")
    },
    Rule("domain-order", "zone-a is a zone in the zone zone-b") {
      $0.domains[0].parent = Example.here("zone-b")
    },
    Rule("like-circle", "zone-a is like itself") { $0.domains[0].like = Example.here("zone-a") },
    Rule("name-taken", "zone-a is a domain already", line: 40, help: "zone-a-service:") {
      $0.components.append(Example.component("zone-a", line: 40))
    },
    Rule("no-zones", "the nodes are spread over zones, and the model has none") {
      var pool = DomainDraft(name: Located("pool", at: Example.at(3)), kind: .pool)
      pool.nodes = NodesDraft(count: Example.here(2), spreadsOverZones: true, modes: [])
      $0.domains = [pool]
    },
    Rule("count-range", "0 nodes; expected 1 to 100,000") {
      $0.domains[0] = DomainDraft(name: Located("pool", at: Example.at(3)), kind: .pool)
      $0.domains[0].nodes = NodesDraft(count: Example.here(0), spreadsOverZones: false, modes: [])
    },
    Rule("name-taken", "pool-1", line: 40) {
      $0.domains[0] = DomainDraft(name: Located("pool", at: Example.at(3)), kind: .pool)
      $0.domains[0].nodes = NodesDraft(count: Example.here(2), spreadsOverZones: false, modes: [])
      $0.components.append(Example.component("pool-1", line: 40))
    },
  ]

  @Test(arguments: names) func `a name that nothing bears`(rule: Rule) throws { try rule.check() }
  @Test(arguments: counts) func `a count out of range`(rule: Rule) throws { try rule.check() }
  @Test(arguments: domains) func `a domain out of place`(rule: Rule) throws { try rule.check() }

  @Test func `everything wrong is said at once`() throws {
    var draft = try Example.draft()
    draft.components[0].roles[0].required = Example.here(4)
    draft.components[0].domain = Example.here("nowhere")
    draft.components[1].dependencies = [Example.hard("apy")]
    draft.capabilities = []
    let error = #expect(throws: Findings.self) { try Model(validating: draft) }
    #expect(
      error?.diagnostics.map(\.slug).sorted()
        == ["no-capability", "required-above-count", "unknown-name", "unknown-name"])
  }

  @Test func `like domains share modes and their own win`() throws {
    var draft = try Example.draft()
    draft.domains[0].modes = [try Example.mode()]
    draft.domains[1].like = Example.here("zone-a")
    var own = try Example.mode(.meanTimeBetweenFailures(.month))
    own.name = Example.here("flood")
    draft.domains[1].modes = [own]
    #expect(
      try Model(validating: draft).domains.map { $0.modes.map(\.name) } == [["crash"], ["flood", "crash"]])
  }

  @Test func `units and nodes take places in turn`() throws {
    var draft = try Example.draft()
    var pool = DomainDraft(name: Located("pool", at: Example.at(3)), kind: .pool)
    pool.nodes = NodesDraft(count: Example.here(3), spreadsOverZones: true, modes: [try Example.mode()])
    draft.domains.append(pool)
    draft.components[0].roles[0].placement = .spread(over: Example.here("pool"))
    let model = try Model(validating: draft)
    #expect(model.domains.map(\.name) == ["zone-a", "zone-b", "pool", "pool-1", "pool-2", "pool-3"])
    #expect(model.domains[4].causeName == "pool")
    #expect(model.components[0].units.map(\.domain) == [3, 4, 5])
    #expect(model.domains.chain(from: 4) == [4, 1, 2])
  }
}
