import Economics
import Quantities
import Reports
import ServiceGraph
import ServiceModel
import Simulation

/// What the log has seen of what a capability stands on, and what that costs a year.
struct LoggedDowntime {
  /// Part by part.
  let perYear: DowntimeLedger.Parts
  /// What was seen.
  let text: String
  /// What has to be known of the parts.
  let notes: [String]

  /// `nil` where nothing that the capability stands on was seen.
  ///
  /// - Parameter log: the incidents themselves; `nil` where they can not be read.
  init?(_ name: String, _ design: RoiDesign, _ log: IncidentLog?) throws {
    let graph = design.prepared.graph
    guard let index = graph.model.capabilities.firstIndex(where: { $0.name == name }) else { return nil }
    let needed = graph.unitsNeeded(byCapability: index)
    let causes = Set(
      graph.processes.filter { !needed.isDisjoint(with: $0.units) }.map { graph.causes[$0.cause] })
    var references: Set<ModeReference> = []
    let bound = design.prepared.header.bindings.filter {
      causes.contains($0.cause) && $0.observation.count > 0 && references.insert($0.reference).inserted
    }
    guard !bound.isEmpty else { return nil }
    let hours = bound.reduce(0) { $0 + $1.observation.downtimeHours / $1.observation.windowHours * 8760 }
    let count = bound.reduce(0) { $0 + Double($1.observation.count) / $1.observation.windowHours * 8760 }
    let capability = graph.model.capabilities[index]
    let terms = try log.map {
      ObservedDowntimeCost(try $0.downtime(of: bound.map(\.reference)), of: capability)
    }
    var parts = terms?.perYear ?? DowntimeLedger.Parts()
    parts[.hours] += hours * (capability.downtimeCost?.perHour ?? 0)
    parts[.incidents] = count * (capability.downtimeTerms?.perIncident?.double ?? 0)
    perYear = parts
    text =
      "The log has \(significant(hours, digits: 3)) h and \(significant(count, digits: 3)) incidents a year that \(name) "
      + "may have felt."
    notes = Self.notes(name, capability.downtimeTerms, terms)
  }

  private static func notes(
    _ name: String, _ terms: DowntimeTerms?, _ found: ObservedDowntimeCost?
  ) -> [String] {
    guard let terms, let found else { return [] }
    var notes: [String] = []
    if !terms.credits.isEmpty || !terms.penalties.isEmpty {
      notes.append(
        found.completeMonths == 0
          ? "No calendar month of the log was watched throughout, so its credits and penalties of \(name) are not known, and 0 here."
          : "Credits and penalties of \(name) are those of the \(found.completeMonths) calendar months that were watched "
            + "throughout, of which \(found.dueMonths == 0 ? "none was" : "\(found.dueMonths) \(found.dueMonths == 1 ? "was" : "were")") below a promise, "
            + "taken for a year.")
    }
    if found.periodsLeftOut > 0 {
      notes.append(
        "Penalties of \(name) for other periods than calendar months are left out of the log's figures.")
    }
    if !terms.hours.isEmpty || terms.productivity?.when != nil {
      notes.append("Prices of certain hours of \(name) are those of when the log's outages were, UTC.")
    }
    return notes
  }
}
