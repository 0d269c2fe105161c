public import Quantities
public import Reliability
internal import ServiceModel
public import Stochastics

/// What is not known of one capability: percentiles over all numbers that are bound to the history or stated as uncertain.
public struct PosteriorSection: ReportSection {
  /// The key under which programs find it.
  public let key = "parameterUncertainty"
  private let posterior: UncertainUnavailability
  private let header: ResultHeader
  private let seed: UInt64
  private let simulated: Estimate?
  private let years: YearSpread?

  private static let percentiles = [("p05", 0.05), ("p10", 0.1), ("p50", 0.5), ("p90", 0.9), ("p95", 0.95)]
  private static let shown = ["p10", "p50", "p90"]

  /// A section.
  ///
  /// - Parameters:
  ///   - seed: of the samples.
  ///   - simulated: the unavailability that a simulation found with the numbers as bound; the exact percentiles are then
  ///     scaled to it, and its own interval is told beside them.
  ///   - years: the downtime of single replications, with what is not known and without.
  public init(
    _ posterior: UncertainUnavailability, header: ResultHeader, seed: UInt64, simulated: Estimate? = nil,
    years: YearSpread? = nil
  ) {
    (self.posterior, self.header, self.seed) = (posterior, header, seed)
    (self.simulated, self.years) = (simulated, years)
  }

  private var title: String {
    posterior.believed.isEmpty ? "What the history leaves possible" : "What is not known leaves possible"
  }

  /// From the exact unavailability to the one told of.
  private var scale: Double {
    guard let simulated, posterior.stated > 0 else { return 1 }
    return simulated.value / posterior.stated
  }

  private func told(_ estimate: Estimate) -> Estimate {
    Estimate(
      value: min(1, estimate.value * scale), low: min(1, estimate.low * scale),
      high: min(1, estimate.high * scale), confidence: estimate.confidence)
  }

  private var answers: [(name: String, value: Estimate)] {
    Self.percentiles.map { ($0.0, told(posterior.distribution.percentile($0.1))) }
  }

  /// Downtime and availability at the 10th, 50th and 90th percentile, and what they rest on.
  public var blocks: [Document.Block] {
    let shown = answers.filter { Self.shown.contains($0.name) }
    let downtime = shown.map { _, estimate in
      Document.Cell(
        header.perYear(estimate.value).description,
        number: estimate.value * header.conventions.hoursPerYear)
    }
    let availability = shown.map { _, estimate in
      Document.Cell(
        Availability(unavailability: estimate.value)?.text(digits: 4) ?? "", number: 1 - estimate.value)
    }
    return [
      .table(
        Document.Table(
          columns: [title] + shown.map(\.name),
          cells: [["Downtime a year"] + downtime, ["Availability then"] + availability]))
    ] + remarks.map { .note($0) } + (years.map { [$0.table, .note($0.sentence)] } ?? [])
  }

  private var remarks: [String] {
    let samples = grouped(posterior.distribution.values.count)
    let bound = HistoryText.count(posterior.bound.count, "number") + " bound to the history"
    let believed = HistoryText.count(posterior.believed.count, "number") + " stated as uncertain"
    let numbers = (posterior.bound.isEmpty ? [] : [bound]) + (posterior.believed.isEmpty ? [] : [believed])
    let laws = posterior.bound.isEmpty ? "by the laws stated" : "rates gamma, mean durations inverse gamma"
    let basis = "\(samples) samples of \(numbers.joined(separator: " and ")), seed \(seed): \(laws)."
    let own = simulated.map { estimate in
      " By the exact engine, scaled to the simulation's mean; the simulation's own error, "
        + "± \(header.perYear(estimate.halfWidth)), comes on top."
    }
    return [basis + (own ?? "")] + (posterior.note.map { [$0] } ?? [])
  }

  /// The same for programs.
  public var json: JSONValue {
    let hours = header.conventions.hoursPerYear
    var members: [String: JSONValue] = [
      "unavailability": .object(members { $0.json(unit: "1") }),
      "downtimeHoursPerYear": .object(members { $0.multiplied(by: hours).json(unit: "h/y") }),
      "samples": .integer(posterior.distribution.values.count), "seed": .string("\(seed)"),
      "parameters": .array(posterior.parameters.map { .string($0) }),
    ]
    if posterior.distribution.undefined > 0 {
      members["undefined"] = .integer(posterior.distribution.undefined)
    }
    if let simulated {
      members["simulated"] = simulated.json(unit: "1")
      members["scaledBy"] = .number(scale)
    }
    if let years { members["horizon"] = years.json }
    if let note = posterior.note { members["approximation"] = .string(note) }
    return .object(members)
  }

  private func members(_ json: (Estimate) -> JSONValue) -> [String: JSONValue] {
    Dictionary(answers.map { ($0.name, json($0.value)) }) { first, _ in first }
  }
}
