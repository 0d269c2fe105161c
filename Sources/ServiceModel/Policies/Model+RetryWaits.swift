public import Diagnostics
internal import Quantities
internal import Resilience

extension Model {
  /// No caller is still there after a longer wait.
  private static let longestWait = TimeSpan(hours: 24)
  /// Nobody plans for calls that wait longer in all, in hours, unless something gives them up. Sixty waits of a minute are within it
  /// however they are rounded.
  private static let longestWaitsHours = 1 + 1e-9

  /// Retries for whose end nobody waits.
  public var retryWarnings: [Diagnostic] { policies.edges.flatMap(warnings(ofRetry:)) }

  /// Waits that grow from try to try until nobody can still be waiting, and waits that are too long together.
  private func warnings(ofRetry edge: PolicyEdge) -> [Diagnostic] {
    guard let retry = edge.policies.retry else { return [] }
    let waitsHours = retry.waits.map(\.highHours)
    let last = waitsHours.last ?? 0
    let sum = waitsHours.reduce(0, +)
    if let longest = Model.longestWait, last > longest.hours {
      let growth = retry.factor > 1 ? ", each wait \(shortest(retry.factor)) times the one before" : ""
      return [
        warning(
          edge, "waits \(waitText(last)) before attempt \(retry.attempts)\(growth); expected at most a day",
          help: remedy(retry))
      ]
    }
    guard sum > Model.longestWaitsHours, waitsForever(edge.owner) else { return [] }
    return [
      warning(
        edge,
        "waits \(waitText(sum)) in all before attempt \(retry.attempts), and no timeout above ends that; expected at most 1 h",
        help: remedy(retry))
    ]
  }

  private func warning(_ edge: PolicyEdge, _ text: String, help: String) -> Diagnostic {
    Diagnostic(.warning, slug: "retry-waits", "\(edge.name) \(text)", at: edge.location, help: help)
  }

  /// What makes all waits together no more than an hour.
  private func remedy(_ retry: Retry) -> String {
    let seconds = min(60, (3600 / Double(retry.attempts - 1)).rounded(.down))
    if retry.wait.hours * 3600 <= seconds {
      return seconds == 60 ? "longest: 1 min" : "longest: \(shortest(seconds)) s"
    }
    var (attempts, sumHours) = (1, 0.0)
    for wait in retry.waits {
      sumHours += wait.highHours
      if sumHours <= Model.longestWaitsHours { attempts += 1 }
    }
    return attempts > 1 ? "attempts: \(attempts)" : "wait: \(shortest(seconds)) s"
  }

  /// Whether somebody above waits for as long as the calls of an owner take: no timeout stands on the way up.
  private func waitsForever(_ owner: PolicyEdge.Owner) -> Bool {
    guard case .component(let first) = owner else { return true }
    var seen: Set<Int> = []
    var stack = [first]
    while let component = stack.popLast() {
      guard seen.insert(component).inserted else { continue }
      let calls = calls(of: component)
      if calls.isEmpty { return true }
      for (caller, dependency) in calls {
        if let edge = policies.edge(of: caller, dependency: dependency),
          policies.edges[edge].policies.timeout != nil
        {
          continue
        }
        guard case .component(let index) = caller else { return true }
        stack.append(index)
      }
    }
    return false
  }

  /// Who depends on a component, and by which of its dependencies.
  private func calls(of component: Int) -> [(caller: PolicyEdge.Owner, dependency: Int)] {
    let owners =
      components.enumerated().map { (PolicyEdge.Owner.component($0), $1.dependencies) }
      + capabilities.enumerated().map { (PolicyEdge.Owner.capability($0), $1.dependencies) }
    return owners.flatMap { owner, dependencies in
      dependencies.indices
        .filter { dependencies[$0].requirement.references.contains { $0.component == component } }
        .map { (caller: owner, dependency: $0) }
    }
  }

  /// The longest waits are cut where they are worked out.
  private func waitText(_ hours: Double) -> String {
    let century = 876_000.0
    return hours > century ? "more than 100 y" : "up to \(TimeSpan(hours: hours)?.description ?? "100 y")"
  }
}
