import Diagnostics
import ModelFormat
import Foundation
import Quantities
import Testing

@Suite("What a plan states")
struct StatedFiguresTests {
  private static let base = """
    relmodel: 1
    name: base
    components: {web: {}}
    capabilities: {site: {depends-on: {web: hard}}}
    """

  private static func reading(_ stated: String, base: String = base) throws -> ModelReader.Reading {
    try ModelReader(texts: ["base.yaml": base, "plan.yaml": "extends: base.yaml\n\(stated)\n"])
      .reading(at: "plan.yaml")
  }

  @Test("money for a time under the name of each reckoning, with where it stands")
  func figures() throws {
    let reading = try Self.reading(
      """
      stated:
        source: plan
        saves:
          table: {hours: "$7,000/month", credits: "$8,000/month", source: §5.2}
          log: "$30,000 per 6 months"
        costs:
          table: {value: "$1,292/month", source: §5.1}
      """)
    let stated = try #require(reading.changes[0].stated)
    #expect(stated.saves.map(\.name) == ["table", "log"])
    #expect(stated.saves.map(\.source) == ["§5.2", "plan"])
    #expect(stated.saves[0].whole == nil)
    #expect(stated.saves[0].hours?.amount.amount == 7000)
    #expect(stated.saves[0].credits?.per.hours == 730)
    let log = try #require(stated.saves[1].whole)
    #expect(log.per.hours == 4380, "six months, and not one")
    #expect(log.perHour * 8760 == 60_000)
    #expect(stated.costs.map(\.source) == ["§5.1"])
    #expect(try Self.reading("").changes[0].stated == nil)
  }

  @Test(
    "what can not be is a located finding",
    arguments: [
      ("stated: {}", "2:9 missing-key"),
      ("stated: {saves: {log: \"$30,000\"}}", "2:23 bad-value"),
      ("stated: {saves: {log: {hours: \"$30,000\"}}}", "2:31 bad-value"),
      ("stated: {saves: {log: {source: somewhere}}}", "2:23 missing-key"),
      ("stated: {costs: {table: 5/month}}", "2:25 bad-value"),
      ("stated: {cost: {table: $5/month}}", "2:10 unknown-key"),
      ("stated: {saves: {log: [1]}}", "2:23 wrong-shape"),
      ("change: {stated: {saves: {a: $5/month}}}", "2:10 not-changeable"),
    ])
  func findings(_ text: String, _ expected: String) throws {
    let found = #expect(throws: Findings.self) { try Self.reading(text) }
    let places = (found?.diagnostics ?? []).map { finding in
      "\(finding.location.map { "\($0.line):\($0.column)" } ?? "") \(finding.slug)"
    }
    #expect(places.contains(expected), "\(places)")
  }

  @Test("an amount without a currency is in that of the conventions")
  func currency() throws {
    let base = Self.base + "\nconventions: {currency: EUR}"
    let stated = try #require(
      try Self.reading("stated: {costs: {table: 5/month}}", base: base).changes[0].stated)
    #expect(stated.costs[0].whole?.amount.currency == "EUR")
  }
}
