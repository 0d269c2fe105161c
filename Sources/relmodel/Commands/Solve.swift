import ArgumentParser
import Diagnostics
import Importers
import Quantities
import Reliability
import Reports
import ServiceGraph
import ServiceModel
import Simulation

/// `relmodel solve`.
struct Solve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Exact long-run availability, where the downtime comes from, single points of failure.",
    discussion: """
      Fault trees in Open-PSA XML or Galileo text are solved too: probability, minimal cut sets, importance, \
      and mean time to failure of dynamic trees.

      Unavailability by decision diagram over all failure processes; frequency, contributions and single \
      points of failure with it. A short simulation checks it.
      """)

  @OptionGroup var modelOptions: ModelOptions

  @Argument(help: "More files of the same fault tree.")
  var more: [String] = []

  @OptionGroup var history: HistoryOptions
  @OptionGroup var posterior: PosteriorOptions
  @OptionGroup var saving: SaveRunOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup(title: "CUT SETS AND IMPORTANCE") var sets: SetOptions
  @OptionGroup(title: "FAULT TREES ONLY") var tree: TreeOptions

  @Flag(inversion: .prefixedNo, help: "Check the result by a short simulation.")
  var crossCheck = true

  @Option(help: "Replications of one year in the cross-check.")
  var replications = Solve.defaultReplications

  @Option(help: "The seed of the cross-check, and of the samples of --posterior.")
  var seed = Solve.defaultSeed

  @Option(
    help: ArgumentHelp(
      "What is lost, remains and recovers when a domain of this kind is lost; several times, or all.",
      valueName: "kind"))
  var loss: [LossKind] = []

  @Option(
    help: ArgumentHelp(
      "Also over this length of time, begun with everything up and new: availability, failures, reliability, mean "
        + "time to the first failure. Of a fault tree a number in its own unit of time.",
      valueName: "duration"))
  var horizon: String?

  @Flag(help: "With --loss: also any two domains of a kind at once.")
  var pairs = false

  @Flag(help: "Exit with 1 when an objective is missed on average.")
  var gate = false

  private static let defaultReplications = 2_000
  private static let defaultSeed: UInt64 = 42

  func validate() throws {
    guard replications >= 2 else { throw ValidationError("--replications: at least 2") }
    if pairs, loss.isEmpty { throw ValidationError("--pairs: needs --loss, such as --loss zone") }
  }

  func run() throws {
    if let first = modelOptions.model, FaultTreeReader().format(at: first) != nil {
      try refuseModelOptions()
      let horizon = try treeHorizon()
      return try TreeSolution(
        paths: [first] + more, tree: tree, sets: sets, output: output, horizon: horizon
      ).run()
    }
    if let second = more.first {
      throw ValidationError("\(second): a model is one file; overlays name their base")
    }
    if let option = tree.firstGiven {
      _ = try modelOptions.reading()
      throw ValidationError("\(option) is for fault trees")
    }
    _ = try horizonHours()
    try saving.check(database: history.database)
    let prepared = try Preparation(modelOptions, history, output)
    let results = try prepared.exactResults()
    let intervals = try prepared.intervals(for: results)
    let report = SolveReport(
      header: prepared.header, results: results, intervals: intervals, checks: checks(prepared, results),
      sections: domainLoss(prepared.graph), capabilitySections: try capabilitySections(prepared))
    try output.print(report.document, json: report.json)
    try saving.save(
      report.json, command: "solve", header: prepared.header, seed: seed, database: history.database,
      isQuiet: output.quiet)
    let isMissed = zip(prepared.graph.model.capabilities, results).contains { capability, result in
      capability.objectives.contains { result.unavailability > $0.availability.unavailability }
    }
    if gate, isMissed { throw Exit.Code(value: Exit.gateMissed) }
  }

  /// What only models have is an error with a fault tree, so that nothing is ignored silently.
  private func refuseModelOptions() throws {
    let given: [(String, Bool)] = [
      ("--set", !modelOptions.assignments.isEmpty), ("--db", history.database != nil),
      ("--window", history.window != nil), ("--bind", history.bind), ("--loss", !loss.isEmpty),
      ("--gate", gate),
      ("--seed", seed != Solve.defaultSeed),
      ("--posterior", posterior.isGiven), ("--save-run", saving.saveRun != nil),
      ("--replications", replications != Solve.defaultReplications), ("--no-cross-check", !crossCheck),
    ]
    for (option, isGiven) in given where isGiven { throw ValidationError("\(option) is for models") }
  }

  /// What was asked for about each capability.
  private func capabilitySections(_ prepared: Preparation) throws -> [[any ReportSection]] {
    var sections = posterior.sections(prepared, seed: seed)
    func add(
      _ key: String, _ title: String,
      _ make: () throws(SteadyState.TooLarge) -> [any ReportSection]
    ) throws {
      let made: [any ReportSection]
      do throws(SteadyState.TooLarge) {
        made = try make()
      } catch {
        let reason = error.unsolvedChain ?? "its decision diagram outgrew \(grouped(error.nodeLimit)) nodes"
        let unknown = UnknownSection(key: key, title: title, reason: reason)
        made = prepared.graph.capabilities.map { _ in unknown }
      }
      for (index, section) in made.enumerated() { sections[index].append(section) }
    }
    if let hours = try horizonHours() {
      try add("horizon", "Over the horizon") { () throws(SteadyState.TooLarge) in
        let intervals = try IntervalAvailability.results(of: prepared.graph, horizonHours: hours)
        let missions = try MissionReliability.results(of: prepared.graph, missionHours: hours)
        return zip(intervals, missions).map { HorizonSection(interval: $0, mission: $1) }
      }
    }
    if let rows = sets.importance, rows > 0 {
      try add("importance", "Importance") { () throws(SteadyState.TooLarge) in
        try ImportanceTable.tables(of: prepared.graph).map {
          ImportanceSection($0, rows: rows, unit: .downtime)
        }
      }
    }
    if sets.asksForSets || tree.sets != nil, tree.sets != FaultTreeQuestions.Sets.none {
      var questions = sets.questions(listed: 10)
      questions.sets = tree.sets ?? .cutSets
      try add("cutSets", "Minimal sets") { () throws(SteadyState.TooLarge) in
        try CutSetTable.tables(of: prepared.graph, questions).map { CutSetSection($0) }
      }
    }
    return sections
  }

  private func horizonHours() throws -> Double? {
    guard let horizon else { return nil }
    guard let span = try? TimeSpan(parsing: horizon), span.hours > 0 else {
      throw ValidationError("--horizon: a length of time such as 30 d, found “\(horizon)”")
    }
    return span.hours
  }

  /// A fault tree's file states no unit of time, so that a number in another unit can not be converted.
  private func treeHorizon() throws -> Double? {
    guard let horizon else { return nil }
    guard let time = Double(horizon), time > 0, time <= 1e15 else {
      throw ValidationError(
        "--horizon: a fault tree has no unit of time; a number in its own unit above 0, such as 8760, found "
          + "“\(horizon)”")
    }
    return time
  }

  private func domainLoss(_ graph: CompiledGraph) -> [any ReportSection] {
    guard !loss.isEmpty else { return [] }
    let kinds = Domain.Kind.allCases.filter { kind in loss.contains { $0.covers(kind) } }
    let combinations = pairs ? DomainLossTable.pairs(of: graph.model, kinds: kinds) : []
    let table = DomainLossTable(graph, combinations: combinations)
    let rows = table.rows.filter { kinds.contains($0.domains[0].kind) }
    return [DomainLossSection(table: table, rows: rows)]
  }

  private func checks(_ prepared: Preparation, _ results: [SteadyStateResult]) -> [CrossCheck] {
    crossCheck ? prepared.crossChecks(of: results, replications: replications, seed: seed) : []
  }
}

/// A kind of domain whose loss is asked for.
enum LossKind: String, ExpressibleByArgument, CaseIterable {
  case region
  case zone
  case pool
  case node
  case all

  func covers(_ kind: Domain.Kind) -> Bool { self == .all || rawValue == kind.rawValue }
}
