internal import ServiceGraph
internal import Stochastics

/// Which capabilities of a design stand beside which of the base.
struct CapabilityPair: Sendable, Hashable {
  let design: Int
  let name: String
  /// The capability's place in the base.
  let base: Int
  /// Its place in the design.
  let other: Int

  /// The pairs of all designs after the first, by name.
  static func all(of graphs: [CompiledGraph]) -> [CapabilityPair] {
    guard let base = graphs.first else { return [] }
    return graphs.enumerated().dropFirst().flatMap { design, graph in
      base.capabilities.enumerated().compactMap { place, capability in
        graph.capabilities.firstIndex { $0.name == capability.name }.map {
          CapabilityPair(design: design, name: capability.name, base: place, other: $0)
        }
      }
    }
  }
}

/// What the differences of replications add up to; whole numbers, so order makes no difference.
struct DifferenceTally: Sendable {
  struct PerPair: Sendable {
    var downtime = Moments()
    var unserved = Moments()
    var outages = Moments()
    var better = 0
    var worse = 0

    mutating func add(base: ReplicationTotals, other: ReplicationTotals) {
      downtime.add(other.downtime - base.downtime)
      unserved.add(other.unserved - base.unserved)
      outages.add(other.outages - base.outages)
      if other.downtime < base.downtime { better += 1 }
      if other.downtime > base.downtime { worse += 1 }
    }

    mutating func merge(_ other: PerPair) {
      downtime.merge(other.downtime)
      unserved.merge(other.unserved)
      outages.merge(other.outages)
      better += other.better
      worse += other.worse
    }
  }

  private(set) var pairs: [PerPair]

  init(pairs: Int) { self.pairs = [PerPair](repeating: PerPair(), count: pairs) }

  mutating func add(pair: Int, base: ReplicationTotals, other: ReplicationTotals) {
    pairs[pair].add(base: base, other: other)
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
