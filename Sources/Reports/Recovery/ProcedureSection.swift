internal import Quantities
internal import Recovery
internal import ServiceModel
internal import Stochastics

/// How long procedures take, which steps decide it, and how likely a rehearsal meets what is expected.
struct ProcedureSection {
  private let plans: [RecoveryPlan]
  private let studies: [ProcedureStudy]

  init(_ model: Model) {
    plans = model.procedures
    studies = model.procedures.map { $0.procedure.study() }
  }

  var blocks: [Document.Block] {
    plans.indices.flatMap { place in
      [.heading(heading(place)), .facts(facts(place)), .table(table(place))]
    }
  }

  private func heading(_ place: Int) -> String {
    "Procedure \(plans[place].procedure.name)" + (plans[place].title.map { " — \($0)" } ?? "")
  }

  private func text(_ hours: Double) -> String { TimeSpan(hours: hours)?.description ?? "never" }

  // MARK: Facts

  private func facts(_ place: Int) -> [Document.Fact] {
    let (plan, study) = (plans[place], studies[place])
    var facts = [lawFact("Service back after", study.service)]
    if study.end.quantile(1).value > study.service.quantile(1).value {
      facts.append(lawFact("All done after", study.end))
    }
    facts.append(crewFact(plan, study.planned))
    if !plan.after.isEmpty {
      let names = plan.after.map { plans[$0].procedure.name }.joined(separator: ", ")
      facts.append(
        Document.Fact(
          "After", names,
          ["service back \(text(meanStart(place) + meanOf(study.service))) from the beginning on average"]))
    }
    if !plan.restores.isEmpty {
      facts.append(Document.Fact("Restores", plan.restores.joined(separator: ", ")))
    }
    if let drill = plan.drill { facts += drillFacts(drill, study) }
    return facts
  }

  /// One value where nothing varies, else the mean and percentiles.
  private func lawFact(_ label: String, _ law: OutcomeLaw) -> Document.Fact {
    let mean = meanOf(law)
    let number = Document.Number(mean, "h")
    guard law.quantile(0).value < law.quantile(1).value else {
      return Document.Fact(label, text(mean), ["exact"], number: number)
    }
    let interval = law.mean().flatMap { estimate in
      estimate.low < estimate.high ? "95 % CI \(text(estimate.low)) – \(text(estimate.high))" : nil
    }
    return Document.Fact(
      label, "\(text(mean)) on average",
      [
        interval ?? "exact", "p50 \(text(law.quantile(0.5).value))", "p90 \(text(law.quantile(0.9).value))",
        "p99 \(text(law.quantile(0.99).value))",
      ], number: number)
  }

  private func meanOf(_ law: OutcomeLaw) -> Double { law.mean()?.value ?? .infinity }

  private func crewFact(_ plan: RecoveryPlan, _ planned: CrewSchedule) -> Document.Fact {
    guard let crews = plan.procedure.crews else {
      return Document.Fact("Crews", "as many as are needed", ["the longest path decides"])
    }
    let bound = max(planned.pathBoundHours, planned.workBoundHours ?? 0)
    return Document.Fact(
      "Crews", "\(crews)",
      [
        "\(plan.procedure.rule.rawValue)",
        planned.isProvenShortest
          ? "no order is shorter" : "no order can be shorter than \(text(bound))",
      ])
  }

  /// When a procedure begins on average: once those before it have brought their services back.
  private func meanStart(_ place: Int) -> Double {
    plans[place].after.map { meanStart($0) + meanOf(studies[$0].service) }.max() ?? 0
  }

  private func drillFacts(_ drill: DrillPlan, _ study: ProcedureStudy) -> [Document.Fact] {
    var facts = [
      Document.Fact(
        "Drilled", "every \(drill.every)", ["\(significant(8760 / drill.every.hours, digits: 3)) a year"])
    ]
    if let limit = drill.expects.recoveryTime, let meets = study.service.probability(atMost: limit.hours) {
      facts.append(
        Document.Fact(
          "RTO \(limit.promiseText)", "met with \(keptPercentage(meets.value))",
          [
            meets.low < meets.high
              ? "95 % CI \(keptPercentage(meets.low)) – \(keptPercentage(meets.high))" : "exact",
            "steps alone, without detection and response",
          ], number: .init(meets.value)))
    }
    return facts
  }

  // MARK: Steps

  private func table(_ place: Int) -> Document.Table {
    let (plan, study) = (plans[place], studies[place])
    let slack = plan.procedure.slackHours()
    let cells = plan.procedure.steps.indices.map { step in
      row(
        plan.procedure.steps[step], study.planned.steps[step], slack: slack[step],
        study.steps[step].criticality)
    }
    return Document.Table(
      columns: ["step", "takes", "starts", "ends", "waits for a crew", "slack", "decides"], cells: cells)
  }

  private func row(
    _ step: ProcedureStep, _ planned: CrewSchedule.Step, slack: Double?, _ criticality: Estimate
  ) -> [Document.Cell] {
    [
      Document.Cell(step.name + (step.isBehind ? " (behind)" : "")),
      Document.Cell(text(step.meanHours), number: step.meanHours),
      Document.Cell(text(planned.startHours), number: planned.startHours),
      Document.Cell(text(planned.finishHours), number: planned.finishHours),
      Document.Cell(planned.waitHours > 0 ? text(planned.waitHours) : "–", number: planned.waitHours),
      Document.Cell(slack.map { $0 > 0 ? text($0) : "–" } ?? "", number: slack),
      Document.Cell(percentage(criticality.value), number: criticality.value),
    ]
  }

  // MARK: JSON

  var json: JSONValue {
    .object(
      Dictionary(
        uniqueKeysWithValues: plans.indices.map { place in
          (plans[place].procedure.name, json(place))
        }))
  }

  private func json(_ place: Int) -> JSONValue {
    let (plan, study) = (plans[place], studies[place])
    let slack = plan.procedure.slackHours()
    var members: [String: JSONValue] = [
      "serviceHours": json(study.service), "endHours": json(study.end),
      "crews": plan.procedure.crews.map { .integer($0) } ?? .null,
      "criticalPath": .array(plan.procedure.criticalPath().path.map { .string($0) }),
      "lowerBoundHours": .number(max(study.planned.pathBoundHours, study.planned.workBoundHours ?? 0)),
      "after": .array(plan.after.map { .string(plans[$0].procedure.name) }),
      "startHoursMean": .number(meanStart(place)),
      "steps": .array(
        plan.procedure.steps.indices.map { step in
          [
            "name": .string(plan.procedure.steps[step].name),
            "meanHours": .number(plan.procedure.steps[step].meanHours),
            "startHours": .number(study.planned.steps[step].startHours),
            "finishHours": .number(study.planned.steps[step].finishHours),
            "slackHours": slack[step].map { .number($0) } ?? .null,
            "criticality": study.steps[step].criticality.json(unit: "1"),
          ]
        }),
    ]
    if let drill = plan.drill {
      members["drill"] = [
        "everyHours": .number(drill.every.hours),
        "meetsRecoveryTime": drill.expects.recoveryTime.flatMap {
          study.service.probability(atMost: $0.hours)
        }?.json(unit: "1") ?? unknownJSON("no RTO is expected"),
      ]
    }
    return .object(members)
  }

  private func json(_ law: OutcomeLaw) -> JSONValue {
    [
      "mean": law.mean()?.json(unit: "h") ?? unknownJSON("it may never end"), "exact": .bool(law.isExact),
      "p50": .number(law.quantile(0.5).value), "p90": .number(law.quantile(0.9).value),
      "p99": .number(law.quantile(0.99).value),
    ]
  }
}
