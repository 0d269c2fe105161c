public import Quantities
public import Reliability

/// The exact answer about a fault tree as a document and as JSON.
public struct FaultTreeReport: Sendable {
  private let tree: String
  private let results: [FaultTreeResult]
  private let importanceRows: Int

  /// A report about the tops of a tree.
  ///
  /// - Parameter importanceRows: how many events are shown to people; programs get all.
  public init(tree: String, results: [FaultTreeResult], importanceRows: Int = 10) {
    self.tree = tree
    self.results = results
    self.importanceRows = importanceRows
  }

  // MARK: Document

  /// The report for people.
  public var document: Document {
    var document = Document(title: "\(tree) · fault tree · exact")
    for result in results { document.blocks += blocks(result) }
    return document
  }

  private func blocks(_ result: FaultTreeResult) -> [Document.Block] {
    var blocks: [Document.Block] = [
      .heading(result.name), .facts([probabilityFact(result)] + boundFacts(result) + timeFacts(result)),
    ]
    if let horizon = result.horizon { blocks += HorizonSection(horizon).blocks }
    if let sets = result.cutSets { blocks += CutSetSection(sets).blocks }
    if let section = importance(result) { blocks += section.blocks }
    return blocks + result.notes.map { .note($0) }
  }

  private func importance(_ result: FaultTreeResult) -> ImportanceSection? {
    result.importance.map { ImportanceSection($0, rows: importanceRows, unit: .probability) }
  }

  private func probabilityFact(_ result: FaultTreeResult) -> Document.Fact {
    let at = result.time.map { ["at time \(significant($0, digits: 6).trimmingZeros)"] } ?? []
    switch result.probability {
    case .exact(let value):
      return Document.Fact(
        "Probability", significant(value, digits: 10), ["exact"] + at, number: .init(value))
    case .between(let low, let high, let method):
      return Document.Fact(
        "Probability", "\(significant(low, digits: 4)) – \(significant(high, digits: 4))",
        ["proven bounds: \(method)"] + at)
    case .unknown(let reason): return Document.Fact("Probability", "unknown", [reason])
    }
  }

  private func boundFacts(_ result: FaultTreeResult) -> [Document.Fact] {
    guard let sets = result.cutSets else { return [] }
    var facts: [Document.Fact] = []
    if let sum = sets.probabilitySum {
      facts.append(
        Document.Fact(
          "Rare-event sum", significant(sum, digits: 10), ["sum over all sets"], number: .init(sum)))
    }
    if let bound = sets.minCutUpperBound {
      facts.append(
        Document.Fact(
          "Min-cut bound", significant(bound, digits: 10), ["1 − Π (1 − P)"], number: .init(bound)))
    }
    return facts
  }

  private func timeFacts(_ result: FaultTreeResult) -> [Document.Fact] {
    var facts: [Document.Fact] = []
    if let frequency = result.frequency {
      facts.append(
        Document.Fact(
          "Frequency", significant(frequency, digits: 6), ["occurrences per unit of time, at that time"],
          number: .init(frequency)))
    }
    switch result.meanTimeToFailure {
    case .finite(let mean):
      facts.append(
        Document.Fact(
          "Mean time to it", significant(mean, digits: 10), ["units of time"], number: .init(mean)))
    case .infinite(let ever):
      facts.append(
        Document.Fact(
          "Mean time to it", "infinite",
          ["it happens at all with probability \(significant(ever, digits: 6))"])
      )
    case .undefined, nil: break
    }
    return facts
  }

  // MARK: JSON

  /// The report for programs.
  public var json: JSONValue {
    var tops: [String: JSONValue] = [:]
    for result in results { tops[result.name] = json(result) }
    return [
      "format": "relmodel/1", "command": "solve", "model": .string(tree),
      "results": ["top": .object(tops), "method": "exact"],
    ]
  }

  private func json(_ result: FaultTreeResult) -> JSONValue {
    var members: [String: JSONValue] = [
      "notes": .array(result.notes.map { .string($0) }),
      "frequency": result.frequency.map { exactJSON($0, unit: "1/time") }
        ?? unknownJSON("an event has no frequency, or the order of failures matters"),
      "meanTimeToFailure": meanTimeJSON(result.meanTimeToFailure),
    ]
    members["time"] = result.time.map { .number($0) }
    switch result.probability {
    case .exact(let value): members["probability"] = exactJSON(value, unit: "1")
    case .between(let low, let high, let method):
      members["probability"] = [
        "low": .number(low), "high": .number(high), "unit": "1", "method": .string(method),
      ]
    case .unknown(let reason): members["probability"] = unknownJSON(reason)
    }
    if let section = result.horizon.map({ HorizonSection($0) }) { members[section.key] = section.json }
    if let sets = result.cutSets { members["cutSets"] = CutSetSection(sets).json }
    if let section = importance(result) { members[section.key] = section.json }
    return .object(members)
  }

  private func meanTimeJSON(_ mean: MeanTimeToFailure?) -> JSONValue {
    switch mean {
    case .finite(let value): exactJSON(value, unit: "time")
    case .infinite(let ever): ["infinite": true, "probabilityEver": .number(ever)]
    case .undefined, nil: unknownJSON("no mean follows from the laws of the events")
    }
  }
}
