import Quantities
import ServiceModel
import Simulation
import Stochastics
import Testing

/// Work on nodes that units leave: a drain, as Kubernetes does one.
@Suite("Drains of nodes that units leave")
struct DrainTests {
  static func pool(_ nodes: Int, _ more: String = "") -> String {
    "domains: {pool: {kind: pool, nodes: {count: \(nodes)}\(more), planned: {drain: {every: 1 w, takes: 1 h}}}}\n"
  }

  struct Story: CustomTestStringConvertible {
    let testDescription: String
    let text: String
    /// Downtime in 300 h, in which the nodes are drained once, from 168 h on.
    let down: Double
  }

  static func units(_ count: Int, required: Int, _ more: String) -> String {
    "components: {api: {replicas: {count: \(count), required: \(required), spread: pool}, reschedule: 5 h\(more)}}\n"
      + "capabilities: {service: {depends-on: {api: hard}}}"
  }

  static let stories = [
    Story(
      testDescription: "a unit that starts at once is never down",
      text: pool(2) + units(1, required: 1, ""), down: 0),
    // To n2 at 168 h, up at 170 h, when n2 is drained: back on n1 at 172 h.
    Story(
      testDescription: "a unit is down while it starts elsewhere, once for each node",
      text: pool(2) + units(1, required: 1, ", start: {takes: 2 h}"), down: 4),
    // Of the two that are on the second node then, one leaves when the other has started.
    Story(
      testDescription: "a budget lets units leave one by one",
      text: pool(3) + units(3, required: 2, ", start: {takes: 1 h}, disruption-budget: {keep: 2}"), down: 0),
    Story(
      testDescription: "a budget that lets two go lets them go at once",
      text: pool(3) + units(3, required: 2, ", start: {takes: 1 h}, disruption-budget: {keep: 1}"), down: 1),
    Story(
      testDescription: "no place, no drain",
      text: pool(2, ", allocatable: {cpu: 1, memory: 1 GB}")
        + units(2, required: 2, ", start: {takes: 1 h}, requests: {cpu: 1, memory: 1 GB}"), down: 0),
    Story(
      testDescription: "what does not leave is down for the work",
      text: pool(2)
        + "components: {api: {replicas: {count: 1, spread: pool}}}\ncapabilities: {service: {depends-on: {api: hard}}}",
      down: 1),
  ]

  @Test("drains take down what they should", arguments: stories)
  func drained(_ story: Story) throws {
    let result = try Simulated.once(story.text, years: 300.0 / 8760)
    #expect(abs(result["service"].downtimeHours(years: 300.0 / 8760) - story.down) < 1e-5)
  }

  /// It leaves n1 at 300 h for good. n2 is lost before or after n1 is open again: it waits its 5 h either way, and then n1 is.
  @Test("a unit is where the last drain has left it", arguments: [300.5, 332])
  func whereItIs(_ lostHours: Double) throws {
    let result = try Simulated.once(
      """
      domains:
        n1: {kind: node, planned: {drain: {every: 300 h, takes: 1 h}}}
        n2: {kind: node, fails: {loss: {lifetime: {deterministic: \(lostHours) h}, lasts: 50 h}}}
      components: {api: {replicas: {count: 1, spread: nodes}, reschedule: 5 h}}
      capabilities: {service: {depends-on: {api: hard}}}
      """, years: 400.0 / 8760)
    #expect(abs(result["service"].downtimeHours(years: 400.0 / 8760) - 5) < 1e-5)
  }

  /// Two starts of 2 h in each of 52 weeks, whenever the first begins; a drain may be cut at either end.
  @Test func `in the long run it is down for a start at each drain`() throws {
    let result = try Simulated.result(
      Self.pool(2) + Self.units(1, required: 1, ", start: {takes: 2 h}"),
      SimulationPlan(years: 364.0 / 365, replications: 10, seed: 2))
    #expect(abs(result["service"].unavailability.value - 4.0 / 168) < 4.0 / 8736)
  }
}
