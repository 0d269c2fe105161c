import Diagnostics
import Importers
import Quantities
import Reliability
import Reports
import ServiceGraph

/// `relmodel solve` of somebody's fault tree.
struct TreeSolution {
  let paths: [String]
  let tree: TreeOptions
  let sets: SetOptions
  let output: OutputOptions
  /// The end of an interval that is asked about too, in the tree's unit of time.
  let horizon: Double?

  /// Reads, solves and prints.
  func run() throws {
    let reading = try FaultTreeReader().reading(at: paths, missionTime: tree.at, probabilities: .optional)
    reading.writeWarnings(output)
    var questions = sets.questions(listed: 10)
    questions.time = tree.at ?? reading.tree.missionTime ?? reading.format.missionTime
    questions.horizon = horizon
    questions.sets = tree.sets ?? .cutSets
    questions.convention = CommonCauseConvention(
      combination: tree.commonCause.combination, testing: tree.staggered ? .staggered : .together)
    questions.wantsImportance = sets.importance != 0
    let results = try results(reading.tree, questions)
    if let path = tree.allSets { try writeSets(of: results, to: path) }
    let report = FaultTreeReport(
      tree: reading.tree.name, results: results,
      importanceRows: sets.importance ?? 10)
    try output.print(report.document, json: report.json)
  }

  private func writeSets(of results: [FaultTreeResult], to path: String) throws {
    guard let result = results.first, results.count == 1 else {
      throw Findings([
        Diagnostic(
          slug: "several-tops", "--all-sets is for one top event; this tree has \(results.count)", at: nil)
      ])
    }
    guard let sets = result.allSets else {
      throw Findings([Diagnostic(slug: "no-sets", "the sets of this tree can not be listed", at: nil)])
    }
    try OutputFile.replace(path) { write in sets.write(write) }
  }

  private func results(_ tree: FaultTree, _ questions: FaultTreeQuestions) throws -> [FaultTreeResult] {
    do throws(FaultTreeAnalysis.Obstacle) {
      return try FaultTreeAnalysis.results(of: tree, questions)
    } catch {
      throw Findings([TreeSolution.diagnostic(error)])
    }
  }

  private static func diagnostic(_ obstacle: FaultTreeAnalysis.Obstacle) -> Diagnostic {
    switch obstacle {
    case .tooManyCauses(let group):
      Diagnostic(
        slug: "too-many-causes",
        "the common-cause group \(group) has more than \(grouped(FaultTreeAnalysis.causeLimit)) combinations",
        at: nil, help: "the beta-factor model has one for the whole group")
    case .dynamic(let error): diagnostic(error)
    }
  }

  private static func diagnostic(_ error: DynamicTreeError) -> Diagnostic {
    func finding(_ slug: String, _ message: String, help: String? = nil) -> Diagnostic {
      Diagnostic(slug: slug, message, at: nil, help: help)
    }
    switch error {
    case .noSuchTop: return finding("no-top", "the tree has no such top event")
    case .invalidTime(let time): return finding("bad-value", "\(time) is no mission time")
    case .tooFewInputs(let gate, let found, let needed):
      return finding("too-few-inputs", "\(gate) has \(found) inputs and needs \(needed)")
    case .unusableInput(let gate):
      return finding("unusable-input", "\(gate) can not stand on a constant or on a restraint")
    case .notCoherent(let gate):
      return finding(
        "not-coherent", "\(gate) can become true by a repair, and stands where the order of failures matters")
    case .repairable(let event):
      return finding("repairable", "\(event) is repaired, and stands where the order of failures matters")
    case .unknownProbability(let event):
      return finding("no-probability", "the probability of \(event) is not stated")
    case .noFailureRate(let event):
      return finding(
        "no-failure-rate",
        "\(event) stands where the order of failures matters, and has no constant failure rate",
        help: "lambda=1e-4")
    case .invalidLaw(let event): return finding("bad-value", "the law of \(event) is out of range")
    case .invalidProbability(let dependency, let value):
      return finding("bad-value", "\(dependency) strikes with probability \(value), not between 0 and 1")
    case .tooManyStates(let module, let limit):
      return finding("too-large", "the module around \(module) has more than \(grouped(limit)) states")
    case .tooManyMoves(let module, let limit):
      return finding(
        "too-large", "the module around \(module) has more than \(grouped(limit)) moves between states",
        help: "parts that share nothing are solved apart only under gates for which order does not matter")
    case .moduleTooLarge(let module):
      return finding("too-large", "the module around \(module) has too many events to keep apart")
    case .tooStiff(let module):
      return finding("too-stiff", "the module around \(module) moves too fast for so long a time")
    case .diagramTooLarge(let limit):
      return finding("too-large", "the static part outgrew \(grouped(limit)) nodes of its decision diagram")
    }
  }
}

extension FaultTreeReader.Reading {
  /// Tells what was passed over or is not used.
  func writeWarnings(_ output: OutputOptions) {
    guard !warnings.isEmpty, !output.quiet else { return }
    Terminal.writeError(FindingsRenderer().text(Findings(warnings, sources: sources)) + "\n")
  }
}
