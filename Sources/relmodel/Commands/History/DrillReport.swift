import FoundationEssentials
import IncidentHistory
import Quantities
import Reports

/// The drills of a history as a table.
struct DrillReport {
  private let drills: [Drill]

  init(_ drills: [Drill]) { self.drills = drills }

  /// Prints the table, or its JSON.
  func print(_ output: OutputOptions) throws { try output.print(document, json: json) }

  private var document: Document {
    let broken = drills.count { $0.keptPromises == false }
    var document = Document(
      title: "\(drills.count == 1 ? "1 drill" : "\(grouped(drills.count)) drills"); "
        + "\(grouped(broken)) did not keep what was promised")
    guard !drills.isEmpty else { return document }
    let columns = ["Held", "Drill", "Recovered in", "Promised", "Data lost", "Promised loss", "Kept", "Note"]
    document.blocks.append(.table(Document.Table(columns: columns, cells: drills.map(row))))
    return document
  }

  private func row(_ drill: Drill) -> [Document.Cell] {
    [
      Document.Cell(drill.held.isoText), Document.Cell(drill.name),
      drill.succeeded ? length(drill.achievedRecoveryHours) : "failed",
      length(drill.expectedRecoveryHours), length(drill.achievedLossHours), length(drill.expectedLossHours),
      Document.Cell(drill.keptPromises.map { $0 ? "yes" : "no" } ?? "not measured"),
      Document.Cell(drill.note ?? ""),
    ]
  }

  private func length(_ hours: Double?) -> Document.Cell {
    guard let hours, let span = TimeSpan(hours: hours) else { return "not stated" }
    return Document.Cell(span.description, number: hours)
  }

  private var json: JSONValue {
    let rows = drills.map { drill -> JSONValue in
      [
        "name": .string(drill.name), "held": .string(drill.held.isoText),
        "component": drill.component.map { .string($0) } ?? .null, "succeeded": .bool(drill.succeeded),
        "expectedRtoHours": number(drill.expectedRecoveryHours),
        "achievedRtoHours": number(drill.achievedRecoveryHours),
        "expectedRpoHours": number(drill.expectedLossHours),
        "achievedRpoHours": number(drill.achievedLossHours),
        "kept": drill.keptPromises.map { .bool($0) } ?? ["unknown": "not measured"],
        "note": drill.note.map { .string($0) } ?? .null,
      ]
    }
    return ["format": "relmodel/1", "command": "drill", "results": ["drills": .array(rows)]]
  }

  private func number(_ hours: Double?) -> JSONValue {
    hours.map { .number($0) } ?? ["unknown": "not stated"]
  }
}
