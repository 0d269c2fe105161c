/// The least that nodes can cost that hold pods whichever zone is lost.
///
/// Whole numbers of nodes of each type in each zone are sought that no cut refuses (Benders 1962): with each zone lost, those
/// that are left are worth what the pods are, at any prices of pods at which no filling of a node is worth more than it; and
/// so are those of some zones, for the pods that rules keep there. Nodes that no cut refuses are packed: then nothing is
/// cheaper. Else their own programme over fillings gives another cut, or a search shows that these nodes will not do.
struct MixBound {
  /// What was found.
  struct Result {
    /// No nodes cost less.
    var price: Int
    /// The cheapest nodes seen that do.
    var found: NodeCounts?
    /// The cuts that proved it.
    var cuts: [FillingCut] = []
  }

  let check: NodeMixCheck
  let sums: PriceSums
  let fillings: NodeFillings
  private let cuts: [FillingCut]
  private let limit: Int

  /// A bound; `nil` where some pod fits no type.
  ///
  /// - Parameter limit: how many parts of the possibilities are looked at.
  init?(_ check: NodeMixCheck, limit: Int) {
    (self.check, self.limit) = (check, limit)
    let fillings = NodeFillings(check.pods, types: check.types)
    let counts = check.pods.groups.map(\.count)
    let none = check.types.map { _ in 0 }
    let equal = check.types.map { NodeType(name: $0.name, room: $0.room, price: 1, kind: $0.kind) }
    guard
      let byPrice = FillingCut(fillings, counts: counts, types: check.types, nodes: none),
      let byNumber = FillingCut(fillings, counts: counts, types: equal, nodes: none)
    else { return nil }
    sums = PriceSums(check.types.map(\.price))
    self.fillings = fillings
    cuts = [byPrice, byNumber] + MixBound.volumes(check, fillings)
  }

  /// Each pod worth what it asks of a resource.
  private static func volumes(_ check: NodeMixCheck, _ fillings: NodeFillings) -> [FillingCut] {
    var fillings = fillings
    let resources = check.types.first?.room.indices ?? 0..<0
    return resources.compactMap { resource in
      let pods = check.pods.groups.map { Double($0.requests[resource]) }
      guard pods.contains(where: { $0 > 0 }) else { return nil }
      return FillingCut(pods: pods, types: fillings.best(worth: pods, steps: 2_000).map(\.atMost))
    }
  }

  /// The bound; `nil` where no nodes do.
  func result() -> Result? {
    var (best, known): (Result?, [FillingCut]) = (nil, cuts)
    for zones in zoneSets {
      var search = MixCuts(self, zones: zones, known)
      let own = search.result(below: best?.price, limit: limit)
      known = search.cuts
      guard let own else { continue }
      let found = [best?.found, own.found].compactMap(\.self).min { check.price($0) < check.price($1) }
      best = Result(price: min(own.price, best?.price ?? .max), found: found)
    }
    best?.cuts = known
    return best
  }

  /// The zones that could have nodes: all, and where rules count those that have, fewer.
  private var zoneSets: [[Int]] {
    let all = Array(0..<check.zones)
    guard check.countsZones, check.zones <= 4 else { return [all] }
    let sets = (1..<(1 << check.zones)).map { bits in all.filter { bits >> $0 & 1 == 1 } }
    let told = sets.filter { check.tellsZones || $0 == Array(0..<$0.count) }
    return told.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }.map(
      \.element)
  }
}
