internal import ServiceGraph
internal import Stochastics

/// A sum and a sum of squares of whole numbers, so that the order of adding makes no difference.
struct Moments: Sendable, Hashable {
  var sum: Int128 = 0
  var squares: Int128 = 0

  mutating func add(_ value: Int64) {
    sum += Int128(value)
    squares += Int128(value) * Int128(value)
  }

  mutating func merge(_ other: Moments) {
    sum += other.sum
    squares += other.squares
  }
}

/// The replication with the most downtime; of equals the first, so that order makes no difference.
struct WorstReplication: Sendable, Hashable, Codable {
  private(set) var downtime: Int64 = 0
  private(set) var replication = 0

  mutating func note(_ downtime: Int64, replication: Int) {
    guard
      downtime > self.downtime
        || (downtime == self.downtime && downtime > 0 && replication < self.replication)
    else { return }
    (self.downtime, self.replication) = (downtime, replication)
  }
}

/// What replications add up to. Merging tallies in any order gives the same totals to the bit.
struct Tally: Sendable {
  /// One capability's totals; times in ticks.
  struct PerCapability: Sendable {
    var downtime = Moments()
    var unserved = Moments()
    var outages = Moments()
    var downtimes = TickHistogram()
    var outageCounts = TickHistogram(.counts)
    /// Replications with any downtime.
    var replicationsDown = 0
    /// Downtime during which the repair of each cause alone would restore the capability.
    var restoring: [PartMoments]
    /// Downtime of outages that each cause began.
    var begunBy: [PartMoments]
    /// Downtime of outages that began at each place.
    var begunAt: [PartMoments]
    /// The lengths of outages that began and ended in the horizon.
    var outageLengths = TickHistogram()
    /// How many of them took longer than each time that the capability promises to recover in.
    var lateOutages: [Int64]
    /// Outages whose beginning or end the horizon cuts off.
    var outagesCut = 0
    /// When the first outage began, of the replications that saw one begin.
    var firstOutages = TickHistogram()
    /// The first of the replications with the most downtime, and how much that is.
    var worst = WorstReplication()

    /// Adds what a replication lacked; `firstOutage` is −1 where no outage began.
    mutating func add(_ totals: ReplicationTotals, firstOutage: Int64, replication: Int) {
      downtime.add(totals.downtime)
      unserved.add(totals.unserved)
      outages.add(totals.outages)
      downtimes.record(totals.downtime)
      worst.note(totals.downtime, replication: replication)
      outageCounts.record(totals.outages)
      if totals.downtime > 0 { replicationsDown += 1 }
      if firstOutage >= 0 { firstOutages.record(firstOutage) }
    }

    mutating func merge(_ other: PerCapability) {
      downtime.merge(other.downtime)
      unserved.merge(other.unserved)
      outages.merge(other.outages)
      downtimes.merge(other.downtimes)
      outageCounts.merge(other.outageCounts)
      replicationsDown += other.replicationsDown
      outageLengths.merge(other.outageLengths)
      for place in lateOutages.indices { lateOutages[place] += other.lateOutages[place] }
      outagesCut += other.outagesCut
      firstOutages.merge(other.firstOutages)
      worst.note(other.worst.downtime, replication: other.worst.replication)
      for cause in restoring.indices { restoring[cause].merge(other.restoring[cause]) }
      for cause in begunBy.indices { begunBy[cause].merge(other.begunBy[cause]) }
      for place in begunAt.indices { begunAt[place].merge(other.begunAt[place]) }
    }
  }

  /// The windows of one plan.
  struct PerWindows: Sendable {
    /// Windows missed in each replication.
    var missed = Moments()
    /// Replications with a window missed.
    var replicationsMissed = 0
    /// The downtime of each window, and of all in each replication; of an objective as `WindowPlan.budgetScales` make it
    /// comparable.
    var downtimes = TickHistogram()
    var downtime = Moments()
    /// For each month of the year: the downtime of its windows; empty for windows that are no months.
    var months: [Moments] = []

    /// Adds the windows of one replication, so many of which were missed.
    mutating func add(_ lengths: UnsafeMutableBufferPointer<Int64>, missed: Int64, areMonths: Bool) {
      var without = 0
      var sum: Int64 = 0
      for length in lengths {
        if length > 0 { downtimes.record(length) } else { without += 1 }
        sum += length
      }
      downtime.add(sum)
      downtimes.record(0, count: without)
      self.missed.add(missed)
      if missed > 0 { replicationsMissed += 1 }
      if areMonths { addMonths(lengths) }
    }

    private mutating func addMonths(_ lengths: UnsafeMutableBufferPointer<Int64>) {
      if months.isEmpty { months = [Moments](repeating: Moments(), count: min(12, lengths.count)) }
      for (number, length) in lengths.enumerated() where length > 0 { months[number % 12].add(length) }
    }

    mutating func merge(_ other: PerWindows) {
      missed.merge(other.missed)
      replicationsMissed += other.replicationsMissed
      downtimes.merge(other.downtimes)
      downtime.merge(other.downtime)
      if months.isEmpty { months = [Moments](repeating: Moments(), count: other.months.count) }
      for (month, added) in other.months.enumerated() { months[month].merge(added) }
    }
  }

  var replications = 0
  var capabilities: [PerCapability]
  /// What the windows of each plan add up to, in the order of the layout.
  var windows: [PerWindows]
  /// Failovers of each moving role.
  var failovers: [Moments]
  /// What each failure loses of data.
  var dataLosses: [DataLossTally]
  /// What became of messages, in the order of the layout.
  var queues: [QueueTally]
  /// What policies did, for each edge.
  var edges: [EdgeTally]
  /// What alerts on failing calls did, in the order of the layout.
  var alerts: [AlertTally]
  /// For how long calls stood other than well, of each capability that promises a latency.
  var latencies: [LatencyTally]
  /// What planned work came to.
  var planned: PlannedTally
  /// What was asked of components and what there was for it, in the order of the layout.
  var capacities: [CapacityTally]
  /// What came of the nodes of pools, in the order of the layout.
  var nodePools: [NodeTally]
  /// What being without a capability costs, of those where more than hours does.
  var money: [MoneyTally]

  init(layout: SimulationLayout) {
    let causes = [PartMoments](repeating: PartMoments(), count: layout.causeNames.count)
    let places = [PartMoments](repeating: PartMoments(), count: layout.originPlaces.names.count)
    capabilities = layout.recoveryTimes.map { recoveryTimes in
      PerCapability(
        restoring: causes, begunBy: causes, begunAt: places,
        lateOutages: [Int64](repeating: 0, count: recoveryTimes.count))
    }
    windows = layout.windows.map { _ in PerWindows() }
    failovers = layout.graph.movingRoles.map { _ in Moments() }
    dataLosses = DataLossAccount.tallies(layout.losses)
    queues = layout.queues.flows.map { _ in QueueTally() }
    edges = layout.edges.edges.map { _ in EdgeTally() }
    alerts = layout.edges.alerts.alerts.map { _ in AlertTally() }
    latencies = layout.latency.services.map { _ in LatencyTally() }
    planned = PlannedTally(
      layout.planned, capabilities: layout.graph.capabilities.count,
      movingRoles: layout.graph.movingRoles.count)
    capacities = layout.demand.loads.map { _ in CapacityTally() }
    nodePools = layout.demand.nodes.pools.map { _ in NodeTally() }
    money = layout.prices.filter(\.hasTerms).map { _ in MoneyTally() }
  }

  mutating func merge(_ losses: [DataLossTally]) {
    for index in dataLosses.indices { dataLosses[index].merge(losses[index]) }
  }

  mutating func merge(_ other: Tally) {
    replications += other.replications
    for index in capabilities.indices { capabilities[index].merge(other.capabilities[index]) }
    for index in windows.indices { windows[index].merge(other.windows[index]) }
    for index in failovers.indices { failovers[index].merge(other.failovers[index]) }
    merge(other.dataLosses)
    for index in queues.indices { queues[index].merge(other.queues[index]) }
    for index in edges.indices { edges[index].merge(other.edges[index]) }
    for index in alerts.indices { alerts[index].merge(other.alerts[index]) }
    for index in latencies.indices { latencies[index].merge(other.latencies[index]) }
    planned.merge(other.planned)
    for index in capacities.indices { capacities[index].merge(other.capacities[index]) }
    for index in nodePools.indices { nodePools[index].merge(other.nodePools[index]) }
    for index in money.indices { money[index].merge(other.money[index]) }
  }
}
