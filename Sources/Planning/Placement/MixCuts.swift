/// The search of a ``MixBound`` when some zones have nodes, and the others none.
struct MixCuts {
  private let check: NodeMixCheck
  private let bound: MixBound
  private let zones: [Int]
  private(set) var cuts: [FillingCut]
  private let cases: [Case]

  /// A zone that is lost, or none, with where pods then are.
  private struct Case {
    let shares: ZoneShares
    /// How many pods of each group need a node.
    let counts: [Int]
    /// The zones that are left, and those sets of them that must have pods.
    let left: [Int]
    let sets: [[Int]]
    let lost: Int?
  }

  init(_ bound: MixBound, zones: [Int], _ cuts: [FillingCut]) {
    (self.bound, self.zones, self.cuts) = (bound, zones, cuts)
    let check = bound.check
    self.check = check
    let losses = check.cases.filter { $0.lost.map(zones.contains) ?? true }
    // Of more zones those that have none are not told apart.
    let dependsOnPlace =
      check.zones <= 4
      && (check.tellsZones || check.countsZones || check.pods.apps.contains { $0.mostPerZone != nil })
    cases = losses.map { own in
      let left = zones.filter { $0 != own.lost }
      let sets = dependsOnPlace ? MixCuts.sets(of: left) : [left]
      return Case(
        shares: ZoneShares(check.pods, zones: zones, without: own.lost), counts: own.pods, left: left,
        sets: sets, lost: own.lost)
    }
  }

  private static func sets(of zones: [Int]) -> [[Int]] {
    (1..<(1 << zones.count)).map { bits in
      zones.enumerated().filter { bits >> $0.offset & 1 == 1 }.map(\.element)
    }
  }

  /// The bound with nodes in these zones, as soon as it is no less than another; `nil`: there are no such nodes.
  ///
  /// Nodes that no cut refuses and no packing was found for are set aside: the bound stays at their price, and what comes
  /// next may still do.
  mutating func result(below other: Int?, limit: Int) -> MixBound.Result? {
    guard cases.allSatisfy({ !$0.shares.isImpossible }) else { return nil }
    var search = CoveringSearch(
      prices: zones.flatMap { _ in check.types.map { Double($0.price) } },
      rows: cuts.flatMap(rows) + symmetry, limit: limit)
    var (aside, tries) = (Int.max, 30)
    while tries > 0, let values = search.next() {
      let counts = self.counts(values)
      let least = min(aside, check.price(counts), bound(of: search) ?? .max)
      if let other, least >= other { break }
      if check.packing(counts) != nil { return MixBound.Result(price: least, found: counts) }
      tries -= 1
      let more = broken(by: counts)
      cuts += more
      search.add(more.flatMap(rows))
      guard more.isEmpty else { continue }
      switch fits(counts) {
      case .yes: return MixBound.Result(price: least, found: counts)
      case .no where check.isMonotonic: break
      case .no, .unknown: aside = least
      }
      search.refuse(values)
    }
    let open = bound(of: search)
    guard aside < .max || open != nil else { return nil }
    return MixBound.Result(price: min(aside, open ?? .max), found: nil)
  }

  private func bound(of search: CoveringSearch) -> Int? {
    search.bound.map { bound.sums.next(from: $0 * (1 - 1e-9)) }
  }

  private func counts(_ values: [Int]) -> NodeCounts {
    var counts = NodeCounts(zones: check.zones, types: check.types.count)
    for (place, zone) in zones.enumerated() {
      for type in check.types.indices { counts[zone, type] = values[place * check.types.count + type] }
    }
    return counts
  }

  /// Whether all pods have nodes in every case.
  private func fits(_ counts: NodeCounts) -> BestPlacement.Fit {
    var isKnown = true
    for own in cases {
      let facts = PackingFacts(check.problem(counts, without: own.lost))
      switch facts.search(waitingAtMost: 0, steps: NodeMixCheck.steps) {
      case .none: return .no
      case .givenUp: isKnown = false
      case .found: break
      }
    }
    return isKnown ? .yes : .unknown
  }

  // MARK: Rows

  /// Zones that nothing tells apart, the cheapest first.
  private var symmetry: [CoveringSearch.Row] {
    guard !check.tellsZones else { return [] }
    let most = Double(check.types.map(\.price).max() ?? 1)
    return zones.indices.dropFirst().map { place in
      let values = zones.indices.flatMap { other in
        check.types.map { type in
          other == place ? Double(type.price) / most : other == place - 1 ? -Double(type.price) / most : 0
        }
      }
      return CoveringSearch.Row(values: values, limit: 0)
    }
  }

  /// What a cut says of the nodes of each set of zones, in each case.
  private func rows(_ cut: FillingCut) -> [CoveringSearch.Row] {
    cases.flatMap { own in
      own.sets.flatMap { set -> [CoveringSearch.Row] in
        guard let worth = own.shares.worth(of: cut.pods, in: set), worth > 0 else { return [] }
        return rows(cut.types, in: set, atLeast: worth * (1 - 1e-9))
      }
    }
  }

  /// A row, and what follows from it for whole numbers (Chvátal 1973): divided by any number, all rounded up.
  private func rows(_ types: [Double], in set: [Int], atLeast worth: Double) -> [CoveringSearch.Row] {
    func row(_ types: [Double], _ limit: Double) -> CoveringSearch.Row {
      CoveringSearch.Row(
        values: zones.flatMap { zone in types.map { set.contains(zone) ? $0 / limit : 0 } }, limit: 1)
    }
    let divisors = Set(types.filter { $0 > 0 }).sorted()
    return [row(types, worth)]
      + divisors.map { divisor in
        row(types.map { ($0 / divisor - 1e-9).rounded(.up) }, (worth / divisor - 1e-6).rounded(.up))
      }.filter { $0.values.allSatisfy { $0.isFinite } }
  }

  /// The cuts that some nodes break.
  private func broken(by counts: NodeCounts) -> [FillingCut] {
    var found: [FillingCut] = []
    for own in cases {
      for set in own.sets {
        let nodes = check.types.indices.map { type in set.reduce(0) { $0 + counts[$1, type] } }
        let needed = set == own.left ? own.counts : own.shares.certain(in: set)
        guard
          !found.contains(where: { $0.lack(of: nodes, for: needed) > 1e-6 * Double(check.price(counts)) }),
          let cut = FillingCut(
            bound.fillings, counts: needed, types: check.types, nodes: nodes, share: 0.5),
          cut.lack(of: nodes, for: needed) > 1e-7 * Double(check.price(counts))
        else { continue }
        found.append(cut)
      }
    }
    return found
  }
}
