public import Planning
internal import Quantities
public import ServiceModel

/// Where the pods of a model can be, as `relmodel plan placement` prints it.
public struct PlacementReport: Sendable {
  /// What is known beside the plan.
  public struct Answers: Sendable {
    /// Changes after which all pods have nodes.
    public var fixes: [PlacementFix] = []
    /// The cheapest nodes for them; `nil`: not asked for, or none were found.
    public var mix: NodeMix?
    /// What the mix has to survive.
    public var surviving = NodeMix.Loss.zone
    /// The nodes that could be bought.
    public var offers: [NodeOffer] = []
    /// What solvers said that were asked.
    public var solved: [SolvedPlacement] = []
    /// Why nothing could be priced.
    public var unpriced: String?

    /// Nothing.
    public init() {}
  }

  let model: Model
  let plan: PlacementPlan
  let answers: Answers
  let words: PlacementWords

  /// A report about a plan.
  public init(_ model: Model, _ plan: PlacementPlan, _ answers: Answers) {
    (self.model, self.plan, self.answers) = (model, plan, answers)
    words = PlacementWords(
      problem: plan.placement.problem,
      zones: plan.placement.zones.map { $0.map { model.domains[$0].name } ?? "" })
  }

  var problem: PlacementProblem { plan.placement.problem }

  /// The packing that is shown: where pods are, or where they could be when the scheduler leaves more waiting.
  var shown: Packing {
    plan.current.pending(of: problem).reduce(0, +) > plan.best.waiting ? plan.best.packing : plan.current
  }

  // MARK: People

  /// The report for people.
  public var document: Document {
    var document = Document(title: "\(model.name) · placement")
    document.blocks.append(.facts(facts))
    document.blocks += [.heading(nodesHeading), .table(nodes)]
    if !plan.scheduled.waiting.isEmpty {
      document.blocks += [
        .heading("Pending, as the scheduler places one pod after the other"), .table(pending),
      ]
    }
    document.blocks += [.heading("After a loss"), .table(losses)]
    if !budgets.rows.isEmpty { document.blocks += [.heading("Disruption budgets"), .table(budgets)] }
    document.blocks += [.heading("Draining one node"), .table(drains)]
    document.blocks += moneyBlocks
    document.blocks += solvedBlocks
    document.blocks.append(.note(note))
    return document
  }

  private var facts: [Document.Fact] {
    let zones = plan.placement.zones.compactMap(\.self).count
    var facts = [
      Document.Fact(
        "Pods", "\(problem.podCount)",
        [
          "of \(counted(problem.apps.count, "component")), on \(counted(problem.nodes.count, "node"))"
            + (zones > 0 ? " in \(counted(zones, "zone"))" : "")
        ]),
      fit,
    ]
    if let conflict = plan.conflict {
      let rules = conflict.constraints.map { words.text($0) }.joined(separator: "; ")
      let remark =
        conflict.isProved ? "without any one of these all would fit" : "not proved that each is needed"
      facts.append(Document.Fact("Because of", rules, [remark]))
    }
    let waiting = plan.scheduled.waiting.reduce(0) { $0 + $1.count }
    facts.append(
      Document.Fact(
        "Scheduler", waiting == 0 ? "places all" : "leaves \(waiting) pending",
        ["one after the other, critical ones first, as declared, and nobody moves"]))
    if plan.placement.drawn != nil {
      facts.append(Document.Fact("As drawn", plan.isAsDrawn ? "keeps every rule" : "breaks rules", breaches))
    }
    return facts
  }

  private var fit: Document.Fact {
    switch plan.best.fits {
    case .yes: Document.Fact("Fits", "yes", ["every pod has a node"])
    case .no:
      Document.Fact(
        "Fits", "no",
        [
          plan.best.isProved
            ? "\(plan.best.waiting) have no node, however they are placed: proved"
            : "\(plan.best.waitingAtLeast) to \(plan.best.waiting) have no node, however they are placed"
        ])
    case .unknown:
      Document.Fact("Fits", "unknown", ["\(plan.best.waiting) have no node in the best packing found"])
    }
  }

  private var breaches: [String] {
    plan.breaches.map { breach in
      "\(words.text(breach.constraint))"
        + (breach.places > 1 ? ": \(breach.places) times" : "")
    }
  }

  // MARK: Nodes

  private var nodesHeading: String {
    if shown != plan.current { return "Nodes, in the best packing found" }
    return plan.isAsDrawn ? "Nodes, as drawn" : "Nodes, as the scheduler fills them"
  }

  private var limited: [Int] {
    (problem.nodes.first?.room.indices).map { indices in
      indices.filter { resource in problem.nodes.contains { $0.room[resource] < PlacementNode.unlimited } }
    } ?? []
  }

  private var nodes: Document.Table {
    Document.Table(
      columns: ["Node", "zone", "pods"] + limited.flatMap { ["\(words.name($0)) used", "left"] },
      cells: problem.nodes.indices.map { node in
        [
          Document.Cell(problem.nodes[node].name), Document.Cell(words.zones[problem.nodes[node].zone]),
          Document.Cell(words.pods(shown.counts.map { $0[node] })),
        ] + limited.flatMap { cells($0, node) }
      })
  }

  private func cells(_ resource: Int, _ node: Int) -> [Document.Cell] {
    let room = problem.nodes[node].room[resource]
    let used = self.used(resource, node)
    let isLimited = room < PlacementNode.unlimited
    return [
      Document.Cell(words.amount(used, of: resource), number: Double(used)),
      isLimited ? Document.Cell(words.amount(room - used, of: resource), number: Double(room - used)) : "",
    ]
  }

  func used(_ resource: Int, _ node: Int) -> Int {
    problem.groups.indices.reduce(0) { $0 + shown.counts[$1][node] * problem.groups[$1].requests[resource] }
  }

  private var pending: Document.Table {
    Document.Table(
      columns: ["Pods", "pending", "why"],
      cells: plan.scheduled.waiting.map { waiting in
        [
          Document.Cell(problem.groups[waiting.group].name),
          Document.Cell("\(waiting.count)", number: Double(waiting.count)),
          Document.Cell(
            "none of \(counted(problem.nodes.count, "node")): "
              + waiting.reasons.map { "\($0.nodes) \(words.text($0.refusal, of: waiting.group))" }
              .joined(separator: ", ")),
        ]
      })
  }

  // MARK: Losses

  private var losses: Document.Table {
    Document.Table(
      columns: ["What is lost", "pods there", "pending, others stay", "pending, all re-packed"],
      cells: (plan.nodeLosses + plan.zoneLosses).map { loss in
        [
          Document.Cell(loss.name), Document.Cell(words.pods(loss.lost)),
          Document.Cell(words.pods(loss.waiting)),
          Document.Cell(words.pods(loss.waitingRepacked) + proof(loss.repacked)),
        ]
      })
  }

  private func proof(_ best: BestPlacement) -> String { best.isProved ? "" : ", not proved" }

  private var budgets: Document.Table {
    Document.Table(
      columns: ["Component", "keeps", "when", "running", "may be evicted"],
      cells: PlacementBudgets(plan).rows.map { row in
        [
          Document.Cell(problem.apps[row.app].name),
          Document.Cell("\(row.kept) of \(plan.count(of: row.app))", number: Double(row.kept)),
          Document.Cell(row.when), Document.Cell("\(row.running)", number: Double(row.running)),
          Document.Cell("\(row.evictions)", number: Double(row.evictions)),
        ]
      })
  }

  private var drains: Document.Table {
    Document.Table(
      columns: ["Node", "comes up elsewhere", "pending", "may not go"],
      cells: plan.drains.map { drain in
        [
          Document.Cell(problem.nodes[drain.node].name),
          Document.Cell(words.pods(zip(drain.evicted, drain.waiting).map { $0 - $1 })),
          Document.Cell(words.pods(drain.waiting)),
          Document.Cell(drain.isDone ? "none" : words.pods(drain.blocked) + ": the drain waits"),
        ]
      })
  }

  private var note: String {
    let unjudged = plan.placement.unjudged.map { model.components[$0].name }
    return
      "Pending counts what no arrangement places, by a search with bounds, unless it says others stay. Lost nodes are gone: "
      + "spread rules no longer count their zones, and whoever has a volume there waits. A drain evicts one pod at a time, each up elsewhere before the next, as "
      + "the budget allows. The scheduler's ranking of nodes is that of its defaults in order, without their exact weights."
      + (unjudged.isEmpty
        ? ""
        : " Not judged, since they state neither requests nor rules: \(unjudged.joined(separator: ", ")).")
  }

  /// `1 node`, `6 nodes`.
  func counted(_ count: Int, _ what: String) -> String { "\(grouped(count)) \(what)\(count == 1 ? "" : "s")" }
}
