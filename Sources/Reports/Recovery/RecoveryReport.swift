public import Quantities
internal import Recovery
internal import ServiceGraph
internal import ServiceModel

/// How a service is recovered: procedures, and what else brings it back.
public struct RecoveryReport: Sendable {
  private let header: ResultHeader
  private let answers: [StoreAnswer]

  /// A report about a model.
  public init(header: ResultHeader) {
    self.header = header
    answers = StoreAnswer.all(header.graph)
  }

  private var model: Model { header.graph.model }

  /// Whether the model says anything about recovery.
  public var isEmpty: Bool {
    model.procedures.isEmpty && StartOrderSection(model).isEmpty
      && model.components.allSatisfy { $0.data == nil && $0.objectives.isEmpty }
  }

  /// The report for people.
  public var document: Document {
    var document = Document(title: "\(model.name) · recovery")
    document.blocks += DataLossSection(answers: answers).blocks
    document.blocks += ObjectiveSection(answers: answers).blocks
    document.blocks += CoverageSection(model: model).blocks
    document.blocks += DrillSection(model: model, answers: answers).blocks
    if !answers.isEmpty { document.blocks.append(.note(dataNote)) }
    document.blocks += StartOrderSection(model).blocks
    document.blocks += ProcedureSection(model).blocks
    if !model.procedures.isEmpty { document.blocks.append(procedureNote) }
    return document
  }

  private var dataNote: String {
    let moves = answers.contains { $0.failure.scenario.kind == .failover }
    return
      "Writes lost are hours of writes, from the recovery point to the failure, and on to its notice where a restore throws "
      + "away what was written since. A failure falls at any phase of a schedule alike. Exact unless said otherwise."
      + (moves
        ? " A failover is taken to work, by hand where that is stated, before its holder is back; simulate plays both."
        : "")
  }

  private var procedureNote: Document.Block {
    .note(
      "Times of steps are those on average; \"slack\" is how much longer a step may take, the others as on average, "
        + "with the crews there are and whose turn it is as planned, before the service is back later; \"decides\" is the "
        + "share of runs in which the service would be back later if the step took longer. What varies is exact where one "
        + "step follows the other, else from 20,000 seeded runs."
    )
  }

  /// The report for programs.
  public var json: JSONValue {
    header.json(
      command: "recovery",
      results: [
        "procedures": ProcedureSection(model).json, "startOrder": StartOrderSection(model).json,
        "data": DataLossSection(answers: answers).json, "objectives": ObjectiveSection(answers: answers).json,
        "coverage": CoverageSection(model: model).json,
        "drills": DrillSection(model: model, answers: answers).json,
      ])
  }
}
