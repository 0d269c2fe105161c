/// The least that must be paid beside some nodes to hold some pods, or how many of these wait at least, by the linear
/// programme over all ways to fill one node.
///
/// Gilmore and Gomory, *A linear programming approach to the cutting-stock problem* (1961), with several resources and
/// types of node: min Σ price · e over fillings x that cover every pod, on no more nodes of each type than there are and
/// e more; or min Σ w over those that cover every pod but w. Fillings are generated as they pay off, at prices between the last ones and the best (Wentges 1997). Any prices
/// of pods, scaled so that no filling is worth more than its node costs (Farley 1990), or no pod more than 1, prove a bound,
/// so there is one wherever the generation stops; rules beyond a node are left out, which only lowers it.
struct ConfigurationBound {
  /// What makes up for nodes that are too few.
  enum Remedy {
    /// More nodes, at the prices of their types.
    case buying
    /// Pods wait, each of which counts 1.
    case waiting
  }

  private var fillings: NodeFillings
  private let types: [NodeType]
  private let counts: [Int]
  private let nodes: [Int]
  private let groups: [Int]
  private let remedy: Remedy

  /// - Parameters:
  ///   - counts: how many pods of each group need a node.
  ///   - nodes: how many nodes of each type there are.
  init(_ fillings: NodeFillings, counts: [Int], types: [NodeType], nodes: [Int], remedy: Remedy) {
    self.remedy = remedy
    (self.fillings, self.types, self.counts, self.nodes) = (fillings, types, counts, nodes)
    groups = counts.indices.filter { counts[$0] > 0 }
  }

  /// The cut that proves most; `nil` where some pod fits no type.
  ///
  /// - Parameter share: it ends with a cut that proves such a share of the most.
  mutating func cut(rounds: Int = 150, share: Double) -> FillingCut? {
    guard var master = master() else { return nil }
    var best = Proof(cut: FillingCut(pods: counts.map { _ in 0 }, types: types.map { _ in 0 }), lack: 0)
    // Short searches first; what they miss, longer ones find.
    var steps = 300
    for _ in 0..<rounds {
      master.solve()
      guard master.cost > 1e-7, best.lack < share * master.cost else { break }
      let prices = worth(master.duals)
      let isMixed = best.lack > 0
      let mixed = isMixed ? zip(best.cut.pods, prices).map { 0.5 * $0 + 0.5 * $1 } : prices
      if generate(at: mixed, steps, &master, &best) { continue }
      if isMixed, generate(at: prices, steps, &master, &best) { continue }
      guard steps < 5_000 else { break }
      steps *= 4
    }
    return best.cut
  }

  private struct Proof {
    var cut: FillingCut
    var lack: Double
  }

  /// Adds the fillings that are worth most at some prices; whether any of them pays off.
  private mutating func generate(
    at worth: [Double], _ steps: Int, _ master: inout CoveringProgramme, _ best: inout Proof
  ) -> Bool {
    let found = fillings.best(worth: worth, steps: steps)
    let ratio =
      switch remedy {
      case .buying: zip(found, types).map { $0.atMost / Double($1.price) }.max() ?? 0
      case .waiting: worth.max() ?? 0
      }
    if ratio > 0 {
      let scale = (1 - 1e-12) / ratio
      let cut = FillingCut(pods: worth.map { $0 * scale }, types: found.map { $0.atMost / ratio })
      let lack = cut.lack(of: nodes, for: counts)
      if lack > best.lack { best = Proof(cut: cut, lack: lack) }
    }
    var pays = false
    for (type, filling) in found.enumerated() {
      let column = column(filling.counts, of: type)
      guard master.gain(of: column) > 1e-7 * Double(types[type].price) else { continue }
      master.add(column)
      pays = true
    }
    return pays
  }

  // MARK: The programme

  /// What a pod of each group is worth at the prices of rows.
  private func worth(_ duals: [Double]) -> [Double] {
    var worth = counts.map { _ in 0.0 }
    for (row, group) in groups.enumerated() { worth[group] = max(0, duals[row]) }
    return worth
  }

  private func column(_ pods: [Int], of type: Int) -> CoveringProgramme.Column {
    CoveringProgramme.Column(
      entries: groups.map { Double(pods[$0]) } + types.indices.map { $0 == type ? 1 : 0 }, price: 0)
  }

  /// A row for each group, covered at first by pods that wait, or are dearer than any node that takes them, and one for each
  /// type: fillings, less what is bought, are no more than the nodes that there are.
  private func master() -> CoveringProgramme? {
    let alone = remedy == .waiting ? groups.map { _ in 1 } : groups.compactMap(dearest)
    guard alone.count == groups.count else { return nil }
    let rows = groups.count + types.count
    func unit(_ row: Int, _ entry: Double = -1, price: Double) -> CoveringProgramme.Column {
      CoveringProgramme.Column(entries: (0..<rows).map { $0 == row ? entry : 0 }, price: price)
    }
    let surplus = groups.indices.map { unit($0, price: 0) }
    let bought = types.indices.map { unit(groups.count + $0, price: Double(types[$0].price)) }
    let waiting = groups.indices.map { unit($0, 1, price: 1) }
    let idle = types.indices.map { unit(groups.count + $0, 1, price: 0) }
    return CoveringProgramme(
      demand: groups.map { Double(counts[$0]) } + nodes.map(Double.init),
      diagonal: [Double](repeating: 1, count: rows), prices: alone + types.map { _ in 0 },
      columns: surplus + idle + (remedy == .buying ? bought : waiting))
  }

  /// More than any node costs that takes a pod; `nil` where none does.
  private func dearest(_ group: Int) -> Double? {
    types.indices.filter { fillings.capacity(of: group, on: $0) > 0 }.map { 2 * Double(types[$0].price) }
      .max()
  }
}

extension FillingCut {
  /// The cut that a ``ConfigurationBound`` proves most by; `nil` where some pod fits no type.
  init?(
    _ fillings: NodeFillings, counts: [Int], types: [NodeType], nodes: [Int],
    remedy: ConfigurationBound.Remedy = .buying, share: Double = 1 - 1e-6
  ) {
    var bound = ConfigurationBound(fillings, counts: counts, types: types, nodes: nodes, remedy: remedy)
    guard let cut = bound.cut(share: share) else { return nil }
    self = cut
  }
}
