internal import IncidentHistory
internal import Quantities
internal import Recovery
internal import ServiceGraph
internal import ServiceModel

/// What to do next, each with its reason and what the reason rests on: nothing here is advice that no number gives.
struct NextSection: ReportSection {
  /// Something to do.
  struct Step: Sendable, Hashable {
    let what: String
    let why: String
    let evidence: String
  }

  let key = "next"
  private let steps: [Step]

  /// What a month with its background asks for, what matters most first: promises, causes, drills, notice, records.
  init(_ report: MonthReport, header: ResultHeader?, _ background: MonthBackground) {
    steps =
      BudgetSteps(report).steps + CauseSteps(report).steps
      + DrillSteps(
        background.drills, plans: header?.graph.model.procedures ?? [], until: report.range.upperBound
      ).steps
      + NoticeSteps(report, header: header).steps + RecordSteps(report, background).steps
  }

  var blocks: [Document.Block] {
    guard !steps.isEmpty else {
      return [
        .part("What to do next"),
        .note("Nothing that this history or this model can show asks for anything."),
      ]
    }
    return [
      .part("What to do next"),
      .table(
        Document.Table(
          columns: ["what", "why", "rests on"], rows: steps.map { [$0.what, $0.why, $0.evidence] })),
    ]
  }

  var json: JSONValue {
    .array(
      steps.map { step in
        ["what": .string(step.what), "why": .string(step.why), "evidence": .string(step.evidence)]
      })
  }
}

/// Promises that were broken, or would be at this pace.
private struct BudgetSteps {
  private let report: MonthReport

  init(_ report: MonthReport) { self.report = report }

  var steps: [NextSection.Step] {
    report.promises.flatMap { promise in report.budgets(promise).compactMap { step(promise.name, $0) } }
  }

  private func step(_ name: String, _ budget: MonthReport.Budget) -> NextSection.Step? {
    let promise = "\(name), \(budget.objective.availability) per \(budget.objective.windowText)"
    let used = "\(HistoryText.span(budget.usedHours)) down, \(HistoryText.span(budget.allowedHours)) allowed"
    if budget.isBroken {
      return NextSection.Step(
        what: "Win back the promise of \(promise)",
        why: "missed by \(HistoryText.span(budget.usedHours - budget.allowedHours))", evidence: used)
    }
    guard budget.allowedHours > 0 else { return nil }
    let pace = budget.usedHours / report.monthHours * budget.windowHours / budget.allowedHours
    guard pace > 1, budget.windowHours > report.monthHours else {
      return budget.usedHours < 0.75 * budget.allowedHours
        ? nil
        : NextSection.Step(
          what: "Spare the budget of \(promise)",
          why: "\(grouped(budget.usedHours / budget.allowedHours * 100, decimals: 0)) % of it is used",
          evidence: used)
    }
    return NextSection.Step(
      what: "Slow down what uses the budget of \(promise)",
      why: "a whole window like this month would use \(grouped(pace * 100, decimals: 0)) % of it",
      evidence: used)
  }
}

/// The causes that make up most of the downtime.
private struct CauseSteps {
  private static let most = 3
  private static let enough = 0.8
  private let report: MonthReport

  init(_ report: MonthReport) { self.report = report }

  var steps: [NextSection.Step] {
    var sum = 0.0
    var steps: [NextSection.Step] = []
    for group in report.month.groups.prefix(CauseSteps.most)
    where sum < CauseSteps.enough && group.minutes > 0 {
      sum += group.share
      steps.append(
        NextSection.Step(
          what: "Make \(group.name) rarer or shorter",
          why: "\(percentage(group.share)) of the month's minutes down",
          evidence:
            "\(HistoryText.span(group.minutes / 60)) in \(HistoryText.count(group.count, "incident")); "
            + before(group.name)))
    }
    return steps
  }

  private func before(_ name: String) -> String {
    guard let before = report.before, let hours = before.selection.windowHours else {
      return "nothing watched before"
    }
    let count = before.groups.first { $0.name == name }?.count ?? 0
    return "\(count == 0 ? "none" : grouped(count)) in the \(HistoryText.days(hours)) before"
  }
}

/// Rehearsals that the model states and that were not held in time, or did not keep what was promised.
private struct DrillSteps {
  private let drills: [Drill]
  private let plans: [RecoveryPlan]
  private let end: Int

  /// - Parameter until: the end of the month, in milliseconds since 1970 UTC.
  init(_ drills: [Drill], plans: [RecoveryPlan], until end: Int) {
    self.drills = drills.filter { $0.held.milliseconds < end }
    (self.plans, self.end) = (plans, end)
  }

  var steps: [NextSection.Step] {
    let stated = plans.compactMap { plan in plan.drill.map { due(plan.procedure.name, every: $0.every) } }
    var seen: Set<String> = []
    let failed = drills.reversed().filter { seen.insert($0.name).inserted && $0.keptPromises == false }
      .reversed()
    return stated.compactMap { $0 } + failed.map(again)
  }

  private func due(_ name: String, every: TimeSpan) -> NextSection.Step? {
    guard let last = drills.last(where: { $0.name == name }) else {
      return NextSection.Step(
        what: "Hold the drill \(name)", why: "never held, stated every \(HistoryText.days(every.hours))",
        evidence: "no drill of that name in the history; relmodel drill add \(name)")
    }
    let hours = Double(end - last.held.milliseconds) / 3_600_000
    guard hours > every.hours else { return nil }
    return NextSection.Step(
      what: "Hold the drill \(name)",
      why:
        "overdue by \(HistoryText.span(hours - every.hours)), stated every \(HistoryText.days(every.hours))",
      evidence: "last held on \(HistoryText.day(last.held))")
  }

  private func again(_ drill: Drill) -> NextSection.Step {
    let pairs = [
      ("recovered in", drill.achievedRecoveryHours, drill.expectedRecoveryHours),
      ("lost", drill.achievedLossHours, drill.expectedLossHours),
    ]
    let broken = pairs.compactMap { word, achieved, expected -> String? in
      guard let achieved, let expected, achieved > expected else { return nil }
      return "\(word) \(HistoryText.span(achieved)), \(HistoryText.span(expected)) promised"
    }
    return NextSection.Step(
      what: "Mend and repeat the drill \(drill.name)",
      why: drill.succeeded ? broken.joined(separator: "; ") : "the recovery did not work",
      evidence: "held on \(HistoryText.day(drill.held))" + (drill.note.map { ": \($0)" } ?? ""))
  }
}

/// Failures that were noticed late, and those that nothing watches.
private struct NoticeSteps {
  private static let lateShare = 0.25
  private static let names = 6
  private let report: MonthReport
  private let header: ResultHeader?

  init(_ report: MonthReport, header: ResultHeader?) { (self.report, self.header) = (report, header) }

  var steps: [NextSection.Step] { [late, blind].compactMap { $0 } }

  /// The cause that went unnoticed longest, where that is much of how long it lasted.
  private var late: NextSection.Step? {
    var order: [String] = []
    var sums: [String: (unnoticed: Double, down: Double)] = [:]
    for event in report.month.selection.events {
      guard let hours = event.hours, let detected = event.detected, detected >= event.start else { continue }
      if sums[event.cause] == nil { order.append(event.cause) }
      let own = sums[event.cause] ?? (0, 0)
      let unnoticed = min(hours, Double(detected - event.start) / 3_600_000)
      sums[event.cause] = (own.unnoticed + unnoticed, own.down + hours)
    }
    let found = order.compactMap { name in sums[name].map { (name: name, $0.unnoticed, $0.down) } }
      .filter { $0.1 >= NoticeSteps.lateShare * $0.2 && $0.1 > 0 }.max { $0.1 < $1.1 }
    return found.map { name, unnoticed, down in
      NextSection.Step(
        what: "Notice \(name) sooner",
        why: "\(percentage(unnoticed / down)) of its downtime passed before anybody knew",
        evidence: "\(HistoryText.span(unnoticed)) of \(HistoryText.span(down))")
    }
  }

  private var blind: NextSection.Step? {
    guard let header else { return nil }
    let modes = DetectionSection(header.graph).blindSpots
    guard !modes.isEmpty else { return nil }
    let rest = modes.count - NoticeSteps.names
    return NextSection.Step(
      what: "Say what notices \(HistoryText.count(modes.count, "failure"))",
      why: "the model takes them as noticed at once",
      evidence: modes.prefix(NoticeSteps.names).joined(separator: ", ")
        + (rest > 0 ? ", … (\(modes.count))" : ""))
  }
}

/// What the history lacks.
private struct RecordSteps {
  private let report: MonthReport
  private let background: MonthBackground

  init(_ report: MonthReport, _ background: MonthBackground) {
    (self.report, self.background) = (report, background)
  }

  var steps: [NextSection.Step] { [open, unwritten].compactMap { $0 } }

  private var open: NextSection.Step? {
    let count = report.month.selection.openCount
    guard count > 0 else { return nil }
    return NextSection.Step(
      what: "Say when \(HistoryText.count(count, "incident")) ended", why: "their downtime is in no number",
      evidence: "\(HistoryText.count(count, "incident")) without an end")
  }

  private var unwritten: NextSection.Step? {
    let silent = background.incidents.filter {
      !$0.isPlanned && $0.duplicateOf == nil && ($0.note ?? "").isEmpty
    }
    guard background.notes.isEmpty, let first = silent.first else { return nil }
    // An id from elsewhere is pasted only where a shell takes it for a word.
    let isPlain = first.externalID.utf8.allSatisfy { byte in
      byte < 128
        && (Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber || byte == 45)
    }
    return NextSection.Step(
      what: "Write down what \(HistoryText.count(silent.count, "incident")) taught",
      why: "nothing is noted with \(silent.count == 1 ? "it" : "them")",
      evidence: "relmodel incidents edit \(isPlain ? first.externalID : "ID") --note '…'")
  }
}
