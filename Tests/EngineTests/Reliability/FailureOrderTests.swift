import Reliability
import ServiceGraph
import Testing

/// What the diagram shows of two designs, against their numbers.
@Suite("Order of designs on the diagram")
struct FailureOrderTests {
  /// Three parts behind two zones; `counts` units of the first two, of which `required` have to work.
  private static func graph(_ counts: [Int], required: [Int], hours: Int = 10, zoneHours: Int = 90) throws
    -> CompiledGraph
  {
    try ModelText.graph(
      """
      domains:
        z1: {kind: zone, fails: {out: {mtbf: 900 h, lasts: \(zoneHours) h}}}
        z2: {kind: zone, fails: {out: {mtbf: 950 h, lasts: 50 h}}}
      components:
        a: {replicas: {count: \(counts[0]), required: \(required[0]), spread: zones}, fails: {x: {mtbf: 90 h, lasts: \(hours) h}}}
        b: {replicas: {count: \(counts[1]), required: \(required[1]), spread: zones}, fails: {x: {mtbf: 80 h, lasts: 20 h}, all: {scope: component, mtbf: 900 h, lasts: 5 h}}}
        c: {fails: {x: {mtbf: 99 h, lasts: 1 h}}}
      capabilities: {s: {depends-on: {a: hard, b: hard, c: hard}}}
      """)
  }

  private static func isShown(_ one: CompiledGraph, _ other: CompiledGraph) -> Bool {
    FailureOrder.isProved(one, noWorseThan: other, capability: 0)
  }

  @Test("more units of which as many are needed, fewer needed, and shorter outages are shown to be no worse")
  func better() throws {
    let base = try Self.graph([2, 3], required: [1, 2])
    for one in [
      try Self.graph([3, 3], required: [1, 2]), try Self.graph([2, 4], required: [1, 2]),
      try Self.graph([2, 3], required: [1, 1]), try Self.graph([2, 3], required: [1, 2], hours: 9),
      try Self.graph([2, 3], required: [1, 2], zoneHours: 80), base,
    ] {
      #expect(Self.isShown(one, base))
    }
  }

  @Test("what is better only by its numbers is not shown")
  func byNumbers() throws {
    let base = try Self.graph([2, 3], required: [1, 2])
    #expect(!Self.isShown(base, try Self.graph([3, 3], required: [1, 2])))
    // One unit more of one part and one less of the other; more units of which more are needed; a longer outage elsewhere.
    for other in [
      try Self.graph([3, 2], required: [1, 2]), try Self.graph([3, 3], required: [2, 2]),
      try Self.graph([3, 3], required: [1, 2], hours: 11),
    ] {
      #expect(!Self.isShown(other, base))
    }
  }

  /// All pairs of 36 designs: what is shown holds by numbers, whatever the failure rates.
  @Test("nothing is shown that numbers deny", arguments: [10, 40])
  func numbers(hours: Int) throws {
    var designs: [(graph: CompiledGraph, down: Double)] = []
    for code in 0..<36 {
      let required = [1 + code % 2, 1 + code / 2 % 2]
      let counts = [2 + code / 4 % 3, 2 + code / 12 % 3]
      let graph = try Self.graph(counts, required: required, hours: hours)
      designs.append((graph, try SteadyState.unavailabilities(of: graph)[0]))
    }
    var shown = 0
    for one in designs {
      for other in designs where Self.isShown(one.graph, other.graph) {
        shown += 1
        #expect(one.down <= other.down * (1 + 1e-12))
      }
    }
    #expect(shown > 200 && shown < 36 * 36 / 2)
  }

  @Test("where roles move or repairs wait for a crew, nothing is shown")
  func dependent() throws {
    let graph = try ModelText.graph(
      """
      components:
        ledger:
          roles: {writer: {count: 1}, standby: {count: 1, required: 0}}
          failover: {writer: {from: [standby], takes: 5 min}}
          fails: {instance: {mtbf: 400 h, lasts: 4 h}}
      capabilities: {s: {depends-on: {ledger/writer: hard}}}
      """)
    #expect(!Self.isShown(graph, graph))
  }
}
