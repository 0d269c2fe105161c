internal import Foundation
internal import IncidentHistory
public import Quantities
internal import Stochastics

extension IncidentStatisticsReport {
  /// What programs read.
  public var json: JSONValue {
    var results = summary(statistics)
    results["groups"] = .array(statistics.groups.map(json))
    results["months"] = .array(statistics.months.map(json))
    results["trend"] = trend
    results["cumulative"] = .array(cumulative)
    results["byHour"] = counts(statistics.times.hours, statistics.times.hourPValue)
    results["byWeekday"] = counts(statistics.times.weekdays, statistics.times.weekdayPValue)
    results["pooled"] = pooled?.json
    results["pooledDurations"] = pooledDurations?.durationsJSON
    results["demonstration"] = demonstration.map(json)
    if readings.count > 1 {
      results["readings"] = .array(
        readings.map { reading in
          var members = summary(reading.statistics)
          members["window"] = .string(reading.name)
          return .object(members)
        })
    }
    return ["format": "relmodel/1", "command": "incidents stats", "results": .object(results)]
  }

  private func summary(_ statistics: IncidentStatistics) -> [String: JSONValue] {
    let (selection, left) = (statistics.selection, statistics.selection.leftOut)
    var exposure: [String: JSONValue] = [:]
    exposure["exposureUnitHours"] = selection.unitHours.map { .number($0) }
    exposure["mttrHoursIfOpenLast"] = statistics.meanIfOpenLast?.json(unit: "h")
    return exposure.merging([
      "incidents": .integer(selection.events.count), "notEnded": .integer(selection.openCount),
      "leftOut": [
        "planned": .integer(left.planned), "repeated": .integer(left.repeated),
        "inMaintenance": .integer(left.inMaintenance), "outside": .integer(left.outside),
      ],
      "impact": .string(HistoryText.name(of: selection.question.impact)),
      "windowHours": selection.windowHours.map { .number($0) } ?? unknownJSON("no observation window"),
      "downtimeHours": .number(statistics.downtimeHours), "summedHours": .number(statistics.summedHours),
      "availability": availability(statistics), "mtbfHours": meanTime(statistics.failures.meanTime),
      "mttrHours": durations(statistics.repair), "detectHours": durations(statistics.detection),
      "acknowledgeHours": durations(statistics.acknowledgement),
      "mitigateHours": durations(statistics.mitigation),
    ]) { own, _ in own }
  }

  private func availability(_ statistics: IncidentStatistics) -> JSONValue {
    guard let seen = statistics.availability else { return unknownJSON("no observation window") }
    return seen.estimate?.json(unit: "1") ?? exactJSON(seen.value, unit: "1")
  }

  private func meanTime(_ seen: MeanTimeBetweenFailures?) -> JSONValue {
    let confidence = statistics.options.confidence
    guard let seen else { return unknownJSON("no window, and no two incidents apart") }
    guard case .object(var members)? = seen.estimate(confidence: confidence)?.json(unit: "h") else {
      return [
        "unknown": "no incident seen", "low": .number(seen.lowerLimit(confidence: confidence)),
        "confidence": .number(confidence), "unit": "h",
      ]
    }
    members["truncated"] = .string(seen.end == .time ? "time" : "failure")
    members["failures"] = .integer(seen.failures)
    return .object(members)
  }

  private func durations(_ figures: DurationFigures) -> JSONValue {
    guard let mean = figures.meanHours else { return unknownJSON("no incident tells") }
    var members: [String: JSONValue] = ["value": .number(mean), "unit": "h"]
    if case .object(let estimate)? = figures.mean?.json(unit: "h") { members = estimate }
    members["count"] = .integer(figures.count)
    members["intervalBy"] = .string(
      figures.method.rawValue + (figures.isWidened ? ", widened to a lognormal law's" : ""))
    members["median"] = figures.median?.json(unit: "h")
    members["p90"] = figures.p90?.json(unit: "h")
    return .object(members)
  }

  private func json(_ group: LossGroup) -> JSONValue {
    [
      "name": .string(group.name), "incidents": .integer(group.count), "minutes": .number(group.minutes),
      "share": .number(group.share),
      "userMinutes": group.countWithUsers > 0
        ? .number(group.userMinutes) : unknownJSON("no incident states its users"),
      "incidentsWithUsers": .integer(group.countWithUsers), "mtbfHours": meanTime(group.meanTime),
      "mttrHours": durations(group.durations),
    ]
  }

  private func json(_ month: ObservedMonth) -> JSONValue {
    [
      "month": .string(month.name), "watchedHours": .number(month.watchedHours),
      "incidents": .integer(month.count), "downtimeHours": .number(month.downtimeHours),
      "availability": month.availability.map { .number($0) } ?? unknownJSON("not watched"),
    ]
  }

  private func counts(_ counts: [Int], _ pValue: Double?) -> JSONValue {
    [
      "incidents": .array(counts.map { .integer($0) }),
      "pValue": pValue.map { .number($0) } ?? unknownJSON("too few incidents to tell"),
    ]
  }
}

extension IncidentStatisticsReport {
  private var trend: JSONValue {
    let failures = statistics.failures
    var members: [String: JSONValue] = ["verdict": .string(verdict(failures.trend.verdict))]
    members["laplace"] = failures.trend.laplace.map(json)
    members["militaryHandbook189"] = failures.trend.militaryHandbook189.map(json)
    if let growth = failures.growth, growth.record.times.count > 1 {
      let confidence = statistics.options.confidence
      members["crowAMSAA"] = [
        "shape": growth.shapeEstimate(confidence: confidence).json(unit: "1"),
        "scale": exactJSON(growth.scale, unit: "1/h^shape"),
        "mtbfAtEndHours": growth.instantaneousMTBFEstimate(confidence: confidence).json(unit: "h"),
      ]
    }
    return .object(members)
  }

  private func verdict(_ verdict: TrendAssessment.Verdict) -> String {
    switch verdict {
    case .tooFewEvents: "too few incidents"
    case .noTrend: "none"
    case .trend(let trend): trend.rawValue
    case .disagree: "the tests disagree"
    }
  }

  private func json(_ test: TrendTest) -> JSONValue {
    [
      "statistic": .number(test.statistic), "pValue": .number(test.pValue),
      "direction": test.direction.map { .string($0.rawValue) } ?? .null,
    ]
  }

  /// The mean cumulative function, at most at 200 of its steps, evenly chosen.
  private var cumulative: [JSONValue] {
    guard let function = statistics.failures.cumulative else { return [] }
    let every = max(1, (function.steps.count + 199) / 200)
    return stride(from: 0, to: function.steps.count, by: every).compactMap { index in
      let time = function.steps[index].time
      guard
        case .object(var members)? = function.estimate(at: time, confidence: statistics.options.confidence)?
          .json(unit: "1")
      else { return nil }
      members["hours"] = .number(time)
      return .object(members)
    }
  }

  private func json(_ demonstration: Demonstration) -> JSONValue {
    [
      "mtbfHours": .number(demonstration.targetHours), "confidence": .number(demonstration.confidence),
      "verdict": .string(demonstration.verdict.rawValue),
      "shownHours": demonstration.shownHours.map { .number($0) } ?? unknownJSON("no history"),
      "freshHours": .number(demonstration.freshHours),
      "remainingHours": demonstration.remainingHours.map { .number($0) } ?? unknownJSON("no history"),
    ]
  }
}
