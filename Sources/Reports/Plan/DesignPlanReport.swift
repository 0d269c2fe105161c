public import Planning
internal import Quantities
public import ServiceModel
public import Simulation

/// Which levers of a model to pull, in which order, and what that is worth.
public struct DesignPlanReport: Sendable {
  /// What a plan is meant to be.
  public enum Aim: String, Sendable {
    /// The least cost that keeps the promises.
    case cheapest
    /// The fewest levers that keep the promises.
    case leastChange
    /// The least downtime within the budgets.
    case mostAvailable
    /// The least of cost and downtime together.
    case leastTotal
  }

  /// What a plan is about.
  public struct Frame: Sendable {
    /// The model as it is.
    public let model: Model
    /// The levers.
    public let space: DesignSpace
    /// The capabilities that count, as indices of the model's.
    public let capabilities: [Int]
    /// What was asked.
    public let question: DesignQuestion
    /// The currency of all amounts.
    public let currency: String
    /// The promises of recovery that have to be kept, as they are now; empty where none is asked for.
    public let promises: [RecoveryPromise]
    /// How many replications of a year tell what is due; `nil`: nothing is.
    public let replications: Int?
    /// Whether availability is what is served, a degraded service with its fraction.
    public let isServed: Bool
    /// What of money or promises has no part in the answer.
    public let leavesOut: [String]

    /// A frame.
    public init(
      model: Model, space: DesignSpace, capabilities: [Int], question: DesignQuestion, currency: String,
      promises: [RecoveryPromise], replications: Int?, isServed: Bool, leavesOut: [String]
    ) {
      self.isServed = isServed
      (self.promises, self.replications) = (promises, replications)
      (self.model, self.space, self.capabilities) = (model, space, capabilities)
      (self.question, self.currency, self.leavesOut) = (question, currency, leavesOut)
    }

    var names: [String] { capabilities.map { model.capabilities[$0].name } }
    var hoursPerYear: Double { model.conventions.hoursPerYear }
    var hoursPerMonth: Double { model.conventions.hoursPerMonth }
  }

  /// How the chosen plan did when it was simulated.
  public enum Verification: Sendable {
    /// Present and plan with the same luck.
    case simulated(DesignComparison)
    /// There was nothing to simulate, or it was not asked for.
    case none
    /// It could not be simulated.
    case impossible(String)
  }

  let frame: Frame
  let plan: DesignPlan
  let aim: Aim
  let steps: [DesignPlan.Step]
  let listsFrontier: Bool
  let verification: Verification

  /// A report.
  public init(
    _ frame: Frame, plan: DesignPlan, aim: Aim, steps: [DesignPlan.Step], listsFrontier: Bool,
    verification: Verification
  ) {
    (self.frame, self.plan, self.aim, self.steps) = (frame, plan, aim, steps)
    (self.listsFrontier, self.verification) = (listsFrontier, verification)
  }

  /// The plan that was asked for; `nil` when there is none.
  var chosen: DesignPoint? { plan.answer(to: aim) }

  /// The report for people.
  public var document: Document {
    var document = Document(
      title: "\(frame.model.name) · plan · \(frame.space.levers.count) "
        + "\(frame.space.levers.count == 1 ? "lever" : "levers"), \(countText) designs")
    document.blocks.append(.heading(aim.title))
    if let chosen {
      document.blocks.append(.facts(facts(chosen)))
      document.blocks.append(contentsOf: stepBlocks)
    } else {
      document.blocks += obstacleTexts.map { .note($0) }
    }
    document.blocks += promiseBlocks
    document.blocks.append(.heading("Plans side by side"))
    document.blocks.append(.table(planTable))
    if let text = nextDollarText { document.blocks.append(.note(text)) }
    if listsFrontier { document.blocks += frontierBlocks }
    document.blocks += verificationBlocks
    document.blocks += (certaintyTexts + frame.leavesOut).map { .note($0) }
    return document.folded()
  }

  private var countText: String {
    frame.space.count == .max ? "more than can be counted" : grouped(frame.space.count)
  }

  // MARK: The chosen plan

  private func facts(_ chosen: DesignPoint) -> [Document.Fact] {
    var facts = frame.names.indices.map { place in
      Document.Fact(
        "Availability of \(frame.names[place])", availabilityText(chosen.unavailability[place]),
        [
          "now \(availabilityText(plan.present.unavailability[place]))",
          promiseText(chosen.unavailability[place], place),
        ].filter { !$0.isEmpty }, number: .init(1 - chosen.unavailability[place]))
    }
    facts.append(
      Document.Fact(
        "Price a month", money(chosen.monthly), ["now \(money(plan.present.monthly))"],
        number: .init(chosen.monthly, "\(frame.currency)/month")))
    facts += totalFacts(chosen)
    facts.append(
      Document.Fact(
        "Once", money(chosen.once),
        ["spread over \(shortest(frame.question.months)) months to compare plans"],
        number: .init(chosen.once, frame.currency)))
    return facts + limitFacts(chosen)
  }

  private func promiseText(_ unavailability: Double, _ place: Int) -> String {
    let target = frame.question.targets[place]
    guard target < 1 else { return "" }
    return "\(unavailability <= target * (1 + 1e-12) ? "keeps" : "misses") \(availabilityText(target))"
  }

  private var stepBlocks: [Document.Block] {
    guard !steps.isEmpty else { return [.note("Nothing has to change.")] }
    return [
      .table(
        Document.Table(
          columns: [
            "step", "what to change", "from", "to", "why", "a month", "once", "takes", "downtime a year then",
          ], cells: steps.indices.map(stepRow)))
    ]
  }

  private func stepRow(_ number: Int) -> [Document.Cell] {
    let step = steps[number]
    let before = number == 0 ? plan.present : steps[number - 1].reached
    let lever = frame.space.levers[step.lever]
    let value = frame.model.choices[step.lever].values[safe: step.to - 1]
    let added = step.reached.monthly - before.monthly
    return [
      Document.Cell("\(number + 1)", number: Double(number + 1)),
      Document.Cell(frame.model.choices[step.lever].title ?? lever.name),
      Document.Cell(lever.values[step.from]),
      Document.Cell(lever.values[step.to]), Document.Cell(reason(before, step.reached)),
      Document.Cell(signedMoney(added), number: added),
      Document.Cell(value?.once.map { "\($0)" } ?? "–", number: lever.once[step.to]),
      Document.Cell(value?.takes.map(\.exactText) ?? "–"),
      Document.Cell(
        frame.names.indices.map { perYear(step.reached.unavailability[$0]) }.joined(separator: ", ")),
    ]
  }

  /// What a step is worth: downtime less or more, in the capability where that is most.
  func reason(_ before: DesignPoint, _ after: DesignPoint) -> String {
    let saved = frame.names.indices.map { before.unavailability[$0] - after.unavailability[$0] }
    let largest = saved.indices.max { abs(saved[$0]) < abs(saved[$1]) } ?? 0
    guard let most = saved[safe: largest], abs(most) > 1e-15 else {
      let kept = newlyKept(before, after)
      if !kept.isEmpty { return "keeps \(kept.joined(separator: ", "))" }
      return after.monthly < before.monthly - 0.005 ? "costs less" : "changes nothing by itself"
    }
    let name = frame.names.count > 1 ? " of \(frame.names[largest])" : ""
    return most > 0
      ? "\(perYear(most)) less down\(name)"
      : after.monthly < before.monthly - 0.005
        ? "costs less for \(perYear(-most)) more down\(name)"
        : "\(perYear(-most)) more down\(name), by itself"
  }

  // MARK: All plans

  private var planTable: Document.Table {
    Document.Table(
      columns: ["plan", "pulls"] + frame.names.map { "\($0) available" } + ["a month", "once"] + limitColumns
        + (frame.promises.isEmpty ? [] : ["recovery kept"]) + (isPriced ? ["with downtime"] : []),
      cells: plan.named.map { name, point in
        [Document.Cell(name), Document.Cell(pulls(point))] + figures(point)
      })
  }

  func figures(_ point: DesignPoint) -> [Document.Cell] {
    point.unavailability.map { Document.Cell(availabilityText($0), number: 1 - $0) } + [
      Document.Cell(money(point.monthly), number: point.monthly),
      Document.Cell(money(point.once), number: point.once),
    ]
      + limitCells(point) + keptCells(point)
      + (isPriced ? [Document.Cell(totalText(point), number: total(point))] : [])
  }

  func pulls(_ point: DesignPoint) -> String {
    let pulled = zip(frame.space.levers, point.design).filter { $1 != 0 }
      .map { "\($0.name) \($0.values[$1])" }
    return pulled.isEmpty ? "nothing" : pulled.joined(separator: ", ")
  }

  // MARK: Words

  func money(_ amount: Double) -> String { Money.text(amount, currency: frame.currency, decimals: 2) }

  private func signedMoney(_ amount: Double) -> String {
    amount < 0 ? "−\(money(-amount))" : "+\(money(amount))"
  }

  func availabilityText(_ unavailability: Double) -> String {
    Availability(unavailability: min(1, max(0, unavailability)))?.text(digits: 4) ?? ""
  }

  func perYear(_ unavailability: Double) -> String {
    TimeSpan(hours: unavailability * frame.hoursPerYear)?.description ?? "0 s"
  }
}

extension Array {
  subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

extension DesignPlan {
  /// The plan for an aim.
  public func answer(to aim: DesignPlanReport.Aim) -> DesignPoint? {
    switch aim {
    case .cheapest: cheapest
    case .leastChange: leastChange
    case .mostAvailable: mostAvailable
    case .leastTotal: leastTotal
    }
  }

  /// Whether no design is better for an aim.
  public func proves(_ aim: DesignPlanReport.Aim) -> Bool {
    switch aim {
    case .cheapest: certainty.proves(.cheapest)
    case .leastChange: certainty.proves(.leastChange)
    case .mostAvailable: certainty.proves(.mostAvailable)
    case .leastTotal: total?.proof == .proved
    }
  }

  /// The plans by name, what the model says first.
  var named: [(String, DesignPoint)] {
    [
      ("as it is", present), ("LeastCost", cheapest), ("LeastChange", leastChange),
      ("most available", mostAvailable), ("least total", leastTotal),
    ].compactMap { name, point in point.map { (name, $0) } }
  }
}

extension DesignPlanReport.Aim {
  var title: String {
    switch self {
    case .cheapest: "The cheapest plan that keeps the promises (LeastCost)"
    case .leastChange: "The plan that keeps the promises with the fewest changes (LeastChange)"
    case .mostAvailable: "The plan with the least downtime"
    case .leastTotal: "The plan with the least total cost: the bill, what is paid once, and downtime"
    }
  }
}
