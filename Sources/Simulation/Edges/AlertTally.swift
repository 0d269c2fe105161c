/// What one alert did in a replication.
struct AlertCounts: Sendable {
  var firings = 0
  /// Losses of the callee after which it fired.
  var outagesSeen = 0
  var firingHours = 0.0
  /// From those losses until it fired.
  var delayHours = 0.0
}

/// What replications of one alert add up to; lengths of time are rounded to ticks once a replication.
struct AlertTally: Sendable {
  /// What is added up, in the order in which files hold it.
  enum Figure: Int, CaseIterable {
    case firings, outagesSeen, firing, delay
  }

  /// One for each figure.
  private(set) var moments = [Moments](repeating: Moments(), count: Figure.allCases.count)

  init() {}

  /// The tally that numbers from a file stand for; `nil` when they are not as many as figures.
  init?(_ moments: [Moments]) {
    guard moments.count == Figure.allCases.count else { return nil }
    self.moments = moments
  }

  subscript(figure: Figure) -> Moments { moments[figure.rawValue] }

  mutating func add(_ counts: AlertCounts) {
    moments[Figure.firings.rawValue].add(Int64(counts.firings))
    moments[Figure.outagesSeen.rawValue].add(Int64(counts.outagesSeen))
    moments[Figure.firing.rawValue].add(Ticks.from(hours: counts.firingHours))
    moments[Figure.delay.rawValue].add(Ticks.from(hours: counts.delayHours))
  }

  mutating func merge(_ other: AlertTally) {
    for place in moments.indices { moments[place].merge(other.moments[place]) }
  }
}
