internal import IncidentHistory
internal import Quantities
internal import ServiceGraph
internal import ServiceModel

extension MonthReport {
  /// The report for who looks after a service: the month against what was promised, when incidents came, and what is left of
  /// the budget.
  ///
  /// - Parameters:
  ///   - header: about the model whose objectives are meant; `nil` when one was given by hand.
  ///   - database: the file of the history.
  ///   - command: what was typed.
  ///   - background: drills, and what somebody wrote down.
  public func readerReport(
    header: ResultHeader?, database: String, command: String, background: MonthBackground = MonthBackground()
  ) -> ReaderReport {
    let model = header?.graph.model
    return ReaderReport(
      for: .monthly, title: "\(model?.title ?? model?.name ?? "The service") in \(name)", headline: headline,
      sections: sections + [
        LessonsSection(background), NextSection(self, header: header, background),
      ],
      unknowns: ReportUnknowns(of: header.map { [($0.graph.model.name, $0)] } ?? [], notes: unknown),
      assumptions: ReportAssumptions(of: model.map { [$0] } ?? [], and: [reading(database), watching]),
      method: ReportMethod(
        "Incidents are those that began in the month and in the time that was watched; downtime of outages that overlap counts "
          + "once.", methodNotes, command: command, seed: nil, replications: nil))
  }

  /// One line for each part, in the order in which it is read.
  private var sections: [any ReportSection] {
    [MonthSection(self), BudgetSection(self), TimelineSection(self), BeginningsSection(self)]
  }

  private var headline: String {
    let count = HistoryText.count(month.selection.events.count, "incident")
    let seen = "\(count), down \(HistoryText.span(month.downtimeHours))"
    let verdicts = promises.flatMap { promise in
      budgets(promise).map { budget in
        let used = budget.share.map { ", \(grouped($0 * 100, decimals: 0)) % of its budget used" } ?? ""
        return "\(promise.name) \(budget.objective.availability) per \(budget.objective.windowText) "
          + "\(budget.isBroken ? "missed" : "not missed")\(used)"
      }
    }
    let rest = verdicts.isEmpty ? "nothing was promised" : verdicts.prefix(3).joined(separator: "; ")
    return "\(name): \(seen); \(rest)."
  }

  // MARK: What it rests on

  private func reading(_ database: String) -> ReportAssumptions.Item {
    ReportAssumptions.Item(
      "downtime", taken: HistoryText.name(of: month.selection.question.impact),
      source: "the incident history", place: database)
  }

  private var watching: ReportAssumptions.Item {
    let hours = month.selection.windowHours ?? 0
    return ReportAssumptions.Item(
      "time watched", taken: "\(HistoryText.days(hours)) of the month's \(HistoryText.days(monthHours))",
      source: "windows recorded with the incidents", place: nil)
  }

  private var unknown: [String] {
    let left = month.selection.leftOut
    let counts = [
      (left.planned, "planned work"), (left.repeated, "repetitions of others"),
      (left.inMaintenance, "begun in a maintenance window"), (left.outside, "begun when nobody watched"),
    ].filter { $0.0 > 0 }
    let outside =
      counts.isEmpty
      ? ["No incident of the history was left out."]
      : counts.map { "Not counted, over all months: \(HistoryText.count($0.0, "incident")), \($0.1)." }
    let weighted =
      month.selection.unweightedCount > 0 && month.selection.question.impact != .impact
      ? [
        "\(HistoryText.count(month.selection.unweightedCount, "incident")) without a stated share count in full."
      ]
      : []
    return outside + weighted
  }

  private var methodNotes: [String] {
    [
      "An incident is unusual when as many or more would come in less than 5 % of months like those before (conditional test "
        + "of two Poisson counts).",
      "A budget is what a promise allows to be down in its window; one month can use up the budget of a year.",
    ]
  }
}
