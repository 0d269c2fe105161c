public import Planning
public import Quantities
internal import Stochastics

/// How throughput grows with load, as `relmodel capacity scalability` prints it.
public struct ScalabilityReport: Sendable {
  private let file: ThroughputFile
  private let name: String
  private let fit: ScalabilityFit
  private let confidence: Double
  private let loads: [Double]

  /// A report about measurements.
  ///
  /// - Parameters:
  ///   - name: the file as it was named.
  ///   - confidence: of the intervals.
  ///   - loads: further loads whose throughput is asked for.
  public init(
    _ file: ThroughputFile, name: String, confidence: Double = 0.95, loads: [Double] = []
  ) throws(InvalidQuestion) {
    (self.file, self.name, self.confidence, self.loads) = (file, name, confidence, loads)
    fit = try ScalabilityFit(file.measurements, confidence: confidence)
  }

  // MARK: People

  /// The report for people.
  public var document: Document {
    var document = Document(title: "\(name) · scalability")
    document.blocks.append(.facts(parameterFacts + ceilingFacts + fitFacts))
    document.blocks.append(.table(table))
    document.blocks.append(.note(note))
    return document.folded()
  }

  private var parameterFacts: [Document.Fact] {
    [
      fact("Contention", fit.contention, fit.law.contention),
      fact("Coherency", fit.coherency, fit.law.coherency), fact("Single", fit.single, fit.law.single),
    ]
  }

  private func fact(
    _ label: String, _ parameter: ScalabilityFit.Parameter, _ value: Double
  ) -> Document.Fact {
    let remark =
      switch parameter {
      case .estimated(let estimate):
        "\(percentage(confidence)) CI \(amountText(estimate.low)) – \(amountText(estimate.high))"
      case .atBound: "at its bound: the best without it is negative"
      case .exact: "as many measurements as parameters, so without an interval"
      }
    return Document.Fact(label, amountText(value), [remark], number: Document.Number(value))
  }

  private var ceilingFacts: [Document.Fact] {
    switch fit.law.ceiling {
    case .peak(let load, let throughput):
      return [
        Document.Fact(
          "Peak", amountText(throughput), ["at a load of \(amountText(load))", "beyond it falls"],
          number: Document.Number(throughput)),
        Document.Fact("Peak load", amountText(load), number: Document.Number(load)),
      ] + limitFacts
    case .asymptote(let throughput):
      return [
        Document.Fact(
          "Ceiling", amountText(throughput), ["ever nearer, never reached"],
          number: Document.Number(throughput))
      ] + limitFacts
    case .none: return [Document.Fact("Ceiling", "none", ["it grows with the load"])]
    }
  }

  /// What contention alone allows, and where it halves what a load brings.
  private var limitFacts: [Document.Fact] {
    let limit = fit.law.amdahlLimit.map {
      Document.Fact(
        "Amdahl limit", amountText($0), ["were there no coherency cost"], number: Document.Number($0))
    }
    let load = fit.law.bestLoad.map {
      Document.Fact(
        "Optimal load", amountText($0), ["contention halves what each unit of load brings"],
        number: Document.Number($0))
    }
    return [limit, load].compactMap { $0 }
  }

  private var fitFacts: [Document.Fact] {
    let share = fit.explainedShare.map {
      Document.Fact("R²", amountText($0), ["of the variance explained"], number: Document.Number($0))
    }
    let sigma = fit.sigma.map {
      Document.Fact(
        "Residual", amountText($0), ["standard deviation, \(fit.degreesOfFreedom) degrees of freedom"],
        number: Document.Number($0))
    }
    return [share, sigma].compactMap { $0 }
  }

  private var table: Document.Table {
    let measured = file.measurements.map { item in
      [
        Document.Cell(amountText(item.load), number: item.load),
        Document.Cell(amountText(item.throughput), number: item.throughput),
      ] + lawCells(item.load)
    }
    let asked = loads.map { load in
      [Document.Cell(amountText(load), number: load), Document.Cell("")] + lawCells(load)
    }
    return Document.Table(
      columns: [file.load, file.throughput, "by the law", "of linear"], cells: measured + asked)
  }

  private func lawCells(_ load: Double) -> [Document.Cell] {
    let value = fit.law.throughput(at: load)
    let share = value / (fit.law.single * load)
    return [
      Document.Cell(amountText(value), number: value), Document.Cell(percentage(share), number: share),
    ]
  }

  private var note: String {
    "X(N) = γ N / (1 + σ (N − 1) + κ N (N − 1)) by least squares, contention σ and coherency κ not below 0 (Gunther); intervals by "
      + "Student's t from the linearised fit, cut off at 0. A law says little beyond the loads that were measured."
  }

  // MARK: Programs

  /// The report for programs.
  public var json: JSONValue {
    [
      "format": "relmodel/1", "command": "capacity scalability",
      "results": [
        "contention": json(fit.contention, fit.law.contention),
        "coherency": json(fit.coherency, fit.law.coherency), "single": json(fit.single, fit.law.single),
        "squaredResiduals": .number(fit.squaredResiduals),
        "sigma": fit.sigma.map { .number($0) } ?? .null,
        "degreesOfFreedom": .integer(fit.degreesOfFreedom),
        "rSquared": fit.explainedShare.map { .number($0) } ?? .null, "ceiling": ceilingJSON,
        "amdahlLimit": fit.law.amdahlLimit.map { .number($0) } ?? .null,
        "optimalLoad": fit.law.bestLoad.map { .number($0) } ?? .null,
        "fitted": .array(
          (file.measurements.map(\.load) + loads).map {
            ["load": .number($0), "throughput": .number(fit.law.throughput(at: $0))]
          }),
      ],
    ]
  }

  private func json(_ parameter: ScalabilityFit.Parameter, _ value: Double) -> JSONValue {
    switch parameter {
    case .estimated(let estimate):
      [
        "value": .number(value), "low": .number(estimate.low), "high": .number(estimate.high),
        "confidence": .number(confidence),
      ]
    case .atBound: ["value": .number(value), "atBound": .bool(true)]
    case .exact: ["value": .number(value)]
    }
  }

  private var ceilingJSON: JSONValue {
    switch fit.law.ceiling {
    case .peak(let load, let throughput):
      ["kind": "peak", "load": .number(load), "throughput": .number(throughput)]
    case .asymptote(let throughput): ["kind": "asymptote", "throughput": .number(throughput)]
    case .none: ["kind": "none"]
    }
  }
}
