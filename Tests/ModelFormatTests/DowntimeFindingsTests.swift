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

  private static let more = """
    costs: "$500/h", hours: {office: {from: "09:00", to: "17:00", days: [mon, fri], costs: "$5,000/h"}, \
    night: {from: "22:00", to: "05:00", costs: "$50/h"}}, productivity: {people: 120, costs: "$60/h", share: 40 %, \
    refocus: 23 min, from: "08:00", to: "18:00"}, penalties: [{below: 99.5 %, per: calendar month, pays: "$7,000", \
    at-most: "$40,000"}, {objective: stated, pays: "$9,000"}]
    """

  private static func model(_ downtime: String) -> String {
    """
    relmodel: 1
    name: n
    components: {a: {}}
    capabilities: {s: {depends-on: {a: hard}, objectives: {stated: {availability: 99 %, per: year}, tier: {rto: 1 h}}, downtime: {
      \(downtime)}}}
    """
  }

  @Test(arguments: [
    good, more, "productivity: {people: 1, costs: $1/h}", "per-incident: $1",
    "credits: [{below: 99 %, pays: $1}]", "costs: $1/h",
  ])
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
    ("to: \"17:00\"", "to: \"09:00\"", "downtime-hours"),
    ("to: \"17:00\"", "to: \"22:01\"", "downtime-hours-overlap"),
    ("costs: \"$50/h\"", "costs: \"€50/h\"", "downtime-currencies"),
    ("costs: \"$50/h\"", "costs: \"$50\"", "bad-value"),
    ("costs: \"$50/h\"", "costs: -$50/h", "downtime-negative"),
    ("people: 120", "people: 0", "productivity-of-nobody"),
    ("share: 40 %", "share: 0 %", "productivity-of-nobody"), ("share: 40 %", "share: 140 %", "bad-value"),
    ("costs: \"$60/h\"", "costs: \"$60\"", "bad-value"), ("people: 120, ", "", "missing-key"),
    ("from: \"08:00\", to: \"18:00\"", "from: \"08:00\"", "missing-key"),
    ("pays: \"$7,000\"", "pays: \"$7,000/h\"", "bad-value"), ("below: 99.5 %", "below: 0 %", "penalty-never"),
    ("per: calendar month, ", "", "missing-key"), ("per: calendar month", "per: 0 h", "bad-value"),
    ("at-most: \"$40,000\"", "at-most: \"$6,000\"", "penalty-limit"),
    ("per: calendar month", "per: year", "penalty-limit"),
    ("objective: stated", "objective: promised", "unknown-name"),
    ("objective: stated", "objective: tier", "penalty-without-availability"),
    ("objective: stated", "objective: stated, per: year", "either-or"),
  ])
  func `hours, work and penalties are checked where they stand`(old: String, new: String, slug: String) throws
  {
    let range = try #require(Self.more.range(of: old))
    let places = ModelText.places(["m.yaml": Self.model(Self.more.replacingCharacters(in: range, with: new))])
    #expect(places.contains { $0.hasPrefix("5:") && $0.hasSuffix(" \(slug)") }, "\(places)")
  }

  @Test(arguments: [
    ("credits: [{below: 99 %, pays: 10 %}]", "credit-without-fee"),
    ("penalties: [{below: 99 %, per: year, pays: 10 %}]", "credit-without-fee"),
    ("hours: {office: {days: [mon], costs: $1/h}}, per-incident: $1", "missing-key"),
    ("costs: $1/h, hours: {always: {costs: $1/h}}", "missing-key"),
    ("costs: $1/h, monthly-fee: $10", "fee-without-share"), ("source: nobody", "missing-key"),
  ])
  func `what belongs together is asked for together`(_ downtime: String, slug: String) {
    let places = ModelText.places(["m.yaml": Self.model(downtime)])
    #expect(places.count == 1)
    #expect(places.first?.hasSuffix(" \(slug)") == true, "\(places)")
  }
}
