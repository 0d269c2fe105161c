public import CloudCost
public import Diagnostics
public import FoundationEssentials
internal import Quantities
public import ServiceModel
internal import Stochastics

/// A bill whose use is uncertain: what a month may cost, in percentiles.
///
/// Numbers stated with `uncertain:` are drawn from what is believed of them, and a number of units that autoscaling
/// leaves open is drawn evenly between its limits. Draws are keyed by seed and path, so a result has the same bits in
/// every run, and two bills that share a number see the same luck.
public struct UncertainBill: Sendable {
  /// The month of each draw, ascending.
  public let draws: [Decimal]
  /// The same in the order drawn: draw k depends on the seed, k and names alone.
  public let inOrder: [Decimal]
  /// What was drawn: paths of numbers, and owners whose number of units is open.
  public let inputs: [String]
  /// The mean of the draws.
  public let mean: Decimal

  /// Draws bills of a model.
  ///
  /// - Parameter count: how many, at least 2.
  /// - Returns: `nil` when nothing of the bill is uncertain.
  /// - Throws: a located finding for each name that no price bears.
  public static func drawing(
    _ count: Int, of model: Model, at book: PriceBook, seed: UInt64
  ) throws(Findings) -> UncertainBill? {
    let uncertain = model.uncertainties.filter { $0.path.split(separator: "/").contains("costs") }
    let open = Set(
      model.costs.entries.map { RunningCount.behind($0, in: model) }.filter(\.isOpen)
    ).sorted { $0.name < $1.name }
    guard !uncertain.isEmpty || !open.isEmpty else { return nil }
    var draws: [Decimal] = []
    for number in 0..<count {
      var factors: [String: Decimal] = [:]
      for one in uncertain {
        var stream = RandomStream(
          seed: seed, process: ProcessKey(name: one.path), replication: UInt32(truncatingIfNeeded: number))
        factors[one.path] = Decimal(string: shortest(one.factor.sample(using: &stream)))
      }
      var counts: [CostEntry.Owner: Decimal] = [:]
      for one in open {
        var stream = RandomStream(
          seed: seed, process: ProcessKey(name: "\(one.name)/running"),
          replication: UInt32(truncatingIfNeeded: number))
        let share = Decimal(string: shortest(stream.uniform())) ?? 0
        counts[one.owner] = one.fewest + (one.most - one.fewest) * share
      }
      draws.append(try Bill(of: model, at: book, factors: factors, counts: counts).monthly)
    }
    return UncertainBill(
      draws: draws.sorted(), inOrder: draws,
      inputs: uncertain.map(\.path) + open.map { "\($0.name): how many run" },
      mean: draws.reduce(0, +) / Decimal(count))
  }

  /// The amount that a share of the draws stays at or below: the smallest draw with at least that share below or at it.
  ///
  /// - Parameter probability: more than 0, at most 1.
  public func percentile(_ probability: Double) -> Decimal {
    let place = Int((probability * Double(draws.count)).rounded(.up)) - 1
    return draws[max(0, min(draws.count - 1, place))]
  }

  /// Draws between which the percentile of the true law lies with 95 % confidence (order statistics, normal
  /// approximation of the binomial).
  public func interval(of probability: Double) -> (low: Decimal, high: Decimal) {
    let n = Double(draws.count)
    let half = 1.959964 * (n * probability * (1 - probability)).squareRoot()
    func draw(_ place: Double) -> Decimal { draws[max(0, min(draws.count - 1, Int(place)))] }
    return (draw((n * probability - half).rounded(.down) - 1), draw((n * probability + half).rounded(.up)))
  }
}
