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

/// What replications add up to. Merging tallies in any order gives the same totals to the bit.
struct Tally: Sendable {
  /// One capability's totals; times in ticks.
  struct PerCapability: Sendable {
    var downtime = Moments()
    var unserved = Moments()
    var outages = Moments()
    var downtimes = TickHistogram()
    var outageCounts = TickHistogram()
    /// Replications with any downtime.
    var replicationsDown = 0
    /// Downtime during which the repair of each cause alone would restore the capability.
    var restoringTicks: [Int64]
    /// Downtime of outages that each cause began.
    var firstCauseTicks: [Int64]

    mutating func merge(_ other: PerCapability) {
      downtime.merge(other.downtime)
      unserved.merge(other.unserved)
      outages.merge(other.outages)
      downtimes.merge(other.downtimes)
      outageCounts.merge(other.outageCounts)
      replicationsDown += other.replicationsDown
      for cause in restoringTicks.indices {
        restoringTicks[cause] += other.restoringTicks[cause]
        firstCauseTicks[cause] += other.firstCauseTicks[cause]
      }
    }
  }

  var replications = 0
  var capabilities: [PerCapability]
  /// Windows missed, for each objective in the order of the layout.
  var missedWindows: [Moments]
  /// Failovers of each moving role.
  var failovers: [Moments]

  init(layout: SimulationLayout) {
    let causes = [Int64](repeating: 0, count: layout.graph.causes.count)
    capabilities = layout.graph.capabilities.map { _ in
      PerCapability(restoringTicks: causes, firstCauseTicks: causes)
    }
    missedWindows = layout.windows.map { _ in Moments() }
    failovers = layout.graph.movingRoles.map { _ in Moments() }
  }

  mutating func merge(_ other: Tally) {
    replications += other.replications
    for index in capabilities.indices { capabilities[index].merge(other.capabilities[index]) }
    for index in missedWindows.indices { missedWindows[index].merge(other.missedWindows[index]) }
    for index in failovers.indices { failovers[index].merge(other.failovers[index]) }
  }
}
