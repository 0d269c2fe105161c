import Billing
import CloudCost
import Diagnostics
import FoundationEssentials
import ModelFormat
import Planning
import Quantities
import Reliability
import Reports
import ServiceGraph
import ServiceModel

/// A model with its levers, and what each design of it comes to.
struct PlannedDesigns {
  let model: Model
  let space: DesignSpace
  let currency: String
  private let memory = SolvedChains()
  private let variants: ModelVariants
  private let observations: [ModeReference: ModeObservation]
  let book: PriceBook?
  /// The places whose outages several components share.
  private let shared: [String]
  /// What the model promises of recovery, as it is kept now.
  let promises: [RecoveryPromise]

  /// At most so many shared places are told apart: 2^6 situations.
  private static let sharedLimit = 6

  init(
    _ modelOptions: ModelOptions, _ history: HistoryOptions, _ prices: PriceOptions, _ output: OutputOptions
  ) throws {
    variants = try modelOptions.variants()
    model = variants.reading.model
    guard !model.choices.isEmpty else { throw Findings([Self.noChoices(model)]) }
    let wrong = variants.findings()
    guard !wrong.hasErrors else { throw wrong }
    space = DesignSpace(levers: model.choices.map(Self.lever))
    promises = RecoveryPromise.all(of: model)
    observations = try history.observations(for: variants.reading, isQuiet: output.quiet)
    let priced = try Self.pricedModels(variants)
    book = priced.isEmpty ? nil : try prices.book(for: priced)
    currency = book?.currency ?? model.conventions.currency
    shared =
      space.count <= 64
      ? []
      : SharedOutages.entities(
        of: try Self.graph(model, observations, variants), limit: Self.sharedLimit)
    try checkCurrencies()
  }

  private static func noChoices(_ model: Model) -> Diagnostic {
    Diagnostic(
      slug: "no-choices", "\(model.name) states no choices, so there is nothing to plan", at: nil,
      help:
        "choices: {replicas: {set: components/\(model.components.first?.name ?? "api")/replicas/count, to: [2, 3, 4]}}"
    )
  }

  private static func lever(_ choice: Choice) -> DesignSpace.Lever {
    DesignSpace.Lever(
      name: choice.name, values: [choice.present] + choice.values.map(\.name),
      once: [0] + choice.values.map { $0.once?.double ?? 0 },
      parts: Set(choice.values.flatMap { parts(of: $0.change) }))
  }

  /// What a change touches: `components/api`, `domains/pool`, or a whole section such as `conventions`.
  private static func parts(of change: Declaration) -> [String] {
    (change.entries ?? []).flatMap { section in
      if section.key.value == "limits" { return limitedParts(of: section.value) }
      guard let entries = section.value.entries, !entries.isEmpty else { return [section.key.value] }
      return entries.map { "\(section.key.value)/\($0.key.value)" }
    }
  }

  /// The model and all that single values make of it, as far as anything is paid for.
  private static func pricedModels(_ variants: ModelVariants) throws(Findings) -> [Model] {
    var models = [variants.reading.model]
    for value in variants.reading.model.choices.flatMap(\.values) {
      models.append(try variants.model(with: [value]))
    }
    return models.contains { !$0.costs.entries.isEmpty } ? models : []
  }

  // MARK: Designs

  /// The values that a design pulls.
  private func values(_ design: [Int]) -> [Choice.Value] {
    zip(model.choices, design).compactMap { $1 == 0 ? nil : $0.values[$1 - 1] }
  }

  private func model(_ design: [Int]) throws(Findings) -> Model {
    let pulled = values(design)
    return pulled.isEmpty ? model : try variants.model(with: pulled)
  }

  /// The design, compiled.
  func graph(_ design: [Int]) throws(Findings) -> CompiledGraph {
    try Self.graph(try model(design), observations, variants)
  }

  private static func graph(
    _ model: Model, _ observations: [ModeReference: ModeObservation], _ variants: ModelVariants
  ) throws(Findings) -> CompiledGraph {
    do throws(Findings) {
      let bound = try model.takingFromHistory(Set(observations.keys)).binding(observations).model
      return try CompiledGraph(bound)
    } catch {
      throw error.adding(sources: variants.reading.sources)
    }
  }

  /// What a design comes to, in what counts.
  func measures(_ design: [Int], asking asked: PlanAims.Asked) throws -> DesignMeasures {
    let changed = try model(design)
    guard changed.capabilities.map(\.name) == model.capabilities.map(\.name) else {
      throw Findings([
        Diagnostic(
          slug: "choice-changes-capabilities",
          "a choice adds or removes a capability, so designs can not be compared", at: nil,
          help: "leave capabilities: as they are")
      ])
    }
    let graph = try Self.graph(changed, observations, variants)
    let conditions = try Preparation(.init(graph: graph, bindings: [])).explainingSize {
      () throws(SteadyState.TooLarge) in
      try SharedOutages.conditions(
        of: graph, entities: shared, asking: asked.questions, memory: memory)
    }
    try checkServed(conditions, asked, graph)
    return DesignMeasures(
      chances: conditions.chances,
      conditional: asked.capabilities.map { conditions.unavailabilities[$0] }, monthly: try monthly(changed),
      outages: asked.capabilities.reduce(0) { sum, place in
        sum + changed.monthlyCostOfOutages(place, perHour: conditions.frequencies[place])
      },
      mostDues: asked.capabilities.reduce(0) { $0 + changed.mostMonthlyDues($1) },
      recoveries: asked.recoversAtLeast > 0 ? try recoveries(of: changed) : [],
      uses: try uses(of: changed))
  }

  /// Refuses to count what is served where only a simulation knows it.
  private func checkServed(
    _ conditions: SharedOutages.Conditions, _ asked: PlanAims.Asked, _ graph: CompiledGraph
  ) throws {
    let unknown = asked.capabilities.compactMap { place in
      conditions.unservedReasons[place].map { (graph.capabilities[place].name, $0) }
    }
    guard !unknown.isEmpty else { return }
    throw Findings(
      unknown.map { name, reason in
        Diagnostic(
          slug: "served-unknown", "--served: what \(name) serves is not known exactly: \(reason)", at: nil,
          help: "leave --served out, or name other capabilities with --capability")
      })
  }

  /// How likely each promise of recovery is kept.
  private func recoveries(of changed: Model) throws -> [Double] {
    let own = RecoveryPromise.all(of: changed)
    guard own.map(\.name) == promises.map(\.name) else {
      throw Findings([
        Diagnostic(
          slug: "choice-changes-promises",
          "a choice adds, removes or renames a promise of recovery, so designs can not be compared", at: nil,
          help: "leave objectives: as they are, or plan without them: --recovery 0 %")
      ])
    }
    return own.map(\.kept)
  }

  private func monthly(_ model: Model) throws -> Double {
    guard let book else { return 0 }
    return Money(try Bill(of: model, at: book).monthly, currency: currency).double
  }

  private func checkCurrencies() throws {
    let once = model.choices.flatMap(\.values).compactMap { value in
      value.once.map { ($0, value.location) }
    }
    let downtime = model.capabilities.compactMap(\.downtimeCurrency)
    var findings = once.filter { $0.0.currency != currency }.map { amount, place in
      Diagnostic(
        slug: "mixed-currencies", "once: \(amount), and the bill is in \(currency)", at: place,
        help: "state all amounts in \(currency)")
    }
    findings += downtime.filter { $0 != currency }.map { other in
      Diagnostic(
        slug: "mixed-currencies", "downtime is priced in \(other), and the bill in \(currency)", at: nil,
        help: "state all amounts in \(currency)")
    }
    guard findings.isEmpty else { throw Findings(findings, sources: variants.reading.sources) }
  }
}
