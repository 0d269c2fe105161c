internal import IncidentHistory
internal import Quantities
internal import Stochastics

/// Whether failures become more frequent.
struct TrendSection {
  private let statistics: IncidentStatistics
  private var failures: ObservedFailures { statistics.failures }

  init(_ statistics: IncidentStatistics) { self.statistics = statistics }

  var blocks: [Document.Block] {
    guard let laplace = failures.trend.laplace, let handbook = failures.trend.militaryHandbook189 else {
      return []
    }
    let facts = [
      Document.Fact(
        "Laplace", "U = \(significant(laplace.statistic, digits: 3))", [HistoryText.pValue(laplace.pValue)],
        number: Document.Number(laplace.statistic)),
      Document.Fact(
        "MIL-HDBK-189", "χ² = \(significant(handbook.statistic, digits: 3))",
        [HistoryText.pValue(handbook.pValue)], number: Document.Number(handbook.statistic)),
    ]
    return [.note("Trend: \(verdict)."), .facts(facts + growthFacts + cumulativeFacts)]
  }

  private var verdict: String {
    switch failures.trend.verdict {
    case .tooFewEvents: "too few incidents to tell"
    case .noTrend: "none found; a constant rate will do"
    case .trend(.improving): "incidents become rarer, by both tests"
    case .trend(.deteriorating): "incidents become more frequent, by both tests"
    case .disagree(let laplace, let handbook):
      "the tests disagree: Laplace finds \(name(laplace)), MIL-HDBK-189 \(name(handbook))"
    }
  }

  private func name(_ trend: Trend?) -> String {
    switch trend {
    case nil: "none"
    case .improving: "fewer"
    case .deteriorating: "more"
    }
  }

  private var growthFacts: [Document.Fact] {
    guard let growth = failures.growth, growth.record.times.count > 1 else { return [] }
    let shape = growth.shapeEstimate(confidence: statistics.options.confidence)
    let now = growth.instantaneousMTBFEstimate(confidence: statistics.options.confidence)
    let level = HistoryText.confidence(shape.confidence)
    return [
      Document.Fact(
        "Crow-AMSAA", "β = \(significant(shape.value, digits: 3))",
        [
          "\(level) CI \(significant(shape.low, digits: 3)) – \(significant(shape.high, digits: 3))",
          shape.high < 1
            ? "below 1: rarer" : shape.low > 1 ? "above 1: more frequent" : "1 is a constant rate",
        ], number: Document.Number(shape.value)),
      Document.Fact(
        "MTBF at the end", HistoryText.span(now.value), [HistoryText.interval(now), "if β holds"],
        number: Document.Number(now.value, "h")),
    ]
  }

  /// The mean cumulative function at the quarters of the time.
  private var cumulativeFacts: [Document.Fact] {
    guard let cumulative = failures.cumulative else { return [] }
    let texts = (1...4).compactMap { quarter -> String? in
      let time = cumulative.end * Double(quarter) / 4
      guard let estimate = cumulative.estimate(at: time, confidence: statistics.options.confidence) else {
        return nil
      }
      return "\(significant(estimate.value, digits: 3).trimmingZeros) by \(HistoryText.days(time))"
    }
    guard let first = texts.first else { return [] }
    return [Document.Fact("Incidents so far", first, Array(texts.dropFirst()))]
  }
}

/// Whether the history shows a mean time between failures.
struct DemonstrationSection {
  private let demonstration: Demonstration

  init(_ demonstration: Demonstration) { self.demonstration = demonstration }

  var blocks: [Document.Block] {
    let level = HistoryText.confidence(demonstration.confidence)
    let target = HistoryText.days(demonstration.targetHours)
    var facts = [
      Document.Fact(
        "Starting now", "\(HistoryText.days(demonstration.freshHours)) without an incident shows it", [],
        number: Document.Number(demonstration.freshHours, "h"))
    ]
    if let remaining = demonstration.remainingHours {
      let text =
        remaining > 0
        ? "another \(HistoryText.days(remaining)) without one shows it" : "nothing more is needed"
      facts.append(
        Document.Fact("Counting the past", text, [], number: Document.Number(remaining, "h")))
    }
    return [.note("Is the MTBF \(target) or more? With \(level) confidence: \(answer)."), .facts(facts)]
  }

  private var answer: String {
    let seen = demonstration.shownHours.map { "at least \(HistoryText.days($0)) is shown" }
    switch demonstration.verdict {
    case .shown: return "yes" + (seen.map { "; \($0)" } ?? "")
    case .refuted: return "no, it is less" + (seen.map { "; \($0)" } ?? "")
    case .cannotTell: return "cannot tell yet" + (seen.map { "; \($0)" } ?? "")
    }
  }
}

extension HistoryText {
  /// A length of time in days where it has some.
  static func days(_ hours: Double) -> String {
    hours >= 48 ? "\(significant(hours / 24, digits: 3).trimmingZeros) d" : span(hours)
  }
}
