import Diagnostics
import IncidentHistory
import Quantities
import ServiceModel

/// `--bind`: what a history says of the modes whose numbers a model states itself.
struct RunTimeBinding {
  /// What is taken, and what a reader should know of it.
  struct Taken {
    var observations: [ModeReference: ModeObservation] = [:]
    var warnings: [Diagnostic] = []
    var note = ""
  }

  private let history: IncidentDatabase
  private let window: WindowReading
  private let known: Set<String>

  init(_ history: IncidentDatabase, window: WindowReading, known: Set<String>) {
    (self.history, self.window, self.known) = (history, window, known)
  }

  /// The modes that were seen, and were up for a part of the time; others keep what the model states.
  func observations(for model: Model) throws -> Taken {
    var taken = Taken()
    for reference in model.statedModes where known.contains(reference.description) {
      let seen = try history.observation(component: reference.component, mode: reference.mode, window: window)
      guard seen.count > 0 else { continue }
      taken.observations[reference] = ModeObservation(seen)
      taken.warnings += seen.warnings
    }
    taken.note = note(model, taken: taken.observations)
    return taken
  }

  /// What of a mode the history replaces.
  private static let replaced: Set<String> = [
    "mtbf", "rate", "probability", "lifetime", "availability", "lasts",
  ]

  /// Refuses changes of what the history replaces: they would change nothing.
  static func refuse(_ assignments: [String], on taken: [ModeReference]) throws(Findings) {
    let findings = taken.flatMap { reference in
      let path = "components/\(reference.component)/fails/\(reference.mode)"
      return assignments.filter { touches($0, path) }.map { assignment in
        Diagnostic(
          slug: "bound-and-set",
          "--bind takes \(reference) from the history, and “\(assignment)” would change nothing of it",
          at: nil,
          help: "leave --bind out, or the change; a model asks what-if with rate-factor: beside incidents:")
      }
    }
    if !findings.isEmpty { throw Findings(findings) }
  }

  /// Whether a change is one of what the history says of a mode, or of the mode as a whole.
  private static func touches(_ assignment: String, _ path: String) -> Bool {
    let target = assignment.prefix { $0 != "=" }.filter { $0 != " " }
    if target == path { return true }
    guard target.hasPrefix(path + "/") else { return false }
    let key = target.dropFirst(path.count + 1).prefix { $0 != "/" }
    return replaced.contains(String(key))
  }

  private func note(_ model: Model, taken: [ModeReference: ModeObservation]) -> String {
    let names = taken.keys.sorted().map(\.description)
    let kept = model.statedModes.count - names.count
    guard !names.isEmpty else { return "--bind: the history has seen no mode that \(model.name) states" }
    let list = names.prefix(6).joined(separator: ", ") + (names.count > 6 ? ", …" : "")
    let others =
      switch kept {
      case 0: ""
      case 1: "; 1 other mode keeps the model's numbers"
      default: "; \(grouped(kept)) other modes keep the model's numbers"
      }
    return "--bind: \(list) from the history\(others)"
  }
}

extension ModeObservation {
  /// What a history says, as a model is bound to it.
  init(_ seen: Observation) {
    self.init(
      count: seen.count, downtimeHours: seen.downtimeHours, windowHours: seen.windowHours, units: seen.units,
      unitHours: seen.unitHours, endedCount: seen.durationsHours.count,
      durationWorth: seen.durationsHours.isEmpty ? nil : seen.durationWorth)
  }
}
