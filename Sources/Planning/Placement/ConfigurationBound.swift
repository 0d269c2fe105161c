/// The least that nodes for some pods can cost, by the linear programme over all ways to fill one node.
///
/// Gilmore and Gomory, *A linear programming approach to the cutting-stock problem* (1961), with several resources and
/// types of node: min Σ price · x over fillings x that cover every pod. Fillings are generated as they pay off. Any dual
/// prices π give a bound, π·d / max over fillings of π·a / price (Farley 1990), so the result is one wherever the
/// generation stops; rules beyond a node are left out, which only lowers it.
struct ConfigurationBound {
  private let demand: [Double]
  private let types: [NodeType]
  private let problem: PlacementProblem
  private let groups: [Int]

  /// - Parameter counts: how many pods of each group need a node.
  init(_ problem: PlacementProblem, counts: [Int], types: [NodeType]) {
    self.problem = problem
    self.types = types
    groups = problem.groups.indices.filter { counts[$0] > 0 }
    demand = groups.map { Double(counts[$0]) }
  }

  /// The bound, in units of the prices; `nil` where some pod fits no type.
  func price() -> Double? {
    guard !groups.isEmpty else { return 0 }
    guard var master = master() else { return nil }
    var best = 0.0
    // Short searches first; what they miss, longer ones find.
    var steps = 500
    for _ in 0..<400 {
      let duals = master.duals.map { max(0, $0) }
      let fillings = types.map { filling(of: $0, worth: duals, steps: steps) }
      best = max(best, bound(duals, fillings))
      if let (column, price) = entering(master.duals, fillings), master.enter(column, price: price) {
        continue
      }
      guard steps < 8_000 else { break }
      steps *= 4
    }
    let duals = master.duals.map { max(0, $0) }
    return max(best, bound(duals, types.map { filling(of: $0, worth: duals, steps: 50_000) })) * (1 - 1e-9)
  }

  /// What dual prices prove, scaled so that no filling is worth more than its price.
  private func bound(_ duals: [Double], _ fillings: [Filling]) -> Double {
    let ratio = zip(fillings, types).map { $0.atMost / Double($1.price) }.max() ?? 0
    return ratio > 0 ? zip(duals, demand).reduce(0) { $0 + $1.0 * $1.1 } / ratio : 0
  }

  /// The column whose price is furthest below what it is worth.
  private func entering(_ duals: [Double], _ fillings: [Filling]) -> (column: [Double], price: Double)? {
    if let group = duals.indices.first(where: { duals[$0] < -1e-9 }) {
      return (duals.indices.map { $0 == group ? -1 : 0 }, 0)
    }
    let gains = zip(fillings, types).map { $0.worth - Double($1.price) }
    guard let most = gains.indices.max(by: { gains[$0] < gains[$1] }),
      gains[most] > 1e-7 * Double(types[most].price)
    else { return nil }
    return (fillings[most].counts.map(Double.init), Double(types[most].price))
  }

  /// The programme with a filling for each group alone, of the type that is cheapest for it.
  private func master() -> CoveringProgramme? {
    var (pods, prices) = ([Double](), [Double]())
    for (position, _) in groups.enumerated() {
      let each = types.compactMap { type -> (pods: Double, price: Double)? in
        let most = capacity(of: position, on: type, type.room)
        return most > 0 ? (Double(most), Double(type.price)) : nil
      }
      guard let best = each.min(by: { $0.price / $0.pods < $1.price / $1.pods }) else { return nil }
      pods.append(best.pods)
      prices.append(best.price)
    }
    return CoveringProgramme(demand: demand, diagonal: pods, prices: prices)
  }

  // MARK: The most valuable filling of a node

  private struct Filling {
    var counts: [Int]
    var worth: Double
    /// No filling is worth more.
    var atMost: Double
  }

  private func capacity(of position: Int, on type: NodeType, _ left: [Int]) -> Int {
    let pod = problem.groups[groups[position]]
    if let kinds = pod.kinds, !kinds.contains(type.kind) { return 0 }
    var most = min(pod.count, problem.apps[pod.app].mostPerNode ?? Int.max)
    for (asked, left) in zip(pod.requests, left) where asked > 0 { most = min(most, left / asked) }
    return max(0, most)
  }

  private func filling(of type: NodeType, worth: [Double], steps: Int) -> Filling {
    let order = groups.indices.filter { worth[$0] > 0 && capacity(of: $0, on: type, type.room) > 0 }.sorted {
      (-worth[$0] / size($0, type), $0) < (-worth[$1] / size($1, type), $1)
    }
    var search = FillingSearch(
      order: order, worth: worth, requests: groups.map { withMixtures(problem.groups[$0].requests, type) },
      most: groups.indices.map { capacity(of: $0, on: type, type.room) },
      app: groups.map { problem.groups[$0].app }, perNode: problem.apps.map { $0.mostPerNode ?? Int.max },
      steps: steps)
    search.run(type.room + ConfigurationBound.mixtures.map { $0.reduce(0, +) * ConfigurationBound.whole })
    return Filling(counts: search.best, worth: search.bestWorth, atMost: search.atMost)
  }

  /// Weights of sums of the first resources, which bound a filling more tightly than each of them (a surrogate constraint;
  /// Glover 1968).
  private static let mixtures = [[1, 1], [2, 1], [1, 2], [4, 1], [1, 4]]
  private static let whole = 1 << 20

  /// What a pod asks for, with shares of a node in weighted sums, rounded down.
  private func withMixtures(_ requests: [Int], _ type: NodeType) -> [Int] {
    let shares = zip(requests, type.room).map { asked, room in
      room > 0 ? Int(Double(asked) / Double(room) * Double(ConfigurationBound.whole)) : 0
    }
    return requests
      + ConfigurationBound.mixtures.map { weights in
        zip(weights, shares).reduce(0) { $0 + $1.0 * $1.1 }
      }
  }

  private func size(_ position: Int, _ type: NodeType) -> Double {
    zip(problem.groups[groups[position]].requests, type.room).map { $1 > 0 ? Double($0) / Double($1) : 0 }
      .max()
      .map { max($0, 1e-12) } ?? 1
  }
}

/// A node that can be bought.
public struct NodeType: Hashable, Sendable {
  /// Its name.
  public var name: String
  /// What it has for pods, by resource.
  public var room: [Int]
  /// Its price, in whole units of anything; at least 1.
  public var price: Int
  /// What pods know it by.
  public var kind: Int

  /// A type of node.
  public init(name: String, room: [Int], price: Int, kind: Int = 0) {
    (self.name, self.room, self.price, self.kind) = (name, room, max(1, price), kind)
  }
}
