import Simulation
import Testing

/// A capability may bear the name of a component, and both may call the same.
@Suite("Streams of policies")
struct PolicyStreamTests {
  static func model(capability: String) -> String {
    let calls = "{timeout: 1 s, retry: {attempts: 3, wait: 20 s, jitter: 90 %}}"
    return """
      components:
        shop: {depends-on: {pay: \(calls)}}
        pay: {fails: {refusal: {lifetime: {deterministic: 100 h}, lasts: 10 min}}}
      capabilities: {\(capability): {depends-on: {pay: \(calls)}}, all: {depends-on: {shop: hard}}}
      """
  }

  /// When the calls of a dependency begin to fail, in seconds after the callee.
  static func failures(of edge: Int, _ text: String) throws -> [Double] {
    let plan = SimulationPlan(replications: 1, seed: 3, start: .new)
    var (failed, delays) = (0.0, [Double]())
    for event in Simulator(try ModelText.graph(text), plan: plan).trace(replication: 0).events {
      if case .failure = event.kind { failed = event.hours }
      if case .dependency(edge, .calls(let share, _)) = event.kind, share > 0 {
        delays.append((event.hours - failed) * 3600)
      }
    }
    return delays
  }

  @Test(
    "two dependencies of one name draw waits of their own, and those of the component stay what they were")
  func names() throws {
    let (first, second) = (
      try Self.failures(of: 0, Self.model(capability: "shop")),
      try Self.failures(of: 1, Self.model(capability: "shop"))
    )
    #expect(first.count > 50 && first.count == second.count)
    #expect(zip(first, second).allSatisfy { $0 != $1 })
    #expect(try Self.failures(of: 0, Self.model(capability: "store")) == first)
    // The correlation of n independent pairs is within 4.5 / √n.
    func centred(_ a: [Double]) -> [Double] { a.map { $0 - a.reduce(0, +) / Double(a.count) } }
    let (one, other) = (centred(first), centred(second))
    func sum(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    let correlation = sum(one, other) / (sum(one, one) * sum(other, other)).squareRoot()
    #expect(abs(correlation) < 4.5 / Double(first.count).squareRoot())
  }
}
