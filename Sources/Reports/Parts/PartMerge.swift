public import Diagnostics
internal import Quantities
internal import ServiceGraph
public import Simulation

/// Puts the parts of a run together, and says everything that stands in the way.
///
/// Files are taken one at a time and forgotten once their totals are added, so memory does not grow with their number.
public struct PartMerge {
  /// A whole run, or what there is of it.
  public struct Outcome {
    /// The model.
    public let header: ResultHeader
    /// What all parts say together.
    public let result: SimulationResult
    /// The shards that are missing, for people: `3 and 7–9 of 16`; `nil`: none.
    public let missing: String?
  }

  /// The run that the first readable part belongs to; all others must too.
  private struct Run {
    let file: String
    let model: PartModel
    let header: ResultHeader
    var merge: SimulationMerge
  }

  private let tool: String
  private let compile: (PartModel) throws(Findings) -> ResultHeader
  private var run: Run?
  private var seen: [Int: (file: String, digest: String)] = [:]
  private var findings: [Diagnostic] = []
  private var sources: [SourceText] = []
  /// The digests of models that can not be used: each is told of once.
  private var hopeless: Set<String> = []

  /// A merge of parts made by `tool`.
  ///
  /// - Parameter compile: reads a model from its texts, binds and compiles it.
  public init(tool: String, compile: @escaping (PartModel) throws(Findings) -> ResultHeader) {
    self.tool = tool
    self.compile = compile
  }

  /// Adds a file; what is wrong with it is told by `outcome`.
  public mutating func add(file: String, bytes: [UInt8]) {
    do throws(PartProblem) {
      try add(PartDocument(parsing: bytes, tool: tool), file: file)
    } catch {
      refuse(file, error.message)
    }
  }

  /// Notes a file that can not be read.
  public mutating func refuse(_ file: String, _ why: String) {
    findings.append(Diagnostic(slug: "part-unusable", "\(file) can not be merged: \(why)", at: nil))
  }

  private mutating func add(_ document: PartDocument, file: String) throws(PartProblem) {
    if run == nil, !hopeless.contains(document.model.digest) { start(document, file: file) }
    guard let run else { return }
    guard isOfRun(document, file: file, run), isNew(document, file: file) else { return }
    try self.run?.merge.add(document.part)
  }

  private mutating func isNew(_ document: PartDocument, file: String) -> Bool {
    let shard = document.part.shard
    guard let other = seen[shard.number] else {
      seen[shard.number] = (file, document.digest)
      return true
    }
    let content = other.digest == document.digest ? "the same content" : "different content"
    findings.append(
      Diagnostic(
        slug: "shard-twice", "\(other.file) and \(file) are both shard \(shard), with \(content)", at: nil,
        help: other.digest == document.digest
          ? "leave one of them out" : "run the shard again, and keep that one"))
    return false
  }

  // MARK: The run

  private mutating func start(_ document: PartDocument, file: String) {
    do throws(Findings) {
      let header = try compile(document.model)
      let plan = document.part.plan
      if let objection = objection(to: header, document) { return giveUp(document, file, objection) }
      let merge = SimulationMerge(header.graph, plan: plan, shards: document.part.shard.count)
      run = Run(file: file, model: document.model, header: header, merge: merge)
    } catch {
      giveUp(document, file, "the model in it can not be read")
      findings += error.diagnostics
      sources += error.sources
    }
  }

  private func objection(to header: ResultHeader, _ document: PartDocument) -> String? {
    if header.modelDigest != document.model.digest {
      return "the model in it is not the one that was simulated; was it made by another build?"
    }
    let isPossible = SimulationObstacle.all(of: header.graph, plan: document.part.plan).isEmpty
    return isPossible ? nil : "the model in it can not be simulated"
  }

  private mutating func giveUp(_ document: PartDocument, _ file: String, _ why: String) {
    hopeless.insert(document.model.digest)
    refuse(file, why)
  }

  private mutating func isOfRun(_ document: PartDocument, file: String, _ run: Run) -> Bool {
    let differences = run.merge.differences(to: document.part) + modelDifference(document, run)
    guard !differences.isEmpty else { return true }
    findings.append(
      Diagnostic(
        slug: "parts-mixed",
        "\(file) is not of the same run as \(run.file): \(differences.joined(separator: "; "))", at: nil))
    return false
  }

  private func modelDifference(_ document: PartDocument, _ run: Run) -> [String] {
    guard document.model.digest != run.model.digest else { return [] }
    return ["another model: \(document.model.difference(from: run.model))"]
  }

  // MARK: The end

  /// All parts together.
  ///
  /// - Parameter allowsMissing: whether a run with shards missing is taken for a partial one.
  /// - Throws: everything that was wrong with the files, and the shards that are missing.
  public func outcome(allowsMissing: Bool) throws(Findings) -> Outcome {
    let missing = run.flatMap { $0.merge.missingText }
    guard let run, findings.isEmpty, missing == nil || allowsMissing else {
      throw Findings(findings + missingFinding(missing), sources: sources)
    }
    guard run.merge.replications >= SimulationPlan.replicationLimits.lowerBound else {
      throw Findings([
        Diagnostic(slug: "shards-missing", "one replication shows no spread; more shards are needed", at: nil)
      ])
    }
    return Outcome(header: run.header, result: run.merge.result, missing: missing)
  }

  private func missingFinding(_ missing: String?) -> [Diagnostic] {
    guard let run, let missing else { return [] }
    let first = run.merge.missing[0].lowerBound
    return [
      Diagnostic(
        slug: "shards-missing", "shards are missing: \(missing)", at: nil,
        help:
          "run the same command with --shard \(first)/\(run.merge.shards), or give --allow-missing for what there is"
      )
    ]
  }
}

extension SimulationMerge {
  /// The missing shards for people; `nil`: none.
  fileprivate var missingText: String? {
    let ranges = missing.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" }
    guard let last = ranges.last else { return nil }
    let shown = ranges.dropLast().prefix(20).joined(separator: ", ")
    let cut = ranges.count > 21 ? ", …" : ""
    return (shown.isEmpty ? last : "\(shown)\(cut) and \(last)") + " of \(grouped(shards))"
  }

  /// What says that a part is none of this run.
  fileprivate func differences(to part: SimulationPart) -> [String] {
    func difference<Value: Equatable>(_ name: String, _ own: Value, _ its: Value) -> [String] {
      own == its ? [] : ["\(name) \(its), not \(own)"]
    }
    return difference("seed", plan.seed, part.plan.seed)
      + difference("years", shortest(plan.years), shortest(part.plan.years))
      + difference("replications", plan.replications, part.plan.replications)
      + difference("start", plan.start.rawValue, part.plan.start.rawValue)
      + difference("confidence", shortest(plan.confidence), shortest(part.plan.confidence))
      + difference("number of shards", shards, part.shard.count)
  }
}
