internal import Quantities
internal import Recovery
internal import ServiceModel
internal import Stochastics

/// What one failure lost over replications, and how often it kept its objectives. Whole numbers only.
struct DataLossTally: Sendable {
  /// Longer losses and recoveries, of more than a thousand years, count as these.
  static let longestHours = 1e7

  /// How often an objective was kept.
  struct Kept: Sendable {
    var time = 0
    var point = 0
    var both = 0
    /// Incidents of a replication that missed it.
    var missed = Moments()

    mutating func merge(_ other: Kept) {
      time += other.time
      point += other.point
      both += other.both
      missed.merge(other.missed)
    }
  }

  /// Incidents of a replication.
  var incidents = Moments()
  /// Ticks of writes that were lost in a replication, without losses of everything.
  var lost = Moments()
  /// Losses of everything in a replication.
  var lostAll = Moments()
  /// The loss of each incident that left something, and the time of each that came to an end.
  var losses = TickHistogram()
  var times = TickHistogram()
  var timeSum: Int128 = 0
  var objectives: [Kept]

  mutating func merge(_ other: DataLossTally) {
    incidents.merge(other.incidents)
    lost.merge(other.lost)
    lostAll.merge(other.lostAll)
    losses.merge(other.losses)
    times.merge(other.times)
    timeSum += other.timeSum
    for place in objectives.indices { objectives[place].merge(other.objectives[place]) }
  }
}

/// What the failures of one replication lose, as it adds up.
struct DataLossAccount {
  private let layout: LossLayout
  private(set) var tallies: [DataLossTally]
  private var incidents: [Int64]
  private var lost: [Int64]
  private var lostAll: [Int64]
  private var missed: [[Int64]]

  init(_ layout: LossLayout) {
    self.layout = layout
    tallies = DataLossAccount.tallies(layout)
    incidents = layout.failures.map { _ in 0 }
    lost = incidents
    lostAll = incidents
    missed = layout.failures.map { $0.objectives.map { _ in 0 } }
  }

  static func tallies(_ layout: LossLayout) -> [DataLossTally] {
    layout.failures.map { DataLossTally(objectives: $0.objectives.map { _ in DataLossTally.Kept() }) }
  }

  /// Adds one incident; an infinite loss is one of everything.
  mutating func add(lossHours: Double, recoveryHours: Double, failure: Int) {
    incidents[failure] += 1
    if lossHours.isFinite {
      let ticks = Ticks.from(hours: min(lossHours, DataLossTally.longestHours))
      lost[failure] += ticks
      tallies[failure].losses.record(ticks)
    } else {
      lostAll[failure] += 1
    }
    if recoveryHours.isFinite {
      let ticks = Ticks.from(hours: min(recoveryHours, DataLossTally.longestHours))
      tallies[failure].times.record(ticks)
      tallies[failure].timeSum += Int128(ticks)
    }
    // What recovers in just the time that is promised is in time, whatever the sum of its parts is rounded to.
    for (place, objective) in layout.failures[failure].objectives.enumerated() {
      let inTime = recoveryHours - Ticks.roundingOfRecoveryHours <= objective.recoveryTime?.hours ?? .infinity
      let inPoint = lossHours <= objective.recoveryPoint?.hours ?? .infinity
      if inTime { tallies[failure].objectives[place].time += 1 }
      if inPoint { tallies[failure].objectives[place].point += 1 }
      if inTime, inPoint { tallies[failure].objectives[place].both += 1 } else { missed[failure][place] += 1 }
    }
  }

  /// Ends the replication.
  mutating func close() {
    for failure in tallies.indices {
      tallies[failure].incidents.add(incidents[failure])
      tallies[failure].lost.add(lost[failure])
      tallies[failure].lostAll.add(lostAll[failure])
      (incidents[failure], lost[failure], lostAll[failure]) = (0, 0, 0)
      for place in missed[failure].indices {
        tallies[failure].objectives[place].missed.add(missed[failure][place])
        missed[failure][place] = 0
      }
    }
  }
}
