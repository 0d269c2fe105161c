public import IncidentHistory
public import Quantities

/// The runs that were saved, as a table.
public struct RunList: Sendable {
  private let runs: [SavedRun]

  /// - Parameter runs: oldest first.
  public init(_ runs: [SavedRun]) { self.runs = runs }

  /// What people read.
  public var document: Document {
    var document = Document(title: HistoryText.count(runs.count, "saved run"))
    guard !runs.isEmpty else {
      document.blocks.append(.note("Save one: relmodel solve MODEL --save-run NAME."))
      return document
    }
    document.blocks.append(
      .table(
        Document.Table(
          columns: ["Run", "Saved", "Command", "Model", "Digest", "Downtime a year"], cells: runs.map(row))))
    return document
  }

  private func row(_ run: SavedRun) -> [Document.Cell] {
    [
      Document.Cell(run.name ?? "without a name"), Document.Cell(run.saved.isoText),
      Document.Cell(run.command), Document.Cell(run.model), Document.Cell(String(run.modelDigest.prefix(12))),
      Document.Cell(downtimes(run)),
    ]
  }

  private func downtimes(_ run: SavedRun) -> String {
    guard let answer = SavedAnswer(json: run.results) else { return "can not be read" }
    return answer.capabilities.keys.sorted().compactMap { name in
      answer.number("downtimeHoursPerYear", of: name)?.value.flatMap { TimeSpan(hours: max(0, $0)) }
        .map { "\(name) \($0)" }
    }.joined(separator: ", ")
  }

  /// What programs read.
  public var json: JSONValue {
    let rows = runs.map { run -> JSONValue in
      [
        "name": run.name.map { .string($0) } ?? .null, "saved": .string(run.saved.isoText),
        "command": .string(run.command), "model": .string(run.model),
        "modelDigest": .string(run.modelDigest), "seed": run.seed.map { .string($0) } ?? .null,
        "note": run.note.map { .string($0) } ?? .null,
      ]
    }
    return ["format": "relmodel/1", "command": "runs list", "results": ["runs": .array(rows)]]
  }
}

/// One saved run in full.
public struct RunReport: Sendable {
  private let run: SavedRun

  /// A report of a run.
  public init(_ run: SavedRun) { self.run = run }

  private func years(_ years: Double) -> String {
    years == 1 ? "1 year" : "\(significant(years, digits: 4).trimmingZeros) years"
  }

  /// What people read: how it was run, and what it said of each capability.
  public var document: Document {
    var facts = [
      Document.Fact("Saved", run.saved.isoText), Document.Fact("Command", run.command),
      Document.Fact("Model", run.model, ["digest \(run.modelDigest.prefix(12))"]),
    ]
    if let seed = run.seed { facts.append(Document.Fact("Seed", seed)) }
    if let note = run.note { facts.append(Document.Fact("Note", note)) }
    var document = Document(title: run.name ?? "a saved run", blocks: [.facts(facts)])
    guard let answer = SavedAnswer(json: run.results) else {
      document.blocks.append(.note("Its results can not be read; --format json prints them as they are."))
      return document
    }
    if let plan = answer.plan {
      document.blocks.append(
        .note(
          "\(grouped(plan.replications)) replications of \(years(plan.years)), "
            + "begun \(plan.start == "new" ? "new" : "in the long run")."))
    }
    let names = answer.capabilities.keys.sorted()
    let rows = names.map { name in
      [Document.Cell(name)]
        + SavedAnswer.figures.map { figure in
          let number = answer.number(figure.key, of: name)
          return Document.Cell(number?.text(figure.key) ?? "not there", number: number?.value)
        }
    }
    document.blocks.append(
      .table(Document.Table(columns: ["Capability"] + SavedAnswer.figures.map(\.label), cells: rows)))
    return document
  }
}
