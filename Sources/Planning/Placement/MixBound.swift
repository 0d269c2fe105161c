/// The least that nodes can cost that hold pods whichever zone is lost.
///
/// Without zone z all pods but those bound to it are on the nodes of the others, which then cost A(z) at least, by the
/// linear programme over fillings. Each node is left in all cases but one, so that all together cost Σ A(z) / (zones − 1).
/// No sum of prices lies between a bound and the next one that numbers of nodes make, so each is raised to that. The same
/// with every price 1 bounds the number of nodes, each of which costs what the cheapest does at least.
struct MixBound {
  private let pods: PlacementProblem
  private let types: [NodeType]
  private let zones: Int
  private let loss: NodeMix.Loss

  init(_ pods: PlacementProblem, types: [NodeType], zones: Int, loss: NodeMix.Loss) {
    (self.pods, self.types, self.zones, self.loss) = (pods, types, zones, loss)
  }

  /// The bound; `nil` where pods fit no type, or no zone is left.
  func price() -> Int? {
    guard let cheapest = types.map(\.price).min(), zones > 1 || loss == .nothing,
      let byPrice = bound(of: types),
      let nodes = bound(of: types.map { NodeType(name: $0.name, room: $0.room, price: 1, kind: $0.kind) })
    else { return nil }
    return max(byPrice, nodes * cheapest)
  }

  private func bound(of types: [NodeType]) -> Int? {
    let sums = PriceSums(types.map(\.price))
    guard let whole = price(counts: pods.groups.map(\.count), types, sums) else { return nil }
    guard loss == .zone else { return whole }
    let isPinned = pods.groups.contains { $0.zone != nil }
    var total = 0
    for zone in 0..<zones {
      guard isPinned || zone == 0 else { break }
      let counts = pods.groups.map { $0.zone == zone ? 0 : $0.count }
      guard let left = price(counts: counts, types, sums) else { return nil }
      total += isPinned ? left : left * zones
    }
    let least = (total + zones - 2) / (zones - 1)
    return max(whole, sums.next(from: Double(least)))
  }

  private func price(counts: [Int], _ types: [NodeType], _ sums: PriceSums) -> Int? {
    ConfigurationBound(pods, counts: counts, types: types).price().map { sums.next(from: $0) }
  }
}

/// The sums that whole numbers of some prices make.
struct PriceSums {
  private let step: Int
  private let prices: [Int]

  init(_ prices: [Int]) {
    func divisor(_ left: Int, _ right: Int) -> Int { right == 0 ? left : divisor(right, left % right) }
    let step = max(1, prices.reduce(0, divisor))
    self.step = step
    self.prices = prices.map { $0 / step }
  }

  /// The least sum that is no less; with too many to list, the next multiple of what divides all prices.
  func next(from value: Double) -> Int {
    guard value > 0 else { return 0 }
    let units = value / Double(step) - 1e-6
    let least = units <= 0 ? 0 : Int(units) + (units > Double(Int(units)) ? 1 : 0)
    let most = least + (prices.min() ?? 1)
    guard most < 2_000_000 else { return least * step }
    var isSum = [Bool](repeating: false, count: most + 1)
    isSum[0] = true
    for sum in isSum.indices where sum > 0 {
      isSum[sum] = prices.contains { $0 <= sum && isSum[sum - $0] }
    }
    return (isSum[least...].firstIndex(of: true) ?? least) * step
  }
}
