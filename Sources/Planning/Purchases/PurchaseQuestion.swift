internal import Stochastics

/// What can be bought, and how long it will be needed.
public struct PurchaseQuestion: Sendable {
  /// A promise to pay for a unit, used or not.
  public struct Commitment: Hashable, Sendable {
    /// How it is bought.
    public let name: String
    /// For how many years.
    public let years: Int
    /// What an hour comes to, what is paid at the start spread over its hours.
    public let perHour: Double
    /// What is paid at the start.
    public let upfront: Double

    /// The same with a cost of capital: what is paid at the start is an annuity over the term, u δ / (1 − e^(−δ T)) a year
    /// with δ = ln(1 + c).
    ///
    /// - Parameter capital: c a year, 0 or more.
    public func atCapitalCost(_ capital: Double, hoursPerYear: Double) -> Commitment {
      guard capital > 0, upfront > 0 else { return self }
      let force = portableLog1p(capital)
      let yearly = upfront * force / -portableExpm1(-force * Double(years))
      let spread = upfront / (Double(years) * hoursPerYear)
      return Commitment(
        name: name, years: years, perHour: perHour - spread + yearly / hoursPerYear, upfront: upfront)
    }

    /// A promise.
    public init(name: String, years: Int, perHour: Double, upfront: Double = 0) {
      (self.name, self.years, self.perHour, self.upfront) = (name, years, perHour, upfront)
    }
  }

  /// Spare capacity that the provider takes back now and then.
  public struct Spot: Hashable, Sendable {
    /// What an hour costs.
    public let perHour: Double
    /// How often a unit is taken back, per hour that it runs.
    public let interruptionsPerHour: Double
    /// How long another is bought on demand in its place.
    public let replacedHours: Double
    /// What one interruption costs besides: work done again, customers lost.
    public let costEach: Double

    /// Spare capacity.
    public init(
      perHour: Double, interruptionsPerHour: Double = 0, replacedHours: Double = 0, costEach: Double = 0
    ) {
      self.perHour = perHour
      self.interruptionsPerHour = interruptionsPerHour
      (self.replacedHours, self.costEach) = (replacedHours, costEach)
    }

    /// What an hour of a unit comes to: u s + (1 − u) d + u λ c, with u = 1 / (1 + λ r) the share of the time in which it runs.
    public func perHour(onDemand: Double) -> Double {
      let running = 1 / (1 + interruptionsPerHour * replacedHours)
      return running * (perHour + interruptionsPerHour * costEach) + (1 - running) * onDemand
    }
  }

  /// An hour on demand.
  public let onDemand: Double
  /// What can be promised.
  public let commitments: [Commitment]
  /// Spare capacity; `nil`: there is none.
  public let spot: Spot?
  /// The first units, which are never spot: what must not be taken back.
  public let firmUnits: Int
  /// How likely use ends within a year; 0: it goes on.
  public let endsPerYear: Double
  /// Hours of a year.
  public let hoursPerYear: Double

  /// A question; throws everything that is wrong with it.
  public init(
    onDemand: Double, commitments: [Commitment], spot: Spot? = nil, firmUnits: Int = 0,
    endsPerYear: Double = 0, hoursPerYear: Double = 8760
  ) throws(InvalidQuestion) {
    var check = QuestionCheck()
    func isPrice(_ price: Double) -> Bool { price >= 0 && price < 1e9 }
    check.require(
      onDemand > 0 && isPrice(onDemand), "purchase-price", "an hour on demand costs nothing",
      help: "--on-demand '$0.384/h'")
    for item in commitments {
      check.require(
        isPrice(item.perHour) && isPrice(item.upfront), "purchase-price", "\(item.name) has no price",
        help: nil)
      check.require(
        [1, 3].contains(item.years), "purchase-term",
        "\(item.name) is for \(item.years) years; expected 1 or 3", help: nil)
    }
    if let spot {
      check.require(
        isPrice(spot.perHour) && spot.interruptionsPerHour >= 0 && spot.interruptionsPerHour.isFinite
          && spot.replacedHours >= 0 && spot.replacedHours.isFinite && isPrice(spot.costEach),
        "purchase-spot", "a price, rate or time of spot is negative or no number", help: nil)
    }
    check.require(
      firmUnits >= 0 && firmUnits <= DemandCurve.mostUnits, "purchase-firm", "\(firmUnits) firm units",
      help: nil)
    check.require(
      endsPerYear >= 0 && endsPerYear < 1, "purchase-ends",
      "use ends within a year with \(endsPerYear); expected 0 % or more and less than 100 %",
      help: "--ends 20 %")
    try check.finish()
    (self.onDemand, self.commitments, self.spot) = (onDemand, commitments, spot)
    (self.firmUnits, self.endsPerYear, self.hoursPerYear) = (firmUnits, endsPerYear, hoursPerYear)
  }

  /// The probability that use goes on at the start of a year, (1 − p)^y, the first being year 0.
  func inUse(atStartOf year: Int) -> Double {
    (0..<year).reduce(1.0) { share, _ in share * (1 - endsPerYear) }
  }
}
