internal import Diagnostics
internal import Quantities
internal import Resilience

extension Model {
  /// No caller is still there after a longer wait.
  private static let longestWait = TimeSpan(hours: 24)

  /// Waits that grow from try to try until nobody can still be waiting.
  func warnings(ofRetry edge: PolicyEdge) -> [Diagnostic] {
    guard let retry = edge.policies.retry, let last = retry.waits.last?.highHours,
      let longest = Model.longestWait, last > longest.hours
    else { return [] }
    let growth = retry.factor > 1 ? ", each wait \(shortest(retry.factor)) times the one before" : ""
    return [
      Diagnostic(
        .warning, slug: "retry-waits",
        "\(edge.name) waits \(waitText(last)) before attempt "
          + "\(retry.attempts)\(growth); expected at most a day",
        at: edge.location, help: "longest: 1 min")
    ]
  }

  /// The longest waits are cut where they are worked out.
  private func waitText(_ hours: Double) -> String {
    let century = 876_000.0
    return hours > century ? "more than 100 y" : "up to \(TimeSpan(hours: hours)?.description ?? "100 y")"
  }
}
