import FoundationEssentials
import IncidentHistory
import Quantities
import Reports

/// One incident with everything that is known of it.
struct IncidentDetails {
  private let incident: Incident
  private let command: String

  init(_ incident: Incident, command: String) {
    self.incident = incident
    self.command = command
  }

  /// The fields, and the length of the outage.
  func document(title: String) -> Document {
    var facts = incident.texts.map { Document.Fact($0.column.name, $0.text) }
    let length = incident.outageHours.flatMap(TimeSpan.init(hours:))?.description ?? "not ended"
    facts.append(
      Document.Fact(
        "outage", length, number: incident.outageHours.map { Document.Number($0, "h") }))
    return Document(title: title, blocks: [.facts(facts)])
  }

  /// The same for programs.
  var json: JSONValue {
    var members: [String: JSONValue] = [:]
    for (column, text) in incident.texts { members[column.name] = .string(text) }
    members["outageHours"] = incident.outageHours.map { .number($0) } ?? ["unknown": "not ended"]
    return ["format": "relmodel/1", "command": .string(command), "results": .object(members)]
  }
}
