import ArgumentParser
import Foundation
import IncidentHistory
import Quantities
import Reports

/// `relmodel incidents list`.
struct IncidentsList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The incidents of the history, oldest first.")

  @OptionGroup var database: DatabaseOptions

  @OptionGroup var filters: FilterOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let filter = try filters.filter()
    let history = try IncidentDatabase(path: database.path, mode: .read)
    let incidents = try history.incidents(matching: filter)
    let windows = try history.windows()
    try output.print(document(incidents, windows), json: json(incidents, windows))
  }

  private func document(_ incidents: [Incident], _ windows: [ObservationWindow]) -> Document {
    let hours = incidents.compactMap(\.outageHours).reduce(0, +)
    let rows = incidents.map { incident in
      [
        text(incident.outageStart), name(of: incident),
        incident.outageHours.flatMap(TimeSpan.init(hours:))?.description ?? "not ended",
        incident.users.map { grouped($0) } ?? "", incident.title ?? "", incident.externalID,
      ]
    }
    var document = Document(
      title: "\(grouped(incidents.count)) incidents, \(TimeSpan(hours: hours) ?? .zero) in all")
    if !rows.isEmpty {
      document.blocks.append(
        .table(Document.Table(columns: ["Started", "Mode", "Outage", "Users", "Title", "Id"], rows: rows)))
    }
    let facts = windows.map { window in
      Document.Fact(
        "Watched", "\(text(window.start)) to \(text(window.end))",
        ["\(grouped(window.hours / 24, decimals: 1)) d", window.component ?? "all components"])
    }
    document.blocks.append(facts.isEmpty ? .note("No observation window is recorded.") : .facts(facts))
    return document
  }

  private func name(of incident: Incident) -> String {
    ([incident.component] + incident.otherComponents).map { name in
      incident.mode.map { "\(name)/\($0)" } ?? name
    }.joined(separator: ", ")
  }

  private func text(_ date: Date) -> String {
    String(date.formatted(.iso8601).replacing("T", with: " ").prefix(16)) + "Z"
  }

  private func json(_ incidents: [Incident], _ windows: [ObservationWindow]) -> JSONValue {
    let rows = incidents.map { incident -> JSONValue in
      var members: [String: JSONValue] = [
        "id": .string(incident.externalID), "source": .string(incident.source),
        "component": .string(incident.component),
        "started": .string(incident.outageStart.formatted(.iso8601)),
        "planned": .bool(incident.isPlanned),
      ]
      if !incident.otherComponents.isEmpty {
        members["otherComponents"] = .array(incident.otherComponents.map { .string($0) })
      }
      members["mode"] = incident.mode.map { .string($0) }
      members["title"] = incident.title.map { .string($0) }
      members["users"] = incident.users.map { .integer($0) }
      members["outageHours"] = incident.outageHours.map { .number($0) } ?? ["unknown": "not ended"]
      return .object(members)
    }
    let spans = windows.map { window -> JSONValue in
      [
        "start": .string(window.start.formatted(.iso8601)), "end": .string(window.end.formatted(.iso8601)),
        "hours": .number(window.hours), "component": window.component.map { .string($0) } ?? .null,
      ]
    }
    return [
      "format": "relmodel/1", "command": "incidents list",
      "results": ["incidents": .array(rows), "windows": .array(spans)],
    ]
  }
}
