import Simulation
import Stochastics
import Testing

/// How long outages are, when the first begins, and what months look like, of one part whose answers are closed forms.
@Suite("Times of outages")
struct TimeAnswerTests {
  /// Mean up time 500 h, outages of 2 h each: U = 2 / 502.
  static let model = """
    components: {web: {fails: {crash: {mtbf: 500 h, lasts: 2 h}}}}
    capabilities:
      service:
        depends-on: {web: hard}
        objectives: {monthly: {availability: 99.5 %, per: calendar month}, yearly: {availability: 99.8 %, per: year}}
    """
  static let count = 4_000
  static let days: [Double] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

  static func result(_ start: SimulationPlan.Start) throws -> CapabilityEstimate {
    let plan = SimulationPlan(
      replications: count, seed: 11, start: start, threads: 2, confidence: Simulated.fourAndAHalf)
    return try Simulated.result(model, plan)["service"]
  }

  @Test("outages last two hours, to the histogram's error")
  func lengths() throws {
    let lengths = try #require(try Self.result(.steady).outageLengths)
    for hours in [lengths.p50Hours, lengths.p99Hours, lengths.longestHours] {
      #expect(abs(hours - 2) <= 2.0 / 512)
    }
  }

  /// The median of an exponential is its mean times log 2; a sample's scatters by √(¼ / n) over the density there.
  @Test("half of all first outages begin before 500 h · log 2")
  func firstOutage() throws {
    let first = try Self.result(.new).firstOutage
    let median = try #require(first.p50Hours)
    let density = 0.5 / 500
    let scatter = (0.25 / Double(Self.count)).squareRoot() / density
    #expect(abs(median - 500 * 0.693_147_180_56) <= 4.5 * scatter)
    // e^(−8760 / 500) of years see none, which is one in forty million.
    #expect(first.shareWithout == 0)
  }

  @Test("each month has its share of the downtime, and its share of months has none")
  func months() throws {
    let months = try #require(try Self.result(.steady).months)
    for (month, length) in Self.days.enumerated() {
      #expect(months.means[month].holds(length * 24 * 2 / 502), "month \(month + 1)")
    }
    // None in a month of L hours: up at its beginning and no failure before its end.
    let none = Self.days.map { 500.0 / 502 * Self.exponential(-$0 * 24 / 500) }.reduce(0, +) / 12
    let scatter = (none * (1 - none) / Double(Self.count * 12)).squareRoot()
    #expect(abs(months.shareWithout - none) <= 4.5 * scatter)
  }

  /// e to a power, by its series.
  static func exponential(_ power: Double) -> Double {
    var (sum, term) = (1.0, 1.0)
    for number in 1..<60 {
      term *= power / Double(number)
      sum += term
    }
    return sum
  }

  @Test("the budget used is the unavailability over what is allowed")
  func budget() throws {
    let estimate = try Self.result(.steady)
    let yearly = try #require(estimate.objectives[1].budgetUsed)
    #expect(abs(yearly.mean - estimate.unavailability.value / 0.002) <= 1e-6)
    // Of months the mean of twelve shares, each of the month's own 0.5 %.
    let monthly = try #require(estimate.objectives[0].budgetUsed)
    let means = try #require(estimate.months).means
    let shares = zip(means, Self.days).map { mean, days in mean.value / (0.005 * days * 24) }
    #expect(abs(monthly.mean - shares.reduce(0, +) / 12) <= 1e-6)
    let missed = try #require(estimate.objectives[0].missed)
    let anyMissed = try #require(estimate.objectives[0].anyMissed)
    #expect(anyMissed.value >= missed.value)
    #expect(anyMissed.value <= 12 * missed.value)
  }

  /// 0.5 % of July and of September; the next failure is in the next year.
  @Test(
    "a month that was down for as long as it may has used all of its budget and no more",
    arguments: [("5000 h", "3.72 h"), ("6200 h", "3.6 h")])
  func ownBudget(up: String, lasts: String) throws {
    let text = """
      components: {web: {fails: {crash: {lifetime: {deterministic: \(up)}, lasts: \(lasts)}}}}
      capabilities:
        service: {depends-on: {web: hard}, objectives: {o: {availability: 99.5 %, per: calendar month}}}
      """
    let objective = try #require(try Simulated.once(text)["service"].objectives.first)
    let used = try #require(objective.budgetUsed)
    #expect(abs(used.p99 - 1) < 1e-6 && used.p90 == 0 && abs(used.mean - 1.0 / 12) < 1e-6)
    #expect(objective.missed?.value ?? 0 == 0)
  }
}
