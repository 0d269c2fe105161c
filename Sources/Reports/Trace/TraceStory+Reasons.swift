internal import Quantities
internal import ServiceGraph
internal import ServiceModel
internal import Simulation

extension TraceStory {
  func text(_ step: ResponseStep, of process: Int) -> String {
    switch step {
    case .detectorIsBlind:
      "\(detector(of: process) ?? "its detector") can not see it: what that needs is down"
    case .comesAfter(let hours): "somebody comes after \(duration(hours))"
    }
  }

  /// The detector that is to notice a failure.
  private func detector(of process: Int) -> String? {
    let cause = graph.causes[graph.processes[process].cause]
    let owners =
      graph.model.domains.map { ($0.causeName, $0.modes) }
      + graph.model.components.map { ($0.name, $0.modes) }
    for (owner, modes) in owners {
      for mode in modes where "\(owner)/\(mode.name)" == cause {
        return mode.detector.map { graph.model.delays[$0].name }
      }
    }
    return nil
  }

  func text(_ step: SpareStep, _ unit: String) -> String {
    switch step {
    case .isReplaced(byHand: false): "a spare is switched in for \(unit)"
    case .isReplaced(byHand: true): "the switch from \(unit) to a spare does not work: it is made by hand"
    case .isStuck: "the switch from \(unit) to a spare does not work: its place waits for a repair"
    case .takesOver(let from?): "\(unit) takes over from \(graph.unitNames[from])"
    case .takesOver(nil): "\(unit) is at work"
    case .standsBy: "\(unit) stands by"
    }
  }

  func text(_ step: RoleStep, role: String, holder: String) -> String {
    switch step {
    case .waitsForHolder: "the failover of \(role) does not work: the role waits until \(holder) is back"
    case .waitsForCandidate: "the role \(role) waits for a unit that could take it"
    case .isUnseen: "the role \(role) stays on \(holder): its detector can not see that it is down"
    case .byHand: "the failover of \(role) does not work: the role is moved by hand"
    }
  }

  /// What the time of a move went to.
  func text(_ times: RoleMoveTimes) -> String {
    let parts = [
      (times.noticedAfterHours, "until that was noticed"),
      (times.takesHours, times.isByHand ? "to move it by hand" : "to move it"),
    ]
    let told = parts.filter { $0.0 > 0 }.map { "\(duration($0.0)) \($0.1)" }
    return told.isEmpty ? "" : ": " + told.joined(separator: ", ")
  }

  func text(_ step: DependencyStep, of edge: Int) -> String {
    let alert =
      graph.edges[edge].alert.map { "the alert \(graph.model.delays[$0.detector].name)" } ?? "the alert"
    return switch step {
    case .calls(let failed, let lost): callsText(failed: failed, lost: lost)
    case .breakerOpens(again: false): "the breaker opens"
    case .breakerOpens(again: true): "the calls that the breaker tried have failed; it opens again"
    case .breakerTries: "the breaker tries some calls"
    case .breakerCloses(let tries): "the breaker closes at try \(grouped(tries))"
    case .callerFills(let refused):
      "calls hold every slot of the caller, which refuses \(share(refused)) requests"
    case .callerIsFree: "the caller has slots again"
    case .bulkheadFills: "the bulkhead is full"
    case .bulkheadIsFree: "the bulkhead has slots again"
    case .alertFires: "\(alert) on its calls fires"
    case .alertStops: "\(alert) on its calls stops"
    }
  }

  private func callsText(failed: Double, lost: Double) -> String {
    guard failed > 0 else { return "calls are answered again" }
    guard lost < failed else { return "\(share(failed)) calls fail" }
    return
      "\(share(failed)) calls fail, and the fallback serves \(percentage((failed - lost) / failed)) of them"
  }

  func text(_ step: QueueStep) -> String {
    switch step {
    case .refuses(let held, let lost): return refusalText(holdingBack: held, lost: lost)
    case .accepts: return "messages are accepted again"
    case .fills: return "messages begin to wait"
    case .deadLetters: return "messages become dead letters"
    case .drained(let most, let letters, let lost):
      let ends = [(letters, "became dead letters"), (lost, "were lost")].filter { $0.0 >= 0.5 }
      return
        (most > 0 ? "no message waits any more, after \(count(most)) waited at most" : "no message waits")
        + ends.map { "; \(count($0.0)) \($0.1)" }.joined()
    }
  }

  private func refusalText(holdingBack held: Int, lost: Double) -> String {
    let refused =
      held > 0
      ? "messages are not accepted: what stores them is down; producers hold back \(grouped(held)), more are lost"
      : "messages are not accepted, and are lost: what stores them is down"
    return refused + (lost >= 0.5 ? "; \(count(lost)) that waited are lost" : "")
  }

  private func share(_ share: Double) -> String { share >= 1 ? "all" : "\(percentage(share)) of" }
  private func count(_ messages: Double) -> String { significant(messages, digits: 4).trimmingZeros }
  func duration(_ hours: Double) -> String { TimeSpan(hours: hours)?.description ?? "" }
}
