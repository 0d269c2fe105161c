/// The cheapest nodes found for some pods, with how much cheaper any others could be.
public struct NodeMix: Hashable, Sendable {
  /// What must be survived.
  public enum Loss: Hashable, Sendable {
    /// Nothing: all pods have nodes while all nodes run.
    case nothing
    /// The loss of any zone: then too all pods have nodes, but those whose volumes are in it.
    case zone
  }

  /// For each zone, how many nodes of each type.
  public let counts: [[Int]]
  /// The price of all of them.
  public let price: Int
  /// No nodes cost less.
  public let priceAtLeast: Int
  /// Where pods are with all nodes.
  public let problem: PlacementProblem
  /// Their packing.
  public let packing: Packing

  /// Whether no nodes cost less.
  public var isProved: Bool { price == priceAtLeast }

  /// By how much the price may be above the least, as a share of that.
  public var gap: Double { Double(price - priceAtLeast) / Double(max(1, priceAtLeast)) }

  /// The cheapest nodes found; `nil` where no number of nodes was.
  ///
  /// - Parameters:
  ///   - pods: the pods with their rules; its nodes do not matter.
  ///   - types: what can be bought.
  ///   - zones: in how many zones.
  ///   - effort: how many sets of nodes are looked at.
  /// - Complexity: O(effort × pods × nodes × zones).
  public init?(
    _ pods: PlacementProblem, types: [NodeType], zones: Int, surviving loss: Loss = .zone, effort: Int = 2_000
  ) {
    let check = NodeMixCheck(pods, types: types, zones: zones, loss: loss)
    var search = NodeMixSearch(check, effort: effort)
    let bound = MixBound(pods, types: types, zones: zones, loss: loss).price()
    guard let bound, let found = search.best(atLeast: bound), let packing = check.packing(found) else {
      return nil
    }
    counts = found
    price = check.price(found)
    priceAtLeast = min(bound, price)
    problem = check.problem(found)
    self.packing = packing
  }
}

/// Whether all pods have nodes, with and without each zone.
struct NodeMixCheck {
  let pods: PlacementProblem
  let types: [NodeType]
  let zones: Int
  private let loss: NodeMix.Loss

  init(_ pods: PlacementProblem, types: [NodeType], zones: Int, loss: NodeMix.Loss) {
    (self.pods, self.types, self.zones, self.loss) = (pods, types, zones, loss)
  }

  /// Whether zones are told from each other.
  var tellsZones: Bool { pods.groups.contains { $0.zone != nil } }

  func price(_ counts: [[Int]]) -> Int {
    counts.reduce(0) { $0 + zip($1, types).reduce(0) { $0 + $1.0 * $1.1.price } }
  }

  /// The pods on so many nodes.
  func problem(_ counts: [[Int]], without lost: Int? = nil) -> PlacementProblem {
    var problem = pods
    problem.nodes = counts.enumerated().flatMap { zone, own -> [PlacementNode] in
      guard zone != lost else { return [] }
      return own.enumerated().flatMap { type, count in
        (0..<count).map { number in
          PlacementNode(
            name: "\(types[type].name)-\(zone + 1)-\(number + 1)", zone: zone, room: types[type].room,
            kind: types[type].kind)
        }
      }
    }
    if let lost { problem.groups = problem.groups.map { $0.zone == lost ? $0.with(count: 0) : $0 } }
    return problem
  }

  /// Where pods are with all nodes; `nil` where some have none, or not without some zone.
  func packing(_ counts: [[Int]]) -> Packing? {
    let whole = problem(counts)
    guard let packing = full(whole) else { return nil }
    guard loss == .zone else { return packing }
    var seen: Set<[[Int]]> = []
    for zone in 0..<zones {
      let left = counts.indices.filter { $0 != zone }.map { counts[$0] }
      if !tellsZones, !seen.insert(left.sorted { $0.lexicographicallyPrecedes($1) }).inserted { continue }
      if full(problem(counts, without: zone)) == nil { return nil }
    }
    return packing
  }

  private func full(_ problem: PlacementProblem) -> Packing? {
    let groups = Array(problem.groups.indices)
    guard PackingBound(problem: problem).waiting(of: groups, in: PackingState(problem)) == 0 else {
      return nil
    }
    let packing = QuickPacking(problem).best()
    return packing.pendingCount(of: problem) == 0 ? packing : nil
  }
}

extension PodGroup {
  func with(count: Int) -> PodGroup {
    var group = self
    group.count = count
    return group
  }
}
