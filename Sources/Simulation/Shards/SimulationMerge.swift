public import ServiceGraph

/// Adds up the parts of a run, in any order, one at a time.
///
/// The result is that of the one big run to the bit. Memory does not depend on how many parts there are.
public struct SimulationMerge: Sendable {
  /// The run.
  public let plan: SimulationPlan
  /// How many shards it has.
  public let shards: Int
  private let layout: SimulationLayout
  private var tally: Tally
  private var isThere: [Bool]

  /// A merge of the parts of a run, with none yet.
  ///
  /// Ask `SimulationObstacle.all` first.
  public init(_ graph: CompiledGraph, plan: SimulationPlan, shards: Int) {
    self.plan = plan.common
    self.shards = shards
    layout = SimulationLayout(graph, plan: plan)
    tally = Tally(layout: layout)
    isThere = [Bool](repeating: false, count: shards)
  }

  /// Adds a part.
  ///
  /// - Throws: why it is none of this run, or can not be; nothing is added then.
  public mutating func add(_ part: SimulationPart) throws(PartProblem) {
    guard part.plan == plan, part.shard.count == shards else {
      throw PartProblem(message: "it is a part of another run")
    }
    guard !isThere[part.shard.number - 1] else {
      throw PartProblem(message: "shard \(part.shard) is there twice")
    }
    try tally.add(try Tally(part.numbers, layout: layout, replications: part.replications.count))
    isThere[part.shard.number - 1] = true
  }

  /// The shards that are not there, as ranges of their numbers, ascending.
  public var missing: [ClosedRange<Int>] {
    var ranges: [ClosedRange<Int>] = []
    for number in 1...shards where !isThere[number - 1] {
      if let last = ranges.last, last.upperBound == number - 1 {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    return ranges
  }

  /// What the parts say so far; partial while shards are missing.
  public var result: SimulationResult {
    SimulationResult(tally: tally, layout: layout, plan: plan, isPartial: !missing.isEmpty)
  }

  /// How many replications there are.
  public var replications: Int { tally.replications }
}
