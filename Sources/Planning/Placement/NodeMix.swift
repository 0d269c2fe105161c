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
    guard zones > 1 || loss == .nothing, let bound = MixBound(check, limit: effort)?.result() else {
      return nil
    }
    let isProved = bound.found.map { check.price($0) == bound.price } ?? false
    var search = NodeMixSearch(check, bound.cuts, effort: isProved ? 0 : effort)
    let known = [bound.found, isProved ? nil : search.best(atLeast: bound.price)].compactMap(\.self)
    let packed = known.sorted { check.price($0) < check.price($1) }.lazy.compactMap { counts in
      check.packing(counts, steps: NodeMixCheck.steps).map { (counts: counts, packing: $0) }
    }
    guard let (found, packing) = packed.first else { return nil }
    counts = found.rows
    price = check.price(found)
    priceAtLeast = min(bound.price, price)
    problem = check.problem(found)
    self.packing = packing
  }
}

extension NodeMix {
  /// The same with what somebody else found, where that is cheaper.
  public func improved(by counts: [[Int]], _ packing: Packing, in pods: PlacementProblem, types: [NodeType])
    -> NodeMix
  {
    let check = NodeMixCheck(pods, types: types, zones: counts.count, loss: .nothing)
    let nodes = NodeCounts(counts)
    guard check.price(nodes) < price else { return self }
    return NodeMix(
      counts: counts, price: check.price(nodes), priceAtLeast: min(priceAtLeast, check.price(nodes)),
      problem: check.problem(nodes), packing: packing)
  }

  private init(counts: [[Int]], price: Int, priceAtLeast: Int, problem: PlacementProblem, packing: Packing) {
    (self.counts, self.price, self.priceAtLeast) = (counts, price, priceAtLeast)
    (self.problem, self.packing) = (problem, packing)
  }
}

/// Whether all pods have nodes, with and without each zone.
struct NodeMixCheck {
  let pods: PlacementProblem
  let types: [NodeType]
  let zones: Int
  private let loss: NodeMix.Loss
  /// What has to be survived; each that says anything new.
  let cases: [Case]

  /// The loss of a zone, or of none.
  struct Case {
    let lost: Int?
    /// How many pods of each group need a node then.
    let pods: [Int]
  }

  init(_ pods: PlacementProblem, types: [NodeType], zones: Int, loss: NodeMix.Loss) {
    (self.pods, self.types, self.zones, self.loss) = (pods, types, zones, loss)
    cases = NodeMixCheck.losses(pods, zones, loss).map { lost in
      Case(lost: lost, pods: pods.groups.map { $0.zone != nil && $0.zone == lost ? 0 : $0.count })
    }
  }

  /// The zones whose loss has to be survived, `nil` for none of them.
  ///
  /// Pods that all have nodes without a zone have them with it, unless a rule or a volume depends on what is there.
  private static func losses(_ pods: PlacementProblem, _ zones: Int, _ loss: NodeMix.Loss) -> [Int?] {
    guard loss == .zone else { return [nil] }
    let needsWhole =
      pods.groups.contains { $0.zone != nil }
      || pods.apps.contains { $0.spreads.contains(where: \.isRequired) }
    return (needsWhole ? [nil] : []) + (0..<zones).map { $0 }
  }

  /// How long a search for a packing may be.
  static let steps = 3_000
  /// The same while nodes are looked for.
  static let quickSteps = 1_000

  /// Whether rules count the zones that have nodes.
  var countsZones: Bool {
    pods.apps.contains { $0.spreads.contains { $0.isRequired && $0.topology == .zone } }
  }

  /// Whether nodes that are too few stay so with fewer: no rule counts the nodes themselves.
  var isMonotonic: Bool {
    let isSelective = pods.groups.contains { $0.kinds != nil || $0.zone != nil }
    return pods.apps.allSatisfy { app in
      app.spreads.allSatisfy { !$0.isRequired || ($0.topology == .zone && !isSelective) }
    }
  }

  /// Whether zones are told from each other.
  var tellsZones: Bool { pods.groups.contains { $0.zone != nil } }

  func price(_ counts: NodeCounts) -> Int {
    counts.numbers.indices.reduce(0) { $0 + counts[$1] * types[$1 % types.count].price }
  }

  /// The pods on so many nodes.
  func problem(_ counts: NodeCounts, without lost: Int? = nil) -> PlacementProblem {
    var problem = pods
    problem.nodes = counts.rows.enumerated().flatMap { zone, own -> [PlacementNode] in
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

  /// Whether a cut shows that nodes will not do.
  func isRefused(_ counts: NodeCounts, by cuts: [FillingCut]) -> Bool {
    cases.contains { own in
      let nodes = types.indices.map { counts.total(of: $0, without: own.lost) }
      return cuts.contains { $0.isBroken(by: nodes, holding: own.pods) }
    }
  }

  /// Where pods are with all nodes; `nil` where some have none, or not without some zone.
  func packing(_ counts: NodeCounts, steps: Int = 0) -> Packing? {
    let whole = problem(counts)
    guard let packing = full(whole, steps) else { return nil }
    guard loss == .zone else { return packing }
    for zone in 0..<zones {
      if !tellsZones, (0..<zone).contains(where: { counts.areAlike($0, zone) }) { continue }
      if full(problem(counts, without: zone), steps) == nil { return nil }
    }
    return packing
  }

  private func full(_ problem: PlacementProblem, _ steps: Int) -> Packing? {
    let facts = PackingFacts(problem)
    var root = PlacementSearch(facts)
    guard root.waitingAtLeast == 0 else { return nil }
    let quick = QuickPacking(facts).best()
    let pending = quick.pendingCount(of: problem)
    if pending == 0 { return quick }
    if pending <= 3 {
      var repair = PackingRepair(facts, quick)
      if let repaired = repair.repaired() { return repaired }
    }
    guard steps > 0 else { return nil }
    guard case .found(let packing) = facts.search(waitingAtMost: 0, steps: steps) else { return nil }
    return packing
  }
}

extension PodGroup {
  func with(count: Int) -> PodGroup {
    var group = self
    group.count = count
    return group
  }
}
