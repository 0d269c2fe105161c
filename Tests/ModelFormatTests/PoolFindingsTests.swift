import Diagnostics
import Foundation
import ModelFormat
import Quantities
import ServiceModel
import Testing

/// What is wrong with pools of data, their growth and alerts, and with limits is told where it stands.
@Suite("Findings about pools and limits")
struct PoolFindingsTests {
  private static let good = """
    of: a, kind: memory, size: 8 GB, used: 3.8 GB, overflow: evict, holds: parts, growth: 20 %, alert: {at: 90 %, by: full}
    """

  private static func model(_ pool: String) -> String {
    """
    relmodel: 1
    name: n
    components: {a: {limits: {cpu: 2, memory: 4 GB, priority: important}}}
    capabilities: {s: {depends-on: {a: hard}}}
    pools: {p: {\(pool)}}
    detectors: {full: {deterministic: 1 min}}
    """
  }

  @Test func `a pool of data that can be is accepted, with all that it states`() throws {
    let model = try ModelText.reading(["m.yaml": Self.model(Self.good)]).model
    let pool = try #require(model.policies.dataPools.first)
    #expect(pool.kind == .memory && pool.overflow == .evict && pool.holding == .parts)
    #expect(pool.size.bytes == 8e9 && pool.used?.bytes == 3.8e9)
    #expect(pool.outlook.growthPerYear == 0.2 && pool.outlook.alert?.share == 0.9)
    #expect(pool.outlook.alert?.detector == "full")
    #expect(model.delays.first?.users == ["pools/p/alert"])
    #expect(model.policies.pools.isEmpty)
    #expect(model.components[0].priority == .important && model.components[0].placement.limits?.cpu == 2)
  }

  @Test(arguments: [
    ("size: 8 GB", "size: 8", "pool-kind"), ("used: 3.8 GB", "used: 3", "pool-kind"),
    ("size: 8 GB", "size: 0 GB", "pool-size"), ("used: 3.8 GB", "used: 9 GB", "pool-used"),
    ("overflow: evict", "overflow: caller-runs", "pool-overflow"), ("of: a", "of: x", "unknown-name"),
    ("overflow: evict", "queue: 5", "pool-kind"), ("overflow: evict", "wait: 5 s", "pool-kind"),
    ("overflow: evict", "to: a", "pool-kind"), ("overflow: evict", "memory: 1 MB", "pool-kind"),
    ("by: full", "by: nobody", "unknown-name"), ("at: 90 %", "at: 130 %", "pool-alert"),
    ("at: 90 %", "at: 0 %", "pool-alert"), ("growth: 20 %", "growth: -100 %", "pool-growth"),
    ("used: 3.8 GB, ", "", "pool-growth"),
    (
      "kind: memory, size: 8 GB, used: 3.8 GB, overflow: evict, holds: parts",
      "kind: connections, size: 8 GB", "pool-kind"
    ),
    ("kind: memory, size: 8 GB, used: 3.8 GB", "kind: connections, size: 9, used: 4 GB", "pool-kind"),
  ])
  func `what can not be is told in its line`(old: String, new: String, slug: String) throws {
    let range = try #require(Self.good.range(of: old))
    let places = ModelText.places(["m.yaml": Self.model(Self.good.replacingCharacters(in: range, with: new))])
    #expect(!places.isEmpty)
    #expect(
      places.allSatisfy { $0.hasPrefix("5:") } && places.contains { $0.hasSuffix(" \(slug)") }, "\(places)")
  }

  @Test func `slots are neither evicted nor kept in parts`() {
    let slots = "of: a, kind: connections, size: 9, "
    #expect(
      ModelText.places(["m.yaml": Self.model(slots + "overflow: evict")]).map {
        $0.split(separator: " ").last
      } == [
        "pool-overflow"
      ])
    #expect(
      ModelText.places(["m.yaml": Self.model(slots + "holds: copies")]).map { $0.split(separator: " ").last }
        == [
          "pool-kind"
        ])
  }

  @Test func `limits are no less than requests`() {
    let text = ModelText.component("{limits: {cpu: 2, memory: 4 GB}, requests: {cpu: 1, memory: 8 GB}}")
    #expect(
      ModelText.places(["m.yaml": text]).map { $0.split(separator: " ").last } == ["requests-above-limits"])
  }
}
