import Economics
import Foundation
import ServiceModel
import Simulation
import Testing

@Suite("What a log's outages cost beside every hour")
struct ObservedDowntimeCostTests {
  private static func capability(_ downtime: String) throws -> Capability {
    try ModelText.model(
      "components: {web: {}}\ncapabilities: {site: {depends-on: {web: hard}, downtime: {\(downtime)}}}"
    ).capabilities[0]
  }

  /// An instant of October 2024, whose first day was a Tuesday.
  private static func october(_ day: Int, _ hour: Double) -> Int {
    1_727_740_800_000 + Int((Double(day - 1) * 24 + hour) * 3_600_000)
  }

  private static func seen(
    _ outages: [(Int, Double)] = [], months: [(hours: Double, watched: Double, down: Double)] = []
  ) -> ObservedDowntime {
    ObservedDowntime(
      outages: outages.map { .init(start: $0.0, end: $0.0 + Int($0.1 * 3_600_000), weight: 1) },
      months: months.map { .init(hours: $0.hours, watchedHours: $0.watched, downtimeHours: $0.down) },
      watchedHours: 4380)
  }

  @Test("each complete month pays the highest step it is below, and a year has twelve of them")
  func credits() throws {
    let capability = try Self.capability(
      "costs: \"$50/h\", credits: [{below: 99.9 %, pays: $100}, {below: 99 %, pays: $1000}]")
    let found = ObservedDowntimeCost(
      Self.seen(months: [
        (744, 300, 700), (720, 720, 0), (744, 744, 0.7), (720, 720, 0.8), (744, 744, 8), (744, 100, 0),
      ]), of: capability)
    #expect(found.completeMonths == 4)
    #expect(found.dueMonths == 2)
    // 0.7 h of 744 h are within 0.1 %; 0.8 h of 720 h are not; 8 h are beyond 1 %.
    #expect(abs(found.perYear[.credits] - (100 + 1_000) * 12 / 4) < 1e-9)
    #expect(found.perYear[.penalties] == 0)
    #expect(found.perYear[.hours] == 0)
  }

  @Test("penalties are due by the month up to the most of a year, others are left out")
  func penalties() throws {
    let capability = try Self.capability(
      "costs: \"$50/h\", penalties: [{below: 99 %, per: calendar month, pays: $500, at-most: $2000}, "
        + "{below: 99.9 %, per: year, pays: $9000}]")
    let found = ObservedDowntimeCost(Self.seen(months: [(744, 744, 9), (720, 720, 0)]), of: capability)
    #expect(found.perYear[.penalties] == 2_000, "six a year at $500 are more than its limit")
    #expect(found.periodsLeftOut == 1)
  }

  @Test("hours of the week that cost more or less are those of the real calendar")
  func hours() throws {
    let capability = try Self.capability(
      "costs: \"$100/h\", hours: {office: {from: \"08:00\", to: \"18:00\", days: [mon, tue, wed, thu, fri], costs: \"$400/h\"}}"
    )
    // Tuesday 1 October from 16:00 for 4 h: 2 h of it in the office; Saturday the 5th: none; Friday to Monday: 1 h and 2 h.
    let found = ObservedDowntimeCost(
      Self.seen([(Self.october(1, 16), 4), (Self.october(5, 10), 3), (Self.october(11, 17), 65)]),
      of: capability)
    #expect(abs(found.perYear[.hours] - 300 * (2 + 1 + 2) * 2) < 1e-6, "half a year was watched")
  }

  @Test("lost work lasts until people are back at it, as far as they work then")
  func work() throws {
    let capability = try Self.capability(
      """
      productivity: {people: 10, costs: "$60/h", share: 50 %, refocus: 30 min, from: "08:00", to: "18:00"}
      """)
    let found = ObservedDowntimeCost(
      Self.seen([(Self.october(1, 9), 1), (Self.october(2, 17), 2)]), of: capability)
    #expect(abs(found.perYear[.productivity] - 300 * (1.5 + 1) * 2) < 1e-6)
  }
}
