import Billing
import Planning
import Quantities
import Reliability
import Reports
import ServiceGraph
import ServiceModel

/// What is promised or paid and has no part in the search.
extension PlannedDesigns {
  /// What is left out, in words.
  ///
  /// - Parameter samplesDues: whether credits and penalties were simulated.
  func leftOut(_ asked: PlanAims.Asked, samplesDues: Bool) -> [String] {
    let capabilities = asked.capabilities.map { model.capabilities[$0] }
    var notes: [String] = []
    if asked.isServed, capabilities.contains(where: { $0.downtimeCurrency != nil }) {
      notes.append("No price of downtime is in what is served: prices are of being down.")
    } else if !samplesDues, capabilities.contains(where: \.hasDues) {
      notes.append("Credits and penalties are in no total here: --least-total simulates them.")
    }
    if !asked.isServed, capabilities.contains(where: \.keepsPricedHours) {
      notes.append(
        "Hours with a price of their own count as often as they come: relmodel simulate asks when.")
    }
    let unknown = asked.questions.contains(.frequencies) ? capabilitiesOfUnknownFrequency(asked) : []
    if !unknown.isEmpty {
      notes.append(
        "How often \(unknown.joined(separator: ", ")) goes down is not known, so what outages cost by their number is in no total."
      )
    }
    if !promises.isEmpty, asked.recoversAtLeast == 0 {
      notes.append(
        "Promises of recovery times and of data loss are not asked for: --recovery, relmodel recovery.")
    }
    if !capabilities.flatMap(\.recoveryObjectives).isEmpty {
      notes.append("Promises of how soon a capability is back are not in the search: relmodel simulate.")
    }
    notes.append(
      asked.isServed
        ? "Availability is what is served in the long run, a degraded service with its fraction; how often a window misses a "
          + "promise: relmodel simulate."
        : "Availability is that of the long run, and a degraded service counts as available; how often a window misses a "
          + "promise, and what is served: relmodel simulate.")
    return notes + uncounted + unpriced
  }

  private func capabilitiesOfUnknownFrequency(_ asked: PlanAims.Asked) -> [String] {
    guard let graph = try? graph(space.present),
      let found = try? SharedOutages.conditions(of: graph, entities: [], asking: .frequencies)
    else { return [] }
    return asked.capabilities.filter { model.capabilities[$0].pricesOutages && found.frequencies[$0] == nil }
      .map { model.capabilities[$0].name }
  }

  private var unpriced: [String] {
    guard let book, let bill = try? Bill(of: model, at: book) else { return [] }
    let open = bill.unknown.count + bill.perUse.count
    guard open > 0 else { return [] }
    return ["\(open == 1 ? "1 line" : "\(open) lines") of the bill have no known amount and are in no price."]
  }
}

extension Capability {
  /// Whether periods below a promise cost something.
  var hasDues: Bool { downtimeTerms.map { !$0.credits.isEmpty || !$0.penalties.isEmpty } ?? false }

  /// Whether outages cost something by their number.
  var pricesOutages: Bool {
    downtimeTerms.map { $0.perIncident != nil || ($0.productivity?.refocus ?? .zero) > .zero } ?? false
  }

  fileprivate var keepsPricedHours: Bool {
    downtimeTerms.map { !$0.hours.isEmpty || $0.productivity?.when != nil } ?? false
  }
}
