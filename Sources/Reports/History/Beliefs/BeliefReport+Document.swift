internal import IncidentHistory
internal import Quantities
internal import Stochastics

extension BeliefReport {
  private var level: String { HistoryText.confidence(options.confidence) }

  /// What people read.
  public var document: Document {
    let pooled = options.isPooling ? " · taken for similar" : ""
    var document = Document(title: "\(HistoryText.count(entries.count, "class", plural: "classes"))\(pooled)")
    if entries.contains(where: { $0.sample.events != nil }) {
      document.blocks += [.heading("How often"), .table(rateTable), .heading("What comes next")]
      document.blocks += [.table(nextTable)]
    }
    if entries.contains(where: { !$0.sample.durations.isEmpty }) {
      document.blocks += [.heading("How long"), .table(durationTable)]
    }
    document.blocks += notes.map { .note($0) }
    return document
  }

  // MARK: Rates

  private var rateTable: Document.Table {
    var columns = ["Class", "Seen", "Exposure", "MTBF seen", "Believed", "\(level) interval"]
    if options.isPooling { columns.append("Drawn to the mean") }
    var rows = entries.filter { $0.sample.events != nil }.map(rateRow)
    if let rate = another?.rate {
      rows.append([Document.Cell("another such"), "", "", ""] + believed(rate) + [""])
    }
    return Document.Table(columns: columns, cells: rows)
  }

  private func rateRow(_ entry: Entry) -> [Document.Cell] {
    let (events, exposure) = (entry.sample.events ?? 0, entry.sample.exposureHours)
    let seen = exposure.flatMap { events > 0 ? $0 / Double(events) : nil }
    let head: [Document.Cell] = [
      Document.Cell(entry.sample.group), Document.Cell(grouped(events), number: Double(events)),
      Document.Cell(exposure.map { HistoryText.days($0) } ?? "unknown", number: exposure),
      Document.Cell(seen.map { HistoryText.days($0) } ?? "none seen", number: seen),
    ]
    switch entry.rate {
    case .success(let rate): return head + believed(rate) + drawn(rate.shrinkage)
    case .failure: return head + ["unknown", ""] + drawn(nil)
    }
  }

  private func believed(_ rate: RateBelief) -> [Document.Cell] {
    let mean = rate.meanTime(confidence: options.confidence)
    return [
      Document.Cell(HistoryText.days(mean.value), number: mean.value),
      Document.Cell("\(HistoryText.days(mean.low)) – \(HistoryText.days(mean.high))"),
    ]
  }

  private func drawn(_ shrinkage: Double?) -> [Document.Cell] {
    options.isPooling ? [Document.Cell(shrinkage.map { percentage($0) } ?? "", number: shrinkage)] : []
  }

  // MARK: Predictions

  private var nextTable: Document.Table {
    let columns =
      ["Class"]
      + options.nextHours.flatMap { hours in
        ["In \(HistoryText.days(hours))", "\(level) interval", "none"]
      }
    var rows = entries.compactMap { entry in
      (try? entry.rate.get()).map { nextRow(entry.sample.group, $0, units: entry.sample.units) }
    }
    if let rate = another?.rate { rows.append(nextRow("another such", rate, units: 1)) }
    return Document.Table(columns: columns, cells: rows)
  }

  private func nextRow(_ name: String, _ rate: RateBelief, units: Double) -> [Document.Cell] {
    [Document.Cell(name)]
      + options.nextHours.flatMap { hours -> [Document.Cell] in
        let (count, none) = (
          rate.count(in: hours * units, confidence: options.confidence), rate.none(in: hours * units)
        )
        return [
          Document.Cell(significant(count.value, digits: 3), number: count.value),
          Document.Cell(
            "\(grouped(count.low, decimals: 0)) – \(grouped(count.high, decimals: 0))"),
          Document.Cell(percentage(none), number: none),
        ]
      }
  }

  // MARK: Durations

  /// How long the classes last.
  var durationTable: Document.Table {
    var columns = [
      "Class", "Ended", "Median seen", "Believed", "\(level) interval", "Next: p50", "p90", "p99",
    ]
    if options.isPooling { columns.append("Drawn to the mean") }
    var rows = entries.map(durationRow)
    if let duration = another?.duration {
      rows.append([Document.Cell("another such"), "", ""] + believed(duration) + drawn(nil))
    }
    return Document.Table(columns: columns, cells: rows)
  }

  private func durationRow(_ entry: Entry) -> [Document.Cell] {
    let seen = entry.durations.isEmpty ? nil : sortedQuantile(entry.durations.sorted(), 0.5)
    let head: [Document.Cell] = [
      Document.Cell(entry.sample.group),
      Document.Cell(grouped(entry.durations.count), number: Double(entry.durations.count)),
      Document.Cell(seen.map { HistoryText.span($0) } ?? "none seen", number: seen),
    ]
    switch entry.duration {
    case .success(let duration): return head + believed(duration) + drawn(duration.shrinkage)
    case .failure: return head + ["unknown", "", "", "", ""] + drawn(nil)
    }
  }

  private func believed(_ duration: DurationBelief) -> [Document.Cell] {
    let median = duration.median(confidence: options.confidence)
    return [
      Document.Cell(HistoryText.span(median.value), number: median.value),
      Document.Cell("\(HistoryText.span(median.low)) – \(HistoryText.span(median.high))"),
    ]
      + [0.5, 0.9, 0.99].map { p in
        Document.Cell(HistoryText.span(duration.next(p)), number: duration.next(p))
      }
  }

  // MARK: Notes

  private var notes: [String] {
    var notes = [options.isPooling ? poolNote : PriorText.note(options)]
    let units = entries.filter { $0.sample.units != 1 }
    if !units.isEmpty {
      notes.append(
        "Exposure and MTBF are of one unit; what comes next is of all: "
          + units.map { "\($0.sample.group) \(significant($0.sample.units, digits: 3).trimmingZeros)" }
          .joined(separator: ", ") + " units.")
    }
    let open = entries.reduce(0) { $0 + $1.sample.openCount }
    if open > 0 {
      notes.append("\(HistoryText.count(open, "incident")) not ended: counted, their lengths are not known.")
    }
    if zeroCount > 0 { notes.append("\(HistoryText.count(zeroCount, "duration")) of 0: \(options.zeros).") }
    notes += reasons("Rates", entries.map { ($0.sample.group, $0.rate.reason) })
    notes += reasons("Durations", entries.map { ($0.sample.group, $0.duration.reason) })
    if options.isPooling, showsNoSpread { notes.append("To pool them with it: \(Self.spreadRemedy)") }
    notes.append(
      "“Believed” is one over the mean rate, and the median duration; what comes next has no law held fixed.")
    return notes
  }

  /// Why something is unknown, each reason once.
  private func reasons(_ what: String, _ found: [(group: String, reason: String?)]) -> [String] {
    var groups: [String: [String]] = [:]
    var order: [String] = []
    for case (let group, let reason?) in found {
      if groups[reason] == nil { order.append(reason) }
      groups[reason, default: []].append(group)
    }
    return order.map { reason in
      let names = groups[reason] ?? []
      let all = names.count == found.count && found.count > 1
      return "\(what) unknown\(all ? "" : " of \(names.joined(separator: ", "))"): \(reason)."
    }
  }

  private var poolNote: String {
    let learnt =
      "Rates are draws of one gamma law, durations lognormal around medians of one normal law; what these are is learnt "
      + "from all classes, with flat priors and half-Cauchy ones of their spread. Of another such, medians are told."
    guard case .spread = options.durationPrior else { return learnt }
    return learnt + " Believed before of durations: \(PriorText.words(options.durationPrior))."
  }
}

extension BeliefReport {
  /// How to pool durations that do not show how much they vary.
  static let spreadRemedy =
    "relmodel fit --beliefs --pool --prior-duration 'sigma 1 worth 4'"
}

extension Result where Failure == BeliefReport.Unknown {
  /// Why there is nothing; `nil` where there is something.
  fileprivate var reason: String? {
    if case .failure(let unknown) = self { unknown.reason } else { nil }
  }
}

/// Priors in words.
enum PriorText {
  /// What was believed before, in a sentence.
  static func note(_ options: BeliefReport.Options) -> String {
    "Believed before: of rates \(words(options.ratePrior)); of durations \(words(options.durationPrior))."
  }

  static func words(_ prior: RatePrior) -> String {
    switch prior {
    case .jeffreys: "Jeffreys' prior, half an event in no time"
    case .events(let events, let hours):
      "\(shortest(events)) events in \(HistoryText.days(hours)), gamma with shape \(shortest(events))"
    case .fiftyNinetyFive(let median, let low):
      "an MTBF above \(HistoryText.days(median)) with 50 % and above \(HistoryText.days(low)) with 95 %"
    }
  }

  static func words(_ prior: DurationPrior) -> String {
    switch prior {
    case .reference: "the reference prior, as little as can be"
    case .stated(let median, let sigma, let worth):
      "a median of \(HistoryText.span(median)) with sigma \(significant(sigma, digits: 3).trimmingZeros), worth "
        + "\(shortest(worth)) durations"
    case .spread(let sigma, let worth):
      "sigma \(significant(sigma, digits: 3).trimmingZeros) of the logarithm, worth \(shortest(worth)) durations"
    }
  }
}
