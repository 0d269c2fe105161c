public import Quantities
internal import ServiceGraph
internal import ServiceModel

/// How a service is recovered: procedures, and what else brings it back.
public struct RecoveryReport: Sendable {
  private let header: ResultHeader

  /// A report about a model.
  public init(header: ResultHeader) { self.header = header }

  private var model: Model { header.graph.model }

  /// Whether the model says anything about recovery.
  public var isEmpty: Bool { model.procedures.isEmpty }

  /// The report for people.
  public var document: Document {
    var document = Document(title: "\(model.name) · recovery")
    document.blocks += ProcedureSection(model).blocks
    document.blocks.append(
      .note(
        "Times of steps are those on average; \"decides\" is the share of runs in which the service would be back later if "
          + "the step took longer. What varies is exact where one step follows the other, else from 20,000 seeded runs."
      ))
    return document
  }

  /// The report for programs.
  public var json: JSONValue {
    header.json(command: "recovery", results: ["procedures": ProcedureSection(model).json])
  }
}
