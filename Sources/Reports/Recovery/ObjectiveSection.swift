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
              columns: [
                "objective", "RPO", "data of", "made", "every", "longest that meets it", "decided by",
              ],
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

  /// The longest interval of a schedule with which all failures that are restored from it meet an RPO.
  private struct Interval {
    let objective: RecoveryObjective
    let point: TimeSpan
    let store: String
    let made: String
    let every: TimeSpan
    let limit: RecoveryScenario.IntervalLimit
    /// The failure that leaves the least.
    let failure: String

    func isOfTheSame(as other: Interval) -> Bool {
      objective == other.objective && store == other.store && made == other.made
    }

    func isShorter(than other: Interval) -> Bool {
      (limit.longest?.hours ?? 0) < (other.limit.longest?.hours ?? 0)
    }
  }

  /// For each store, RPO and schedule the least of what its failures leave: of the logs where any outlive the failure, else
  /// of the whole backups.
  private var intervals: [Interval] {
    var found: [Interval] = []
    for answer in answers {
      for objective in answer.failure.objectives {
        for interval in intervals(answer, objective) {
          guard let place = found.firstIndex(where: interval.isOfTheSame) else {
            found.append(interval)
            continue
          }
          if interval.isShorter(than: found[place]) { found[place] = interval }
        }
      }
    }
    return found
  }

  private func intervals(_ answer: StoreAnswer, _ objective: RecoveryObjective) -> [Interval] {
    guard let point = objective.recoveryPoint else { return [] }
    let scenario = answer.failure.scenario
    return scenario.store.backups.compactMap { schedule in
      guard let limit = scenario.intervalLimit(of: schedule, losing: point) else { return nil }
      let log = limit.isOfLogs ? schedule.log : nil
      let whole = schedule.partial.map { "\(schedule.name), without its \($0.kind.rawValue) ones" }
      return Interval(
        objective: objective, point: point, store: answer.store,
        made: log == nil ? whole ?? schedule.name : "logs to a \(schedule.name)",
        every: log?.every ?? schedule.every, limit: limit, failure: answer.failure.name)
    }
  }

  private func row(_ interval: Interval) -> [Document.Cell] {
    let limit = interval.limit
    let remark = limit.probability == .one ? "" : " in 99 of 100 cases"
    return [
      Document.Cell(interval.objective.name), Document.Cell(interval.point.promiseText),
      Document.Cell(interval.store), Document.Cell(interval.made),
      Document.Cell(interval.every.description, number: interval.every.hours),
      Document.Cell(
        limit.longest.map { "\($0)\(remark)" } ?? "none\(remark)", number: limit.longest?.hours),
      Document.Cell(interval.failure),
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
        "longestHours": interval.limit.longest.map { .number($0.hours) }
          ?? unknownJSON("no interval meets it"),
        "probability": .number(interval.limit.probability.value), "failure": .string(interval.failure),
      ]
    }
    return ["met": .array(met), "longestIntervals": .array(longest)]
  }
}
