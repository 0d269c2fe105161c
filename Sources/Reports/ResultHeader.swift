internal import Reliability
internal import Quantities
public import ServiceGraph
public import ServiceModel

/// What every result says about the model it is for.
public struct ResultHeader: Sendable {
  /// The compiled model.
  public let graph: CompiledGraph
  /// The modes that were bound to the incident history.
  public let bindings: [BoundMode]

  /// A header.
  public init(graph: CompiledGraph, bindings: [BoundMode]) {
    self.graph = graph
    self.bindings = bindings
  }

  /// The conventions of the model.
  public var conventions: Conventions { graph.model.conventions }

  /// A length of time in a year as the model counts years.
  func perYear(_ share: Double) -> TimeSpan { TimeSpan(hours: share * conventions.hoursPerYear) ?? .zero }

  /// The versioned envelope of a JSON result.
  func json(command: String, results: [String: JSONValue], run: JSONValue? = nil) -> JSONValue {
    var members: [String: JSONValue] = [
      "format": "relmodel/1", "command": .string(command), "model": .string(graph.model.name),
      "conventions": conventions.json,
    ]
    var results = results
    results["leftOut"] = leftOutJSON
    results["bindings"] = .array(bindings.map(json))
    members["results"] = .object(results)
    if let run { members["run"] = run }
    return .object(members)
  }

  /// What could not be put into numbers.
  var leftOutJSON: JSONValue { .array(graph.leftOut.map(json)) }

  private func json(_ entry: CompiledGraph.LeftOut) -> JSONValue {
    var members: [String: JSONValue] = ["cause": .string(entry.cause), "reason": .string(entry.reason)]
    if let bound = entry.upperBound {
      members["ratePerYearAtMost"] = [
        "value": .number(bound.perHour * conventions.hoursPerYear), "unit": "1/y",
        "confidence": .number(0.95),
      ]
    }
    return .object(members)
  }

  private func json(_ binding: BoundMode) -> JSONValue {
    let unseen: JSONValue = ["unknown": "no incident in the window"]
    let endless: JSONValue = binding.observation.count > 0 ? ["unknown": "no outage has ended"] : unseen
    return [
      "cause": .string(binding.cause), "incidents": .string(binding.reference.description),
      "count": .integer(binding.observation.count),
      "downtimeHours": .number(binding.observation.downtimeHours),
      "exposureHours": .number(binding.exposureHours), "rateFactor": .number(binding.rateFactor),
      "mtbfHours": binding.meanTimeBetweenFailuresHours.map { .number($0) } ?? unseen,
      "ended": .integer(binding.observation.endedCount),
      "mttrHours": binding.meanOutageHours.map { .number($0) } ?? endless,
    ]
  }

  /// The causes that a capability stands on and that could not be put into numbers.
  func unknownFact(ofCapability index: Int) -> [Document.Fact] {
    let unknown = graph.causesLeftOut(ofCapability: index)
    guard !unknown.isEmpty else { return [] }
    let names = unknown.prefix(4).joined(separator: ", ") + (unknown.count > 4 ? ", …" : "")
    return [Document.Fact("Leaves out", "\(unknown.count) unknown", [names])]
  }

  /// What the numbers rest on, and what they leave out.
  func footnotes() -> [Document.Block] {
    var blocks = historyBlocks
    if !graph.leftOut.isEmpty {
      blocks.append(.heading("Unknown, and left out"))
      blocks.append(.facts(graph.leftOut.map { fact($0) }))
    }
    blocks += graph.commonCauseConventions.map { .note("Common cause \($0).") }
    blocks.append(.note(conventionText))
    return blocks
  }

  /// What the incident history says of the modes that are bound to it.
  var historyBlocks: [Document.Block] { bindings.isEmpty ? [] : [.table(bindingTable())] }

  /// A cause that could not be put into numbers, with more to say about it.
  func fact(_ entry: CompiledGraph.LeftOut, _ remarks: [String] = []) -> Document.Fact {
    let bound = entry.upperBound.map {
      "at most \(significant($0.perHour * conventions.hoursPerYear, digits: 3)) a year (95 %)"
    }
    return Document.Fact(entry.cause, entry.reason, (bound.map { [$0] } ?? []) + remarks)
  }

  private func bindingTable() -> Document.Table {
    let seen = bindings.filter { $0.observation.count > 0 }
    let isScaled = seen.contains { $0.rateFactor != 1 }
    let columns = ["From the history", "seen", "in", "per year", "95 % interval", "mean outage"]
    return Document.Table(
      columns: columns + (isScaled ? ["taken as"] : []),
      rows: seen.map { row($0) + (isScaled ? [takenAs($0)] : []) } + pooledRow(seen, isScaled: isScaled))
  }

  /// All classes together, where they were watched for the same time.
  private func pooledRow(_ seen: [BoundMode], isScaled: Bool) -> [[String]] {
    guard seen.count > 1, let first = seen.first,
      seen.allSatisfy({ $0.exposureHours == first.exposureHours })
    else { return [] }
    let pooled = BoundMode(pooling: seen, cause: "all, pooled")
    return [row(pooled) + (isScaled ? [""] : [])]
  }

  private func row(_ binding: BoundMode) -> [String] {
    let perYear = conventions.hoursPerYear / binding.exposureHours
    let (low, high) = binding.countInterval(confidence: 0.95)
    return [
      binding.cause, grouped(binding.observation.count),
      "\(grouped(binding.exposureHours / 24, decimals: 1)) d",
      significant(Double(binding.observation.count) * perYear, digits: 3),
      "\(significant(low * perYear, digits: 2)) – \(significant(high * perYear, digits: 3))",
      binding.meanOutageHours.flatMap { TimeSpan(hours: $0) }?.description ?? "unknown",
    ]
  }

  /// The rate that is used when the model scales what was seen.
  private func takenAs(_ binding: BoundMode) -> String {
    let perYear = conventions.hoursPerYear / binding.exposureHours
    let rate = Double(binding.observation.count) * perYear * binding.rateFactor
    return "\(significant(rate, digits: 3)) (× \(significant(binding.rateFactor, digits: 3).trimmingZeros))"
  }

  /// The constants behind the numbers, on every result.
  var conventionText: String {
    "A year has \(grouped(conventions.hoursPerYear, decimals: 0)) h, a month "
      + "\(grouped(conventions.hoursPerMonth, decimals: 0)) h; mtbf excludes repair."
  }
}
