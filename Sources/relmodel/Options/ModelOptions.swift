import ArgumentParser
import Diagnostics
import FoundationEssentials
@preconcurrency import Glibc
import Importers
import ModelFormat

/// The options of every command that reads a model.
struct ModelOptions: ParsableArguments {
  @Argument(help: "The model file; without one, the only *.relmodel.yaml here, else the shipped example.")
  var model: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Change a value: components/api/replicas/count=3; may be given several times.", valueName: "path=value")
  )
  var assignments: [String] = []

  /// The model as it is used, with what it was read from.
  func reading() throws -> ModelReader.Reading { try reading(adding: []) }

  /// The same with further values changed.
  func reading(adding further: [String]) throws -> ModelReader.Reading {
    try ModelOptions.reading(at: try path(), assignments: assignments + further)
  }

  /// The model in a file, with some values changed.
  static func reading(
    at path: String, assignments: [String], judgingRoom judgesRoom: Bool = true
  ) throws -> ModelReader.Reading {
    if let format = FaultTreeReader().format(at: path) {
      throw Findings([
        Diagnostic(
          slug: "fault-tree", "\(path) is a fault tree (\(format.name)), and a model is needed here", at: nil,
          help: "relmodel solve \(path)")
      ])
    }
    return try ModelReader().reading(at: path, assignments: assignments, judgingRoom: judgesRoom)
  }

  /// The model, ready to be read again with some of its levers pulled.
  func variants() throws -> ModelVariants {
    let path = try path()
    if FaultTreeReader().format(at: path) != nil { _ = try reading() }
    return try ModelReader().variants(at: path, assignments: assignments)
  }

  /// The file that was named, or the one that is meant.
  func path() throws -> String {
    if let model { return model }
    let here = modelsHere()
    if here.count == 1 { return here[0] }
    if here.count > 1 {
      throw ValidationError("several models here: \(here.joined(separator: ", ")); say which one")
    }
    if let shipped = ProcessInfo.processInfo.environment["RELMODEL_DEFAULT_MODEL"] { return shipped }
    throw ValidationError("no model file here; make one with: relmodel init")
  }

  private func modelsHere() -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: ".")) ?? []
    return names.filter { $0.hasSuffix(".relmodel.yaml") }.sorted()
  }
}
