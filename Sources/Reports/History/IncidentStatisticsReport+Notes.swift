internal import Foundation
internal import IncidentHistory
internal import Quantities
internal import Stochastics

extension IncidentStatisticsReport {
  private var selection: HistorySelection { statistics.selection }

  /// What a reader should know of the numbers.
  var notes: [String] {
    ["Downtime is \(HistoryText.name(of: selection.question.impact)); overlaps count once."] + omissions
      + conventions + windowNotes + cautions
  }

  /// What is not counted, or not in full.
  private var omissions: [String] {
    let left = selection.leftOut
    let counts = [
      (left.planned, "planned"), (left.repeated, "repeated another"),
      (left.inMaintenance, "began during announced work"), (left.outside, "began outside the window"),
    ]
    let omitted = counts.filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.1)" }
    var notes = omitted.isEmpty ? [] : ["Not counted: \(omitted.joined(separator: ", "))."]
    if selection.openCount > 0 {
      notes.append(
        "\(HistoryText.count(selection.openCount, "incident")) not ended: counted as failures, their downtime is "
          + "not known and left out.")
      notes += lasting
    }
    let several = selection.events.count { !$0.otherComponents.isEmpty }
    if several > 0 {
      notes.append(
        "\(HistoryText.count(several, "incident")) hit several components: once in all, and under each of them."
      )
    }
    if selection.unweightedCount > 0 {
      notes.append(
        "\(HistoryText.count(selection.unweightedCount, "incident")) without a stated share: counted in full."
      )
    }
    return notes
  }

  /// What it would be if they did last, and not only lacked a note of their end.
  private var lasting: [String] {
    guard let mean = statistics.meanIfOpenLast else { return [] }
    let level = HistoryText.confidence(mean.confidence)
    return [
      "If they last until watching ends, that is as long as is known: the mean outage is then "
        + "\(HistoryText.span(mean.value)) (\(level) CI \(HistoryText.span(mean.low)) – \(HistoryText.span(mean.high)), "
        + "exponential, right-censored); fit --quantity duration fits laws so."
    ]
  }

  private var conventions: [String] {
    var notes: [String] = []
    if statistics.detection.count + statistics.acknowledgement.count + statistics.mitigation.count > 0 {
      notes.append("Times to detect, acknowledge and mitigate count from the outage's start.")
    }
    if statistics.repair.count > 0, statistics.repair.method == .gamma {
      notes.append(
        "So few outages show their own spread badly; intervals take durations to vary at least as an exponential "
          + "law does.")
    }
    if statistics.repair.isWidened {
      notes.append(
        "The outages look lognormal, so the interval of the MTTR is as wide as that of such a law's mean.")
    }
    return notes
  }

  private var windowNotes: [String] {
    var notes: [String] = []
    if selection.windowsDiffer {
      notes.append("Components were watched at different times; name one with --component for its own rate.")
    }
    if selection.windowHours == nil {
      notes.append(
        "No window is declared, so there is no availability, and the MTBF runs from the first incident to the "
          + "last. Record one: relmodel incidents window add START/END.")
    }
    return notes
  }

  /// What makes the numbers mean less than they seem to.
  private var cautions: [String] {
    var cautions: [String] = []
    switch statistics.failures.trend.verdict {
    case .trend, .disagree:
      cautions.append("The interval of the MTBF takes the rate for constant, which the trend speaks against.")
    case .tooFewEvents, .noTrend: break
    }
    let longest = selection.events.max { ($0.hours ?? 0) < ($1.hours ?? 0) }
    if let longest, let hours = longest.hours, selection.events.count > 4,
      hours > statistics.summedHours / 2 || hours > 100 * (statistics.repair.p90?.value ?? .infinity)
    {
      let began = Date(timeIntervalSince1970: Double(longest.start / 1_000)).formatted(.iso8601)
      cautions.append(
        "The longest outage, \(HistoryText.span(hours)) from \(began), decides much of the downtime; if it was only closed "
          + "late, correct its end: relmodel incidents list, then edit.")
    }
    return cautions
  }
}
