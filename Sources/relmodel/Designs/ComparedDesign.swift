import Diagnostics
import ModelFormat
import Reports
import ServiceGraph
import ServiceModel

/// A model that is compared with others.
struct ComparedDesign {
  let name: String
  let reading: ModelReader.Reading
  let prepared: Preparation

  var graph: CompiledGraph { prepared.graph }
  var model: Model { prepared.graph.model }

  /// A reading, bound to its history and compiled.
  init(_ name: String, _ reading: ModelReader.Reading, _ history: HistoryOptions, _ output: OutputOptions)
    throws
  {
    self.name = name
    self.reading = reading
    prepared = try Preparation(ModelInput(reading, history, output))
  }

  /// What the report tells of it.
  ///
  /// - Parameter changed: the design that it is a change of, and its place; `nil` for the base itself.
  func reported(
    changing changed: (place: Int, design: ComparedDesign)?, money: DesignMoney?
  ) -> ComparisonReport.Design {
    ComparisonReport.Design(
      name: name, header: prepared.header, exact: try? prepared.exactResults(),
      changes: changed.map {
        ModelChanges(DeclarationDifference($0.design.reading.declaration, reading.declaration))
      }, of: changed?.place ?? 0, zoneLoss: ZoneLoss(graph), money: money)
  }

  /// Refuses names that the base has no capability of.
  static func checkNames(_ names: [String], in model: Model) throws {
    let known = model.capabilities.map(\.name)
    let findings = names.filter { !known.contains($0) }.map { name in
      Diagnostic(
        slug: "unknown-name", "\(model.name) has no capability \(name)", at: nil,
        help: "--capability \(nearestName(to: name, among: known) ?? known.joined(separator: " or "))")
    }
    guard findings.isEmpty else { throw Findings(findings) }
  }

  /// Every design must have something that can be compared with the base.
  static func checkCommonGround(_ designs: [ComparedDesign]) throws {
    let known = designs[0].model.capabilities.map(\.name)
    let findings = designs.dropFirst().compactMap { design -> Diagnostic? in
      let names = design.model.capabilities.map(\.name)
      guard !names.contains(where: known.contains) else { return nil }
      return Diagnostic(
        slug: "nothing-to-compare",
        "\(design.name) has no capability of \(designs[0].name): it has \(names.joined(separator: ", ")), "
          + "and the base has \(known.joined(separator: ", "))", at: nil)
    }
    guard findings.isEmpty else { throw Findings(findings) }
  }
}
