public import Quantities
public import Reliability
internal import Stochastics

/// What results depend on, and how sure they are, as a document and as JSON.
public struct SensitivityReport: Sendable {
  /// What is known about one capability or top event.
  public struct Subject: Sendable {
    /// Its name.
    public let name: String
    /// One parameter at a time.
    public let tornado: Tornado
    /// ∂ ln y / ∂ ln x; empty where it was not computed.
    public let elasticities: [Elasticity]
    /// Over what is uncertain; `nil` when nothing is.
    public let distribution: SampledDistribution?
    /// Where the variance comes from; `nil` when it was not asked for, or nothing varies.
    public let sobol: SobolIndices?

    /// A subject and what is known about it.
    public init(
      name: String, tornado: Tornado, elasticities: [Elasticity] = [],
      distribution: SampledDistribution? = nil,
      sobol: SobolIndices? = nil
    ) {
      self.name = name
      self.tornado = tornado
      self.elasticities = elasticities
      self.distribution = distribution
      self.sobol = sobol
    }
  }

  /// What results are measured in, and how parameters are written.
  public enum Scale: Sendable {
    /// Downtime in a year of so many hours; parameters by name.
    case downtime(hoursPerYear: Double, parameters: [String: ModelParameter])
    /// The probability of a top event; parameters are probabilities, or percentiles of what is uncertain.
    case probability
  }

  private let title: String
  private let subjects: [Subject]
  private let scale: Scale
  private let rows: Int
  private let notes: [String]
  private let seed: UInt64

  /// A report.
  ///
  /// - Parameters:
  ///   - rows: how many parameters are shown to people; programs get all.
  ///   - notes: what was varied and how, and what was left out.
  public init(title: String, subjects: [Subject], scale: Scale, rows: Int, notes: [String], seed: UInt64) {
    self.title = title
    self.subjects = subjects
    self.scale = scale
    self.rows = rows
    self.notes = notes
    self.seed = seed
  }

  // MARK: Document

  /// The report for people.
  public var document: Document {
    var document = Document(title: "\(title) · sensitivity")
    for subject in subjects { document.blocks += blocks(subject) }
    return Document(title: document.title, blocks: document.blocks + notes.map { .note($0) })
  }

  private func blocks(_ subject: Subject) -> [Document.Block] {
    var facts = [
      Document.Fact(
        resultName, text(subject.tornado.base), [baseRemark], number: .init(subject.tornado.base))
    ]
    if let distribution = subject.distribution { facts += uncertaintyFacts(distribution) }
    var blocks: [Document.Block] = [.heading(subject.name), .facts(facts)]
    let bars = subject.tornado.bars.prefix(rows)
    if let widest = bars.first?.swing, widest > 0 {
      blocks.append(
        .bars(
          title: "What moves it most, one at a time (swing against what is stated)",
          bars.map { Document.Bar($0.name, share: $0.swing / max(subject.tornado.base, 1e-300)) }))
      blocks.append(.table(table(subject, Array(bars))))
    } else {
      blocks.append(.note("Nothing that was varied moves it."))
    }
    if let sobol = subject.sobol { blocks.append(.table(sobolTable(sobol))) }
    return blocks
  }

  private func uncertaintyFacts(_ distribution: SampledDistribution) -> [Document.Fact] {
    let percentiles = [0.05, 0.5, 0.95].map { ($0, distribution.percentile($0)) }
    return percentiles.map { p, estimate in
      Document.Fact(
        "p\(Int(p * 100))", text(estimate.value), ["95 % CI \(text(estimate.low)) – \(text(estimate.high))"],
        number: .init(estimate.value))
    } + [
      Document.Fact(
        "Mean", text(distribution.mean.value),
        [
          "95 % CI \(text(distribution.mean.low)) – \(text(distribution.mean.high))",
          "\(grouped(distribution.values.count)) samples",
        ], number: .init(distribution.mean.value))
    ]
  }

  private func table(_ subject: Subject, _ bars: [Tornado.Bar]) -> Document.Table {
    var elasticity: [String: Double] = [:]
    for entry in subject.elasticities { elasticity[entry.name] = entry.value }
    let hasElasticity = !elasticity.isEmpty
    return Document.Table(
      columns: ["Parameter", "from", "to", "result from", "to"] + (hasElasticity ? ["elasticity"] : []),
      cells: bars.map { bar in
        [
          Document.Cell(bar.name), parameter(bar.name, bar.low), parameter(bar.name, bar.high),
          Document.Cell(text(bar.resultAtLow), number: bar.resultAtLow),
          Document.Cell(text(bar.resultAtHigh), number: bar.resultAtHigh),
        ]
          + (hasElasticity
            ? [elasticity[bar.name].map { Document.Cell(significant($0, digits: 3), number: $0) } ?? ""] : [])
      })
  }

  private func sobolTable(_ sobol: SobolIndices) -> Document.Table {
    Document.Table(
      columns: ["Share of the variance", "first order", "95 % CI", "total", "95 % CI"],
      cells: sobol.indices.filter { $0.total.value > 0 }.sorted { $0.total.value > $1.total.value }.prefix(
        rows
      )
      .map { index in
        [
          Document.Cell(index.name), share(index.first), interval(index.first), share(index.total),
          interval(index.total),
        ]
      })
  }

  private func share(_ estimate: Estimate) -> Document.Cell {
    Document.Cell(significant(estimate.value, digits: 2), number: estimate.value)
  }

  private func interval(_ estimate: Estimate) -> Document.Cell {
    Document.Cell("\(significant(estimate.low, digits: 2)) – \(significant(estimate.high, digits: 2))")
  }

  private var resultName: String {
    if case .downtime = scale { "Downtime a year" } else { "Probability" }
  }

  /// What the tornado starts from.
  private var baseRemark: String {
    if case .probability = scale { "where the bars begin" } else { "as stated" }
  }

  /// A result as people read it.
  private func text(_ result: Double) -> String {
    switch scale {
    case .downtime(let hours, _): TimeSpan(hours: max(0, result) * hours)?.description ?? ""
    case .probability: significant(result, digits: 4)
    }
  }

  /// A parameter's value as the model writes it.
  private func parameter(_ name: String, _ value: Double) -> Document.Cell {
    guard case .downtime(_, let parameters) = scale, let parameter = parameters[name] else {
      return Document.Cell(significant(value, digits: 3), number: value)
    }
    return Document.Cell(parameter.text(value), number: parameter.written(value))
  }

  // MARK: JSON

  /// The report for programs.
  public var json: JSONValue {
    var members: [String: JSONValue] = [:]
    for subject in subjects { members[subject.name] = json(subject) }
    let key = if case .downtime = scale { "capabilities" } else { "top" }
    return [
      "format": "relmodel/1", "command": "sensitivity", "model": .string(title),
      "results": [
        key: .object(members), "notes": .array(notes.map { .string($0) }), "seed": .string("\(seed)"),
      ],
    ]
  }

  private func json(_ subject: Subject) -> JSONValue {
    var members: [String: JSONValue] = [
      "value": exactJSON(subject.tornado.base, unit: "1"),
      "tornado": .array(
        subject.tornado.bars.map { bar in
          [
            "parameter": .string(bar.name), "low": .number(written(bar.name, bar.low)),
            "high": .number(written(bar.name, bar.high)), "resultAtLow": .number(bar.resultAtLow),
            "resultAtHigh": .number(bar.resultAtHigh),
          ]
        }),
      "elasticities": .array(
        subject.elasticities.map { ["parameter": .string($0.name), "value": .number($0.value)] }),
    ]
    if let distribution = subject.distribution {
      members["uncertainty"] = [
        "p05": distribution.percentile(0.05).json(unit: "1"),
        "p50": distribution.percentile(0.5).json(unit: "1"),
        "p95": distribution.percentile(0.95).json(unit: "1"), "mean": distribution.mean.json(unit: "1"),
        "standardDeviation": exactJSON(distribution.standardDeviation, unit: "1"),
        "samples": .integer(distribution.values.count),
      ]
    }
    if let sobol = subject.sobol {
      members["sobol"] = .array(
        sobol.indices.map { index in
          [
            "input": .string(index.name), "first": index.first.json(unit: "1"),
            "total": index.total.json(unit: "1"),
          ]
        })
    }
    return .object(members)
  }

  private func written(_ name: String, _ value: Double) -> Double {
    guard case .downtime(_, let parameters) = scale else { return value }
    return parameters[name]?.written(value) ?? value
  }
}
