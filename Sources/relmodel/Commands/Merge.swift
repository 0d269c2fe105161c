import ArgumentParser
import Diagnostics
import FoundationEssentials
import ModelFormat
import Quantities
import Reports
import Simulation

/// `relmodel merge`.
struct Merge: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Put the parts of a run together: what simulate --shard wrote, on one machine or on many.",
    discussion: """
      Prints what the one big run prints, to the bit, in whatever order the parts are given. Parts of different \
      models, seeds, years or versions are refused, and so is the same shard twice; missing shards are named. \
      The model comes with the parts.

        relmodel simulate checkout.relmodel.yaml --shard 1/2 -o parts/
        relmodel simulate checkout.relmodel.yaml --shard 2/2 -o parts/
        relmodel merge parts/
      """)

  @Argument(help: "Files of parts, and folders: of a folder, every part-*.json in it.")
  var parts: [String]

  @OptionGroup var posterior: PosteriorOptions
  @OptionGroup var output: OutputOptions

  @Flag(help: "Where shards are missing, print what there is, marked as partial.")
  var allowMissing = false

  @Flag(inversion: .prefixedNo, help: "Hold the result against the exact one, as simulate does.")
  var crossCheck = true

  @Flag(help: "Exit with 1 when an objective is missed on average.")
  var gate = false

  func run() throws {
    var merge = PartMerge(tool: Relmodel.configuration.version) { model throws(Findings) in
      try Preparation(ModelInput(model)).header
    }
    for file in try files() { Merge.read(file, into: &merge) }
    let outcome = try merge.outcome(allowsMissing: allowMissing)
    if let missing = outcome.missing, !output.quiet {
      let plan = outcome.result.plan
      Terminal.writeError(
        "note: shards are missing: \(missing); \(grouped(outcome.result.replications)) of "
          + "\(grouped(plan.replications)) replications are there\n")
    }
    let prepared = Preparation(outcome.header)
    let exact = ExactAnswer(
      prepared, outcome.result.plan, samples: posterior.posterior, isChecked: crossCheck)
    let answer = SimulationAnswer(
      prepared: prepared, result: outcome.result, posterior: posterior, exact: exact, crossCheck: crossCheck)
    try answer.print(output)
    if gate, answer.isObjectiveMissed { throw Exit.Code(value: Exit.gateMissed) }
  }

  private static func read(_ file: String, into merge: inout PartMerge) {
    do throws(ModelFiles.Problem) {
      merge.add(file: file, bytes: try ModelFiles.system.contents(file, PartDocument.byteLimit))
    } catch {
      merge.refuse(file, why(error))
    }
  }

  private static func why(_ problem: ModelFiles.Problem) -> String {
    switch problem {
    case .missing: "there is no such file"
    case .folder: "it is a folder in a folder"
    case .notAFile: "it is a pipe or a device, and a part is a file"
    case .tooLarge(let bytes):
      "it has \(grouped(bytes)) bytes; at most \(grouped(PartDocument.byteLimit)) are read"
    case .refused(let reason): reason
    }
  }

  /// The files named, and those in the folders named.
  private func files() throws -> [String] {
    try parts.flatMap { path in
      var isFolder = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else {
        return [path]
      }
      let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      let found = names.filter { $0.hasPrefix("part-") && $0.hasSuffix(".json") }.sorted()
      guard !found.isEmpty else {
        throw Findings([
          Diagnostic(
            slug: "parts-missing", "there is no part-*.json in the folder \(path)", at: nil,
            help: "relmodel simulate MODEL --shard 1/8 -o \(path)")
        ])
      }
      return found.map { path + (path.hasSuffix("/") ? "" : "/") + $0 }
    }
  }
}
