import ArgumentParser
import Billing
import CloudCost
import Diagnostics
import FoundationEssentials
import ModelFormat
import Planning
import Reports
import ServiceModel

/// `relmodel plan placement MODEL`.
struct PlanPlacement: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "placement",
    abstract:
      "Which pods have a node: now, after a loss, while a node is drained; what would do, and the cheapest nodes.",
    discussion: """
      Pods are the units of components that are on nodes and state requests, limits, a rule or a disruption budget. What \
      nodes have comes from allocatable:, capacity:, or the machine: of a pool.
      """)

  @OptionGroup var modelOptions: ModelOptions
  @OptionGroup var prices: PriceOptions
  @OptionGroup var output: OutputOptions

  @Option(
    help: ArgumentHelp(
      "Instance types that could be bought, m5.xlarge,r5.xlarge; those like the pool's own.",
      valueName: "types"))
  var types: String?

  @Option(help: "What the cheapest nodes have to survive.")
  var survive = SurvivedLoss.zone

  @Option(help: "How many nodes a search tree may have before a question stays open.")
  var steps = BestPlacement.usualSteps

  @Option(help: "How many sets of nodes are looked at for the cheapest.")
  var effort = 800

  @Option(help: ArgumentHelp("Write the placement as an integer programme in MPS.", valueName: "file"))
  var mps: String?

  @Option(help: ArgumentHelp("Write the cheapest nodes as an integer programme in MPS.", valueName: "file"))
  var mixMps: String?

  @OptionGroup var solving: PlacementSolving

  /// What the cheapest nodes have to survive.
  enum SurvivedLoss: String, ExpressibleByArgument, CaseIterable {
    case nothing
    case zone
  }

  func validate() throws {
    guard steps >= 1 else { throw ValidationError("--steps: at least 1") }
    try solving.validate()
    guard effort >= 1 else { throw ValidationError("--effort: at least 1") }
  }

  func run() throws {
    let solver = try solving.solver?.found()
    let (model, offers) = try model()
    var plan = PlacementPlan(model, steps: steps)
    guard plan.placement.problem.podCount > 0 else { throw nothingToPlace }
    let programme = PlacementProgramme(plan.placement.problem)
    if let mps { try OutputFile.replace(mps, by: programme.programme.mps) }
    var answers = PlacementReport.Answers()
    if let solver { answers.solved.append(try solving.solve(programme, by: solver, improving: &plan)) }
    answers.offers = offers
    answers.fixes = PlacementFixes(plan, of: model).all(buying: offers)
    answers.surviving = survive == .zone ? .zone : .nothing
    let question = plan.mix(model, of: offers, surviving: answers.surviving)
    answers.mix = question.answer(effort: effort)
    if let mix = answers.mix { try solve(question, mix, by: solver, &answers) }
    if offers.isEmpty {
      answers.unpriced =
        "Nothing says what a node is, so none is bought: machine: m5.2xlarge on the pool, or --types."
    }
    let report = PlacementReport(model, plan, answers)
    try output.print(report.document, json: report.json)
  }

  private func solve(
    _ question: MixQuestion, _ mix: NodeMix, by solver: (any ProgrammeSolver)?,
    _ answers: inout PlacementReport.Answers
  ) throws {
    guard solver != nil || mixMps != nil else { return }
    let programme = question.programme(price: mix.price)
    if let mixMps { try OutputFile.replace(mixMps, by: programme.programme.mps) }
    guard let solver else { return }
    let (better, solved) = try solving.solve(programme, of: question, by: solver, improving: mix)
    answers.mix = better
    answers.solved.append(solved)
  }

  private var nothingToPlace: Findings {
    Findings([
      Diagnostic(
        slug: "no-pods", "no component of this model is on nodes and says what it asks of them", at: nil,
        help: "replicas: {count: 3, spread: nodes}, requests: {cpu: 1, memory: 2 GB}")
    ])
  }

  // MARK: Nodes that can be bought

  /// The model, with what its machines have, and what could be bought.
  private func model() throws -> (Model, [NodeOffer]) {
    let stated = try ModelOptions.reading(
      at: try modelOptions.path(), assignments: modelOptions.assignments, judgingRoom: false
    ).model
    guard let pool = stated.pricedPool(types) else {
      guard types == nil else { throw noRegion }
      return (stated, [])
    }
    let book = try prices.book(
      for: stated, and: [PriceBookReader.Wanted(service: "ec2", region: pool.region)])
    let (model, taken) = stated.withRoomOfMachines(book)
    if !output.quiet {
      for text in taken { Terminal.writeError("note: \(text); allocatable: states less\n") }
    }
    return (model, try offers(pool, at: book))
  }

  private var noRegion: Findings {
    Findings([
      Diagnostic(
        slug: "no-region", "nothing says in which region nodes are priced", at: nil,
        help: "--set prices/region=us-east-1")
    ])
  }

  private func offers(_ pool: (types: [String], region: String), at book: PriceBook) throws -> [NodeOffer] {
    let found = pool.types.map { ($0, MachinePrice($0, in: pool.region, at: book)) }
    if types != nil, let unknown = found.first(where: { $0.1 == nil })?.0 {
      throw Findings([
        Diagnostic(
          slug: "no-price",
          "\(book.name) has no price of \(unknown) in \(pool.region), or does not know what it has", at: nil,
          help: "--prices aws-prices, or relmodel prices show ec2/instance/")
      ])
    }
    return found.compactMap { $0.1 }.compactMap { machine in
      guard let perHour = Double("\(machine.perHour)") else { return nil }
      return NodeOffer(
        name: machine.type, capacity: machine.capacity, microsPerHour: Int((perHour * 1e6).rounded()))
    }
  }
}

extension Model {
  /// The types that could be bought and the region whose prices count: those asked for, else those like the machine of the
  /// first pool that has one; `nil` where nothing says either.
  fileprivate func pricedPool(_ asked: String?) -> (types: [String], region: String)? {
    let pools = domains.indices.filter { domains[$0].kind == .pool || domains[$0].kind == .node }
    let own = pools.lazy.compactMap { domain in
      self.machine(of: domain).map { (domain, $0) }
    }.first
    guard let domain = own?.0 ?? pools.first, let region = machineRegion(of: domain) else { return nil }
    if let asked {
      return (asked.split(separator: ",").map { $0.trimmingPrefix { $0 == " " } }.map(String.init), region)
    }
    return own.map { machine in
      ([machine.1] + MachinePrice.relatives(of: machine.1).filter { $0 != machine.1 }, region)
    }
  }

  private func machine(of domain: Int) -> String? {
    domains[domain].shape.machine
      ?? costs.entries.lazy.compactMap { entry in
        entry.owner == .domain(domain) && entry.kind.kind == "aws-ec2"
          ? entry.resource.text("type")?.value : nil
      }.first
  }
}
