import Diagnostics
import Reliability
import ServiceGraph
import ServiceModel
import Simulation
import Stochastics
import Testing

@Suite("Autoscaling of nodes")
struct NodeAutoscalingTests {
  /// Two nodes with room for `perNode` units each, more as they are needed.
  static func text(
    _ api: String = "start: {takes: 15 min}", count: Int = 2, min: Int = 2, max: Int = 9, perNode: Int = 1,
    node: String = "", pool: String = "autoscaling: {min: 2, max: 4, delay: 2 h, down-delay: 3 h}",
    profile: String = DemandText.day
  ) -> String {
    DemandText.service(
      "\(api), replicas: {count: \(count), required: 1, spread: nodes-a}, requests: {cpu: 0.5, memory: 2 GiB}, "
        + "autoscaling: {min: \(min), max: \(max), target: 100 %, delay: 1 h, down-delay: 1 h}",
      demand: 5, profile: profile,
      domains: """
        domains:
          zone-a: {kind: zone}
          nodes-a: {kind: pool, nodes: {count: 2, spread: zones\(node)}, allocatable: {cpu: \(Double(perNode) * 0.5), memory: 64 GiB}, \(pool)}
        """)
  }

  static func story(_ text: String, hours: Double) throws -> [String] {
    try DemandText.trace(text, hours: hours).compactMap { event in
      switch event.kind {
      case .addsNodes(_, let count, let waiting, let loads):
        "\(event.hours): \(count) nodes for \(waiting) of \(loads)"
      case .nodesRun(_, let running): "\(event.hours): \(running) nodes"
      case .scaled(_, let running): "\(event.hours): \(running) units"
      default: nil
      }
    }
  }

  /// 5 units are wanted from 08:00: three more, an hour later, two of which find nodes 2 h later and run 15 min after that;
  /// four nodes are the most, so the fifth unit waits until 21:00, an hour after only 3 are wanted. The fourth leaves then
  /// too, the third at 01:00 of the next day; each node 3 h after its unit.
  @Test("a timetable without failures")
  func timetable() throws {
    let text = Self.text()
    #expect(
      try Self.story(text, hours: 28.5) == [
        "9.0: 2 nodes for 3 of [0]", "11.0: 4 nodes", "24.0: 3 nodes", "28.0: 2 nodes",
      ])
    let found = try Simulated.once(text)
    let nodes = try #require(found.nodePools.first)
    // From 11:15 to 20:00 4 of 5 are served, before that 2 of 5; in the evening 3 of 3.
    #expect(abs(found["service"].unservedHours() - 365 * (3.25 * 0.6 + 8.75 * 0.2)) < 1e-3)
    #expect(nodes.addedPerYear?.value.rounded() == 730)
    #expect(nodes.most == 4)
    // The third node is there from 11:00 to 04:00, the fourth from 11:00 to 24:00; the year ends at 24:00.
    #expect(abs(nodes.nodeHoursPerYear.value - (2 * 8760 + 365 * (17 + 13) - 4)) < 0.01)
    // Two units wait from 09:00 to 11:00, the fifth from 09:00 to 21:00.
    #expect(abs(nodes.waitingUnitHoursPerYear.value - 365 * (2 * 2 + 12)) < 0.01)
  }

  /// With room for two units on each node the third and fourth unit come to the declared nodes; only the fifth asks for a
  /// node.
  @Test("what runs has room first")
  func room() throws {
    #expect(
      try Self.story(Self.text(perNode: 2), hours: 24.5) == [
        "9.0: 1 nodes for 1 of [0]", "11.0: 3 nodes", "11.25: 5 units", "24.0: 2 nodes",
      ])
  }

  /// Five units at first on two of five nodes: three nodes have nobody, and leave but for the fewest.
  @Test("there are never fewer than the fewest", arguments: [2, 3, 4])
  func fewest(_ fewest: Int) throws {
    let text = DemandText.service(
      "replicas: {count: 2, required: 1, spread: nodes-a}, requests: {cpu: 1, memory: 1 GB}, "
        + "autoscaling: {min: 2, max: 9, target: 100 %}", demand: 2, profile: "weekend: 50 %",
      domains:
        "domains: {nodes-a: {kind: pool, nodes: {count: 5}, allocatable: {cpu: 2, memory: 9 GB}, autoscaling: {min: \(fewest), max: 5, delay: 1 h}}}"
    )
    // 10 min is the default.
    #expect(try Self.story(text, hours: 24).map { $0.hasSuffix(": \(fewest) nodes") } == [true])
    let found = try Simulated.result(text, SimulationPlan(replications: 2, start: .new))
    let hours = Double(fewest) * 8760 + Double(5 - fewest) / 6
    #expect(abs((found.nodePools.first?.nodeHoursPerYear.value ?? 0) - hours) < 0.01)
    // In the long run they have left before the simulation begins.
    let long = try Simulated.result(text, SimulationPlan(replications: 2))
    #expect(abs((long.nodePools.first?.running.value ?? 0) - Double(fewest)) < 1e-6)
    #expect(long.nodePools.first?.addedPerYear?.value == 0)
  }

  /// Without autoscaling of nodes there are two, with room for two units each: the fifth unit waits in vain.
  @Test("units beyond the room of nodes that nobody adds wait")
  func noRoom() throws {
    let text = Self.text(perNode: 2, pool: "")
    let scaling = try #require(try ModelText.model(text).components.first?.autoscaling)
    #expect(scaling.roomFor == 4)
    let found = try Simulated.once(text)
    #expect(abs(found["service"].unservedHours() - 365 * (1.25 * 0.6 + 10.75 * 0.2)) < 1e-3)
    let nodes = try #require(found.nodePools.first)
    #expect(nodes.addedPerYear == nil)
    #expect(nodes.running.value == 2)
    #expect(abs(nodes.waitingUnitHoursPerYear.value - 365 * 12) < 0.01)
  }

  /// A node that is added fails as its like, and takes its unit down: four units that never leave, two of them on nodes that
  /// were added, are up as often as as many independent units.
  @Test("nodes that were added fail like the others")
  func failures() throws {
    let found = try Simulated.result(
      Self.text(
        "title: api", node: ", fails: {loss: {mtbf: 30 h, lasts: {exponential: 6 h}}}",
        pool: "autoscaling: {min: 2, max: 9, delay: 1 h}", profile: "day: [{from: \"00:00\", load: 80 %}]"),
      SimulationPlan(replications: 60, confidence: Simulated.fourAndAHalf))
    let load = try #require(found.capacities.first)
    #expect(load.running.value == 4)
    #expect(found.nodePools.first?.running.value == 4)
    #expect(load.healthy.holds(4 * 5.0 / 6), "\(load.healthy) of \(load.running)")
  }

  @Test("room for everybody on nodes that do not fail changes no bit")
  func nothing() throws {
    let fails =
      "fails: {crash: {mtbf: 90 h, lasts: {exponential: 5 h}}}, start: {takes: 15 min}"
    let plan = SimulationPlan(replications: 40)
    func found(_ own: String, _ pool: String) throws -> SimulationResult {
      try Simulated.result(
        DemandText.service(
          "\(fails), replicas: {count: 2, required: 1, spread: nodes-a}, \(own) autoscaling: {min: 2, max: 9, target: 80 %, delay: 15 min}",
          demand: 5, profile: DemandText.day,
          domains:
            "domains: {nodes-a: {kind: pool, nodes: {count: 3}\(pool)}}"
        ), plan)
    }
    let plain = try found("", "")
    let room = ", allocatable: {cpu: 8, memory: 32 GB}"
    let requests = "requests: {cpu: 1, memory: 2 GB},"
    for other in [try found(requests, ""), try found("", room), try found(requests, room)] {
      #expect(other.fingerprint == plain.fingerprint)
      #expect(other.capacities == plain.capacities)
    }
    #expect(plain.nodePools.isEmpty)
  }

  @Test("the exact engine takes what is declared, and says so")
  func named() throws {
    let exact = try SteadyState.results(of: ModelText.graph(Self.text()))
    #expect(
      exact[0].approximations.filter { $0.contains("nodes-a") } == [
        "autoscaling of nodes-a: 2 nodes at all hours; relmodel simulate follows it"
      ])
  }

  /// A region fails while work on a node begins: its unit stays, and nobody lets it leave when the region is back. A node
  /// that takes no time was ordered for it, left without it and was ordered again, for ever.
  @Test("a node without delay that no unit comes to is not ordered twice at an instant", arguments: 0..<4)
  func inVain(_ replication: Int) throws {
    let text = """
      domains:
        reg: {kind: region, fails: {out: {mtbf: 20 h, lasts: 2 h}}}
        p:
          kind: pool
          in: reg
          nodes: {count: 3}
          allocatable: {cpu: 8, memory: 32 GB}
          planned: {drain: {every: 20 h, takes: 4 h}}
          autoscaling: {min: 1, max: 3, delay: 0 s, down-delay: 0 s}
      components:
        c:
          replicas: {count: 1, required: 1, spread: p}
          autoscaling: {min: 1, max: 3, target: 100 %}
          requests: {cpu: 3, memory: 2 GB}
      capabilities:
        s: {depends-on: {c: hard}, demand: {c: 1}}
      """
    let found = try Simulated.result(
      text,
      SimulationPlan(
        years: 1, replications: 20, seed: UInt64(replication), confidence: Simulated.fourAndAHalf))
    // Drained units find a node at once: only the region is ever missed, 2 h of every 22 h.
    #expect(found["s"].unavailability.holds(2.0 / 22), "\(found["s"].unavailability)")
  }
}
