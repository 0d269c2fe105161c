/// What one shard counted: whole numbers that add up with those of the other shards to the whole run.
public struct SimulationPart: Sendable, Hashable {
  /// The run it is a part of; threads and a relative error have no meaning in it.
  public let plan: SimulationPlan
  /// Which part.
  public let shard: Shard
  let numbers: TallyNumbers

  init(plan: SimulationPlan, shard: Shard, tally: Tally) {
    self.plan = plan.common
    self.shard = shard
    numbers = TallyNumbers(tally)
  }

  /// The replications it rests on, numbered from 0.
  public var replications: Range<Int> { shard.replications(of: plan.replications) }
}

extension SimulationPlan {
  /// What all parts of one run have in common.
  var common: SimulationPlan {
    SimulationPlan(years: years, replications: replications, seed: seed, start: start, confidence: confidence)
  }
}

extension Simulator {
  /// Runs the replications of one shard.
  ///
  /// - Parameters:
  ///   - shouldStop: asked after every few replications; `true` ends the run.
  ///   - progress: told after every batch how the estimate stands, of a plan of this shard's replications.
  /// - Returns: `nil` when it was stopped: a part holds all of its replications or is none.
  public func part(
    _ shard: Shard, shouldStop: @Sendable () -> Bool = { false },
    progress: ((SimulationResult) -> Void)? = nil
  ) -> SimulationPart? {
    let replications = shard.replications(of: plan.replications)
    var own = plan
    own.replications = replications.count
    let (tally, isPartial) = tally(of: replications, shouldStop: shouldStop) { tally, isPartial in
      progress?(SimulationResult(tally: tally(), layout: layout, plan: own, isPartial: isPartial))
      return .more
    }
    return isPartial ? nil : SimulationPart(plan: plan, shard: shard, tally: tally)
  }
}

// MARK: Files

extension SimulationPart: Codable {
  private enum CodingKeys: String, CodingKey {
    case years
    case replications
    case seed
    case start
    case confidence
    case shard
    case shards
    case first
    case totals
  }

  /// Reads a part; the totals are held against the model when they are added.
  ///
  /// - Throws: `PartProblem` for what no run can be, and the decoder's error for what has another shape.
  public init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: CodingKeys.self)
    let seed = UInt64(try members.decode(String.self, forKey: .seed))
    let start = SimulationPlan.Start(rawValue: try members.decode(String.self, forKey: .start))
    let years = try members.decode(Double.self, forKey: .years)
    let replications = try members.decode(Int.self, forKey: .replications)
    let confidence = try members.decode(Double.self, forKey: .confidence)
    guard let seed, let start, SimulationPlan.yearLimits.contains(years), confidence > 0, confidence < 1,
      SimulationPlan.replicationLimits.contains(replications)
    else { throw PartProblem(message: "no run has its years, replications, seed, start or confidence") }
    plan = SimulationPlan(
      years: years, replications: replications, seed: seed, start: start, confidence: confidence)
    let number = try members.decode(Int.self, forKey: .shard)
    let count = try members.decode(Int.self, forKey: .shards)
    guard let shard = Shard(number, of: count), count <= replications else {
      throw PartProblem(message: "there is no shard \(number) of \(count)")
    }
    self.shard = shard
    numbers = try members.decode(TallyNumbers.self, forKey: .totals)
    guard try members.decode(Int.self, forKey: .first) == self.replications.lowerBound else {
      throw PartProblem(message: "shard \(shard) of \(replications) replications does not begin there")
    }
  }

  /// Writes a part.
  public func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: CodingKeys.self)
    try members.encode(plan.years, forKey: .years)
    try members.encode(plan.replications, forKey: .replications)
    try members.encode(String(plan.seed), forKey: .seed)
    try members.encode(plan.start.rawValue, forKey: .start)
    try members.encode(plan.confidence, forKey: .confidence)
    try members.encode(shard.number, forKey: .shard)
    try members.encode(shard.count, forKey: .shards)
    try members.encode(replications.lowerBound, forKey: .first)
    try members.encode(numbers, forKey: .totals)
  }
}
