import Reports
import ServiceGraph
import ServiceModel
import Simulation
import Stochastics
import Testing

@Suite("What being down costs at each hour")
struct HourPriceTests {
  /// Up for 97 h, down for 37 h, from Monday 1 January on; whole minutes, so that stepping through them is exact.
  static func regular(_ downtime: String) -> String {
    """
    components: {web: {fails: {crash: {lifetime: {deterministic: 97 h}, lasts: 37 h}}}}
    capabilities: {site: {depends-on: {web: hard}, downtime: {\(downtime)}}}
    """
  }

  /// Whether it is down at the start of an hour of the same service.
  static func isDown(hour: Int) -> Bool { hour % 134 >= 97 }

  /// A way to price hours, and the same said again as a condition on the hour of the year.
  struct Row: CustomTestStringConvertible, Sendable {
    let hours: String
    let isIn: @Sendable (_ hourOfDay: Int, _ weekday: Int, _ dayOfYear: Int) -> Bool
    var testDescription: String { hours }
  }

  static let rows = [
    Row(hours: "{from: \"09:00\", to: \"17:00\", days: [mon, tue, wed, thu, fri]}") { hour, day, _ in
      (9..<17).contains(hour) && day < 5
    },
    Row(hours: "{from: \"22:00\", to: \"06:00\"}") { hour, _, _ in hour >= 22 || hour < 6 },
    Row(hours: "{from: \"20:00\", to: \"04:00\", days: [sun, wed]}") { hour, day, _ in
      (hour >= 20 && [2, 6].contains(day)) || (hour < 4 && [3, 0].contains(day))
    },
    Row(hours: "{days: [sat, sun]}") { _, day, _ in day >= 5 },
    Row(hours: "{months: [feb, dec]}") { _, _, day in (31..<59).contains(day) || day >= 334 },
    Row(hours: "{from: \"12:00\", to: \"24:00\", days: [mon], months: [nov]}") { hour, day, date in
      hour >= 12 && day == 0 && (304..<334).contains(date)
    },
  ]

  /// Goes through two years hour by hour; the week that begins before time 0 is the one that ends after it.
  static func hoursDown(_ isIn: (Int, Int, Int) -> Bool, years: Int) -> (inside: Int, all: Int) {
    var (inside, all) = (0, 0)
    for hour in 0..<(8760 * years) where isDown(hour: hour) {
      all += 1
      if isIn(hour % 24, hour / 24 % 7, hour / 24 % 365) { inside += 1 }
    }
    return (inside, all)
  }

  @Test("the price of each hour of the clock that it is down", arguments: rows)
  func integrated(_ row: Row) throws {
    let hours = row.hours.dropLast() + ", costs: \"$700/h\"}"
    let text = Self.regular("costs: \"$100/h\", hours: {dear: \(hours)}")
    let result = try Simulated.once(text, years: 2)["site"]
    let money = try #require(result.money)
    let (inside, all) = Self.hoursDown(row.isIn, years: 2)
    #expect(inside > 0)
    #expect(inside < all)
    let expected = Double(700 * inside + 100 * (all - inside)) / 2
    #expect(abs(money.total.value - expected) < 1e-3)
    #expect(money[.hours] == money.total)
  }

  @Test("people who work then lose their work, and what it takes them to get back to it")
  func refocus() throws {
    let text = Self.regular(
      "productivity: {people: 10, costs: \"$50/h\", share: 50 %, refocus: 3 h, from: \"09:00\", to: \"17:00\", "
        + "days: [mon, tue, wed, thu, fri]}")
    let money = try #require(try Simulated.once(text).money(of: "site"))
    var lost = 0
    for hour in 0..<8760 {
      let works = (9..<17).contains(hour % 24) && hour / 24 % 7 < 5
      // Down, or down within the last three hours.
      if works, (0...3).contains(where: { hour >= $0 && Self.isDown(hour: hour - $0) }) { lost += 1 }
    }
    #expect(abs(money.total.value - 250 * Double(lost)) < 1e-3)
    #expect(money[.productivity] == money.total)
  }

  /// Productivity cost = people × share affected × cost of an hour × hours, with 8 hours of work in each of the four days that
  /// 96 h of outage take (the worksheet "Calculate the Cost of Downtime for Your Small Business": 25 people at $60,000 a year of
  /// 52 weeks of 40 hours, 60 % lost: $554 for each of them). The worksheet's total of $55,385 counts the four days
  /// twice: 25 × $554 is $13,846.
  @Test("a published worksheet of lost productivity")
  func worksheet() throws {
    let text = """
      components: {web: {fails: {crash: {lifetime: {deterministic: 24 h}, lasts: 96 h}}}}
      capabilities:
        site:
          depends-on: {web: hard}
          downtime:
            productivity: {people: 25, costs: "$60,000/2080 h", share: 60 %, from: "09:00", to: "17:00",
              days: [mon, tue, wed, thu, fri]}
      """
    let week = 120.0 / 8760
    let money = try #require(try Simulated.once(text, years: week).money(of: "site"))
    let cost = money.total.value * week
    #expect(abs(cost / 25 - 554) < 0.5)
    #expect(abs(cost - 25 * 0.6 * 60_000 / 2080 * 32) < 1e-3)
  }

  /// Failures and repairs are as likely at any hour, so each hour of the week has the same share of the downtime.
  @Test("the exact engine's mean over the week is what the simulation finds")
  func meanOverTheWeek() throws {
    let text = """
      components: {web: {fails: {crash: {mtbf: 400 h, lasts: {exponential: 6 h}}}}}
      capabilities:
        site:
          depends-on: {web: hard}
          downtime:
            costs: "$100/h"
            hours:
              office: {from: "09:00", to: "17:00", days: [mon, tue, wed, thu, fri], costs: "$700/h"}
              night: {from: "22:00", to: "02:00", costs: "$50/h"}
            productivity: {people: 10, costs: "$50/h", refocus: 30 min, from: "08:00", to: "18:00"}
      """
    let plan = SimulationPlan(replications: 2_000, seed: 11, confidence: Simulated.fourAndAHalf)
    let graph = try ModelText.graph(text)
    let money = try #require(Simulator(graph, plan: plan).run().money(of: "site"))
    let (office, night) = (40.0 / 168, 28.0 / 168)
    let mean = 700 * office + 50 * night + 100 * (1 - office - night)
    #expect(try #require(money[.hours]).holds(8760 * 6 / 406 * mean))
    let lost = (6.0 / 406 + 0.5 / 406) * 10 / 24
    #expect(try #require(money[.productivity]).holds(8760 * lost * 500))
    let parts = money.parts.compactMap(\.perYear?.value).reduce(0, +)
    #expect(abs(parts - money.total.value) < 1e-3)
    let solved = try ExactMoney.members(graph)
    let expected = ["hours": 8760 * 6 / 406 * mean, "productivity": 8760 * lost * 500]
    // Money is written to the cent.
    for (part, value) in expected { #expect(abs((solved[part] ?? 0) - value) < 0.006, "\(part)") }
    #expect(abs((solved["total"] ?? 0) - expected.values.reduce(0, +)) < 0.006)
  }

  @Test("months add up to the year, each with its own hours")
  func ledger() throws {
    let text = Self.regular(
      "costs: \"$100/h\", hours: {office: {from: \"09:00\", to: \"17:00\", costs: \"$700/h\"}}, per-incident: $5, "
        + "productivity: {people: 3, costs: \"$40/h\", refocus: 1 h}, "
        + "credits: [{below: 80 %, pays: $9}], penalties: [{below: 99 %, per: year, pays: $1000}]")
    let plan = SimulationPlan(replications: 1, start: .new)
    let graph = try ModelText.graph(text)
    let comparison = PairedSimulator([graph, graph], plan: plan, keepingMonthsOf: ["site"]).run()
    let ledger = try #require(comparison.ledger)
    let money = try #require(comparison.designs[1].money(of: "site"))
    for part in DowntimeCostPart.allCases {
      let months = (0..<12).map { ledger.mean(design: 1, month: $0)[part] }.reduce(0, +)
      #expect(abs(months - (try #require(money[part])).value) < 0.01, "\(part)")
    }
    #expect(ledger.mean(design: 0, month: 11)[.penalties] == 1000)
    #expect((0..<11).allSatisfy { ledger.mean(design: 0, month: $0)[.penalties] == 0 })
    #expect(comparison.differences[0].downtimeCostParts.map(\.perYear) == [nil, nil, nil, nil, nil])
  }
}

extension SimulationResult {
  /// What being without a capability costs.
  func money(of name: String) -> DowntimeMoney? { self[name].money }
}
