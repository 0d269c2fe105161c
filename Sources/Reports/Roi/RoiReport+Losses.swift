internal import Economics
internal import Quantities
internal import Stochastics

extension RoiReport {
  /// Chances and tails of what a year of downtime costs; none where no downtime has a price.
  var lossBlocks: [Document.Block] {
    guard frame.losses.contains(where: { !$0.exceedance.points.isEmpty }) else { return [] }
    return [
      .heading("A year of downtime that costs so much or more"), .table(exceedanceTable), .table(tailTable),
      .note(lossNote),
    ]
  }

  private var exceedanceTable: Document.Table {
    let periods = frame.losses.first?.exceedance.points.map(\.returnPeriodYears) ?? []
    return Document.Table(
      columns: ["once in", "chance"] + frame.losses.flatMap { [$0.name, "95 % interval"] },
      cells: periods.map { period in
        let chance = 1 / period
        return [
          Document.Cell("\(significant(period, digits: 3).trimmingZeros) y", number: period),
          Document.Cell("\(significant(chance * 100, digits: 3).trimmingZeros) %", number: chance),
        ] + frame.losses.flatMap { cells($0.exceedance.loss(returnPeriodYears: period)) }
      })
  }

  private var tailTable: Document.Table {
    Document.Table(
      columns: [
        "of years", "design", "stay at or below", "95 % interval", "mean of the others", "95 % interval",
      ],
      cells: frame.losses.flatMap { design in
        design.exceedance.tails.map { tail in
          [
            Document.Cell("\(significant(tail.level * 100, digits: 3).trimmingZeros) %", number: tail.level),
            Document.Cell(design.name),
          ] + cells(tail.valueAtRisk) + cells(tail.tailValueAtRisk)
        }
      })
  }

  private func cells(_ estimate: Estimate?) -> [Document.Cell] {
    guard let estimate else { return ["–", "–"] }
    return [
      cell(estimate.value), Document.Cell("\(money(estimate.low)) to \(money(estimate.high))"),
    ]
  }

  private var lossNote: String {
    let means = frame.losses.compactMap { design in
      design.exceedance.mean.map {
        "\(design.name) \(money($0.value)), \(money($0.low)) to \(money($0.high))"
      }
    }
    let count = grouped(frame.losses.first?.exceedance.years.values.count ?? 0)
    let numbers =
      options.contains { $0.uncertain != nil }
      ? "numbers drawn anew every few replications" : "all numbers as stated"
    return
      "A year costs on average: \(means.joined(separator: "; ")). From \(count) calendar years, \(numbers), each design as "
      + "it runs once it is there. What a share of years stays at or below is the value at risk, the mean of the others the "
      + "tail value at risk."
  }

  // MARK: JSON

  /// The losses of each design for programs.
  var lossJSON: JSONValue {
    .object(
      Dictionary(
        frame.losses.map { ($0.name, json($0.exceedance)) }, uniquingKeysWith: { own, _ in own }))
  }

  private func json(_ losses: LossExceedance) -> JSONValue {
    [
      "mean": losses.mean?.json(unit: frame.currency) ?? unknownJSON("fewer than two years"),
      "years": .integer(losses.years.values.count),
      "points": .array(
        losses.points.map { point in
          [
            "returnPeriodYears": .number(point.returnPeriodYears), "probability": .number(point.probability),
            "loss": point.loss.json(unit: frame.currency),
          ]
        }),
      "tails": .array(
        losses.tails.map { tail in
          [
            "level": .number(tail.level), "valueAtRisk": tail.valueAtRisk.json(unit: frame.currency),
            "tailValueAtRisk": tail.tailValueAtRisk.json(unit: frame.currency),
          ]
        }),
    ]
  }
}
