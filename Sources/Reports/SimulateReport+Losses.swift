internal import Quantities
internal import Recovery
internal import ServiceGraph
internal import ServiceModel
internal import Simulation
internal import Stochastics

extension SimulateReport {
  /// What failures lost of data, and which recovery objectives were kept.
  var lossBlocks: [Document.Block] {
    guard !result.dataLosses.isEmpty || !result.lossesNotDrawn.isEmpty else { return [] }
    var blocks: [Document.Block] = []
    if !result.dataLosses.isEmpty {
      blocks += [.heading("Data lost"), .table(lossTable)]
      if result.dataLosses.contains(where: { !$0.attainments.isEmpty }) {
        blocks.append(.table(attainmentTable))
      }
      blocks += startNotes
    }
    if !result.lossesNotDrawn.isEmpty {
      blocks.append(
        .note(
          "Not drawn: what \(result.lossesNotDrawn.joined(separator: ", ")) loses, since only its availability is "
            + "known; relmodel recovery has its law."))
    }
    return blocks
  }

  /// That the time until a store is back has its start in it, and what it does not have.
  private var startNotes: [Document.Block] {
    let failures = result.dataLosses.map(\.failure)
    let waits = failures.contains {
      header.graph.model.components[$0.component].start?.gates.isEmpty == false
    }
    guard waits || failures.contains(where: { !$0.scenario.starts.isEmpty }) else { return [] }
    return [
      .note(
        "A store is back once it has started, which takes what its component states"
          + (waits
            ? ", and how long it waits on average for others that the same failure takes down; a wait for what is down by "
              + "itself is not in it, nor is a failure while it starts."
            : "; a failure while it starts is not in it."))
    ]
  }

  private func storeName(_ loss: DataLossEstimate) -> String {
    header.graph.model.components[loss.failure.component].name
  }

  var lossTable: Document.Table {
    Document.Table(
      columns: [
        "failure", "data of", "a year", "writes lost", "p50", "p90", "p99", "at most", "lost a year",
        "all lost a year",
        "back after", "p99",
      ],
      cells: result.dataLosses.map { loss in
        [
          Document.Cell(loss.failure.name), Document.Cell(storeName(loss)), rate(loss.incidentsPerYear),
          mean(loss.loss, of: loss, never: "all"), span(loss.loss?.p50, of: loss, never: "all"),
          span(loss.loss?.p90, of: loss, never: "all"), span(loss.loss?.p99, of: loss, never: "all"),
          span(loss.loss?.most, of: loss, never: "all"),
          lost(loss.lostHoursPerYear),
          rate(loss.lossesOfAllPerYear), mean(loss.recovery, of: loss, never: "never"),
          span(loss.recovery?.p99, of: loss, never: "never"),
        ]
      })
  }

  var attainmentTable: Document.Table {
    Document.Table(
      columns: ["objective", "data of", "failure", "RTO kept", "RPO kept", "both", "missed a year"],
      cells: result.dataLosses.flatMap { loss in
        loss.attainments.map { kept in
          [
            Document.Cell(kept.objective.name), Document.Cell(storeName(loss)),
            Document.Cell(loss.failure.name),
            share(kept.inTime, isStated: kept.objective.recoveryTime != nil),
            share(kept.inPoint, isStated: kept.objective.recoveryPoint != nil),
            share(kept.both, isStated: true), rate(kept.missesPerYear),
          ]
        }
      })
  }

  private func rate(_ estimate: Estimate) -> Document.Cell {
    guard estimate.value > 0 else {
      return Document.Cell("none seen, at most \(significant(estimate.high, digits: 2))", number: 0)
    }
    return Document.Cell(
      "\(significant(estimate.value, digits: 3)) ± \(significant(estimate.halfWidth, digits: 1))",
      number: estimate.value)
  }

  private func lost(_ estimate: Estimate?) -> Document.Cell {
    guard let estimate else { return "–" }
    if estimate.value == 0, estimate.high > 0 {
      return Document.Cell("none seen, at most \(spanText(estimate.high))", number: 0)
    }
    return Document.Cell(
      "\(spanText(estimate.value)) ± \(spanText(estimate.halfWidth))", number: estimate.value)
  }

  /// Without a value: no incident was seen, or none left something or came back.
  private func span(_ hours: Double?, of loss: DataLossEstimate, never: String) -> Document.Cell {
    hours.map { Document.Cell(spanText($0), number: $0) }
      ?? Document.Cell(loss.incidents > 0 ? never : "none seen")
  }

  /// The mean, and how far it may be off where its own scatter tells.
  private func mean(
    _ spread: DataLossEstimate.Spread?, of loss: DataLossEstimate, never: String
  ) -> Document.Cell {
    guard let mean = spread?.meanEstimate, mean.high > mean.low, mean.high.isFinite else {
      return span(spread?.mean, of: loss, never: never)
    }
    return Document.Cell("\(spanText(mean.value)) ± \(spanText(mean.high - mean.value))", number: mean.value)
  }

  private func share(_ estimate: Estimate?, isStated: Bool) -> Document.Cell {
    guard let estimate else { return isStated ? "none seen" : "–" }
    return Document.Cell(
      "\(keptPercentage(estimate.value)) (\(keptPercentage(estimate.low)) – \(keptPercentage(estimate.high)))",
      number: estimate.value)
  }

  /// For each capability with an RTO: the share of its outages that ended in time.
  func recoveryFacts(_ estimate: CapabilityEstimate, _ index: Int) -> [Document.Fact] {
    let objectives = header.graph.model.capabilities[index].recoveryObjectives.filter {
      $0.recoveryTime != nil
    }
    return objectives.compactMap { objective in
      guard let limit = objective.recoveryTime else { return nil }
      let label = "RTO \(limit.promiseText)" + (objectives.count > 1 ? ", \(objective.name)" : "")
      guard let lengths = estimate.outageLengths, let kept = estimate.outagesEnded(within: limit.hours) else {
        return Document.Fact(label, "no outage began and ended", [objective.name])
      }
      return Document.Fact(
        label, "kept in \(keptPercentage(kept.value)) of outages",
        [
          "\(keptPercentage(kept.low)) – \(keptPercentage(kept.high))",
          "of \(grouped(lengths.count)) that began and ended",
        ], number: .init(kept.value))
    }
  }

  /// The same for programs, by objective; objectives without an RTO are not in it.
  func recoveryJSON(_ estimate: CapabilityEstimate, _ index: Int) -> JSONValue {
    var members: [String: JSONValue] = [:]
    for objective in header.graph.model.capabilities[index].recoveryObjectives {
      guard let limit = objective.recoveryTime else { continue }
      members[objective.name] = [
        "rtoHours": .number(limit.hours),
        "outagesInTime": estimate.outagesEnded(within: limit.hours)?.json(unit: "1")
          ?? unknownJSON("no outage began and ended"),
      ]
    }
    return .object(members)
  }

  var lossJSON: JSONValue {
    .array(
      result.dataLosses.map { loss in
        [
          "failure": .string(loss.failure.name), "store": .string(storeName(loss)),
          "kind": .string(loss.failure.scenario.kind.rawValue), "incidents": .integer(loss.incidents),
          "incidentsPerYear": loss.incidentsPerYear.json(unit: "1/y"),
          "lostHoursPerYear": loss.lostHoursPerYear?.json(unit: "h/y")
            ?? unknownJSON("no incident left something"),
          "lossesOfAllPerYear": loss.lossesOfAllPerYear.json(unit: "1/y"),
          "lossHours": json(loss.loss, of: loss, never: "no incident left something"),
          "recoveryHours": json(loss.recovery, of: loss, never: "no incident came to an end"),
          "objectives": .object(
            Dictionary(
              uniqueKeysWithValues: loss.attainments.map { kept in
                (
                  kept.objective.name,
                  [
                    "inTime": kept.inTime?.json(unit: "1") ?? unknownJSON("no RTO, or no incident"),
                    "inPoint": kept.inPoint?.json(unit: "1") ?? unknownJSON("no RPO, or no incident"),
                    "both": kept.both?.json(unit: "1") ?? unknownJSON("no incident"),
                    "missesPerYear": kept.missesPerYear.json(unit: "1/y"),
                  ]
                )
              })),
        ]
      })
  }

  private func json(
    _ spread: DataLossEstimate.Spread?, of loss: DataLossEstimate, never: String
  ) -> JSONValue {
    guard let spread else { return unknownJSON(loss.incidents > 0 ? never : "no incident") }
    return [
      "mean": .number(spread.mean), "p50": .number(spread.p50), "p90": .number(spread.p90),
      "p99": .number(spread.p99), "max": .number(spread.most), "unit": "h",
      "meanInterval": spread.meanEstimate.json(unit: "h"), "intervals": spread.percentiles.json(unit: "h"),
    ]
  }
}
