internal import IncidentHistory
internal import Quantities
internal import Stochastics

/// Availability and mean time between failures as facts.
struct AvailabilityFacts {
  private let statistics: IncidentStatistics
  private var selection: HistorySelection { statistics.selection }

  init(_ statistics: IncidentStatistics) { self.statistics = statistics }

  var facts: [Document.Fact] { [availability, downtime, meanTime] }

  private var availability: Document.Fact {
    guard let seen = statistics.availability else {
      return Document.Fact("Availability", "unknown", ["no observation window"])
    }
    let interval = seen.estimate.map {
      "\(HistoryText.confidence($0.confidence)) CI \(HistoryText.availability($0.low, digits: 3)) – "
        + HistoryText.availability($0.high, digits: 3)
    }
    return Document.Fact(
      "Availability", HistoryText.availability(seen.value),
      [interval ?? "no outage that shows how long they last, so no interval"],
      number: Document.Number(seen.value))
  }

  private var downtime: Document.Fact {
    let overlap = statistics.summedHours - statistics.downtimeHours
    let sum =
      !selection.question.impact.isWeighted && overlap > 1e-9
      ? ["\(HistoryText.span(statistics.summedHours)) if every incident counted by itself and in full"] : []
    return Document.Fact(
      "Downtime", HistoryText.span(statistics.downtimeHours), sum,
      number: Document.Number(statistics.downtimeHours, "h"))
  }

  private var meanTime: Document.Fact {
    let confidence = statistics.options.confidence
    guard let seen = statistics.failures.meanTime else {
      return Document.Fact("MTBF", "unknown", ["no window, and no two incidents apart"])
    }
    guard let estimate = seen.estimate(confidence: confidence) else {
      let low = HistoryText.span(seen.lowerLimit(confidence: confidence))
      return Document.Fact(
        "MTBF", "unknown", ["no incident seen; at least \(low) with \(HistoryText.confidence(confidence))"])
    }
    return Document.Fact(
      "MTBF", HistoryText.span(estimate.value), [HistoryText.interval(estimate), basis(seen)],
      number: Document.Number(estimate.value, "h"))
  }

  private func basis(_ seen: MeanTimeBetweenFailures) -> String {
    switch seen.end {
    case .time:
      selection.unitHours == nil || selection.unitHours == selection.windowHours
        ? "window / \(grouped(seen.failures)) (time-truncated)"
        : "of one unit: \(grouped(seen.exposure, decimals: 0)) unit-h / \(grouped(seen.failures)) (time-truncated)"
    case .failure: "first to last / \(grouped(seen.failures)) (failure-truncated)"
    }
  }
}

/// How long things took, as facts.
struct DurationFacts {
  private let statistics: IncidentStatistics

  init(_ statistics: IncidentStatistics) { self.statistics = statistics }

  var facts: [Document.Fact] {
    [
      fact("MTTR", statistics.repair, always: true), fact("Time to detect", statistics.detection),
      fact("Time to acknowledge", statistics.acknowledgement),
      fact("Time to mitigate", statistics.mitigation),
    ].compactMap { $0 }
  }

  private func fact(_ label: String, _ figures: DurationFigures, always: Bool = false) -> Document.Fact? {
    guard let mean = figures.meanHours else {
      return always ? Document.Fact(label, "unknown", ["no incident with an end"]) : nil
    }
    var remarks = [figures.mean.map(HistoryText.interval) ?? "no time passed, so no interval"]
    if figures.count > 2, let median = figures.median, let p90 = figures.p90 {
      remarks.append("p50 \(HistoryText.span(median.value))")
      remarks.append("p90 \(HistoryText.span(p90.value))")
    }
    if figures.count < statistics.selection.events.count {
      remarks.append(
        "known of \(grouped(figures.count)) of \(grouped(statistics.selection.events.count))")
    }
    return Document.Fact(label, HistoryText.span(mean), remarks, number: Document.Number(mean, "h"))
  }
}
