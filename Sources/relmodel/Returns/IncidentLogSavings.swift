import Economics
import Quantities
import Reports
import ServiceGraph
import ServiceModel
import Simulation

/// What the incident log says that an option can save.
///
/// The log knows what downtime there was, and not what a change would have avoided: all of it at most, or as large a share as
/// the model finds.
struct IncidentLogSavings {
  /// The reckonings; none where nothing is bound to the log, or no downtime has a price.
  let bases: [SavingsBasis]
  /// What has to be known to read them.
  let notes: [String]

  init(_ frame: RoiFrame, _ returns: OptionReturn) {
    let seen = LoggedDowntime.all(frame)
    guard !seen.isEmpty else {
      (bases, notes) = ([], ["No mode that the counted downtime depends on is bound to the incident log."])
      return
    }
    let hours = seen.reduce(0) { $0 + $1.hoursCost }
    let outages = seen.reduce(0) { $0 + $1.outagesCost }
    func share(_ part: DowntimeCostPart) -> Double { Self.avoidedShare(of: part, returns) }
    var all = DowntimeLedger.Parts()
    (all[.hours], all[.incidents]) = (hours, outages)
    var some = all
    some[.hours] *= share(.hours)
    some[.incidents] *= share(.incidents)
    bases = [
      SavingsBasis(name: "the log, all avoided", origin: .log, perYear: .parts(all)),
      SavingsBasis(name: "the log, as the model avoids", origin: .log, perYear: .parts(some)),
    ]
    notes = [
      seen.map(\.text).joined(separator: " ")
        + " All of them count as outages, at the model's prices of hours and outages; prices of certain hours, lost work, "
        + "credits and penalties are left out, since the log's totals do not say when they would fall."
    ]
  }

  /// The share of a part of the base's cost that the model avoids.
  private static func avoidedShare(of part: DowntimeCostPart, _ returns: OptionReturn) -> Double {
    let whole = returns.baseMonths.reduce(0) { $0 + $1[part] }
    return whole > 0 ? returns.settledMonths.reduce(0) { $0 + $1.avoided[part] } / whole : 0
  }
}

/// What the log has seen of what a capability stands on, a year.
private struct LoggedDowntime {
  let hoursCost: Double
  let outagesCost: Double
  let text: String

  static func all(_ frame: RoiFrame) -> [LoggedDowntime] {
    frame.counted.compactMap { LoggedDowntime($0, frame.designs[0]) }
  }

  private init?(_ name: String, _ design: RoiDesign) {
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
    hoursCost = hours * (capability.downtimeCost?.perHour ?? 0)
    outagesCost = count * (capability.downtimeTerms?.perIncident?.double ?? 0)
    text =
      "The log has \(significant(hours, digits: 3)) h and \(significant(count, digits: 3)) incidents a year that \(name) "
      + "may have felt."
  }
}
