import ArgumentParser
import FoundationEssentials
import Quantities
import Reports
import Simulation

extension Simulate {
  /// The shard asked for.
  func givenShard() throws -> Shard? {
    guard let shard else { return nil }
    do {
      return try Shard(parsing: shard, environment: ProcessInfo.processInfo.environment)
    } catch {
      throw ValidationError("--shard: \(error.message)")
    }
  }

  /// What has no meaning for a part of a run is refused by name.
  func validateShard() throws {
    guard let shard = try givenShard() else { return }
    let misplaced = [
      "--until": simulation.until != nil, "--gate": gate, "--timing": simulation.timing, "--rare": rare,
      "--posterior": posterior.isGiven, "--save-run": saving.saveRun != nil, "--trace": trace != nil,
      "--pictures": pictures != nil, "--no-cross-check": !crossCheck,
      "--format \(output.format.rawValue)": ![.text, .json].contains(output.format),
    ]
    if let first = misplaced.filter(\.value).keys.sorted().first {
      throw ValidationError("\(first) can not stand beside --shard: \(Simulate.whyNotBesideShard(first))")
    }
    guard shard.count <= simulation.replications else {
      throw ValidationError(
        "--shard: \(grouped(simulation.replications)) replications can not be shared among \(grouped(shard.count)) shards"
      )
    }
  }

  /// Why a shard can not have an option, and what to do in its place.
  private static func whyNotBesideShard(_ option: String) -> String {
    switch option {
    case "--until":
      "how precise the run is only all shards together tell; add --replications and run all of them again"
    case "--rare":
      "parts hold whole years, and rare failures are forced in short windows; run it without --shard"
    case "--save-run":
      "a part is no result yet, and merge keeps none; write it with relmodel merge … --format json -o FILE"
    case "--timing": "parts hold no times, so that they are the same on any machine; run it without --shard"
    case "--trace", "--pictures": "parts hold totals and no single replications; run it without --shard"
    default: "it is about the result of the whole run; give it to relmodel merge"
    }
  }

  /// Runs a shard and writes its part.
  func run(_ shard: Shard, _ input: ModelInput, _ prepared: Preparation, _ plan: SimulationPlan) throws {
    // Before the years are simulated, and not after them.
    if let folder = output.output, folder.hasSuffix("/") { try OutputFile.makeFolders(folder) }
    var line = ProgressLine(isShown: simulation.isProgressShown(output))
    let part = Simulator(prepared.graph, plan: plan).part(
      shard, shouldStop: { Interruption.happened }, progress: { line.show($0) })
    line.clear()
    guard let part else {
      Terminal.writeError("interrupted: shard \(shard) is not done, and no part was written\n")
      throw Exit.Code(value: Exit.interrupted)
    }
    let document = PartDocument(
      tool: Relmodel.configuration.version, model: input.partModel(digest: prepared.header.modelDigest),
      part: part)
    try write(document)
  }

  private func write(_ document: PartDocument) throws {
    let text = document.text
    guard text.utf8.count <= PartDocument.byteLimit else {
      throw OutputFailure(
        message:
          "the part has \(grouped(text.utf8.count)) bytes, and merge reads \(grouped(PartDocument.byteLimit)); "
          + "use more shards")
    }
    guard let output = output.output else { return try Terminal.writeOutput(text) }
    let path = Simulate.file(of: document.part.shard, at: output)
    try OutputFile.replace(path, by: text)
    guard !self.output.quiet else { return }
    let part = document.part
    Terminal.writeError("shard \(part.shard): \(grouped(part.replications.count)) replications in \(path)\n")
  }

  /// In a folder the file has a name of its own, so that all tasks of an array can have the same command.
  private static func file(of shard: Shard, at path: String) -> String {
    var isFolder = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    guard path.hasSuffix("/") || (exists && isFolder) else { return path }
    return path + (path.hasSuffix("/") ? "" : "/") + PartDocument.fileName(of: shard)
  }
}
