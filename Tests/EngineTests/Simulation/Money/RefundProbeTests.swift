import Foundation
import Quantities
import ServiceGraph
import ServiceModel
import Simulation
import Stochastics
import Testing

@Suite("What a provider's agreement gives back")
struct RefundProbeTests {
  static let daysOfMonths = [31.0, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  static let plan = SimulationPlan(replications: 2_000, seed: 13, confidence: Simulated.fourAndAHalf)

  /// A component that is down for a fixed time at Poisson times, in a zone that is never down.
  static func text(_ fails: String, zone: String = "") -> String {
    """
    domains: {a: {kind: zone\(zone)}}
    components:
      db: {in: a, fails: {\(fails)}}
    capabilities: {site: {depends-on: {db: hard}, downtime: {costs: "$100/h"}}}
    """
  }

  static func availability(_ text: String) throws -> Availability { try Availability(parsing: text) }

  /// The table of Amazon RDS over several zones, for a resource of $1,000 a month: 10 % of a month below 99.95 %, 25 % of one
  /// below 99 %, 100 % of one below 95 %.
  static func probe(_ owner: CostEntry.Owner) throws -> UptimeProbe {
    let refunds = try [("99.95 %", 100), ("99.0 %", 250), ("95.0 %", 1000)].map {
      UptimeProbe.Refund(below: try availability($0.0), amount: Money(Decimal($0.1)))
    }
    return UptimeProbe(
      name: "db/server", owner: owner, commitment: try availability("99.95 %"), refunds: refunds)
  }

  static func watched(_ text: String, _ owner: CostEntry.Owner = .component(0)) throws -> SimulationResult {
    let model = try ModelText.model(text).watching([probe(owner)])
    return Simulator(try CompiledGraph(model), plan: plan).run()
  }

  /// The probability of more than k events of a Poisson law.
  static func moreThan(_ k: Int, mean: Double) -> Double {
    var (term, sum) = (exp(-mean), exp(-mean))
    for number in 0..<k {
      term *= mean / Double(number + 1)
      sum += term
    }
    return 1 - sum
  }

  /// The probability of at least so many outages of one length in a month, begun up: the last of them has failed by then, after
  /// failures of a Poisson process in the time that is not down.
  static func atLeast(_ count: Int, days: Double, upHours: Double, downHours: Double) -> Double {
    moreThan(count - 1, mean: (days * 24 - Double(count - 1) * downHours) / upHours)
  }

  /// Outages of 12 min: one is below the 0.05 % of no month, 20.2 min at least, two are above the 22.3 min of every month.
  @Test("a month of Poisson outages of fixed length is below the promise when there are too many of them")
  func poisson() throws {
    let result = try Self.watched(Self.text("crash: {mtbf: 500 h, lasts: 12 min, fault-of: provider}"))
    let below = Self.daysOfMonths.map { Self.atLeast(2, days: $0, upHours: 500, downHours: 0.2) }
    let watched = result["db/server"]
    #expect(try #require(watched.objectives[0].missed).holds(below.reduce(0, +) / 12))
    #expect(try #require(watched.money).total.holds(100 * below.reduce(0, +)))
  }

  /// Outages of 11.4 min, some 37 a month: two are below 99.95 %, 36 to 40 below 99 %, and 177 below 95 % are never seen.
  @Test("each step by the number of outages it takes, the highest alone")
  func steps() throws {
    let result = try Self.watched(Self.text("crash: {mtbf: 20 h, lasts: 684 s, fault-of: provider}"))
    let expected = Self.daysOfMonths.reduce(0.0) { sum, days in
      let many = Int(days * 24 * 0.01 / 0.19) + 1
      let two = Self.atLeast(2, days: days, upHours: 20, downHours: 0.19)
      let dear = Self.atLeast(many, days: days, upHours: 20, downHours: 0.19)
      return sum + 100 * (two - dear) + 250 * dear
    }
    let money = try #require(result["db/server"].money)
    #expect(money.total.holds(expected), "\(money.total) \(expected)")
    #expect(expected > 1250)
    #expect(expected < 2950)
  }

  @Test("what is our own fault does not count, and everything else of the model stays as it is")
  func faults() throws {
    let crash = "crash: {mtbf: 500 h, lasts: 1 h, fault-of: provider}"
    let lock = "lock: {mtbf: 100 h, lasts: 2 h, fault-of: us}"
    let both = try Self.watched(Self.text("\(crash), \(lock)"))
    let alone = try Self.watched(Self.text(crash))
    #expect(both["db/server"].money == alone["db/server"].money)
    #expect(both["db/server"].unavailability == alone["db/server"].unavailability)
    let unsaid = try Self.watched(Self.text("\(crash), \(lock)".replacing(", fault-of: us", with: "")))
    #expect(unsaid["db/server"].unavailability.value > 4 * alone["db/server"].unavailability.value)
  }

  @Test("a domain is watched as a place of its own")
  func domain() throws {
    let zone = ", fails: {outage: {mtbf: 600 h, lasts: 2 h}}"
    let result = try Self.watched(
      Self.text("crash: {mtbf: 500 h, lasts: 12 min}", zone: zone), .domain(0))
    let down: Double = 2.0 / 602
    #expect(result["db/server"].unavailability.holds(down))
    let component = try Self.watched(Self.text("crash: {mtbf: 500 h, lasts: 12 min}", zone: zone))
    let up: Double = (1 - 2.0 / 602) * (500.0 / 500.2)
    #expect(component["db/server"].unavailability.holds(1 - up))
  }

  /// Outages of 5 h: one is below 99.5 % of every month, whatever the other units do and whatever the component needs.
  @Test("a unit is watched alone, without the others and without what the component depends on")
  func unit() throws {
    let text = """
      components:
        net: {fails: {cut: {mtbf: 300 h, lasts: 10 h}}}
        web: {replicas: {count: 3, required: 1}, depends-on: {net: hard}, fails: {crash: {mtbf: 500 h, lasts: 5 h}}}
      capabilities: {site: {depends-on: {web: hard}}}
      """
    let month = Money(Decimal(100))
    let probes = try (0..<3).map { unit in
      UptimeProbe(
        name: "web/machine/\(unit + 1)", owner: .component(1), unit: unit,
        commitment: try Self.availability("99.5 %"),
        refunds: [UptimeProbe.Refund(below: try Self.availability("99.5 %"), amount: month)])
    }
    let model = try ModelText.model(text).watching(probes)
    let result = Simulator(try CompiledGraph(model), plan: Self.plan).run()
    // An outage that began before the month may reach into it for 3.72 h at most unseen; those within count once begun long
    // enough before the end: the month is below unless no failure starts between 3.6 h after and 3.6 h before its ends.
    for probe in probes {
      let watched = result[probe.name]
      #expect(watched.unavailability.holds(5.0 / 505))
      let below = Self.daysOfMonths.map { 1 - exp(-($0 * 24 + 5 - 2 * 0.005 * $0 * 24) / 500) }
      let missed = try #require(watched.objectives[0].missed)
      // Two short pieces at both ends of a month, and the hours that are down, are left out of the closed form.
      #expect(abs(missed.value - below.reduce(0, +) / 12) < missed.halfWidth + 0.005)
      let money = try #require(watched.money).total
      #expect(abs(money.value - 1_200 * missed.value) < 1e-6)
    }
    #expect(result[probes[0].name].unavailability != result[probes[1].name].unavailability)
  }

  @Test("the capabilities of the model and their cost stay what they are, untouched by refunds")
  func untouched() throws {
    let text = Self.text("crash: {mtbf: 500 h, lasts: 1 h}")
    let plain = Simulator(try ModelText.graph(text), plan: Self.plan).run()
    let watched = try Self.watched(text)
    #expect(watched["site"].unavailability == plain["site"].unavailability)
    #expect(watched["site"].outagesPerYear == plain["site"].outagesPerYear)
  }
}
