import Planning
import Testing

@Suite("Purchase mix")
struct PurchaseTests {
  private static let offers = [
    PurchaseQuestion.Commitment(name: "1y", years: 1, perHour: 0.6),
    PurchaseQuestion.Commitment(name: "3y", years: 3, perHour: 0.4),
  ]

  private func curve(_ units: [Double]) throws -> DemandCurve { try DemandCurve(units.map { ($0, 1) }) }

  @Test("The fractile: with r / d = 0.6 the units used in 60 % of the hours or more are promised")
  func fractile() throws {
    let question = try PurchaseQuestion(
      onDemand: 1, commitments: [.init(name: "1y", years: 1, perHour: 0.6)], hoursPerYear: 100)
    // Five units: used in 100, 80, 60, 40 and 20 % of the hours. At 60 % both cost the same, and nothing is promised.
    let mix = PurchaseMix(question, [try curve([1, 2, 3, 4, 5])])
    #expect(mix.layers.map(\.last) == [2, 5])
    #expect(mix.layers.map { $0.ways } == [[.commitment(0)], [.onDemand]])
    #expect(isClose(mix.cost, 100 * (2 * 0.6 + 0.6 + 0.4 + 0.2)))
    #expect(isClose(mix.onDemandCost, 100 * 3))
  }

  /// What a fleet costs hour by hour when so many are promised in each year; the rest is spot beyond the firm ones, or on demand.
  private func fleet(
    _ years: [[Double]], promised: [[(count: Int, perHour: Double)]], spot: Double?, firm: Int
  ) -> Double {
    var sum = 0.0
    for (year, hours) in years.enumerated() {
      let count = promised[year].reduce(0) { $0 + $1.count }
      let paid = promised[year].reduce(0.0) { $0 + Double($1.count) * $1.perHour }
      for hour in hours {
        let units = Int(hour)
        let spare = spot == nil ? 0 : max(0, units - max(count, firm))
        sum += paid + Double(max(0, units - count - spare)) + Double(spare) * (spot ?? 0)
      }
    }
    return sum
  }

  @Test(
    "Brute force over every number of promises in three years",
    arguments: [nil, 0.55, 0.9], [0, 2])
  func bruteForce(_ spot: Double?, _ firm: Int) throws {
    let years: [[Double]] = [[0, 1, 1, 2, 3], [1, 2, 2, 3, 4], [0, 2, 4, 4, 4]]
    let question = try PurchaseQuestion(
      onDemand: 1, commitments: Self.offers, spot: spot.map { .init(perHour: $0) }, firmUnits: firm,
      hoursPerYear: 5)
    let mix = PurchaseMix(question, try years.map(curve))
    var best = Double.infinity
    for three in 0...4 {
      for first in 0...4 {
        for second in 0...4 {
          for third in 0...4 {
            let promised = [first, second, third].map { [(three, 0.4), ($0, 0.6)] }
            best = min(best, fleet(years, promised: promised, spot: spot, firm: firm))
          }
        }
      }
    }
    #expect(isClose(mix.cost, best, relative: 1e-9), "\(mix.cost) and \(best)")
  }

  @Test("Kept promises: regret by hand, never negative, and none where all turns out as expected")
  func regret() throws {
    let question = try PurchaseQuestion(onDemand: 1, commitments: Self.offers, hoursPerYear: 100)
    let expected = try PurchasePlan.Scenario(name: "", curves: Array(repeating: curve([4]), count: 3))
    let half = try PurchasePlan.Scenario(name: "half", curves: Array(repeating: curve([2]), count: 3))
    let plan = PurchasePlan(question, expected: expected, others: [expected, half])
    #expect(plan.mix.layers.map(\.ways) == [[.commitment(1), .commitment(1), .commitment(1)]])
    #expect(plan.outcomes[0].regret == 0 && isClose(plan.outcomes[0].cost, 4 * 0.4 * 300))
    // Two of the four are paid for nothing.
    #expect(isClose(plan.outcomes[1].regret, 2 * 0.4 * 300))
    #expect(isClose(plan.outcomes[1].onDemandCost, 2 * 300))
  }

  @Test("Promises of one year that are kept cost one year only")
  func yearly() throws {
    let question = try PurchaseQuestion(
      onDemand: 1, commitments: [.init(name: "1y", years: 1, perHour: 0.6)], hoursPerYear: 100)
    let mix = PurchaseMix(question, try Array(repeating: curve([3]), count: 3))
    let none = try mix.outcome(Array(repeating: curve([1]), count: 3))
    #expect(isClose(none.regret, 2 * 0.6 * 100) && isClose(none.cost, 0.6 * 300 + 2 * 0.6 * 100))
    let more = try mix.outcome(Array(repeating: curve([5]), count: 3))
    // Two more run on demand in the first year, since nothing more was promised.
    #expect(isClose(more.regret, 2 * 0.4 * 100))
  }

  @Test(
    "Use that ends with 20 % a year: the mean in use is p / −ln(1 − p), and three years are no longer worth it"
  )
  func ends() throws {
    let demand = try Array(repeating: curve([1]), count: 3)
    let share = 0.2 / 0.22314355131420976
    let onDemand = try PurchaseMix(
      PurchaseQuestion(onDemand: 1, commitments: [], endsPerYear: 0.2, hoursPerYear: 100), demand)
    #expect(isClose(onDemand.cost, 100 * share * (1 + 0.8 + 0.64)))
    let mix = try PurchaseMix(
      PurchaseQuestion(
        onDemand: 1, commitments: Self.offers + [.init(name: "dear", years: 3, perHour: 0.55)],
        endsPerYear: 0.2, hoursPerYear: 100), demand)
    // 3 × 0.4 against 0.6 × 2.44 = 1.464 and 2.187 on demand.
    #expect(isClose(mix.cost, 120))
    let yearly = try PurchaseMix(
      PurchaseQuestion(
        onDemand: 1, commitments: [Self.offers[0], .init(name: "3y", years: 3, perHour: 0.5)],
        endsPerYear: 0.2, hoursPerYear: 100), demand)
    #expect(isClose(yearly.cost, 60 * 2.44))
  }

  @Test("Spot by its failure mode: 2 h replaced after every 8 h, $0.10 each")
  func spot() throws {
    let spot = PurchaseQuestion.Spot(
      perHour: 0.3, interruptionsPerHour: 1.0 / 8, replacedHours: 2, costEach: 0.1)
    // Of ten hours eight run: 8 × 0.3 + 0.1 + 2 × 1.
    #expect(isClose(spot.perHour(onDemand: 1), (8 * 0.3 + 0.1 + 2) / 10))
    let question = try PurchaseQuestion(
      onDemand: 1, commitments: [], spot: spot, firmUnits: 1, hoursPerYear: 10)
    let mix = PurchaseMix(question, [try curve([3])])
    #expect(mix.layers.map(\.ways) == [[.onDemand], [.spot]])
    #expect(isClose(mix.cost, 10 + 2 * 4.5))
  }

  @Test("Money at the start costs: an annuity of 10 % over three years")
  func capital() throws {
    let offer = PurchaseQuestion.Commitment(name: "3y", years: 3, perHour: 0.1 + 1, upfront: 300)
    let dear = offer.atCapitalCost(0.1, hoursPerYear: 100)
    // 300 δ / (1 − 1.1⁻³) a year, δ = ln 1.1.
    #expect(isClose(dear.perHour, 0.1 + 300 * 0.09531017980432493 / (1 - 1 / 1.331) / 100, relative: 1e-9))
    #expect(offer.atCapitalCost(0, hoursPerYear: 100) == offer)
  }

  @Test("Impossible questions are told")
  func mistakes() {
    #expect(throws: InvalidQuestion.self) { try PurchaseQuestion(onDemand: 0, commitments: []) }
    #expect(throws: InvalidQuestion.self) {
      try PurchaseQuestion(onDemand: 1, commitments: [.init(name: "5y", years: 5, perHour: 1)])
    }
    #expect(throws: InvalidQuestion.self) {
      try PurchaseQuestion(onDemand: 1, commitments: [], endsPerYear: 1)
    }
    #expect(throws: InvalidQuestion.self) { try DemandCurve([]) }
    #expect(throws: InvalidQuestion.self) { try DemandCurve([(-1, 1)]) }
  }
}
