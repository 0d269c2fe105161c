import Diagnostics
import Foundation
import Testing

/// What is wrong with the price of downtime is told where it stands.
@Suite("Findings about the price of downtime")
struct DowntimeFindingsTests {
  private static let good = """
    costs: "$5,000/h", per-incident: "$2,500", monthly-fee: "$40,000", \
    credits: [{below: 99.7 %, pays: 10 %}, {below: 99 %, pays: 25 %}, {below: 98 %, pays: "$20,000"}]
    """

  private static func model(_ downtime: String) -> String {
    """
    relmodel: 1
    name: n
    components: {a: {}}
    capabilities: {s: {depends-on: {a: hard}, downtime: {
      \(downtime)}}}
    """
  }

  @Test(arguments: [good, "per-incident: $1", "credits: [{below: 99 %, pays: $1}]", "costs: $1/h"])
  func `a price that can be is accepted`(_ downtime: String) {
    #expect(ModelText.places(["m.yaml": Self.model(downtime)]) == [])
  }

  @Test(arguments: [
    ("\"$2,500\"", "\"€2,500\"", "downtime-currencies"), ("\"$2,500\"", "-$1", "downtime-negative"),
    ("\"$2,500\"", "2500", "bad-value"), ("\"$20,000\"", "-$1", "downtime-negative"),
    ("below: 98 %", "below: 99 %", "credit-order"), ("25 %", "5 %", "credit-order"),
    ("below: 98 %", "below: 0 %", "credit-never"), ("pays: 10 %", "pays: much", "bad-value"),
    ("pays: 10 %", "gives: 10 %", "unknown-key"),
  ])
  func `what can not be is told once, in its line`(old: String, new: String, slug: String) throws {
    let range = try #require(Self.good.range(of: old))
    let places = ModelText.places(["m.yaml": Self.model(Self.good.replacingCharacters(in: range, with: new))])
    #expect(places.contains { $0.hasPrefix("5:") && $0.hasSuffix(" \(slug)") }, "\(places)")
  }

  @Test(arguments: [
    ("credits: [{below: 99 %, pays: 10 %}]", "credit-without-fee"),
    ("costs: $1/h, monthly-fee: $10", "fee-without-share"), ("source: nobody", "missing-key"),
  ])
  func `what belongs together is asked for together`(_ downtime: String, slug: String) {
    let places = ModelText.places(["m.yaml": Self.model(downtime)])
    #expect(places.count == 1)
    #expect(places.first?.hasSuffix(" \(slug)") == true, "\(places)")
  }
}
