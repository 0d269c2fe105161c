import Billing
import CloudCost
import Diagnostics
import Economics
import Foundation
import IncidentHistory
import ModelFormat
import Quantities
import Reliability
import Reports
import ServiceGraph
import ServiceModel
import Simulation

/// Asks the engines for what the claims of a model need: each once, and only those.
struct ClaimStudy {
  let reading: ModelReader.Reading
  let prepared: Preparation
  let command: ClaimsCommand
  let needs: ClaimNeeds
  private(set) var evidence = ClaimEvidence()
  /// Whether a simulation was interrupted.
  private(set) var isPartial = false

  init(_ command: ClaimsCommand, _ reading: ModelReader.Reading) throws {
    self.command = command
    self.reading = reading
    prepared = try Preparation(ModelInput(reading, command.history, command.output))
    needs = ClaimNeeds(of: reading.model.claims)
  }

  private var model: Model { prepared.graph.model }

  mutating func run() throws {
    if needs.contains(.exact) { solve() }
    if needs.contains(.bill) { try priceMonths() }
    if needs.contains(.option) { try invest() }
    if isSimulationNeeded { try simulate() }
    if !needs.isDisjoint(with: [.history, .drills]) { readHistory() }
  }

  /// What an engine found; what stands in its way is the reason why it found nothing.
  private func finding<Value>(_ work: () throws -> Value) throws -> ClaimEvidence.Finding<Value> {
    do {
      return .found(try work())
    } catch let findings as Findings {
      return .missing(findings.diagnostics.first?.message ?? "it has no answer")
    }
  }

  // MARK: Service

  private mutating func solve() {
    do {
      let results = try prepared.exactResults()
      evidence.intervals = try prepared.intervals(for: results)
      if needs.contains(.frequencies) { evidence.ends = try ends() }
      evidence.exact = .found(results)
    } catch {
      let findings = error as? Findings
      evidence.exact = .missing(findings?.diagnostics.first?.message ?? "there is no exact answer")
    }
  }

  private func ends() throws -> [HistoryEnds] {
    try prepared.explainingSize { () throws(SteadyState.TooLarge) in
      try HistoryEnds.all(prepared.graph, bindings: prepared.header.bindings) ?? []
    }
  }

  /// What has no exact answer is simulated too.
  private var isSimulationNeeded: Bool {
    if needs.contains(.simulation) { return true }
    guard needs.contains(.exact) else { return false }
    guard case .found(let results) = evidence.exact else { return true }
    return model.claims.measures.contains { measure in
      guard case .capability(let index) = measure.subject, measure.lost == nil else { return false }
      return !prepared.graph.simulatedOnly(ofCapability: index, .longRun).isEmpty
        || measure.word == .served && results[index].unservedFraction == nil
    }
  }

  private mutating func simulate() throws {
    if case .found = evidence.simulation { return }
    let plan = try command.simulation.plan()
    evidence.simulation = try finding {
      try command.simulation.checkObstacles(prepared.graph, plan)
      var line = ProgressLine(isShown: command.simulation.isProgressShown(command.output))
      defer { line.clear() }
      return Simulator(prepared.graph, plan: plan).run(
        shouldStop: { Interruption.happened }, progress: { line.show($0) })
    }
    if case .found(let result) = evidence.simulation { note(result) }
  }

  private mutating func note(_ result: SimulationResult) {
    isPartial = isPartial || result.isPartial
    let years = result.plan.years == 1 ? "1 year" : "\(shortest(result.plan.years)) years"
    evidence.notes.append(
      "Simulated: \(years), \(grouped(result.replications)) replications, seed \(result.plan.seed)"
        + (result.isPartial ? "; interrupted before all were done." : "."))
  }

  // MARK: Money

  /// The file that a change is held against: the one that was named, else the base of the what-if file.
  private var base: String? {
    if let base = command.base { return base }
    return reading.changes.isEmpty ? nil : reading.sources[reading.changes.count].name
  }

  private mutating func priceMonths() throws {
    evidence.bill = try finding {
      try Bill(of: reading.model, at: command.prices.book(for: reading.model))
    }
    if case .found(let bill) = evidence.bill { note(bill) }
    guard needs.contains(.baseBill), let base else { return }
    evidence.baseBill = try finding {
      let conventions = evidence.bill.conventionAssignments
      let other = try ModelOptions.reading(at: base, assignments: conventions)
      return try Bill(of: other.model, at: command.prices.book(for: other.model))
    }
    let amounts = reading.changes.compactMap(\.once).compactMap { try? Money(parsing: $0) }
    evidence.once = amounts.isEmpty ? nil : amounts.map(\.double).reduce(0, +)
  }

  private mutating func note(_ bill: Bill) {
    var names: [String] = []
    for line in bill.perUse where !names.contains(line.resource) { names.append(line.resource) }
    let open =
      names.isEmpty
      ? "" : " Lines of \(names.joined(separator: ", ")) wait for their use to be stated and are left out."
    evidence.notes.append("Prices: \(bill.book).\(open)")
  }

  /// The returns by each capability that a claim names, or by all of them: a paired simulation each.
  private mutating func invest() throws {
    guard let base else { return }
    let asked = model.claims.measures.compactMap { measure -> Int?? in
      if case .option(let capability) = measure.subject { .some(capability) } else { nil }
    }
    let designs = try finding { try self.designs(against: base) }
    guard case .found(let designs) = designs else {
      guard case .missing(let reason) = designs else { return }
      for capability in asked { evidence.options[capability] = .missing(reason) }
      return
    }
    evidence.currency = designs[0].bill.currency
    for capability in asked where evidence.options[capability] == nil {
      let names = capability.map { [model.capabilities[$0].name] } ?? []
      evidence.options[capability] = try finding { try self.option(designs, names) }.map { found in
        if evidence.simulation.isMissing {
          evidence.simulation = .found(found.simulation)
          note(found.simulation)
        }
        return found.returns
      }
    }
    evidence.notes.append(
      "The change is held against \(designs[0].name), discounted at \(command.rate) a year.")
  }

  private func designs(against base: String) throws -> [RoiDesign] {
    var quiet = command.output
    quiet.quiet = true
    let paths = [base, reading.sources[0].name]
    return try RoiDesign.all(paths, command.modelOptions.assignments, command.prices, command.history, quiet)
  }

  private func option(
    _ designs: [RoiDesign], _ capabilities: [String]
  ) throws -> (returns: OptionReturn, simulation: SimulationResult) {
    let plan = try command.simulation.plan(years: command.simulation.givenYears ?? 3)
    let currency = try RoiDesign.currency(of: designs)
    let counted = try RoiDesign.counted(capabilities, of: designs)
    for design in designs { try command.simulation.checkObstacles(design.prepared.graph, plan) }
    var line = ProgressLine(isShown: command.simulation.isProgressShown(command.output))
    defer { line.clear() }
    let simulator = PairedSimulator(
      designs.map(\.prepared.graph), plan: plan, keepingMonthsOf: Set(counted))
    let comparison = simulator.run(
      shouldStop: { Interruption.happened }, progress: { line.show($0.designs[0]) })
    let option = try designs[1].plan(beyond: designs[0], years: Int(plan.years), currency: currency)
    let returns = OptionReturn(
      option, design: 1, in: comparison.ledger ?? .empty, rate: try DiscountRate(option: command.rate),
      confidence: plan.confidence)
    return (returns, comparison.designs[1])
  }

  // MARK: History

  private mutating func readHistory() {
    guard let path = command.history.databaseIfAny else { return }
    do {
      let history = try IncidentDatabase(path: path, mode: .read)
      if needs.contains(.drills) { evidence.drills = .found(try history.drills()) }
      for measure in model.claims.measures {
        guard case .history(let component, let mode) = measure.subject else { continue }
        let scope = ClaimEvidence.Scope(component: component, mode: mode)
        guard evidence.history[scope] == nil else { continue }
        evidence.history[scope] = try finding {
          IncidentStatistics(try history.selection(try question(of: scope)))
        }
      }
    } catch {
      let reason = (error as? Findings)?.diagnostics.first?.message ?? "the incident history can not be read"
      evidence.drills = .missing(reason)
    }
  }

  private func question(of scope: ClaimEvidence.Scope) throws -> HistoryQuestion {
    var question = HistoryQuestion()
    question.filter.component = scope.component
    question.filter.mode = scope.mode
    question.window =
      switch try command.history.reading(stated: model.historyWindow) {
      case .recorded: .recorded(from: nil, to: nil)
      case .length(let hours): .length(hours: hours)
      case .interval(let start, let end): .interval(start: start, end: end)
      }
    return question
  }
}

extension ClaimEvidence.Finding {
  fileprivate var isMissing: Bool {
    if case .missing = self { true } else { false }
  }

  fileprivate func map<Other>(_ change: (Value) -> Other) -> ClaimEvidence.Finding<Other> {
    switch self {
    case .found(let value): .found(change(value))
    case .missing(let reason): .missing(reason)
    }
  }
}

extension ClaimEvidence.Finding<Bill> {
  /// Two bills are compared under the same conventions.
  fileprivate var conventionAssignments: [String] {
    if case .found(let bill) = self { bill.conventionAssignments } else { [] }
  }
}

extension HistoryOptions {
  /// The database that was named, else the one here.
  fileprivate var databaseIfAny: String? {
    if let database { return database }
    return FileManager.default.fileExists(atPath: HistoryOptions.defaultDatabase)
      ? HistoryOptions.defaultDatabase : nil
  }
}
