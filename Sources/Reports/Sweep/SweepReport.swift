internal import Billing
internal import Quantities
public import Reliability
internal import ServiceGraph
internal import ServiceModel
public import Simulation
internal import Stochastics

/// What a result does as one value of a model moves, or two.
public struct SweepReport: Sendable {
  /// A model with values of its own.
  public struct Point: Sendable {
    /// The values, one for each path; empty for the model as it is stated.
    public let values: [String]
    /// What every result says about it.
    public let header: ResultHeader
    /// What the exact engine says; `nil` where it has no answer.
    public let exact: [SteadyStateResult]?
    /// What a month of it costs.
    public let monthly: DesignMoney.Monthly

    /// A point.
    public init(
      values: [String], header: ResultHeader, exact: [SteadyStateResult]?, monthly: DesignMoney.Monthly
    ) {
      self.values = values
      self.header = header
      self.exact = exact
      self.monthly = monthly
    }
  }

  /// The paths, as they are called in tables.
  public let names: [String]
  /// The points: the model as it is stated, then one for each value, or pair of values.
  public let points: [Point]
  /// What was simulated, design by design as the points.
  public let comparison: DesignComparison

  /// A report.
  public init(names: [String], points: [Point], comparison: DesignComparison) {
    self.names = names
    self.points = points
    self.comparison = comparison
  }

  var header: ResultHeader { points[0].header }
  var plan: SimulationPlan { comparison.designs[0].plan }
  var hoursPerYear: Double { header.conventions.hoursPerYear }

  /// The report for people.
  public var document: Document {
    let partial = comparison.isPartial ? " · partial: \(grouped(plan.replications)) asked for" : ""
    let years = plan.years == 1 ? "1 year" : "\(significant(plan.years, digits: 4).trimmingZeros) years"
    var document = Document(
      title: "\(header.graph.model.name) by \(names.joined(separator: " and ")) · \(years) · "
        + "\(grouped(comparison.replications)) replications · seed \(plan.seed)\(partial)")
    for capability in header.graph.model.capabilities.map(\.name) {
      document.blocks.append(.heading(capability))
      if let picture = picture(capability) { document.blocks.append(.illustration(picture)) }
      if names.count == 2 { document.blocks.append(.table(gridTable(capability))) }
      document.blocks.append(.table(curveTable(capability)))
    }
    document.blocks += notes.map { .note($0) }
    document.blocks.append(.note(header.conventionText))
    return document
  }

  private var notes: [String] {
    let open = points.compactMap { point -> Int? in
      if case .bill(let bill) = point.monthly { bill.unknown.count + bill.perUse.count } else { nil }
    }
    var notes = [
      "Every row has the same luck, so what is the same fails at the same instants; differences are to the model as "
        + "it is stated, replication by replication."
    ]
    if let most = open.max(), most > 0 {
      notes.append("Lines whose price or use is not known are in no month: up to \(grouped(most)).")
    }
    let reasons = points.compactMap { point -> String? in
      if case .unknown(let reason) = point.monthly { reason } else { nil }
    }
    if let reason = reasons.first { notes.append("No bill: \(reason).") }
    if points.contains(where: { $0.exact == nil }) {
      notes.append("The exact engine has no answer for rows without an exact downtime.")
    }
    return notes
  }
}
