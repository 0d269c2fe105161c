internal import Stochastics

/// How each unit is best bought, for the expected cost of some years.
///
/// The k-th unit is used in the share hₖ of the hours in which k or more run, so what it costs does not depend on how the others
/// are bought: the cheapest way for each is the cheapest mix. It is worth a promise at price r iff hₖ ≥ r / d (the newsvendor's
/// fractile). A promise of one year is made anew each year, as long as there is use; one of three years at the start. With
/// probability p a year use ends, at any moment alike: then promises are paid on, and nothing else is.
///
/// Source: Arrow, Harris and Marschak, "Optimal inventory policy", Econometrica 19 (1951), for the fractile.
public struct PurchaseMix: Sendable {
  /// How a unit is bought in a year.
  public enum Way: Hashable, Sendable {
    /// By the hour.
    case onDemand
    /// Spare capacity.
    case spot
    /// By a promise, as an index into the question's.
    case commitment(Int)
  }

  /// Units that are bought alike.
  public struct Layer: Hashable, Sendable {
    /// The first of them, from 1.
    public let first: Int
    /// The last.
    public let last: Int
    /// How, year by year.
    public let ways: [Way]
    /// The share of the hours in which the last of them is used, year by year.
    public let leastUse: [Double]
    /// The share for the first of them.
    public let mostUse: [Double]
    /// What they cost in all years together, expected.
    public let cost: Double
    /// What they would cost on demand.
    public let onDemandCost: Double
  }

  /// What was asked.
  public let question: PurchaseQuestion
  /// The layers, the base first.
  public let layers: [Layer]
  /// The years.
  public let years: Int
  /// The expected cost of all years.
  public let cost: Double
  /// The same with everything on demand.
  public let onDemandCost: Double

  /// The cheapest mix.
  ///
  /// - Parameter curves: the demand of each year; as many years as the longest promise, so 1 or 3.
  public init(_ question: PurchaseQuestion, _ curves: [DemandCurve]) {
    let costs = UnitCosts(question, curves)
    let best = (0..<costs.units).map { costs.best($0) }
    self.question = question
    years = curves.count
    layers = PurchaseMix.layers(best.map(\.ways), costs)
    cost = best.reduce(0) { $0 + $1.cost }
    onDemandCost = (0..<costs.units).reduce(0) { $0 + costs.onDemand($1) }
  }

  private static func layers(_ ways: [[Way]], _ costs: UnitCosts) -> [Layer] {
    var found: [Layer] = []
    var first = 0
    for unit in ways.indices where unit + 1 == ways.count || ways[unit + 1] != ways[unit] {
      found.append(
        Layer(
          first: first + 1, last: unit + 1, ways: ways[unit], leastUse: costs.use(unit),
          mostUse: costs.use(first), cost: (first...unit).reduce(0) { $0 + costs.cost($1, ways[unit]) },
          onDemandCost: (first...unit).reduce(0) { $0 + costs.onDemand($1) }))
      first = unit + 1
    }
    return found
  }

  /// What this mix costs if demand turns out otherwise, and by how much that is more than the cheapest mix for it.
  ///
  /// What was promised at the start is kept; what begins in a later year is chosen anew, knowing the demand.
  public func outcome(_ curves: [DemandCurve]) -> (cost: Double, regret: Double) {
    let costs = UnitCosts(question, curves)
    let planned = layers.flatMap { layer in Array(repeating: layer.ways, count: layer.last - layer.first + 1)
    }
    var (kept, best) = (0.0, 0.0)
    for unit in 0..<max(costs.units, planned.count) {
      best += costs.best(unit).cost
      kept +=
        unit < planned.count ? costs.keeping(unit, planned[unit]) : costs.best(unit, committing: false).cost
    }
    return (kept, max(0, kept - best))
  }
}

/// What each unit costs, by how it is bought; units are counted from 0.
struct UnitCosts {
  private let question: PurchaseQuestion
  private let shares: [[Double]]
  let units: Int

  init(_ question: PurchaseQuestion, _ curves: [DemandCurve]) {
    self.question = question
    let most = curves.map(\.peak).max() ?? 0
    units = most
    shares = curves.map { $0.sharesReached(upTo: most) }
  }

  /// The share of the hours in which a unit is used, year by year.
  func use(_ unit: Int) -> [Double] { shares.map { unit < $0.count ? $0[unit] : 0 } }

  func onDemand(_ unit: Int) -> Double {
    shares.indices.reduce(0) { $0 + cost(unit, .onDemand, year: $1) }
  }

  func cost(_ unit: Int, _ ways: [PurchaseMix.Way]) -> Double {
    ways.indices.reduce(0) { $0 + cost(unit, ways[$1], year: $1) }
  }

  /// What a year of a unit costs. Of a promise for three years each year pays its part, with use or without.
  func cost(_ unit: Int, _ way: PurchaseMix.Way, year: Int) -> Double {
    let hours = question.hoursPerYear
    let used = hours * use(unit)[year] * meanInUse(year)
    switch way {
    case .onDemand: return used * question.onDemand
    case .spot:
      let price = question.spot.map { $0.perHour(onDemand: question.onDemand) } ?? question.onDemand
      return used * price
    case .commitment(let index):
      let item = question.commitments[index]
      let isPaid = item.years > 1 ? 1 : question.inUse(atStartOf: year)
      return hours * item.perHour * isPaid
    }
  }

  /// The mean over a year of the probability that use goes on, S(y) p / −ln(1 − p).
  private func meanInUse(_ year: Int) -> Double {
    let ends = question.endsPerYear
    let start = question.inUse(atStartOf: year)
    return ends > 0 ? start * ends / -portableLog1p(-ends) : start
  }

  // MARK: Choices

  /// The cheapest way for a unit; among equals the one that promises least.
  ///
  /// - Parameter committing: whether anything may be promised at the start.
  func best(_ unit: Int, committing: Bool = true) -> (ways: [PurchaseMix.Way], cost: Double) {
    let yearly = shares.indices.map { bestYear(unit, year: $0, committing: committing || $0 > 0) }
    var best = (ways: yearly, cost: cost(unit, yearly))
    guard committing else { return best }
    for (index, item) in question.commitments.enumerated() where item.years > 1 && item.years == shares.count
    {
      let ways = shares.map { _ in PurchaseMix.Way.commitment(index) }
      let own = cost(unit, ways)
      if own < best.cost * (1 - 1e-12) { best = (ways, own) }
    }
    return best
  }

  private func bestYear(_ unit: Int, year: Int, committing: Bool) -> PurchaseMix.Way {
    var ways: [PurchaseMix.Way] = [.onDemand]
    if question.spot != nil, unit >= question.firmUnits { ways.append(.spot) }
    if committing {
      ways += question.commitments.indices.filter { question.commitments[$0].years == 1 }.map {
        .commitment($0)
      }
    }
    var best = (way: ways[0], cost: cost(unit, ways[0], year: year))
    for way in ways.dropFirst() {
      let own = cost(unit, way, year: year)
      if own < best.cost * (1 - 1e-12) { best = (way, own) }
    }
    return best.way
  }

  /// What a unit costs when the promises of the start are kept, and the rest is chosen anew.
  func keeping(_ unit: Int, _ planned: [PurchaseMix.Way]) -> Double {
    guard case .commitment(let index) = planned.first else { return best(unit, committing: false).cost }
    if question.commitments[index].years > 1 { return cost(unit, planned) }
    return shares.indices.reduce(0) { sum, year in
      sum + cost(unit, year == 0 ? planned[0] : bestYear(unit, year: year, committing: true), year: year)
    }
  }
}
