public import Planning
public import Quantities

/// An allocation of redundancy among the components of a table.
public struct TablePlanReport: Sendable {
  /// What was asked.
  public struct Question: Sendable {
    /// The name of the table.
    public let name: String
    /// What is to be least.
    public let objective: RedundancyPlanner.Objective
    /// The most unavailability; 1: none asked for.
    public let target: Double
    /// The resource whose frontier is listed.
    public let frontier: Int?

    /// A question.
    public init(name: String, objective: RedundancyPlanner.Objective, target: Double, frontier: Int?) {
      (self.name, self.objective, self.target, self.frontier) = (name, objective, target, frontier)
    }
  }

  private let planner: RedundancyPlanner
  private let question: Question
  private let plan: RedundancyPlanner.Plan?
  private let obstacles: [RedundancyPlanner.Obstacle]
  private let frontier: (plans: [RedundancyPlanner.Plan], isComplete: Bool)?

  /// Works the question out.
  public init(_ planner: RedundancyPlanner, _ question: Question) {
    self.planner = planner
    self.question = question
    plan = planner.best(question.objective, target: question.target)
    obstacles = plan == nil ? planner.obstacles(target: question.target) : []
    frontier = question.frontier.map { planner.frontier($0) }
  }

  /// Whether there is a plan.
  public var isFound: Bool { plan != nil }

  /// The report for people.
  public var document: Document {
    var document = Document(
      title: "\(question.name) · plan · \(planner.subsystems.count) subsystems\(structureText)")
    if let plan {
      document.blocks += [.facts(facts(plan)), .table(table(plan))]
    }
    document.blocks += obstacles.map { .note(text($0)) }
    if let frontier, let resource = question.frontier {
      document.blocks.append(
        .heading("Frontier of \(planner.resources[resource]): \(grouped(frontier.plans.count)) plans"))
      document.blocks.append(.table(frontierTable(frontier.plans)))
    }
    document.blocks += (proofTexts + ["Components fail independently of each other."]).map { .note($0) }
    return document
  }

  private var structureText: String {
    planner.paths.map { " in a network of \($0.count) paths" } ?? " in series"
  }

  private func facts(_ plan: RedundancyPlanner.Plan) -> [Document.Fact] {
    [
      Document.Fact(
        "Reliability", significant(1 - plan.unavailability, digits: 9),
        [
          "fails with probability \(significant(plan.unavailability, digits: 6))",
          question.target < 1 ? "at most \(significant(question.target, digits: 6)) asked for" : "",
        ].filter { !$0.isEmpty }, number: .init(1 - plan.unavailability))
    ]
      + planner.resources.indices.map { resource in
        Document.Fact(
          planner.resources[resource], amount(plan.use[resource]),
          planner.limits[resource].isFinite ? ["of \(amount(planner.limits[resource]))"] : [],
          number: .init(plan.use[resource]))
      }
  }

  private func table(_ plan: RedundancyPlanner.Plan) -> Document.Table {
    Document.Table(
      columns: ["subsystem", "components", "reliability"] + planner.resources,
      cells: zip(planner.subsystems, plan.designs).map { subsystem, design in
        [
          Document.Cell(subsystem.name), Document.Cell(design.text(subsystem)),
          Document.Cell(
            significant(1 - design.unavailability, digits: 6), number: 1 - design.unavailability),
        ] + design.use.map { Document.Cell(amount($0), number: $0) }
      })
  }

  private func frontierTable(_ plans: [RedundancyPlanner.Plan]) -> Document.Table {
    Document.Table(
      columns: planner.resources + ["reliability", "design"],
      cells: plans.map { plan in
        plan.use.map { Document.Cell(amount($0), number: $0) } + [
          Document.Cell(significant(1 - plan.unavailability, digits: 9), number: 1 - plan.unavailability),
          Document.Cell(
            zip(planner.subsystems, plan.designs).map { $1.text($0) }.joined(separator: " | ")),
        ]
      })
  }

  private func amount(_ value: Double) -> String { significant(value, digits: 10).trimmingZeros }

  // MARK: Proof

  private var proofTexts: [String] {
    var texts: [String] = []
    if let plan {
      texts.append(plan.isProved ? "Proved: no allocation is better." : "Found, not proved: \(gap(plan)).")
    } else if !obstacles.isEmpty {
      texts.append("Proved: no allocation keeps to the limits.")
    }
    if let frontier, !frontier.isComplete {
      texts.append("The frontier has gaps: there are more partial plans than are kept.")
    }
    return texts
  }

  private func gap(_ plan: RedundancyPlanner.Plan) -> String {
    switch question.objective {
    case .unavailability:
      "no allocation fails with a probability below \(significant(plan.bound, digits: 6))"
    case .use(let resource):
      "no allocation takes less than \(amount(plan.bound)) of \(planner.resources[resource])"
    }
  }

  private func text(_ obstacle: RedundancyPlanner.Obstacle) -> String {
    switch obstacle {
    case .subsystem(let place, let resource, let least):
      "Impossible: \(planner.subsystems[place].name) alone takes at least \(amount(least)) of "
        + "\(planner.resources[resource]), and the limit is \(amount(planner.limits[resource]))."
    case .resource(let resource, let least):
      "Impossible: all subsystems at their least take \(amount(least)) of \(planner.resources[resource]), "
        + "\(amount(least - planner.limits[resource])) more than the limit of \(amount(planner.limits[resource]))."
    case .together(let resource, let least):
      "Impossible with these limits; with the others as they are, \(amount(least)) of "
        + "\(planner.resources[resource]) are enough, \(amount(least - planner.limits[resource])) more than now."
    case .target(let best):
      "Impossible: \(best.map { "at best \(significant(1 - $0, digits: 9)) is reached" } ?? "nothing is reached") "
        + "with these limits, and no single limit that is raised to sixteen times helps."
    }
  }

  // MARK: Programs

  /// The report for programs.
  public var json: JSONValue {
    var results: [String: JSONValue] = [
      "allocation": plan.map { allocationJSON($0) } ?? [],
      "proved": .bool(plan?.isProved ?? !obstacles.isEmpty),
      "frontier": .array((frontier?.plans ?? []).map(planJSON)),
      "frontierIsComplete": .bool(frontier?.isComplete ?? false),
      "obstacles": .array(obstacles.map { .string(text($0)) }),
    ]
    results["system"] = plan.map(planJSON) ?? unknownJSON("no allocation keeps to the limits")
    return [
      "format": "relmodel/1", "command": "plan", "model": .string(question.name),
      "results": .object(results),
    ]
  }

  private func allocationJSON(_ plan: RedundancyPlanner.Plan) -> JSONValue {
    .array(
      zip(planner.subsystems, plan.designs).map { subsystem, design in
        [
          "subsystem": .string(subsystem.name), "components": .object(design.counts(subsystem)),
          "unavailability": .number(design.unavailability), "use": useJSON(design.use),
        ]
      })
  }

  private func planJSON(_ plan: RedundancyPlanner.Plan) -> JSONValue {
    let components = zip(planner.subsystems, plan.designs).map { ($0.name, JSONValue.object($1.counts($0))) }
    return [
      "unavailability": .number(plan.unavailability), "reliability": .number(1 - plan.unavailability),
      "use": useJSON(plan.use), "components": .object(Dictionary(components) { first, _ in first }),
    ]
  }

  private func useJSON(_ use: [Double]) -> JSONValue {
    .object(Dictionary(zip(planner.resources, use.map { JSONValue.number($0) })) { first, _ in first })
  }
}

extension Redundancy.Design {
  /// `2 × a, 1 × b`.
  func text(_ subsystem: Redundancy) -> String {
    let parts = zip(subsystem.types, counts).filter { $1 > 0 }.map { "\($1) × \($0.name)" }
    return parts.isEmpty ? "nothing" : parts.joined(separator: ", ")
  }

  fileprivate func counts(_ subsystem: Redundancy) -> [String: JSONValue] {
    let used = zip(subsystem.types, counts).filter { $1 > 0 }.map { ($0.name, JSONValue.integer($1)) }
    return Dictionary(used) { first, _ in first }
  }
}
