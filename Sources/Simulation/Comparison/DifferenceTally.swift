internal import ServiceGraph
internal import Stochastics

/// What the differences of replications add up to; whole numbers, so order makes no difference.
struct DifferenceTally: Sendable {
  struct PerPair: Sendable {
    var downtime = Moments()
    var unserved = Moments()
    var outages = Moments()
    /// What it costs more, where more than hours costs.
    var cost = Moments()
    /// The same part by part.
    var costParts = [Moments](repeating: Moments(), count: DowntimeCostPart.allCases.count)
    var better = 0
    var worse = 0
    /// For each objective of the pair: shares of windows missed, as `ObjectivePair.difference`.
    var missed: [Moments]

    mutating func add(base: ReplicationTotals, other: ReplicationTotals) {
      downtime.add(other.downtime - base.downtime)
      unserved.add(other.unserved - base.unserved)
      outages.add(other.outages - base.outages)
      if other.downtime < base.downtime { better += 1 }
      if other.downtime > base.downtime { worse += 1 }
    }

    mutating func add(base: ReplicationCost, other: ReplicationCost) {
      cost.add(other.total - base.total)
      for part in DowntimeCostPart.allCases { costParts[part.rawValue].add(other[part] - base[part]) }
    }

    mutating func merge(_ other: PerPair) {
      downtime.merge(other.downtime)
      unserved.merge(other.unserved)
      outages.merge(other.outages)
      cost.merge(other.cost)
      for part in costParts.indices { costParts[part].merge(other.costParts[part]) }
      better += other.better
      worse += other.worse
      for objective in missed.indices { missed[objective].merge(other.missed[objective]) }
    }
  }

  private(set) var pairs: [PerPair]

  init(_ pairs: [CapabilityPair]) {
    self.pairs = pairs.map { PerPair(missed: [Moments](repeating: Moments(), count: $0.objectives.count)) }
  }

  mutating func add(pair: Int, base: ReplicationTotals, other: ReplicationTotals) {
    pairs[pair].add(base: base, other: other)
  }

  /// Adds how much more being without it costs.
  mutating func add(pair: Int, base: ReplicationCost, other: ReplicationCost) {
    pairs[pair].add(base: base, other: other)
  }

  /// Adds by how much more of an objective's windows are missed.
  mutating func add(pair: Int, objective: Int, missed difference: Int64) {
    pairs[pair].missed[objective].add(difference)
  }

  mutating func merge(_ other: DifferenceTally) {
    for pair in pairs.indices { pairs[pair].merge(other.pairs[pair]) }
  }
}

extension Moments {
  /// The mean of differences times `scale`; `nil` when none was seen, or fewer than two replications were.
  func difference(count: Int, scale: Double, confidence: Double) -> Estimate? {
    guard squares > 0 else { return nil }
    return meanEstimate(
      count: count, tickSum: sum, tickSumOfSquares: squares, scale: scale, confidence: confidence)
  }

  /// The sample variance of `count` numbers; `nil` for fewer than two.
  func variance(count: Int) -> Double? {
    guard count > 1 else { return nil }
    let mean = Double(sum) / Double(count)
    return max(0, Double(squares) / Double(count) - mean * mean)
  }
}
