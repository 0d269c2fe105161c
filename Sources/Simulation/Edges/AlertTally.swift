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
typealias AlertTally = FigureTotals<AlertFigure>

/// What is added up of an alert, in the order in which files hold it.
enum AlertFigure: Int, CaseIterable {
  case firings, outagesSeen, firing, delay
}

extension AlertTally {
  mutating func add(_ counts: AlertCounts) {
    add(Int64(counts.firings), to: .firings)
    add(Int64(counts.outagesSeen), to: .outagesSeen)
    add(Ticks.from(hours: counts.firingHours), to: .firing)
    add(Ticks.from(hours: counts.delayHours), to: .delay)
  }
}
