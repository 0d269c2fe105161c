import Diagnostics
import ModelFormat
import Quantities
import ServiceModel
import Testing

/// What is wrong with a claim is told where it stands; what a what-if removes is not.
@Suite struct ClaimFindingsTests {
  private static func model(_ claim: String) -> String {
    """
    relmodel: 1
    name: n
    domains: {z: {kind: zone, fails: {out: {mtbf: 2 y, lasts: 2 h}}}}
    components: {a: {replicas: {count: 2, required: 1}, fails: {crash: {mtbf: 1 y, lasts: 1 h}}}, b: {roles: {writer: {count: 1}}}}
    capabilities: {s: {depends-on: {a: hard}, objectives: {m: {availability: 99 %, per: year}}}}
    detectors: {probe: {probe: {every: 5 s, timeout: 3 s, failures: 3}}}
    procedures: {back: {steps: {one: {takes: 1 h}}}}
    costs: {nodes: {fixed: {price: $5/month}}}
    claims: {c: {\(claim)}}
    """
  }

  private func findings(_ text: String) -> [String] { ModelText.places(["m.yaml": text]) }

  @Test(arguments: [
    "of: s/availability, at-least: 99 %", "of: s/m/missed, at-most: 1 %", "of: a/left, when: z, equals: 2",
    "of: s/recovery, when: z, at-most: 1 h", "of: a/crash/rate, at-most: 2 /y", "of: z/out/mtbf, equals: 2 y",
    "of: b/writer/candidates, equals: 0", "of: back/duration, at-most: 1 h", "of: probe/mean, at-most: 20 s",
    "of: cost/monthly, at-most: $5", "of: cost/nodes/monthly, equals: $5", "of: roi/return, at-least: 500 %",
    "of: roi/s/net, at-least: $1/month", "of: history/mtbf, at-least: 14 d",
    "of: history/a/crash/incidents, equals: 1",
    "of: drills/back/rto, at-most: 1 h", "of: components/a/replicas/count, equals: 2", "says: good",
    "says: good, of: s/availability", "sum: [1, 2], equals: 3",
    "quotient: [components/a/replicas/count, 4], equals: 50 %",
    "availability-of: {mtbf: 14 d, mttr: a/crash/duration}, at-least: 99 %",
    "of: s/downtime, at-most: 2.2 h/month", "of: s/downtime, at-most: 2.2 h/month, tolerance: 0.1 h/month",
  ])
  func `a claim that can be is accepted`(claim: String) {
    #expect(findings(Self.model(claim)) == [], "\(claim)")
  }

  @Test(arguments: [
    ("of: s/availabilty, at-least: 99 %", "unknown-measure"),
    ("of: x/availability, at-least: 99 %", "unknown-name"),
    ("of: a/crush/rate, at-most: 1 /y", "unknown-name"), ("of: availability, at-least: 99 %", "unknown-name"),
    ("of: a/availability, at-least: 99 %", "unknown-measure"),
    ("of: cost/disks/monthly, equals: $5", "unknown-name"),
    ("of: roi/x/net, at-least: $5/h", "unknown-name"), ("of: a/b/c/d, equals: 1", "unknown-name"),
    ("of: s/availability, at-least: 14 d", "claim-dimension"),
    ("of: s/mtbf, equals: 99 %", "claim-dimension"),
    ("of: cost/monthly, at-most: $5/month", "claim-dimension"),
    ("sum: [1 h, 2], equals: 3 h", "claim-dimension"),
    ("of: s/availability, at-least: 99.5", "claim-scale"),
    ("of: s/availability, equals: 120 %", "claim-scale"),
    ("of: s/single-points-of-failure, equals: 50 %", "claim-scale"),
    ("of: a/left, equals: 1", "claim-needs-loss"),
    ("of: s/availability, when: z, equals: 99 %", "claim-without-loss"),
    ("of: a/left, when: y, equals: 1", "unknown-name"),
    ("quotient: [1, 2, 3], equals: 1", "claim-count"), ("difference: [1], equals: 1", "claim-count"),
    ("of: s/mttr, between: [5 min, 2 min]", "claim-order"),
    ("of: s/mttr, between: [5 min, 2 h, 3 h]", "claim-count"),
    ("of: s/mttr, between: [5 min, 2 %]", "claim-dimension"), ("says: x, equals: 5", "claim-of-nothing"),
    ("says: x, tolerance: 5", "claim-of-nothing"), ("of: s/mttr", "claim-says-nothing"),
    ("matters: high", "claim-says-nothing"),
    ("of: s/mttr, at-most: 5 min, tolerance: 5 %", "claim-dimension"),
    ("of: s/mttr, at-most: 5 m", "bad-value"),
    ("of: components/a/replicas/counts, equals: 2", "unknown-path"),
    ("of: components/a/replicas, equals: 2", "no-number"),
    ("sum: [1, 2], of: s/mttr, equals: 3", "either-or"), ("says: x, at-most: 5, at-least: 3", "either-or"),
    ("says: x, matters: much", "bad-value"),
  ])
  func `what can not be is told once, in its line`(claim: String, slug: String) {
    let places = findings(Self.model(claim))
    #expect(places.count == 1 && places.first?.hasSuffix(" \(slug)") == true, "\(claim): \(places)")
    #expect(places.first?.hasPrefix("9:") == true, "\(places)")
  }

  @Test func `a misspelt measure is put right`() {
    let error = #expect(throws: Findings.self) {
      try ModelReader(texts: ["m.yaml": Self.model("of: s/availabilty, at-least: 99 %")]).reading(
        at: "m.yaml")
    }
    #expect(error?.diagnostics.first?.help == "of: s/availability")
  }

  @Test func `everything wrong is told at once`() {
    let text = Self.model("of: s/mtff, equals: 1 d}, d: {of: s/mttr, equals: 5 %}, e: {matters: low")
    #expect(
      findings(text).map { $0.split(separator: " ").last } == [
        "unknown-measure", "claim-dimension", "claim-says-nothing",
      ])
  }

  // MARK: What-ifs

  private func claims(_ change: String, _ assignments: [String] = []) throws -> [Claim] {
    let base = Self.model("of: a/crash/rate, at-most: 2 /y}, d: {of: s/mttr, equals: 5 min")
    let overlay = "relmodel: 1\nname: o\nextends: m.yaml\nchange: {\(change)}\n"
    return try ModelReader(texts: ["m.yaml": base, "o.yaml": overlay]).reading(
      at: "o.yaml", assignments: assignments
    ).model.claims.all
  }

  @Test func `a what-if replaces what is claimed, adds to it and ends it`() throws {
    let claims = try claims("claims: {c: null, d: {equals: 6 min}, e: {says: new}}")
    #expect(claims.map(\.name) == ["d", "e"])
    #expect(claims[0].bound?.stated[0].text == "6 min")
    #expect(try self.claims("claims: {d: {at-most: 1 h}}")[1].bound?.relation == .atMost)
    #expect(try self.claims("claims: null").isEmpty)
  }

  @Test func `a claim about what a what-if removes has no answer, and is no mistake`() throws {
    guard case .removed(let reason)? = try claims("components: {a: {fails: null}}")[0].term else {
      Issue.record("the mode is still there")
      return
    }
    #expect(reason.contains("a/crash"))
    guard case .removed? = try claims("claims: {}", ["components/a/fails=null"])[0].term else {
      Issue.record("the mode is still there")
      return
    }
    #expect(throws: Findings.self) { try self.claims("claims: {e: {of: a/crush/rate, equals: 0 /y}}") }
  }
}
