import Economics
import ModelFormat
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

  init(_ frame: RoiFrame, _ returns: OptionReturn, history: HistoryOptions) throws {
    let log = try frame.counted.isEmpty ? nil : IncidentLog(history, of: frame.designs[0].reading.model)
    let seen = try frame.counted.compactMap { try LoggedDowntime($0, frame.designs[0], log) }
    guard !seen.isEmpty else {
      (bases, notes) = ([], ["No mode that the counted downtime depends on is bound to the incident log."])
      return
    }
    var all = DowntimeLedger.Parts()
    for part in DowntimeCostPart.allCases { all[part] = seen.reduce(0) { $0 + $1.perYear[part] } }
    var some = all
    for part in DowntimeCostPart.allCases { some[part] *= Self.avoidedShare(of: part, returns) }
    bases = [
      SavingsBasis(name: "the log, all avoided", origin: .log, perYear: .parts(all)),
      SavingsBasis(name: "the log, as the model avoids", origin: .log, perYear: .parts(some)),
    ]
    notes =
      [
        seen.map(\.text).joined(separator: " ") + " All of them count as outages, at the model's prices."
      ] + seen.flatMap(\.notes)
  }

  /// The share of a part of the base's cost that the model avoids.
  private static func avoidedShare(of part: DowntimeCostPart, _ returns: OptionReturn) -> Double {
    let whole = returns.baseMonths.reduce(0) { $0 + $1[part] }
    return whole > 0 ? returns.settledMonths.reduce(0) { $0 + $1.avoided[part] } / whole : 0
  }
}
