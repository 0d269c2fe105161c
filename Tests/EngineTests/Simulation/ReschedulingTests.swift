import Diagnostics
import Foundation
import Reliability
import Reports
import ServiceGraph
import ServiceModel
import Simulation
import Stochastics
import Testing

@Suite("Rescheduling")
struct ReschedulingTests {
  static func node(_ name: String, up: Double, down: Double, zone: String? = nil) -> String {
    "  \(name): {kind: node, \(zone.map { "in: \($0), " } ?? "")fails: {loss: {lifetime: {deterministic: \(up) h}, lasts: \(down) h}}}\n"
  }

  static func service(_ domains: String, _ components: String) -> String {
    "domains:\n" + domains + "components:\n" + components
      + "\ncapabilities: {service: {depends-on: {api: hard}}}\n"
  }

  static let one = "  api: {replicas: {count: 1, spread: nodes}, reschedule: 5 h}"

  struct Story: CustomTestStringConvertible {
    let testDescription: String
    let domains: String
    var components = one
    let hours: Double
    let down: Double
  }

  /// One unit of 1 CPU beside another of 2.5 CPU on the other node.
  static let crowded = """
      api: {replicas: {count: 1, spread: nodes}, reschedule: 5 h, requests: {cpu: 1, memory: 1 GB}}
      other: {in: n2, requests: {cpu: 2.5, memory: 1 GB}}
    """

  static let stories = [
    // n1 is down from 100 to 150, and n2 has 0.5 CPU left.
    Story(
      testDescription: "a node without room is no place",
      domains: node("n1", up: 100, down: 50) + "  n2: {kind: node, allocatable: {cpu: 3, memory: 9 GB}}\n",
      components: crowded, hours: 200, down: 50),
    Story(
      testDescription: "a node with as much room as is asked for is one",
      domains: node("n1", up: 100, down: 50) + "  n2: {kind: node, allocatable: {cpu: 3.5, memory: 9 GB}}\n",
      components: crowded, hours: 200, down: 5),
    // Both units leave their nodes at 105, api/1 to n3, which is full then: api/2 waits for n2 until 150.
    Story(
      testDescription: "the room is taken by who comes first",
      domains: node("n1", up: 100, down: 50) + node("n2", up: 100, down: 50)
        + "  n3: {kind: node, allocatable: {cpu: 2, memory: 9 GB}}\n",
      components:
        "  api: {replicas: {count: 3, spread: nodes}, reschedule: 5 h, requests: {cpu: 1, memory: 1 GB}}",
      hours: 200, down: 50),
    // Lost at 100 and up elsewhere at 105, where it stays: what becomes of n1 after that is nothing to it.
    Story(
      testDescription: "a unit leaves a lost node and stays away",
      domains: node("n1", up: 100, down: 50) + "  n2: {kind: node}\n", hours: 450, down: 5),
    Story(
      testDescription: "a node that returns in time keeps its unit",
      domains: node("n1", up: 100, down: 3) + "  n2: {kind: node}\n", hours: 300, down: 6),
    // n2 is down from 90 to 120: due at 105, it waits until 120. n2 again at 210, to n1 at 215; n1 at 250, to n2 at 255.
    Story(
      testDescription: "with no node up it waits for the first",
      domains: node("n1", up: 100, down: 50) + node("n2", up: 90, down: 30), hours: 300, down: 20 + 5 + 5),
    // n2 is down from 60 to 400, so it waits for n1 itself, which returns at 150.
    Story(
      testDescription: "or for its own",
      domains: node("n1", up: 100, down: 50) + node("n2", up: 60, down: 340), hours: 240, down: 50),
    // The zone takes both nodes at 100; both units are on n3 at 105, and down with it from 400 to 405.
    Story(
      testDescription: "the loss of a zone",
      domains: "  za: {kind: zone, fails: {outage: {lifetime: {deterministic: 100 h}, lasts: 200 h}}}\n"
        + "  n1: {kind: node, in: za}\n  n2: {kind: node, in: za}\n" + node("n3", up: 320, down: 50),
      components: "  api: {replicas: {count: 2, spread: nodes}, reschedule: 5 h}", hours: 330, down: 5 + 5),
    Story(
      testDescription: "a start comes after",
      domains: node("n1", up: 100, down: 50) + "  n2: {kind: node}\n",
      components: "  api: {replicas: {count: 1, spread: nodes}, reschedule: 5 h, start: {takes: 2 h}}",
      hours: 300,
      down: 7),
    // The agent of each node fails at 120 for 10 h: that of n1 finds nobody, that of n2 the unit.
    Story(
      testDescription: "failures of the component on a node follow",
      domains: node("n1", up: 100, down: 500) + "  n2: {kind: node}\n",
      components:
        "  api: {replicas: {count: 1, spread: nodes}, reschedule: 5 h, fails: {agent: {scope: node, lifetime: {deterministic: 120 h}, lasts: 10 h}}}",
      hours: 200, down: 5 + 10),
    // On n2 the agent is down from 98 to 130: there is no place for it until then.
    Story(
      testDescription: "and a node where they are under way is no place",
      domains: node("n1", up: 100, down: 500) + "  n2: {kind: node}\n",
      components:
        "  api: {replicas: {count: 1, spread: nodes}, reschedule: 5 h, fails: {agent: {scope: node, lifetime: {deterministic: 98 h}, lasts: 32 h}}}",
      hours: 200, down: 32),
    Story(
      testDescription: "what stays, stays down",
      domains: node("n1", up: 100, down: 50) + "  n2: {kind: node}\n",
      components:
        "  api: {replicas: {count: 1, spread: nodes}, reschedule: 5 h, depends-on: {db: hard}}\n  db: {in: n1}",
      hours: 200, down: 50),
    // reader/2 takes over after 1 h; the old writer is a candidate on n3 from 105 on, and takes over when n2 goes at 200.
    Story(
      testDescription: "a holder of a role joins the candidates from its new node",
      domains: node("n1", up: 100, down: 900) + node("n2", up: 200, down: 900) + "  n3: {kind: node}\n",
      components: """
          api:
            roles: {writer: {count: 1, spread: nodes}, reader: {count: 2, required: 0, spread: nodes}}
            reschedule: 5 h
            failover: {writer: {from: [reader], takes: 1 h}}
        """, hours: 250, down: 2),
  ]

  @Test("told hour by hour", arguments: stories)
  func told(_ story: Story) throws {
    let years = story.hours / 8760
    let found = try Simulated.once(Self.service(story.domains, story.components), years: years)["service"]
    #expect(
      abs(found.downtimeHours(years: years) - story.down) < 1e-4, "\(found.downtimeHours(years: years))")
  }

  static func many(_ outage: String, after: String, mean: Double = 100) -> String {
    service(
      "  pool: {kind: pool, nodes: {count: 12, fails: {loss: {mtbf: \(mean) h, lasts: \(outage)}}}}\n",
      "  api: {replicas: {count: 1, spread: pool}, reschedule: \(after)}")
  }

  struct Cut: CustomTestStringConvertible {
    let outage: String
    let after: String
    /// E[min(D, r)] in hours.
    let bound: Double
    var testDescription: String { "\(outage) cut at \(after)" }
  }

  static let cuts = [
    Cut(outage: "10 h", after: "1 h", bound: 1), Cut(outage: "2 h", after: "3 h", bound: 2),
    Cut(outage: "{exponential: 8 h}", after: "4 h", bound: 8 * (1 - exp(-0.5))),
    Cut(outage: "{uniform: {min: 2 h, max: 12 h}}", after: "6 h", bound: 5.2),
  ]

  /// With up times without memory a unit is always on a node that fails in M hours on average, and is down for min(D, r)
  /// after that: U = m / (M + m) with m = E[min(D, r)]. That all twelve nodes are down has a chance below 1e-10.
  @Test("the long run of one unit among many nodes", arguments: cuts)
  func longRun(_ row: Cut) throws {
    let graph = try ModelText.graph(Self.many(row.outage, after: row.after))
    let expected = row.bound / (100 + row.bound)
    let plan = SimulationPlan(years: 0.5, replications: 600, confidence: Simulated.fourAndAHalf)
    let found = Simulator(graph, plan: plan).run()["service"]
    #expect(found.unavailability.holds(expected), "\(found.unavailability) \(expected)")
    #expect(found.outagesPerYear.holds(8760 / (100 + row.bound)), "\(found.outagesPerYear)")
    #expect(found.contributions.map(\.cause) == ["pool/loss"])
    #expect(abs((found.contributions.first?.firstCauseShare ?? 0) - 1) < 1e-12)
  }

  @Test("from the first hour on the long run holds, wherever the unit is by then")
  func firstHour() throws {
    let found = try Simulated.result(
      Self.many("{exponential: 8 h}", after: "4 h"),
      SimulationPlan(years: 1.0 / 8760, replications: 4_000, confidence: Simulated.fourAndAHalf))["service"]
    let bound = 8 * (1 - exp(-0.5))
    #expect(found.unavailability.holds(bound / (100 + bound)), "\(found.unavailability)")
  }

  /// On two nodes: their four states with exponential times, played by themselves in steps of 0.01 h, and the unit's rule
  /// applied to them.
  @Test("two nodes, played by another rule")
  func twoNodes() throws {
    let text = Self.service(
      "  pool: {kind: pool, nodes: {count: 2, fails: {loss: {mtbf: 30 h, lasts: {exponential: 20 h}}}}}\n",
      "  api: {replicas: {count: 1, spread: pool}, reschedule: 5 h}")
    let found = try Simulated.result(
      text, SimulationPlan(years: 1, replications: 500, confidence: Simulated.fourAndAHalf))["service"]
    var blocks: [Double] = []
    var stream = RandomStream(seed: 77, process: ProcessKey(name: "two-nodes"), replication: 0)
    for _ in 0..<60 { blocks.append(Self.downShare(&stream)) }
    let mean = blocks.reduce(0, +) / 60
    let error = (blocks.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 59 / 60).squareRoot()
    #expect(
      abs(found.unavailability.value - mean) < 4.5 * error + found.unavailability.halfWidth,
      "\(mean) ± \(error)")
  }

  /// The share of 20,000 h, after 2,000, in which the unit is down: node states are walked from change to change.
  private static func downShare(_ stream: inout RandomStream) -> Double {
    var (now, down, home) = (0.0, 0.0, 0)
    var isUp = [true, true]
    var next = [-30 * log(1 - stream.uniform()), -30 * log(1 - stream.uniform())]
    var due = Double.infinity
    while now < 22_000 {
      let time = min(next[0], next[1], due)
      if !isUp[home], now >= 2_000 { down += time - now }
      now = time
      if time == due {
        due = .infinity
        if isUp[1 - home] { home = 1 - home }
        continue
      }
      let node = next[0] <= next[1] ? 0 : 1
      isUp[node].toggle()
      next[node] = now - (isUp[node] ? 30 : 20) * log(1 - stream.uniform())
      if node == home {
        due = isUp[home] ? .infinity : now + 5
      } else if isUp[node], !isUp[home], due == .infinity {
        home = node
      }
    }
    return down / (now - 2_000)
  }

  // MARK: The exact engine

  @Test("the exact engine cuts the outage on the home node, and says so", arguments: cuts)
  func exact(_ row: Cut) throws {
    let result = try #require(
      try SteadyState.results(of: ModelText.graph(Self.many(row.outage, after: row.after))).first)
    let down =
      row.outage.hasPrefix("{exp") ? 8.0 : row.outage.hasPrefix("{uni") ? 7 : row.outage == "10 h" ? 10 : 2
    #expect(abs(result.unavailability - row.bound / (100 + down)) < 1e-8)
    #expect(result.approximations.count == 1)
    #expect(result.approximations.first?.hasPrefix("reschedule of api: ") == true)
  }

  @Test("an outage that also takes down what stays is cut for the unit that leaves")
  func exactWithNeighbour() throws {
    let text = Self.service(
      "  n1: {kind: node, fails: {loss: {mtbf: 90 h, lasts: 10 h}}}\n  n2: {kind: node}\n",
      "  api: {replicas: {count: 1, spread: nodes}, reschedule: 1 h}\n  other: {in: n1}")
    let result = try #require(try SteadyState.results(of: ModelText.graph(text)).first)
    #expect(abs(result.unavailability - 0.01) < 1e-15)
    #expect(result.approximations.first?.contains("with units that stay") == false)
  }

  /// The node's loss takes the service down until the unit has waited and started; of both nodes, until they return.
  @Test("the table of lost nodes says what comes back on others")
  func domainLoss() throws {
    let text = Self.service(
      "  n1: {kind: node, fails: {loss: {mtbf: 90 d, lasts: 10 h}}}\n  n2: {kind: node, like: n1}\n",
      "  api: {replicas: {count: 2, spread: nodes}, reschedule: 5 min, start: {takes: 1 min}}")
    let graph = try ModelText.graph(text)
    let table = DomainLossTable(graph, combinations: DomainLossTable.pairs(of: graph.model, kinds: [.node]))
    let rows = table.rows.map(\.capabilities[0])
    for row in rows.prefix(2) {
      #expect(row.recovery == .rescheduling(components: ["api"]))
      #expect(abs((row.recoveryHours ?? 0) - 0.1) < 1e-12)
      #expect(row.afterFailover == .down)
      #expect(row.afterRescheduling == .up)
    }
    #expect(rows[2].recovery == .domainReturns)
    #expect(rows[2].afterRescheduling == nil)
    #expect(rows[2].recoveryHours == 10)
  }

  // MARK: The same for all

  static let busy = service(
    """
      za: {kind: zone, fails: {outage: {mtbf: 900 h, lasts: {exponential: 9 h}}}}
      zb: {kind: zone, like: za}
      pool: {kind: pool, nodes: {count: 6, spread: zones, fails: {loss: {mtbf: 200 h, detect: 10 min, recover: {exponential: 20 h}}, slow: {mtbf: 90 h, lasts: 9 h, effect: {degraded-to: 50 %}}}}}

    """,
    """
      api:
        replicas: {count: 4, required: 2, spread: pool}
        reschedule: 30 min
        start: {takes: 5 min}
        depends-on: {db/writer: hard}
        fails: {crash: {mtbf: 90 h, detect: 5 min, recover: 2 h, clock: operating}, agent: {scope: node, mtbf: 300 h, lasts: 1 h}}
      db:
        roles: {writer: {count: 1, spread: pool}, reader: {count: 2, required: 1, spread: pool}}
        reschedule: 2 h
        failover: {writer: {from: [reader], detect: 5 min, takes: {exponential: 10 min}, works: 90 %, manual: 1 h}}
      cache: {in: pool-1}
    """)

  @Test("the same bits with any number of threads")
  func threads() throws {
    var plan = SimulationPlan(years: 0.3, replications: 90, seed: 11)
    let one = try Simulated.result(Self.busy, plan).fingerprint
    plan.threads = 3
    #expect(try Simulated.result(Self.busy, plan).fingerprint == one)
  }

  @Test("parts merge to what the one big run prints")
  func shards() throws {
    let run = PartRun(Self.busy, SimulationPlan(years: 0.2, replications: 40, seed: 3))
    let outcome = try PartRun.merged(try run.parts(3))
    #expect(PartRun.printed(outcome.header, outcome.result).json == (try run.whole().json))
  }

  // MARK: Traces

  @Test("a trace tells where units come up")
  func trace() throws {
    let graph = try ModelText.graph(
      Self.service(
        Self.node("n1", up: 100, down: 50) + "  n2: {kind: node}\n  n3: {kind: node}\n",
        "  api: {replicas: {count: 2, spread: nodes}, reschedule: 5 min}"))
    let plan = SimulationPlan(years: 200.0 / 8760, replications: 1, start: .new)
    let events = Simulator(graph, plan: plan).trace(replication: 0).events
    let moves = events.compactMap { event -> String? in
      switch event.kind {
      case .carried(let unit, _): "\(graph.unitNames[unit]) goes"
      case .rescheduled(let unit, let domain, let hours?):
        "\(graph.unitNames[unit]) to \(graph.model.domains[domain].name) after \((hours * 60).rounded()) min"
      default: nil
      }
    }
    // n3 has none of its units, n2 one.
    #expect(moves == ["api/1 goes", "api/1 to n3 after 5.0 min"])
  }

  // MARK: What can not be

  struct Mistake: CustomTestStringConvertible {
    let slug: String
    let domains: String
    let components: String
    var testDescription: String { slug }
  }

  static let mistakes = [
    Mistake(
      slug: "reschedule-without-nodes", domains: "  za: {kind: zone}\n  zb: {kind: zone}\n",
      components: "  api: {replicas: {count: 2, spread: zones}, reschedule: 5 min}"),
    Mistake(
      slug: "reschedule-without-nodes", domains: "  n1: {kind: node}\n",
      components: "  api: {replicas: 2, reschedule: 5 min}"),
    Mistake(
      slug: "reschedule-to-nowhere", domains: "  n1: {kind: node}\n  n2: {kind: node}\n",
      components: "  api: {in: n1, reschedule: 5 min}"),
    Mistake(
      slug: "reschedule-with-standby", domains: "  n1: {kind: node}\n  n2: {kind: node}\n",
      components:
        "  api: {replicas: {count: 2, spread: nodes}, reschedule: 5 min, standby: {running: 1, dormancy: cold}, fails: {crash: {mtbf: 1 d, lasts: 1 h}}}"
    ),
    Mistake(
      slug: "bad-value", domains: "  n1: {kind: node}\n  n2: {kind: node}\n",
      components: "  api: {replicas: {count: 2, spread: nodes}, reschedule: 0 min}"),
  ]

  @Test("impossible moves are findings", arguments: mistakes)
  func impossible(_ row: Mistake) throws {
    let error = try #require(throws: Findings.self) {
      try ModelText.model(Self.service(row.domains, row.components))
    }
    #expect(error.diagnostics.map(\.slug) == [row.slug])
    #expect(error.diagnostics.allSatisfy { $0.location != nil })
  }

  /// Nodes fail thirty times as often in office hours; a unit that would leave after half a year never does.
  @Test("a season of places that units may leave", arguments: [SimulationPlan.Start.new, .steady])
  func season(_ start: SimulationPlan.Start) throws {
    func found(_ own: String) throws -> CapabilityEstimate {
      let fails =
        "fails: {loss: {mtbf: 50 h, lasts: {exponential: 1 h}, season: {from: \"09:00\", to: \"17:00\", factor: 30}}}"
      return try Simulated.result(
        Self.service(
          "  n1: {kind: node, \(fails)}\n  n2: {kind: node, \(fails)}\n",
          "  api: {replicas: {count: 2, required: 1, spread: nodes}\(own)}"),
        SimulationPlan(replications: 60, start: start, confidence: Simulated.fourAndAHalf))["service"]
    }
    let (stays, moves) = (try found(""), try found(", reschedule: 4000 h"))
    #expect(
      abs(stays.unavailability.value - moves.unavailability.value) < stays.unavailability.halfWidth
        + moves.unavailability.halfWidth, "\(stays.unavailability) \(moves.unavailability)")
    #expect(
      abs(stays.outagesPerYear.value - moves.outagesPerYear.value) < stays.outagesPerYear.halfWidth
        + moves.outagesPerYear.halfWidth)
    #expect(moves.unavailability.halfWidth < 0.2 * moves.unavailability.value)
  }
}
