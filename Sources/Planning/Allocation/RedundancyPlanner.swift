/// Allocates redundancy: how many components of which types each subsystem has, within limits on resources.
public struct RedundancyPlanner: Sendable {
  /// An allocation.
  public struct Plan: Sendable {
    /// The design of each subsystem.
    public let designs: [Redundancy.Design]
    /// The unavailability of the system.
    public let unavailability: Double
    /// What it takes of each resource.
    public let use: [Double]
    /// No plan is below this in what was to be least.
    public let bound: Double
    /// Whether no plan is better.
    public let isProved: Bool
  }

  /// What is to be least.
  public enum Objective: Sendable, Hashable {
    /// The unavailability of the system.
    case unavailability
    /// A resource.
    case use(Int)
  }

  /// The subsystems.
  public let subsystems: [Redundancy]
  /// The resources.
  public let resources: [String]
  /// The most of each resource; infinite where there is no limit.
  public let limits: [Double]
  /// The sets of subsystems that suffice; `nil`: all in series.
  public let paths: [[Int]]?
  private let structure: StagedStructure?

  /// A question about allocations.
  ///
  /// - Throws: what is wrong with it: a type without bound, a structure that is too wide.
  public init(
    subsystems: [Redundancy], resources: [String], limits: [Double], paths: [[Int]]? = nil
  ) throws(InvalidQuestion) {
    (self.subsystems, self.resources, self.limits, self.paths) = (subsystems, resources, limits, paths)
    structure = paths.flatMap { StagedStructure(paths: $0, places: subsystems.count) }
    var check = QuestionCheck()
    check.require(
      paths == nil || structure != nil, "structure-too-wide",
      "the path sets make a diagram of more than 4,000 nodes in a level", help: "fewer path sets")
    for subsystem in subsystems where subsystem.counts.upperBound >= Self.unbounded {
      for type in subsystem.types {
        check.require(
          zip(type.use, limits).contains { $0 > 0 && $1.isFinite }, "no-bound",
          "\(subsystem.name): nothing bounds how many components of type \(type.name) there are",
          help: "--most 8, or a limit on what it takes")
      }
    }
    for subsystem in subsystems {
      check.require(
        subsystem.designCount <= 300_000, "too-many-designs",
        "\(subsystem.name) has more than 300,000 mixes of up to \(subsystem.counts.upperBound) components",
        help: "--most 8, or --no-mixing")
    }
    try check.finish()
  }

  /// A count that stands for no bound.
  public static let unbounded = 60

  // MARK: Answers

  /// The best plan; `nil` when none keeps to limits and target.
  ///
  /// - Parameter target: the most unavailability.
  public func best(_ objective: Objective, target: Double = 1) -> Plan? {
    best(objective, limits: limits, target: target)
  }

  func best(_ objective: Objective, limits: [Double], target: Double) -> Plan? {
    let designs = designs(within: limits)
    guard !designs.contains(where: \.isEmpty) else { return nil }
    guard let structure else { return seriesBest(objective, designs, limits, target) }
    let problem = StructureProblem(
      structure: structure, places: designs.map { $0.map(Self.option) }, limits: limits, targets: [target])
    let search = StructureSearch(problem, minimising: objective.ofStructure)
    return search.best().map { found in
      Plan(
        designs: zip(designs, found.options).map { $0[$1] }, unavailability: found.unavailability[0],
        use: found.use, bound: found.bound, isProved: found.isProved)
    }
  }

  private static func option(_ design: Redundancy.Design) -> StructureProblem.Option {
    StructureProblem.Option(unavailability: [design.unavailability], use: design.use)
  }

  private func seriesBest(
    _ objective: Objective, _ designs: [[Redundancy.Design]], _ limits: [Double], _ target: Double
  ) -> Plan? {
    let number = if case .use(let resource) = objective { resource + 1 } else { 0 }
    let problem = seriesProblem(designs, limits, target)
    return AdditiveSearch(problem, minimising: number).best().map { found in
      plan(
        designs, found.options, bound: number == 0 ? unavailabilityOfLog(-found.bound) : found.bound,
        isProved: found.isProved)
    }
  }

  /// Parts in series: -log(availability), then the resources.
  private func seriesProblem(
    _ designs: [[Redundancy.Design]], _ limits: [Double], _ target: Double
  ) -> AdditiveProblem {
    AdditiveProblem(
      places: designs.map { $0.map { [-logAvailability($0.unavailability)] + $0.use } },
      limits: [target < 1 ? -logAvailability(target) : .infinity] + limits)
  }

  private func plan(
    _ designs: [[Redundancy.Design]], _ options: [Int], bound: Double, isProved: Bool
  ) -> Plan {
    let chosen = zip(designs, options).map { $0[$1] }
    return Plan(
      designs: chosen,
      unavailability: unavailabilityOfLog(chosen.reduce(0) { $0 + logAvailability($1.unavailability) }),
      use: limits.indices.map { resource in chosen.reduce(0) { $0 + $1.use[resource] } },
      bound: bound, isProved: isProved)
  }

  /// The plans that no other beats in a resource and unavailability, by use, and whether these are all.
  public func frontier(_ resource: Int) -> (plans: [Plan], isComplete: Bool) {
    let designs = designs(within: limits)
    guard !designs.contains(where: \.isEmpty) else { return ([], true) }
    guard let structure else {
      let found = AdditiveFrontier(
        of: seriesProblem(designs, limits, 1), objectives: [resource + 1, 0])
      return (
        found.points.map { plan(designs, $0.options, bound: 0, isProved: found.isComplete) }, found.isComplete
      )
    }
    let problem = StructureProblem(
      structure: structure, places: designs.map { $0.map(Self.option) }, limits: limits)
    let found = StructureFrontier(of: problem, resource: resource)
    let plans = found.plans.map { options in
      Plan(
        designs: zip(designs, options).map { $0[$1] }, unavailability: problem.unavailability(of: options)[0],
        use: problem.use(of: options), bound: 0, isProved: found.isComplete)
    }
    return (plans, found.isComplete)
  }

  /// The designs of each subsystem that fit beside the least of the others.
  private func designs(within limits: [Double]) -> [[Redundancy.Design]] {
    let least = subsystems.map { $0.leastUse(limits.count) }
    return subsystems.indices.map { place in
      let room = limits.indices.map { resource in
        limits[resource] - least.indices.reduce(0) { $1 == place ? $0 : $0 + least[$1][resource] }
      }
      let found = subsystems[place].designs(within: room)
      // In series a part that never works is no part of a plan.
      return structure == nil ? found.filter { $0.unavailability < 1 } : found
    }
  }
}

extension RedundancyPlanner.Objective {
  fileprivate var ofStructure: StructureProblem.Objective {
    switch self {
    case .unavailability: .unavailability(0)
    case .use(let resource): .use(resource)
    }
  }
}

extension Redundancy {
  /// At least so much of each resource is taken, chosen for each resource alone.
  func leastUse(_ resources: Int) -> [Double] {
    (0..<resources).map { resource in
      Double(counts.lowerBound) * (types.map { $0.use[resource] }.min() ?? 0)
    }
  }

  /// How many mixes there are: C(n + types, types), or n + 1 for each type; only so far as it matters.
  fileprivate var designCount: Double {
    guard mixes else { return Double(types.count * counts.upperBound) }
    // What limits bound does not have to be counted.
    guard counts.upperBound < RedundancyPlanner.unbounded else { return 0 }
    return types.indices.reduce(1) { $0 * Double(counts.upperBound + $1 + 1) / Double($1 + 1) }
  }
}
