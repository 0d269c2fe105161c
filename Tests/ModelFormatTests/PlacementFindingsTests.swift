import Diagnostics
import Foundation
import Testing

/// What is wrong with rules about nodes is told where it stands.
@Suite("Findings about placement")
struct PlacementFindingsTests {
  private static let good = """
    replicas: {count: 3, spread: n}, requests: {cpu: 1, memory: 2 GB}, limits: {cpu: 2, memory: 4 GB}, \
    anti-affinity: {nodes: required}, topology-spread: {zones: {max-skew: 1, min-domains: 2}}
    """
  private static let pool = """
    capacity: {cpu: 8, memory: 32 GB}, reserved: {cpu: 0.1, memory: 1 GB}, daemons: {cpu: 0.2, memory: 1 GB}, max-pods: 58
    """

  private static func model(_ component: String, _ pool: String) -> String {
    """
    relmodel: 1
    name: n
    domains: {z: {kind: zone}, n: {kind: pool, nodes: {count: 3, spread: zones}, \(pool)}}
    components: {a: {\(component)}}
    capabilities: {s: {depends-on: {a: hard}}}
    """
  }

  @Test func `rules that can be are accepted`() {
    #expect(ModelText.places(["m.yaml": Self.model(Self.good, Self.pool)]) == [])
  }

  @Test(arguments: [
    ("max-skew: 1", "max-skew: 200000", "skew-range"), ("max-skew: 1", "max-skew: 0", "bad-value"),
    ("min-domains: 2", "min-domains: 2, when-unsatisfiable: schedule-anyway", "min-domains-with-anyway"),
    ("{nodes: required}", "{}", "missing-key"), ("nodes: required", "nodes: never", "bad-value"),
    ("spread: n", "in: z", "rules-without-nodes"), ("{cpu: 2,", "{cpu: 0.5,", "requests-above-limits"),
    ("{nodes: required}", "{from: {b: {nodes: required}}}", "unknown-name"),
    ("{nodes: required}", "{from: {a: {nodes: required}}}", "apart-from-itself"),
    ("{nodes: required}", "{from: {b: {}}}", "missing-key"),
  ])
  func `what a component can not say is told in its line`(old: String, new: String, slug: String) throws {
    let range = try #require(Self.good.range(of: old))
    expect(slug, at: 4, in: Self.model(Self.good.replacingCharacters(in: range, with: new), Self.pool))
  }

  @Test(arguments: [
    ("{cpu: 0.1,", "{cpu: 9,", "reserved-above-capacity"),
    ("capacity: {cpu: 8, memory: 32 GB}, ", "", "reserved-of-nothing"),
    ("capacity:", "allocatable: {cpu: 8, memory: 32 GB}, capacity:", "either-or"),
    ("max-pods: 58", "max-pods: 0", "bad-value"),
  ])
  func `what a pool can not say is told in its line`(old: String, new: String, slug: String) throws {
    let range = try #require(Self.pool.range(of: old))
    expect(slug, at: 3, in: Self.model(Self.good, Self.pool.replacingCharacters(in: range, with: new)))
  }

  @Test func `a volume of a zone wants units in zones`() {
    let text = Self.model(
      "replicas: {count: 2, spread: n}, data: {volumes: {v: {reach: zone}}}", "max-pods: 5"
    ).replacingOccurrences(of: ", spread: zones", with: "")
    expect("volume-without-zone", at: 4, in: text)
  }

  private func expect(_ slug: String, at line: Int, in text: String) {
    let places = ModelText.places(["m.yaml": text])
    #expect(
      places.contains { $0.hasPrefix("\(line):") && $0.hasSuffix(" \(slug)") }, "\(places) lack \(slug)")
  }
}
extension String {
  fileprivate func replacingCharacters(in range: Range<String.Index>, with new: String) -> String {
    self[..<range.lowerBound] + new + self[range.upperBound...]
  }
}
