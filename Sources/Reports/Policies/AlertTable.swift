internal import Quantities
internal import Simulation
internal import Stochastics

/// What alerts on failing calls did in a simulation.
struct AlertTable {
  private let alerts: [AlertEstimate]
  /// Hours in a year, over those of the estimates' year.
  private let scale: Double

  init(_ alerts: [AlertEstimate], hoursPerYear: Double) {
    self.alerts = alerts
    scale = hoursPerYear / 8760
  }

  // MARK: Document

  var blocks: [Document.Block] {
    guard !alerts.isEmpty else { return [] }
    return [
      .table(table),
      .note(
        "Per year. Seen: losses of the callee after which the alert fired before the next. After: from the loss until then, on "
          + "average. An alert counts its delay while more calls fail than it allows, and begins anew when fewer do."
      ),
    ]
  }

  private var table: Document.Table {
    Document.Table(
      columns: ["Alerts on calls", "more than", "fires", "for", "callee lost", "seen", "after"],
      cells: alerts.map { alert in
        [
          .init("\(alert.detector), \(alert.dependency)"), .init(alert.thresholdText), count(alert.firings),
          hours(alert.firingHours), count(alert.outages), count(alert.outagesSeen), delay(alert),
        ]
      })
  }

  private func count(_ estimate: Estimate) -> Document.Cell {
    let own = estimate.multiplied(by: scale)
    guard own.value > 0 else { return .init("0", number: 0) }
    return .init(
      "\(significant(own.value, digits: 3)) ± \(significant(own.halfWidth, digits: 1))", number: own.value)
  }

  private func hours(_ estimate: Estimate) -> Document.Cell {
    let own = estimate.multiplied(by: scale)
    guard own.value > 0, let span = TimeSpan(hours: own.value), let error = TimeSpan(hours: own.halfWidth)
    else { return .init("0", number: 0) }
    return .init("\(span) ± \(error)", number: own.value)
  }

  private func delay(_ alert: AlertEstimate) -> Document.Cell {
    guard let hours = alert.meanDelayHours, let span = TimeSpan(hours: hours) else { return "none seen" }
    return .init("\(span)", number: hours)
  }

  // MARK: JSON

  var json: JSONValue { .array(alerts.map(json)) }

  private func json(_ alert: AlertEstimate) -> JSONValue {
    func perYear(_ estimate: Estimate, _ unit: String = "1/y") -> JSONValue {
      estimate.multiplied(by: scale).json(unit: unit)
    }
    return [
      "detector": .string(alert.detector), "dependency": .string(alert.dependency),
      "threshold": .string(alert.thresholdText), "firingsPerYear": perYear(alert.firings),
      "firingHoursPerYear": perYear(alert.firingHours, "h/y"),
      "calleeOutagesPerYear": perYear(alert.outages), "outagesSeenPerYear": perYear(alert.outagesSeen),
      "meanDelayHours": alert.meanDelayHours.map { .number($0) } ?? unknownJSON("it never fired"),
    ]
  }
}
