internal import Diagnostics
internal import Quantities
internal import Recovery
internal import ServiceModel
internal import Stochastics

/// What drills are expected to show, and what the model says they will.
struct DrillSection {
  let model: Model
  let answers: [StoreAnswer]

  private struct Row {
    let plan: RecoveryPlan
    let drill: DrillPlan
    let answer: StoreAnswer
    let forecast: RecoveryDrill.Forecast
  }

  private var rows: [Row] {
    model.procedures.flatMap { plan -> [Row] in
      guard let drill = plan.drill, let name = drill.rehearses?.value else { return [] }
      return answers.filter { $0.failure.cause == name }.compactMap { answer in
        let rehearsal = try? RecoveryDrill(
          name: plan.procedure.name, every: drill.every, scenario: answer.failure.scenario,
          expects: drill.expects)
        return rehearsal.map { Row(plan: plan, drill: drill, answer: answer, forecast: $0.forecast()) }
      }
    }
  }

  var blocks: [Document.Block] {
    let rows = rows
    guard !rows.isEmpty else { return [] }
    return [
      .heading("Drills"),
      .table(
        Document.Table(
          columns: [
            "drill", "rehearses", "data of", "every", "expected RTO", "modelled", "met", "expected RPO",
            "modelled",
            "met", "both", "misses a year",
          ], cells: rows.map(cells))),
      .note(
        "A recovery counts here from the failure on, as its failure mode has it, with detection, response and the start of "
          + "the component; the RTO that stands with a procedure is held against the steps alone."),
    ]
  }

  private func cells(_ row: Row) -> [Document.Cell] {
    let (forecast, expects) = (row.forecast, row.drill.expects)
    return [
      Document.Cell(row.plan.procedure.name), Document.Cell(row.answer.failure.name),
      Document.Cell(row.answer.store),
      Document.Cell(row.drill.every.description, number: row.drill.every.hours),
      Document.Cell(expects.recoveryTime?.promiseText ?? "–"),
      range(forecast.outcome.recovery, never: "never"),
      chance(forecast.meets.meetsTime), Document.Cell(expects.recoveryPoint?.promiseText ?? "–"),
      range(forecast.outcome.loss, never: "all"), chance(forecast.meets.meetsPoint),
      chance(forecast.meets.meetsBoth),
      forecast.missesPerYear.map { Document.Cell(significant($0, digits: 3), number: $0) } ?? "–",
    ]
  }

  private func range(_ law: OutcomeLaw, never: String) -> Document.Cell {
    guard let mean = law.mean() else { return Document.Cell(never) }
    let most = law.quantile(0.99).value
    let text = spanText(mean.value)
    return Document.Cell(
      text == spanText(most) ? text : "\(text), p99 \(spanText(most, never: never))", number: mean.value)
  }

  private func chance(_ estimate: Estimate?) -> Document.Cell {
    estimate.map { Document.Cell(keptPercentage($0.value), number: $0.value) } ?? "–"
  }

  var json: JSONValue {
    .array(
      rows.map { row in
        [
          "procedure": .string(row.plan.procedure.name), "rehearses": .string(row.answer.failure.name),
          "store": .string(row.answer.store), "drillsPerYear": .number(row.forecast.drillsPerYear),
          "meetsTime": row.forecast.meets.meetsTime?.json(unit: "1") ?? unknownJSON("no RTO is expected"),
          "meetsPoint": row.forecast.meets.meetsPoint?.json(unit: "1") ?? unknownJSON("no RPO is expected"),
          "meetsBoth": row.forecast.meets.meetsBoth?.json(unit: "1") ?? unknownJSON("nothing is expected"),
          "missesPerYear": row.forecast.missesPerYear.map { .number($0) }
            ?? unknownJSON("nothing is expected"),
        ]
      })
  }
}
