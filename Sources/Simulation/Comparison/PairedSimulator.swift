internal import Quantities
public import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// Simulates several designs side by side, each replication with the same luck for all.
///
/// Streams are keyed by the names of processes, so what designs have in common fails at the same instants, and the
/// difference of two designs is far sharper than two runs apart.
public struct PairedSimulator: Sendable {
  private let layouts: [SimulationLayout]
  private let pairs: [CapabilityPair]
  private let plan: SimulationPlan
  private let counted: Set<String>?

  /// Prepares a comparison; the first graph is the base.
  ///
  /// Ask `SimulationObstacle.all` of each graph first.
  ///
  /// - Parameter counted: the capabilities for which is kept what each month of every replication costs: 8 bytes for a
  ///   month of a design; `nil`: nothing is kept.
  public init(_ graphs: [CompiledGraph], plan: SimulationPlan, keepingMonthsOf counted: Set<String>? = nil) {
    self.counted = counted
    layouts = graphs.map { SimulationLayout($0, plan: plan) }
    pairs = CapabilityPair.all(of: layouts)
    self.plan = plan
  }

  /// Runs the replications; the result never depends on the threads.
  ///
  /// - Parameters:
  ///   - shouldStop: asked after every few replications; once `true` it stays so, and the run ends with the first ones.
  ///   - progress: told after every batch what is there.
  public func run(
    shouldStop: @Sendable () -> Bool = { false }, progress: (DesignComparison) -> Void = { _ in }
  ) -> DesignComparison {
    let workers = Workers(count: plan.workerCount) { _ in
      PairedWorker(
        layouts: layouts, pairs: pairs, plan: plan, months: counted == nil ? 0 : months,
        counted: counted ?? [])
    }
    let batches = ReplicationBatches(threads: plan.workerCount, batch: layouts.map(\.batch).min() ?? 1)
    let isPartial = batches.run(
      0..<plan.replications,
      { thread, replication in workers[thread].pointee.run(replication: replication) },
      isInterrupted: shouldStop,
      look: { isPartial in
        let found = comparison(workers, isPartial: isPartial)
        if plan.relativeError.map({ found.reaches(relativeError: $0) }) ?? false { return .enough }
        progress(found)
        return .more
      })
    var found = comparison(workers, isPartial: isPartial)
    if counted != nil {
      found.ledger = DowntimeLedger(
        (0..<workers.count).map { workers[$0].pointee.recorder }, designs: layouts.count, months: months)
    }
    return found
  }

  /// How many complete calendar months a replication has.
  private var months: Int {
    layouts[0].windows.first(where: \.isMonths)?.ends.count ?? 0
  }

  private func comparison(_ workers: Workers<PairedWorker>, isPartial: Bool) -> DesignComparison {
    var differences = DifferenceTally(pairs)
    var tallies = layouts.map { Tally(layout: $0) }
    for thread in 0..<workers.count {
      differences.merge(workers[thread].pointee.differences)
      for design in tallies.indices { tallies[design].merge(workers[thread].pointee.tally(ofDesign: design)) }
    }
    return DesignComparison(
      designs: zip(tallies, layouts).map {
        SimulationResult(tally: $0, layout: $1, plan: plan, isPartial: isPartial)
      },
      differences: zip(pairs, differences.pairs).map { difference($0, $1, tallies) })
  }

  private func difference(
    _ pair: CapabilityPair, _ seen: DifferenceTally.PerPair, _ tallies: [Tally]
  ) -> CapabilityDifference {
    let count = tallies[0].replications
    func estimate(_ moments: Moments, scale: Double) -> Estimate? {
      moments.difference(count: count, scale: scale, confidence: plan.confidence)
    }
    func share(_ number: Int) -> Estimate? {
      proportionEstimate(successes: number, trials: count, confidence: plan.confidence)
    }
    let perHorizon = 1 / Double(layouts[0].horizon)
    return CapabilityDifference(
      capability: pair.name, design: pair.design,
      unavailability: estimate(seen.downtime, scale: perHorizon),
      unservedFraction: estimate(seen.unserved, scale: perHorizon),
      outagesPerYear: estimate(seen.outages, scale: 1 / plan.years),
      objectives: zip(pair.objectives, seen.missed).map {
        ObjectiveDifference(name: $0.name, missed: estimate($1, scale: 1 / $0.scale))
      },
      downtimeCostPerYear: pair.prices == nil
        ? cost(pair, seen.downtime, tallies)
        : estimate(seen.cost, scale: 1 / DowntimePricing.perUnit / plan.years),
      downtimeCostParts: (pair.prices?.parts ?? []).map {
        DowntimeCostEstimate(
          part: $0,
          perYear: estimate(seen.costParts[$0.rawValue], scale: 1 / DowntimePricing.perUnit / plan.years))
      },
      shareBetter: share(seen.better), shareWorse: share(seen.worse),
      varianceReduction: reduction(
        of: seen.downtime.variance(count: count),
        from: tallies[0].capabilities[pair.base].downtime.variance(count: count),
        and: tallies[pair.design].capabilities[pair.other].downtime.variance(count: count)))
  }

  private func cost(_ pair: CapabilityPair, _ difference: Moments, _ tallies: [Tally]) -> Estimate? {
    func price(_ design: Int, _ capability: Int) -> MoneyRate? {
      layouts[design].graph.model.capabilities[capability].downtimeCost
    }
    return DowntimeCostDifference(base: price(0, pair.base), other: price(pair.design, pair.other))?
      .estimate(
        base: tallies[0].capabilities[pair.base].downtime,
        other: tallies[pair.design].capabilities[pair.other].downtime, difference: difference,
        count: tallies[0].replications, confidence: plan.confidence)?
      .multiplied(by: 1 / plan.years)
  }

  private func reduction(of paired: Double?, from base: Double?, and other: Double?) -> Double? {
    guard let paired, let base, let other, paired > 0 else { return nil }
    return (base + other) / paired
  }
}

/// Simulates one replication of every design, one after the other.
struct PairedWorker: ~Copyable {
  private let designs: Workers<SilentWorker>
  private let pairs: [CapabilityPair]
  private(set) var differences: DifferenceTally
  private(set) var recorder: LedgerRecorder
  private let keepsMonths: Bool
  private let counted: Set<String>

  /// - Parameters:
  ///   - months: how many months of each replication are kept; 0: none.
  ///   - counted: the capabilities whose months they are.
  init(
    layouts: [SimulationLayout], pairs: [CapabilityPair], plan: SimulationPlan, months: Int,
    counted: Set<String>
  ) {
    recorder = LedgerRecorder(designs: layouts.count, months: months)
    keepsMonths = months > 0
    self.counted = counted
    designs = Workers(count: layouts.count) {
      SilentWorker(layout: layouts[$0], plan: plan, observer: NoObserver())
    }
    self.pairs = pairs
    differences = DifferenceTally(pairs)
  }

  mutating func run(replication: Int) {
    for design in 0..<designs.count { designs[design].pointee.run(replication: replication) }
    if keepsMonths { keepMonths(of: replication) }
    for (number, pair) in pairs.enumerated() {
      differences.add(
        pair: number, base: designs[0].pointee.totals(ofCapability: pair.base),
        other: designs[pair.design].pointee.totals(ofCapability: pair.other))
      if let prices = pair.prices {
        differences.add(
          pair: number, base: designs[0].pointee.cost(prices.base),
          other: designs[pair.design].pointee.cost(prices.other))
      }
      for (place, objective) in pair.objectives.enumerated() {
        differences.add(
          pair: number, objective: place,
          missed: objective.difference(
            base: designs[0].pointee.windowsMissed(objective.base),
            other: designs[pair.design].pointee.windowsMissed(objective.other)))
      }
    }
  }

  private mutating func keepMonths(of replication: Int) {
    recorder.open(replication)
    for design in 0..<designs.count {
      let layout = designs[design].pointee.layout
      for price in layout.prices where counted.contains(price.name) {
        recorder.add(design: design, designs[design].pointee.monthlyCosts(price))
      }
    }
  }

  func tally(ofDesign design: Int) -> Tally { designs[design].pointee.totals }
}
