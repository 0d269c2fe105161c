import Reliability
import ServiceGraph
import ServiceModel
import Simulation
import Testing

/// Units that are rescheduled come only to nodes where rules let them.
@Suite("Rescheduling under rules")
struct ReschedulingRulesTests {
  struct Story: CustomTestStringConvertible {
    let testDescription: String
    let domains: String
    let components: String
    let down: Double
  }

  private static let zones = "  za: {kind: zone}\n  zb: {kind: zone}\n"
  /// The first node, down from 100 to 150.
  private static func n1(_ zone: String? = nil) -> String {
    ReschedulingTests.node("n1", up: 100, down: 50, zone: zone)
  }

  private static func node(_ name: String, _ zone: String? = nil) -> String {
    "  \(name): {kind: node\(zone.map { ", in: \($0)" } ?? "")}\n"
  }

  private static func api(_ count: Int, _ rules: String) -> String {
    "  api: {replicas: {count: \(count), spread: nodes}, reschedule: 5 h, \(rules)}"
  }

  private static let oneToANode = "anti-affinity: {nodes: required}"
  private static let oneToAZone = "anti-affinity: {zones: required}"
  private static let even = "topology-spread: {zones: {max-skew: 1}}"
  private static let evenOverTwo = "topology-spread: {zones: {max-skew: 1, min-domains: 2}}"
  private static let volume = "data: {volumes: {v: {reach: zone}}}"
  private static let db = "\n  db: {in: n2, anti-affinity: {from: {api: {nodes: required}}}}"

  static let stories = [
    Story(
      testDescription: "one to a node, and the other node has one: pending until its own returns",
      domains: n1() + node("n2"), components: api(2, oneToANode), down: 50),
    Story(
      testDescription: "one to a node, and one is free", domains: n1() + node("n2") + node("n3"),
      components: api(2, oneToANode), down: 5),
    Story(
      testDescription: "only preferred, so they share", domains: n1() + node("n2"),
      components: api(2, "anti-affinity: {nodes: preferred}"), down: 5),
    Story(
      testDescription: "one to a zone: the other node of its own zone is open",
      domains: zones + n1("za") + node("n2", "zb") + node("n3", "za"), components: api(2, oneToAZone), down: 5
    ),
    Story(
      testDescription: "one to a zone, and all others are in the zone of the other unit",
      domains: zones + n1("za") + node("n2", "zb") + node("n3", "zb"), components: api(2, oneToAZone),
      down: 50
    ),
    // 1 is left in za, 2 are in zb: one more in zb would be two above za.
    Story(
      testDescription: "even over zones: into the zone with fewer",
      domains: zones + n1("za") + node("n2", "zb") + node("n3", "za") + node("n4", "zb"),
      components: api(4, even), down: 5),
    Story(
      testDescription: "a zone whose nodes are all down is not counted",
      domains: zones + n1("za") + node("n2", "zb") + node("n3", "zb"), components: api(3, even), down: 5),
    Story(
      testDescription: "unless there have to be two, when the fewest count as none",
      domains: zones + n1("za") + node("n2", "zb") + node("n3", "zb"), components: api(3, evenOverTwo),
      down: 50),
    Story(
      testDescription: "a component that stays keeps it away, though it is that one's rule",
      domains: n1() + node("n2"), components: api(1, "title: The API") + db, down: 50),
    Story(
      testDescription: "and not from a third node", domains: n1() + node("n2") + node("n3"),
      components: api(1, "title: The API") + db, down: 5),
    Story(
      testDescription: "a volume keeps it in its zone", domains: zones + n1("za") + node("n2", "zb"),
      components: api(1, volume), down: 50),
    Story(
      testDescription: "where another node has it",
      domains: zones + n1("za") + node("n2", "zb") + node("n3", "za"), components: api(1, volume), down: 5),
  ]

  @Test("told hour by hour", arguments: stories)
  func told(_ story: Story) throws {
    let years = 200.0 / 8760
    let text = ReschedulingTests.service(story.domains, story.components)
    let found = try Simulated.once(text, years: years)["service"].downtimeHours(years: years)
    #expect(abs(found - story.down) < 1e-4, "\(found)")
  }

  /// Nodes on which one unit fits are nodes on which one unit may be: the same histories, outage by outage.
  @Test("one to a node is room for one", arguments: [(3, 4), (2, 5), (4, 4)])
  func room(units: Int, nodes: Int) throws {
    func text(_ room: String, _ rule: String) -> String {
      ReschedulingTests.service(
        "  pool: {kind: pool, \(room)nodes: {count: \(nodes), fails: {loss: {mtbf: 300 h, lasts: {exponential: 40 h}}}}}\n",
        "  api: {replicas: {count: \(units), required: \(max(1, units - 1)), spread: pool}, reschedule: 5 h, \(rule)}"
      )
    }
    let byRoom = text("allocatable: {cpu: 1, memory: 9 GB}, ", "requests: {cpu: 1, memory: 1 GB}")
    let byRule = text("", "anti-affinity: {nodes: required}")
    let (one, other) = (
      try Simulated.once(byRoom, years: 40)["service"], try Simulated.once(byRule, years: 40)["service"]
    )
    #expect(one.downtimeHours(years: 40) == other.downtimeHours(years: 40))
    #expect(one.downtimeHours(years: 40) > 0)
  }
}
