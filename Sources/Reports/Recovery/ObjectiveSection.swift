internal import Quantities
internal import Recovery
internal import ServiceModel
internal import Stochastics

/// How likely each failure meets each objective, and how often backups would have to be made.
struct ObjectiveSection {
  let answers: [StoreAnswer]

  var blocks: [Document.Block] {
    let rows = answers.flatMap(rows)
    guard !rows.isEmpty else { return [] }
    let intervals = intervals.map(row)
    return [
      .heading("Objectives"),
      .table(
        Document.Table(
          columns: [
            "objective", "RTO", "RPO", "data of", "failure", "RTO met", "RPO met", "both", "most lost",
          ],
          cells: rows)),
    ]
      + (intervals.isEmpty
        ? []
        : [
          .table(
            Document.Table(
              columns: ["objective", "RPO", "data of", "made", "every", "longest that meets it"],
              cells: intervals))
        ])
  }

  private func rows(_ answer: StoreAnswer) -> [[Document.Cell]] {
    zip(answer.failure.objectives, answer.results).map { objective, result in
      [
        Document.Cell(objective.name), Document.Cell(objective.recoveryTime?.promiseText ?? "–"),
        Document.Cell(objective.recoveryPoint?.promiseText ?? "–"), Document.Cell(answer.store),
        Document.Cell(answer.failure.name), cell(result.meetsTime), cell(result.meetsPoint),
        cell(result.meetsBoth),
        Document.Cell(
          spanText(result.worstLossHours, never: "all"),
          number: result.worstLossHours.isFinite ? result.worstLossHours : nil),
      ]
    }
  }

  private func cell(_ estimate: Estimate?) -> Document.Cell {
    guard let estimate else { return "–" }
    let width = estimate.halfWidth > 0 ? " ± \(percentage(estimate.halfWidth))" : ""
    return Document.Cell(keptPercentage(estimate.value) + width, number: estimate.value)
  }

  // MARK: Intervals

  /// The longest interval of a schedule with which a loss of volumes meets an RPO.
  private struct Interval {
    let objective: RecoveryObjective
    let point: TimeSpan
    let store: String
    let made: String
    let every: TimeSpan
    let longest: TimeSpan?
    let probability: Probability
  }

  /// For each store that can lose its volumes, has an RPO then and backups that outlive it: that of the logs where there
  /// are any, else of each schedule. Certain where every backup can be restored, else in 99 of 100 cases.
  private var intervals: [Interval] {
    var seen: Set<String> = []
    return answers.filter { $0.failure.scenario.kind.loses == .volume }.flatMap { answer -> [Interval] in
      let (store, kind) = (answer.failure.scenario.store, answer.failure.scenario.kind)
      return answer.failure.objectives.filter { seen.insert("\(store.name)/\($0.name)").inserted }
        .flatMap { objective in
          store.backups.filter { $0.place.survives(kind) }.compactMap { interval($0, objective, store, kind) }
        }
    }
  }

  private func interval(
    _ schedule: BackupSchedule, _ objective: RecoveryObjective, _ store: DataStore, _ kind: FailureKind
  ) -> Interval? {
    guard let point = objective.recoveryPoint else { return nil }
    if let log = schedule.log, log.place.survives(kind) {
      let left = point.hours - log.takes.hours
      return Interval(
        objective: objective, point: point, store: store.name, made: "logs to a \(schedule.name)",
        every: log.every,
        longest: left > 0 ? TimeSpan(hours: left) : nil, probability: .one)
    }
    let made = schedule.partial.map { "\(schedule.name), without its \($0.kind.rawValue) ones" }
    let probability = schedule.works.complement == 0 ? Probability.one : Probability(0.99) ?? .one
    return Interval(
      objective: objective, point: point, store: store.name, made: made ?? schedule.name,
      every: schedule.every,
      longest: schedule.longestInterval(losing: point, probability: probability), probability: probability)
  }

  private func row(_ interval: Interval) -> [Document.Cell] {
    let remark = interval.probability == .one ? "" : " in 99 of 100 losses of the volume"
    return [
      Document.Cell(interval.objective.name), Document.Cell(interval.point.promiseText),
      Document.Cell(interval.store), Document.Cell(interval.made),
      Document.Cell(interval.every.description, number: interval.every.hours),
      Document.Cell(
        interval.longest.map { "\($0)\(remark)" } ?? "none\(remark)", number: interval.longest?.hours),
    ]
  }

  // MARK: JSON

  var json: JSONValue {
    let met = answers.flatMap { answer in
      zip(answer.failure.objectives, answer.results).map { objective, result -> JSONValue in
        [
          "objective": .string(objective.name), "store": .string(answer.store),
          "failure": .string(answer.failure.name),
          "recoveryTimeHours": objective.recoveryTime.map { .number($0.hours) } ?? .null,
          "recoveryPointHours": objective.recoveryPoint.map { .number($0.hours) } ?? .null,
          "meetsTime": result.meetsTime?.json(unit: "1") ?? unknownJSON("no RTO"),
          "meetsPoint": result.meetsPoint?.json(unit: "1") ?? unknownJSON("no RPO"),
          "meetsBoth": result.meetsBoth?.json(unit: "1") ?? unknownJSON("no objective"),
        ]
      }
    }
    let longest = intervals.map { interval -> JSONValue in
      [
        "objective": .string(interval.objective.name), "store": .string(interval.store),
        "schedule": .string(interval.made), "everyHours": .number(interval.every.hours),
        "longestHours": interval.longest.map { .number($0.hours) } ?? unknownJSON("no interval meets it"),
        "probability": .number(interval.probability.value),
      ]
    }
    return ["met": .array(met), "longestIntervals": .array(longest)]
  }
}
