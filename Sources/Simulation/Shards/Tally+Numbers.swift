internal import ServiceGraph
internal import Stochastics

extension Tally {
  /// The tally that numbers from a file stand for.
  ///
  /// - Parameter replications: how many replications it must rest on.
  /// - Throws: what no run of this model and plan could have counted.
  init(_ numbers: TallyNumbers, layout: SimulationLayout, replications: Int) throws(PartProblem) {
    self.init(layout: layout)
    let check = TallyCheck(replications: replications, horizon: layout.horizon)
    guard numbers.replications == replications, numbers.capabilities.count == capabilities.count,
      numbers.windows.count == windows.count, numbers.failovers.count == failovers.count,
      numbers.queues?.count ?? 0 == queues.count,
      numbers.dataLosses?.count ?? 0 == dataLosses.count,
      numbers.capacities?.count ?? 0 == capacities.count,
      numbers.nodePools?.count ?? 0 == nodePools.count,
      numbers.money?.count ?? 0 == money.count
    else {
      throw PartProblem(message: "its totals are not those of its model and its share of the replications")
    }
    self.replications = replications
    for index in capabilities.indices {
      capabilities[index] = try PerCapability(
        numbers.capabilities[index], causes: layout.causeNames.count, places: layout.originPlaces.names.count,
        promises: capabilities[index].lateOutages.count, check: check)
    }
    for moments in numbers.failovers { try check.moments(moments) }
    guard (numbers.edges?.count ?? 0) == edges.count else { throw TallyCheck.impossible }
    for index in edges.indices {
      edges[index] = try check.totals(numbers.edges?[index])
    }
    try takeCalls(numbers, layout, check)
    for moments in (numbers.planned ?? []).flatMap({ $0 }) { try check.moments(moments) }
    guard planned.take(numbers.planned ?? []) else { throw TallyCheck.impossible }
    for index in windows.indices {
      windows[index] = try PerWindows(numbers.windows[index], plan: layout.windows[index], check: check)
    }
    failovers = numbers.failovers
    for (index, queue) in (numbers.queues ?? []).enumerated() {
      queues[index] = try QueueTally(queue, replications: replications, horizon: layout.horizon)
    }
    for (index, own) in (numbers.capacities ?? []).enumerated() {
      capacities[index] = try CapacityTally(own, replications: replications, horizon: layout.horizon)
    }
    for (index, own) in (numbers.nodePools ?? []).enumerated() {
      nodePools[index] = try NodeTally(own, replications: replications, horizon: layout.horizon)
    }
    for (index, own) in (numbers.money ?? []).enumerated() {
      money[index] = try MoneyTally(own, replications: replications)
    }
    for (index, losses) in (numbers.dataLosses ?? []).enumerated() {
      dataLosses[index] = try DataLossTally(losses, objectives: dataLosses[index].objectives.count)
    }
  }

  /// What alerts on calls did, and how calls stood.
  private mutating func takeCalls(
    _ numbers: TallyNumbers, _ layout: SimulationLayout, _ check: TallyCheck
  ) throws(PartProblem) {
    guard (numbers.alerts?.count ?? 0) == alerts.count else { throw TallyCheck.impossible }
    for index in alerts.indices {
      alerts[index] = try check.totals(numbers.alerts?[index])
    }
    guard (numbers.latencies?.count ?? 0) == latencies.count else { throw TallyCheck.impossible }
    for (index, own) in (numbers.latencies ?? []).enumerated() {
      for standing in own {
        try check.moments(standing.moments)
        guard standing.code.count == layout.latency.services[index].edges.count else {
          throw TallyCheck.impossible
        }
      }
      latencies[index] = LatencyTally(own)
    }
  }

  /// Adds a tally that may come from a file.
  ///
  /// - Throws: when the totals outgrow their integers; nothing is added then.
  mutating func add(_ other: Tally) throws(PartProblem) {
    guard isAddable(other) else { throw PartProblem(message: "the totals outgrow 128 bits") }
    merge(other)
  }

  private func isAddable(_ other: Tally) -> Bool {
    zip(capabilities, other.capabilities).allSatisfy { $0.isAddable($1) }
      && zip(failovers, other.failovers).allSatisfy { $0.isAddable($1) }
      && zip(dataLosses, other.dataLosses).allSatisfy { $0.isAddable($1) }
      && zip(queues, other.queues).allSatisfy { $0.isAddable($1) }
      && zip(planned.moments, other.planned.moments).allSatisfy { $0.isAddable($1) }
      && zip(windows, other.windows).allSatisfy { $0.isAddable($1) }
      && zip(capacities, other.capacities).allSatisfy { $0.totals.isAddable($1.totals) }
      && zip(nodePools, other.nodePools).allSatisfy { $0.totals.isAddable($1.totals) }
      && zip(money, other.money).allSatisfy {
        zip($0.moments, $1.moments).allSatisfy { $0.isAddable($1) }
      }
      && zip(latencies, other.latencies).allSatisfy { $0.isAddable($1) { $0.isAddable($1) } }
      && zip(alerts, other.alerts).allSatisfy { $0.isAddable($1) }
      && zip(edges, other.edges).allSatisfy { $0.isAddable($1) }
  }
}

extension Moments {
  fileprivate func isAddable(_ other: Moments) -> Bool {
    !sum.addingReportingOverflow(other.sum).overflow
      && !squares.addingReportingOverflow(other.squares).overflow
  }
}

extension PartMoments {
  fileprivate func isAddable(_ other: PartMoments) -> Bool {
    own.isAddable(other.own) && !products.addingReportingOverflow(other.products).overflow
  }
}

extension FigureTotals {
  fileprivate func isAddable(_ other: FigureTotals) -> Bool {
    zip(moments, other.moments).allSatisfy { $0.isAddable($1) }
  }
}

extension Tally.PerCapability {
  fileprivate init(
    _ numbers: TallyNumbers.PerCapability, causes: Int, places: Int, promises: Int, check: TallyCheck
  ) throws(PartProblem) {
    for moments in [numbers.downtime, numbers.unserved, numbers.outages] { try check.moments(moments) }
    guard (0...check.replications).contains(numbers.replicationsDown) else { throw TallyCheck.impossible }
    downtime = numbers.downtime
    unserved = numbers.unserved
    outages = numbers.outages
    replicationsDown = numbers.replicationsDown
    downtimes = try check.histogram(numbers.downtimes)
    outageCounts = try check.histogram(numbers.outageCounts, .counts)
    restoring = try check.parts(numbers.restoring, places: causes, of: downtime)
    begunBy = try check.parts(numbers.begunBy, places: causes, of: downtime)
    guard (numbers.begunAt == nil) == (places == 0) else { throw TallyCheck.impossible }
    begunAt = try check.parts(numbers.begunAt ?? SparseParts([]), places: places, of: downtime)
    guard numbers.outagesCut >= 0, Int128(numbers.outagesCut) <= 2 * Int128(check.replications) else {
      throw TallyCheck.impossible
    }
    outagesCut = numbers.outagesCut
    outageLengths = try check.histogram(numbers.outageLengths, atMost: outages.sum)
    guard (numbers.lateOutages == nil) == (promises == 0) else { throw TallyCheck.impossible }
    lateOutages = try check.ticks(
      numbers.lateOutages ?? SparseNumbers([Int64]()), places: promises, atMost: Int128(outageLengths.count))
    guard numbers.worst.replication >= 0, numbers.worst.downtime == numbers.downtimes.maximum else {
      throw TallyCheck.impossible
    }
    worst = numbers.worst
    firstOutages = try check.histogram(numbers.firstOutages, atMost: Int128(check.replications))
  }

  fileprivate func isAddable(_ other: Tally.PerCapability) -> Bool {
    let moments = [(downtime, other.downtime), (unserved, other.unserved), (outages, other.outages)]
    let parts = zip(restoring + begunBy + begunAt, other.restoring + other.begunBy + other.begunAt)
    return moments.allSatisfy { $0.isAddable($1) } && parts.allSatisfy { $0.isAddable($1) }
  }
}

extension Tally.PerWindows {
  fileprivate init(
    _ numbers: TallyNumbers.PerWindows, plan: WindowPlan, check: TallyCheck
  ) throws(PartProblem) {
    for moments in [numbers.missed, numbers.downtime] + numbers.months { try check.moments(moments) }
    let windows = Int128(check.replications) * Int128(plan.ends.count)
    guard (0...check.replications).contains(numbers.replicationsMissed),
      numbers.downtimes.map({ $0.total == windows }) ?? (windows == 0),
      numbers.months.count == (plan.isMonths ? min(12, plan.ends.count) : 0)
    else { throw TallyCheck.impossible }
    self.init()
    missed = numbers.missed
    replicationsMissed = numbers.replicationsMissed
    downtimes = try check.histogram(numbers.downtimes, atMost: windows)
    downtime = numbers.downtime
    months = numbers.months
  }

  fileprivate func isAddable(_ other: Tally.PerWindows) -> Bool {
    missed.isAddable(other.missed) && downtime.isAddable(other.downtime)
      && zip(months, other.months).allSatisfy { $0.isAddable($1) }
  }
}

extension TallyNumbers.Histogram {
  fileprivate var total: Int128 { counts.entries.reduce(0) { $0 + Int128($1.value) } }
}

/// What totals over some replications of a horizon can be.
private struct TallyCheck {
  let replications: Int
  let horizon: Int64

  static let impossible = PartProblem(
    message: "its totals can not be counted in its share of the replications")

  /// Each number is whole and at most the ticks of the horizon.
  func moments(_ moments: Moments) throws(PartProblem) {
    guard moments.isPossible(replications: replications, limit: Int128(horizon)) else {
      throw TallyCheck.impossible
    }
  }

  /// The figures of an edge or an alert.
  func totals<Figure>(_ moments: [Moments]?) throws(PartProblem) -> FigureTotals<Figure> {
    let limit = Int128(horizon)
    guard let moments, let own = FigureTotals<Figure>(moments, replications: replications, limit: limit)
    else { throw TallyCheck.impossible }
    return own
  }

  func histogram(
    _ numbers: TallyNumbers.Histogram, _ precision: TickHistogram.Precision = .durations
  ) throws(PartProblem) -> TickHistogram {
    let occupied = numbers.counts.entries.map { (bucket: $0.place, count: Int($0.value)) }
    let histogram = TickHistogram(
      occupied: occupied, minimum: numbers.minimum, maximum: numbers.maximum, precision)
    guard let histogram, histogram.count == replications, numbers.maximum <= horizon else {
      throw TallyCheck.impossible
    }
    return histogram
  }

  /// A histogram of at most so many numbers; one that is missing has none.
  func histogram(
    _ numbers: TallyNumbers.Histogram?, atMost most: Int128
  ) throws(PartProblem) -> TickHistogram {
    guard let numbers else { return TickHistogram() }
    let occupied = numbers.counts.entries.map { (bucket: $0.place, count: Int($0.value)) }
    let histogram = TickHistogram(occupied: occupied, minimum: numbers.minimum, maximum: numbers.maximum)
    guard let histogram, Int128(histogram.count) <= most, numbers.maximum <= horizon else {
      throw TallyCheck.impossible
    }
    return histogram
  }

  /// Parts of the downtime of a capability.
  func parts(_ sparse: SparseParts, places: Int, of whole: Moments) throws(PartProblem) -> [PartMoments] {
    var dense = [PartMoments](repeating: PartMoments(), count: places)
    for entry in sparse.entries {
      guard entry.place < places,
        entry.moments.isPossible(of: whole, replications: replications, limit: Int128(horizon))
      else { throw TallyCheck.impossible }
      dense[entry.place] = entry.moments
    }
    return dense
  }

  /// Numbers that each are at most `limit`.
  func ticks(_ sparse: SparseNumbers, places: Int, atMost limit: Int128) throws(PartProblem) -> [Int64] {
    var dense = [Int64](repeating: 0, count: places)
    for entry in sparse.entries {
      guard entry.place < places, Int128(entry.value) <= limit else { throw TallyCheck.impossible }
      dense[entry.place] = entry.value
    }
    return dense
  }
}
