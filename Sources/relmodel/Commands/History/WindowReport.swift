import FoundationEssentials
import IncidentHistory
import Quantities
import Reports

/// The windows of a history as tables.
struct WindowReport {
  private let windows: [Recorded<ObservationWindow>]
  private let maintenance: [Recorded<MaintenanceWindow>]

  init(_ history: IncidentDatabase) throws {
    windows = try history.recordedWindows()
    maintenance = try history.recordedMaintenance()
  }

  /// Prints the tables, or their JSON.
  func print(_ output: OutputOptions) throws { try output.print(document, json: json) }

  private var document: Document {
    var document = Document(
      title:
        "\(windows.count == 1 ? "1 window" : "\(grouped(windows.count)) windows") watched, \(grouped(maintenance.count)) of work"
    )
    if !windows.isEmpty {
      document.blocks.append(
        .table(
          Document.Table(
            columns: ["Watched", "From", "To", "Days", "Component", "Units", "Exposure", "Source"],
            cells: windows.map(row))))
    }
    if !maintenance.isEmpty {
      document.blocks.append(
        .table(
          Document.Table(
            columns: ["Work", "From", "To", "Hours", "Component", "Title", "Source"],
            cells: maintenance.map(row))))
    }
    if windows.isEmpty {
      document.blocks.append(.note("Nothing says what was watched, so no rate can be known."))
    }
    return document
  }

  private func row(_ recorded: Recorded<ObservationWindow>) -> [Document.Cell] {
    let window = recorded.value
    let exposure = window.exposureUnitHours
    return [
      number(recorded.id), Document.Cell(window.start.isoText), Document.Cell(window.end.isoText),
      Document.Cell(grouped(window.hours / 24, decimals: 1), number: window.hours / 24),
      Document.Cell(window.component ?? "all"), window.units.map(number) ?? "not stated",
      Document.Cell(exposure.map { grouped($0, decimals: 0) + " unit-h" } ?? "", number: exposure),
      Document.Cell(recorded.source),
    ]
  }

  private func row(_ recorded: Recorded<MaintenanceWindow>) -> [Document.Cell] {
    let window = recorded.value
    return [
      number(recorded.id), Document.Cell(window.start.isoText), Document.Cell(window.end.isoText),
      Document.Cell(grouped(window.hours, decimals: 1), number: window.hours),
      Document.Cell(window.component ?? "all"), Document.Cell(window.title ?? ""),
      Document.Cell(recorded.source),
    ]
  }

  private func number(_ value: Int) -> Document.Cell { Document.Cell("\(value)", number: Double(value)) }

  private var json: JSONValue {
    let watched = windows.map { recorded -> JSONValue in
      [
        "id": .integer(recorded.id), "source": .string(recorded.source),
        "start": .string(recorded.value.start.isoText), "end": .string(recorded.value.end.isoText),
        "hours": .number(recorded.value.hours),
        "component": recorded.value.component.map { .string($0) } ?? .null,
        "units": recorded.value.units.map { .integer($0) } ?? .null,
        "exposureUnitHours": recorded.value.exposureUnitHours.map { .number($0) } ?? [
          "unknown": "units not stated"
        ],
      ]
    }
    let work = maintenance.map { recorded -> JSONValue in
      [
        "id": .integer(recorded.id), "source": .string(recorded.source),
        "start": .string(recorded.value.start.isoText), "end": .string(recorded.value.end.isoText),
        "hours": .number(recorded.value.hours),
        "component": recorded.value.component.map { .string($0) } ?? .null,
        "title": recorded.value.title.map { .string($0) } ?? .null,
      ]
    }
    return [
      "format": "relmodel/1", "command": "incidents window",
      "results": ["windows": .array(watched), "maintenance": .array(work)],
    ]
  }
}
