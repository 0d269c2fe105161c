public import Planning
public import Quantities
internal import Simulation
internal import Stochastics

/// The steps of a plan: what each brings and costs, and the order in which they are best made.
public struct RoadmapSection: ReportSection {
  /// A step of the plan.
  public struct Step: Sendable {
    /// What it is called.
    public let name: String
    /// How long it takes, in words; `nil` where nothing says.
    public let takes: String?
    /// What it costs once; `nil` where nothing says.
    public let once: Money?
    /// The steps that must come before, as places in the plan.
    public let needs: [Int]

    /// A step.
    public init(name: String, takes: String?, once: Money?, needs: [Int]) {
      self.name = name
      self.takes = takes
      self.once = once
      self.needs = needs
    }
  }

  /// The best order, or why there is none.
  public enum Order: Sendable {
    /// An order was found.
    case found(StepOrder)
    /// There is none, and why.
    case unknown(String)
  }

  /// The key under which programs find it.
  public let key = "roadmap"
  /// The steps in the order of the plan.
  public let steps: [Step]
  /// The best order.
  public let order: Order
  let capability: String
  let rows: [RoadmapRow]
  let currency: String?
  let months: Double
  let approximations: [String]
  /// Causes that are known from a step on and left out before it.
  let counted: [(step: String, causes: [String])]

  /// A section.
  ///
  /// - Parameters:
  ///   - steps: one for each design after the base.
  ///   - report: the comparison of the base with what it is after each step.
  ///   - capability: the one whose downtime counts.
  ///   - currency: of what steps cost; `nil` where costs do not count for the order.
  ///   - months: for how many months running a step counts in what it costs.
  ///   - approximations: what the exact engine approximates or leaves out of the capability after all steps.
  public init(
    steps: [Step], order: Order, report: ComparisonReport, capability: String, currency: String?,
    months: Double,
    approximations: [String]
  ) {
    self.steps = steps
    self.order = order
    self.capability = capability
    self.currency = currency
    self.months = months
    self.approximations = approximations
    rows = report.roadmapRows(capability)
    counted = report.countedFromSteps
  }

  // MARK: People

  /// What people read.
  public var blocks: [Document.Block] {
    [.heading("Step by step, \(capability)")] + pictures + [.table(stepTable)]
      + countedNotes.map { .note($0) }
      + orderBlocks
  }

  /// Whatever a step makes known comes to its downtime, and was there before.
  var countedNotes: [String] {
    counted.map { entry in
      "Counted from \(entry.step) on, and unknown before: \(DeclarationText.list(entry.causes)). That step removes more than "
        + "is told here."
    }
  }

  private var stepTable: Document.Table {
    let hasPoint = rows.contains { $0.timeKept != nil || $0.pointKept != nil }
    return Document.Table(
      columns: ["after", "availability", "down a year", "by it", "so far", "interval"]
        + (hasPoint ? ["RTO kept", "RPO kept"] : []) + ["takes", "once", "a month"],
      cells: rows.enumerated().map { place, row in
        [
          Document.Cell(row.name), row.availability, row.downtime, row.removed, row.removedSoFar,
          row.interval,
        ] + (hasPoint ? [row.timeKept ?? "–", row.pointKept ?? "–"] : []) + planCells(place) + [row.monthly]
      })
  }

  private func planCells(_ place: Int) -> [Document.Cell] {
    guard place > 0 else { return ["–", "–"] }
    let step = steps[place - 1]
    return [
      Document.Cell(step.takes ?? "not stated"),
      step.once.map { Document.Cell("\($0)", number: $0.double) } ?? "not stated",
    ]
  }

  private var orderBlocks: [Document.Block] {
    switch order {
    case .unknown(let reason): [.note("The best order is unknown: \(reason).")]
    case .found(let found):
      [
        .heading(
          currency == nil
            ? "The order that removes downtime soonest" : "The order that removes most per dollar")
      ]
        + [.table(orderTable(found))] + orderNotes(found).map { .note($0) }
    }
  }

  private func orderTable(_ found: StepOrder) -> Document.Table {
    Document.Table(
      columns: ["", "step", "down before", "removes", "needs"]
        + (currency == nil ? [] : ["costs", "removed per $1,000"].map { $0.replacing("$", with: sign) }),
      cells: found.stages.enumerated().map { place, stage in
        [
          Document.Cell("\(place + 1)", number: Double(place + 1)), Document.Cell(steps[stage.step].name),
          hours(stage.before.downtimeHours), hours(stage.removedHours),
          Document.Cell(steps[stage.step].needs.map { steps[$0].name }.joined(separator: ", ")),
        ] + costCells(stage)
      })
  }

  private var sign: String {
    let text = Money.text(1, currency: currency ?? "USD")
    return text.hasSuffix("1") ? String(text.dropLast()) : ""
  }

  private func costCells(_ stage: StepOrder.Stage) -> [Document.Cell] {
    guard let currency, let cost = stage.cost else { return [] }
    let perThousand = cost > 0 ? hours(stage.removedHours / cost * 1000) : "free"
    return [Document.Cell(Money.text(cost, currency: currency), number: cost), perThousand]
  }

  private func hours(_ value: Double) -> Document.Cell {
    guard let span = TimeSpan(hours: abs(value)) else { return "unknown" }
    return Document.Cell(value < 0 ? "−\(span)" : "\(span)", number: value)
  }

  private func orderNotes(_ found: StepOrder) -> [String] {
    let how =
      found.method == .allSets
      ? "By the exact engine for \(grouped(found.setCount)) sets of steps, every one that the needs allow: no order is better."
      : "By the exact engine for \(grouped(found.setCount)) sets of steps; more than \(StepOrder.exactLimit) steps, so at each "
        + "place the best next one is taken, and there may be a better order."
    let counted =
      currency == nil
      ? "Not every step states in one currency what it costs once, so each counts alike: least downtime on the way."
      : "What a step costs is once: and \(significant(months, digits: 4).trimmingZeros) months of what running it costs more; "
        + "the best order has the least downtime times dollars on the way."
    let needs =
      "A step needs another when it changes what that adds, or sets otherwise what that sets; steps are applied in the "
      + "order of the plan."
    return [how, counted, needs] + approximations.map { "Exact: \($0)." }
  }
}
