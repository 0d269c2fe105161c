public import IncidentHistory
public import Quantities
public import ServiceModel
internal import Stochastics

/// A month of a history against what was promised, what was usual and what a model expects.
public struct MonthReport: Sendable {
  /// Something that was promised an availability.
  public struct Promise: Sendable {
    /// The name of the capability, or of all incidents.
    public let name: String
    /// What was promised.
    public let objectives: [Objective]
    /// The share of time that a model expects it to be down; `nil` without a model.
    public let expectedUnavailability: Double?
    /// What happened to it in the month.
    public let month: IncidentStatistics
    /// What downtime costs; `nil` where nobody says.
    public let downtimeCost: MoneyRate?
    /// What it costs beside the same for every hour; `nil` where nothing does.
    public let downtimeTerms: DowntimeTerms?

    /// A promise.
    public init(
      name: String, objectives: [Objective], expectedUnavailability: Double?, month: IncidentStatistics,
      downtimeCost: MoneyRate? = nil, downtimeTerms: DowntimeTerms? = nil
    ) {
      (self.name, self.objectives) = (name, objectives)
      (self.downtimeCost, self.downtimeTerms) = (downtimeCost, downtimeTerms)
      (self.expectedUnavailability, self.month) = (expectedUnavailability, month)
    }
  }

  /// How much of what a promise allows was used.
  struct Budget {
    let objective: Objective
    /// The length of the window that is promised.
    let windowHours: Double
    let allowedHours: Double
    let usedHours: Double

    /// - Parameter monthHours: the length of the calendar month.
    init(_ objective: Objective, usedHours: Double, monthHours: Double) {
      self.objective = objective
      self.usedHours = usedHours
      windowHours =
        switch objective.window {
        case .calendarMonth: monthHours
        case .year: TimeSpan.year.hours
        case .tumbling(let length): length.hours
        }
      allowedHours = objective.availability.unavailability * windowHours
    }

    /// The share of the budget; `nil` where nothing is allowed.
    var share: Double? { allowedHours > 0 ? usedHours / allowedHours : nil }

    /// Whether the promise is broken by this month alone.
    var isBroken: Bool { usedHours > allowedHours }
  }

  let name: String
  let month: IncidentStatistics
  let before: IncidentStatistics?
  let promises: [Promise]
  let monthHours: Double
  private let calendar: HistoryMonth
  /// The calendar month, in milliseconds since 1970 UTC.
  let range: Range<Int>

  /// A report.
  ///
  /// - Parameters:
  ///   - month: the calendar month.
  ///   - statistics: of the incidents in it.
  ///   - before: of all that was watched before; `nil` when nothing was.
  public init(
    _ month: HistoryMonth, statistics: IncidentStatistics, before: IncidentStatistics?, promises: [Promise]
  ) {
    name = month.name
    calendar = month
    range = month.range
    monthHours = Double(month.range.count) / 3_600_000
    self.month = statistics
    self.before = before
    self.promises = promises
  }

  private var watchedHours: Double { month.selection.windowHours ?? 0 }

  /// The month beside the time before.
  var comparison: CountComparison? {
    guard let before, let hours = before.selection.windowHours, hours > 0, watchedHours > 0 else {
      return nil
    }
    return CountComparison(
      count: month.selection.events.count, hours: watchedHours, other: before.selection.events.count,
      otherHours: hours)
  }

  /// What people read.
  public var document: Document {
    let count = HistoryText.count(month.selection.events.count, "incident")
    var document = Document(title: "\(name) · \(count)")
    document.blocks.append(
      .facts(AvailabilityFacts(month).facts + DurationFacts(month).facts + RecordedCost(month).facts))
    document.blocks += baseline
    for promise in promises { document.blocks += blocks(promise) }
    document.blocks += LossSection(month).blocks
    document.blocks += notes.map { .note($0) }
    return document
  }

  private var baseline: [Document.Block] {
    guard let before, let comparison, let hours = before.selection.windowHours else {
      return [.note("Nothing was watched before this month, so there is nothing to compare it with.")]
    }
    let usual = before.downtimeHours / hours * watchedHours
    let verdict = comparison.pValue < 0.05 ? "unusual" : "within the usual"
    return [
      .heading("Beside the \(HistoryText.days(hours)) watched before"),
      .facts([
        Document.Fact(
          "Incidents", grouped(comparison.count),
          [
            "\(significant(comparison.expected, digits: 2)) expected",
            "\(verdict), \(HistoryText.pValue(comparison.pValue))",
          ]),
        Document.Fact(
          "Downtime", HistoryText.span(month.downtimeHours), ["\(HistoryText.span(usual)) expected"]),
        Document.Fact(
          "Mean outage", month.repair.meanHours.map(HistoryText.span) ?? "none",
          [before.repair.meanHours.map { "\(HistoryText.span($0)) before" } ?? "none before"]),
      ]),
    ]
  }

  private func blocks(_ promise: Promise) -> [Document.Block] {
    var facts = [
      Document.Fact(
        "Seen", promise.month.availability.map { HistoryText.availability($0.value) } ?? "unknown",
        [
          "down \(HistoryText.span(promise.month.downtimeHours))",
          HistoryText.count(promise.month.selection.events.count, "incident"),
        ])
    ]
    if let expected = promise.expectedUnavailability {
      facts.append(
        Document.Fact(
          "The model expects", HistoryText.availability(1 - expected),
          ["down \(HistoryText.span(expected * watchedHours))"]))
    }
    facts += cost(of: promise).facts + budgets(promise).map(fact)
    return [.heading(promise.name), .facts(facts)]
  }

  /// What the downtime of a promise cost.
  func cost(of promise: Promise) -> MonthCost {
    MonthCost(promise, month: calendar, monthHours: monthHours)
  }

  /// Whether the month by itself breaks a promise.
  public var isPromiseBroken: Bool { promises.contains { budgets($0).contains(where: \.isBroken) } }

  /// The budgets of a promise.
  func budgets(_ promise: Promise) -> [Budget] {
    promise.objectives.map {
      Budget($0, usedHours: promise.month.downtimeHours, monthHours: monthHours)
    }
  }

  private func fact(_ budget: Budget) -> Document.Fact {
    let objective = budget.objective
    let used =
      budget.share.map { "\(grouped($0 * 100, decimals: 0)) % of the budget used" } ?? "no budget at all"
    let left = budget.allowedHours - budget.usedHours
    let rest =
      left >= 0
      ? "\(HistoryText.span(left)) of \(HistoryText.span(budget.allowedHours)) left"
      : "\(HistoryText.span(-left)) too much"
    let verdict =
      if budget.isBroken {
        "missed"
      } else if objective.window != .calendarMonth {
        "not missed by this month alone"
      } else {
        watchedHours < monthHours - 1e-6 ? "not missed while watched" : "met"
      }
    return Document.Fact(
      "\(objective.name) \(objective.availability)", verdict,
      ["per \(objective.windowText)", used, rest])
  }

  private var notes: [String] {
    var notes = [
      "Downtime is \(HistoryText.name(of: month.selection.question.impact)); overlaps count once."
    ]
    if watchedHours < monthHours - 1e-6 {
      notes.append(
        "\(HistoryText.days(watchedHours)) of the month's \(HistoryText.days(monthHours)) were watched; budgets are those "
          + "of whole windows.")
    }
    if month.selection.openCount > 0 {
      notes.append(
        "\(HistoryText.count(month.selection.openCount, "incident")) not ended: the downtime is not known and left out."
      )
    }
    if promises.contains(where: { $0.expectedUnavailability != nil }) {
      notes.append("For a capability the incidents count whose causes the model holds able to bring it down.")
    }
    return notes
  }
}
