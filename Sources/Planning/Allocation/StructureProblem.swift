/// One option for each place of a structure, with what each takes of some resources.
package struct StructureProblem: Sendable {
  /// An option of a place.
  package struct Option: Sendable {
    /// The probability that the place fails, by scenario.
    package let unavailability: [Double]
    /// What it takes of each resource.
    package let use: [Double]

    /// An option.
    package init(unavailability: [Double], use: [Double]) {
      (self.unavailability, self.use) = (unavailability, use)
    }
  }

  /// What is to be as small as can be.
  package enum Objective: Sendable, Hashable {
    /// The unavailability of one of the structure's objectives.
    case unavailability(Int)
    /// The use of a resource.
    case use(Int)
  }

  /// When the system works.
  package let structure: StagedStructure
  /// The options of each place.
  package let places: [[Option]]
  /// The most of each resource; infinite where there is no limit.
  package let limits: [Double]
  /// The most unavailability of each objective; 1 where there is no limit.
  package let targets: [Double]

  /// A choice among options.
  package init(
    structure: StagedStructure, places: [[Option]], limits: [Double], targets: [Double]? = nil
  ) {
    self.structure = structure
    self.places = places
    self.limits = limits
    self.targets = targets ?? [Double](repeating: 1, count: structure.objectives)
  }

  /// The limits with room for rounding.
  var roomyLimits: [Double] { limits.map { $0 + 1e-9 * abs($0) } }

  /// What a plan takes of each resource.
  package func use(of plan: [Int]) -> [Double] {
    limits.indices.map { resource in
      zip(places, plan).reduce(0) { $0 + $1.0[$1.1].use[resource] }
    }
  }

  /// The unavailability of each objective under a plan.
  package func unavailability(of plan: [Int]) -> [Double] {
    var reach = StructureReach(root: structure)
    for (place, option) in plan.enumerated() {
      reach = reach.advanced(structure, place, places[place][option].unavailability)
    }
    return reach.unavailability(structure)
  }

  /// The same with other limits or targets.
  package func with(limits: [Double]? = nil, targets: [Double]? = nil) -> StructureProblem {
    StructureProblem(
      structure: structure, places: places, limits: limits ?? self.limits, targets: targets ?? self.targets)
  }

  /// Which options no other of their place is as good as.
  func undominatedOptions() -> [[Int]] {
    let vectors = places.map { options in options.map { $0.unavailability + $0.use } }
    let width = vectors.first?.first?.count ?? 0
    let problem = AdditiveProblem(
      places: vectors, limits: [Double](repeating: .infinity, count: width))
    return problem.undominatedOptions([Bool](repeating: true, count: width))
  }

  func keeping(_ kept: [[Int]]) -> StructureProblem {
    StructureProblem(
      structure: structure, places: zip(places, kept).map { place, kept in kept.map { place[$0] } },
      limits: limits, targets: targets)
  }
}

/// How the weight of the chains is spread over the nodes of a level, and what of it has failed.
struct StructureReach {
  var nodes: [Double]
  var failed: [Double]

  init(nodes: [Double], failed: [Double]) { (self.nodes, self.failed) = (nodes, failed) }

  init(root structure: StagedStructure) {
    nodes = [Double](repeating: 0, count: structure.levels.first?.count ?? 0)
    failed = structure.chains.map { _ in 0 }
    for (chain, root) in structure.roots.enumerated() {
      switch root {
      case .works: break
      case .fails: failed[chain] += structure.chains[chain].weight
      case .node(let node): nodes[node] += structure.chains[chain].weight
      }
    }
  }

  /// One level on, with a place that fails with these probabilities.
  func advanced(
    _ structure: StagedStructure, _ place: Int, _ unavailability: [Double]
  ) -> StructureReach {
    let isLast = place + 1 >= structure.levels.count
    var next = StructureReach(
      nodes: [Double](repeating: 0, count: isLast ? 0 : structure.levels[place + 1].count), failed: failed)
    for (node, weight) in zip(structure.levels[place], nodes) where weight > 0 {
      let down = unavailability[structure.chains[node.chain].scenario]
      next.add(weight * (1 - down), to: node.up, chain: node.chain)
      next.add(weight * down, to: node.down, chain: node.chain)
    }
    return next
  }

  private mutating func add(_ weight: Double, to next: StagedStructure.Next, chain: Int) {
    switch next {
    case .works: break
    case .fails: failed[chain] += weight
    case .node(let node): nodes[node] += weight
    }
  }

  func unavailability(_ structure: StagedStructure) -> [Double] {
    var sums = [Double](repeating: 0, count: structure.objectives)
    for (chain, failed) in zip(structure.chains, failed) { sums[chain.objective] += failed }
    return sums
  }
}
