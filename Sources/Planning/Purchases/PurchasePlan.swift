/// The cheapest mix, and what it would cost if demand turned out otherwise.
public struct PurchasePlan: Sendable {
  /// Demand that turns out otherwise.
  public struct Scenario: Sendable {
    /// What it is.
    public let name: String
    /// The demand of each year.
    public let curves: [DemandCurve]

    /// Demand that turns out otherwise.
    public init(name: String, curves: [DemandCurve]) { (self.name, self.curves) = (name, curves) }
  }

  /// What becomes of the mix then.
  public struct Outcome: Sendable {
    /// The scenario's name.
    public let name: String
    /// What the mix costs.
    public let cost: Double
    /// What everything on demand would.
    public let onDemandCost: Double
    /// By how much it is more than the cheapest mix for this demand.
    public let regret: Double
  }

  /// What was expected.
  public let expected: Scenario
  /// The cheapest mix for it.
  public let mix: PurchaseMix
  /// What it comes to otherwise.
  public let outcomes: [Outcome]

  /// A plan for what is expected, held against other demand.
  public init(_ question: PurchaseQuestion, expected: Scenario, others: [Scenario]) {
    self.expected = expected
    let mix = PurchaseMix(question, expected.curves)
    self.mix = mix
    outcomes = others.map { other in
      let outcome = mix.outcome(other.curves)
      return Outcome(
        name: other.name, cost: outcome.cost,
        onDemandCost: PurchaseMix(question, other.curves).onDemandCost, regret: outcome.regret)
    }
  }

  /// The demand of a year, from 0, with so much of the growth and so much of the demand that are expected.
  public typealias Demand = (_ year: Int, _ growthShare: Double, _ level: Double) throws(InvalidQuestion) ->
    DemandCurve

  /// What is expected, and with a quarter and half less growth, without, and with a quarter and half less demand.
  ///
  /// - Parameters:
  ///   - years: 1 or 3.
  ///   - grows: whether demand grows at all.
  public static func scenarios(
    years: Int, grows: Bool, _ demand: Demand
  ) throws(InvalidQuestion) -> (expected: Scenario, others: [Scenario]) {
    func scenario(
      _ name: String, growth: Double = 1, level: Double = 1
    ) throws(InvalidQuestion) -> Scenario {
      var curves: [DemandCurve] = []
      for year in 0..<years { curves.append(try demand(year, growth, level)) }
      return Scenario(name: name, curves: curves)
    }
    var others: [Scenario] = []
    if grows, years > 1 {
      others.append(try scenario("growth a quarter less", growth: 0.75))
      others.append(try scenario("half the growth", growth: 0.5))
      others.append(try scenario("flat", growth: 0))
    }
    others.append(try scenario("demand a quarter less", level: 0.75))
    others.append(try scenario("half the demand", level: 0.5))
    return (try scenario("as expected"), others)
  }
}
