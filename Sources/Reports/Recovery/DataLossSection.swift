internal import Quantities
internal import Recovery
internal import ServiceModel
internal import Stochastics

/// What each failure loses of each store, and how long it takes to bring it back.
struct DataLossSection {
  let answers: [StoreAnswer]

  private var stores: [String] {
    var seen: Set<String> = []
    return answers.map(\.store).filter { seen.insert($0).inserted }
  }

  var blocks: [Document.Block] {
    stores.flatMap { store -> [Document.Block] in
      let own = answers.filter { $0.store == store }
      return [.heading("Data of \(store)"), .table(losses(own)), .table(recoveries(own))] + notes(own)
    }
  }

  private func losses(_ answers: [StoreAnswer]) -> Document.Table {
    Document.Table(
      columns: [
        "failure", "takes", "restored from", "a year", "writes lost", "p50", "p90", "p99", "at most",
        "all is lost",
        "lost a year",
      ],
      cells: answers.map { answer in
        let law = answer.outcome.loss
        return [
          Document.Cell(answer.failure.name), Document.Cell(answer.failure.scenario.kind.rawValue),
          Document.Cell(answer.sources), number(answer.perYear) { significant($0, digits: 3) },
        ] + spread(law, never: "all")
          + [
            chance(law.probabilityOfValue().map(\.complement)),
            number(answer.lostHoursPerYear) { spanText($0) },
          ]
      })
  }

  private func recoveries(_ answers: [StoreAnswer]) -> Document.Table {
    Document.Table(
      columns: ["failure", "back after", "p50", "p90", "p99", "at most", "never", "time"],
      cells: answers.map { answer in
        let law = answer.outcome.recovery
        return [Document.Cell(answer.failure.name)] + spread(law, never: "never")
          + [
            chance(law.probabilityOfValue().map(\.complement)),
            Document.Cell(origin(of: answer.failure)),
          ]
      })
  }

  /// Where the time comes from.
  private func origin(of failure: StoreFailure) -> String {
    (failure.statesRecovery ? "as stated" : "of the restore")
      + (failure.scenario.starts.isEmpty ? "" : ", and the start")
  }

  /// The mean of what has a value; percentiles and the most of all.
  private func spread(_ law: OutcomeLaw, never: String) -> [Document.Cell] {
    let mean = law.mean()
    let quantiles = [0.5, 0.9, 0.99].map { law.quantile($0).value } + [law.worst]
    let text = mean.map { estimate in
      estimate.low < estimate.high
        ? "\(spanText(estimate.value)) ± \(spanText(estimate.halfWidth))" : spanText(estimate.value)
    }
    return [Document.Cell(text ?? never, number: mean?.value)]
      + quantiles.map { Document.Cell(spanText($0, never: never), number: $0.isFinite ? $0 : nil) }
  }

  private func number(_ value: Double?, _ text: (Double) -> String) -> Document.Cell {
    value.map { Document.Cell(text($0), number: $0) } ?? "–"
  }

  private func chance(_ value: Double?) -> Document.Cell {
    value.map { Document.Cell($0 > 0 ? percentage($0) : "–", number: $0) } ?? "–"
  }

  private func notes(_ answers: [StoreAnswer]) -> [Document.Block] {
    var notes: [(text: String, failures: [String])] = []
    for answer in answers {
      let own =
        answer.failure.remarks + answer.outcome.assumptions
        + (answer.outcome.loss.isExact && answer.outcome.recovery.isExact ? [] : ["from 20,000 seeded draws"])
      for text in own {
        let place = notes.firstIndex { $0.text == text } ?? notes.endIndex
        if place == notes.endIndex { notes.append((text, [])) }
        notes[place].failures.append(answer.failure.name)
      }
    }
    return notes.map { note in
      .note(
        note.failures.count == answers.count
          ? "For all of them, \(note.text)." : "\(note.failures.joined(separator: ", ")): \(note.text).")
    }
  }

  // MARK: JSON

  var json: JSONValue {
    .object(
      Dictionary(
        uniqueKeysWithValues: stores.map { store in
          (store, .array(answers.filter { $0.store == store }.map(json)))
        }))
  }

  private func json(_ answer: StoreAnswer) -> JSONValue {
    [
      "failure": .string(answer.failure.name), "kind": .string(answer.failure.scenario.kind.rawValue),
      "sources": .array(
        answer.outcome.sources.map { ["name": .string($0.name), "share": $0.share.json(unit: "1")] }),
      "perYear": answer.perYear.map { .number($0) } ?? unknownJSON("no mode, or no frequency"),
      "lossHours": json(answer.outcome.loss, never: "everything is lost"),
      "recoveryHours": json(answer.outcome.recovery, never: "it never comes back"),
      "lostHoursPerYear": answer.lostHoursPerYear.map { .number($0) }
        ?? unknownJSON("no mode, or no frequency"),
      "statesRecovery": .bool(answer.failure.statesRecovery),
      "includesStart": .bool(!answer.failure.scenario.starts.isEmpty),
      "assumptions": .array((answer.failure.remarks + answer.outcome.assumptions).map { .string($0) }),
    ]
  }

  private func json(_ law: OutcomeLaw, never: String) -> JSONValue {
    func quantile(_ p: Double) -> JSONValue {
      let value = law.quantile(p).value
      return value.isFinite ? .number(value) : unknownJSON(never)
    }
    return [
      "mean": law.mean()?.json(unit: "h") ?? unknownJSON(never), "exact": .bool(law.isExact),
      "p50": quantile(0.5), "p90": quantile(0.9), "p99": quantile(0.99),
      "max": law.worst.isFinite ? .number(law.worst) : unknownJSON(never),
      "probabilityOfNever": law.probabilityOfValue().map { .number($0.complement) } ?? unknownJSON(never),
    ]
  }
}

extension Estimate {
  /// One less the value.
  var complement: Double { 1 - value }
}
