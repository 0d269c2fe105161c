import Diagnostics
import ServiceModel

/// What there is only so much of beside money.
extension PlannedDesigns {
  /// What a design takes of each limit.
  func uses(of changed: Model) throws -> [Double] {
    guard changed.limits.map(\.name) == model.limits.map(\.name),
      changed.limits.map(\.atMost) == model.limits.map(\.atMost)
    else {
      throw Findings([
        Diagnostic(
          slug: "choice-changes-limits",
          "a choice adds or removes a limit, or changes its at-most:, so designs can not be compared",
          at: nil,
          help: "change what is taken: per-unit: or fixed:")
      ])
    }
    return changed.limits.map { changed.use(of: $0) }
  }

  /// What a change of limits touches: the units of a component where it says what these take.
  ///
  /// What else it says adds up, so it makes no levers depend on each other.
  static func limitedParts(of limits: Declaration) -> [String] {
    (limits.entries ?? []).flatMap { limit in
      (limit.value["per-unit"]?.entries ?? []).map { "components/\($0.key.value)" }
    }
  }

  /// What is not counted against limits.
  var uncounted: [String] {
    let requested = model.limits.filter { [.requestedCPU, .requestedMemory].contains($0.counted) }
    let silent = model.componentsWithoutRequests
    var notes: [String] = []
    if !requested.isEmpty, !silent.isEmpty {
      notes.append(
        "Of \(requested.map(\.name).joined(separator: " and ")) what units request counts; nobody says what those of "
          + "\(silent.joined(separator: ", ")) do.")
    }
    let scaled = model.components.filter { $0.autoscaling != nil }.map(\.name)
    if !model.limits.isEmpty, !scaled.isEmpty {
      notes.append("What autoscaling may add of \(scaled.joined(separator: ", ")) counts against no limit.")
    }
    return notes
  }
}
