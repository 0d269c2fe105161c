internal import Diagnostics
internal import Quantities
internal import Resilience

extension ModelResolver {
  // MARK: One alert

  /// The alert on the errors of a dependency's calls.
  mutating func resolveAlert(on name: String, _ stated: StatedPolicies, _ policies: EdgePolicies)
    -> ErrorAlert?
  {
    guard let own = stated.alert, let traffic = policies.traffic else { return nil }
    guard let detector = detectors[own.detector.value] else {
      reportUnknown("detector", own.detector, among: draft.detectors.map(\.name.value))
      return nil
    }
    delayUsers["detector/\(own.detector.value)", default: []].append("calls \(name)")
    // Attempts fail by chance, each by itself.
    let usual = (0..<policies.attempts).reduce(1.0) { share, _ in share * traffic.errors.value }
    let threshold =
      switch own.threshold.value {
      case .share(let share): share.value
      case .rate(let rate): rate.perHour / traffic.calls.perHour
      }
    guard isUsable(threshold, usual: usual, of: own) else { return nil }
    return ErrorAlert(
      detector: detector, threshold: threshold, thresholdText: own.thresholdText, window: own.window,
      usualShare: usual)
  }

  private mutating func isUsable(_ threshold: Double, usual: Double, of alert: ErrorAlertDraft) -> Bool {
    if threshold >= 1 {
      report(
        "alert-never", "errors: \(alert.thresholdText) is never exceeded, not even when every call fails",
        at: alert.threshold.location, help: "errors: 50 %")
    } else if threshold <= usual {
      report(
        "alert-always",
        "errors: \(alert.thresholdText) is exceeded when all is well; expected more than "
          + "\(shortest(usual * 100)) % of the calls", at: alert.threshold.location,
        help: "errors: \(shortest(min(99, usual * 100 + 5))) %")
    }
    return threshold < 1 && threshold > usual
  }

  // MARK: What alerts notice

  /// A detector that watches calls sees nothing but calls that fail.
  mutating func checkAlerts(
    of edges: [PolicyEdge], _ components: [Component], _ domains: [Domain], _ delays: [NamedDelay]
  ) {
    let watching = Set(edges.compactMap(\.alert?.detector))
    guard !watching.isEmpty else { return }
    let modes = components.flatMap(\.modes) + domains.flatMap(\.modes)
    for mode in modes {
      guard let detector = mode.detector, watching.contains(detector), delays[detector].otherwise == nil
      else { continue }
      reportNoOtherwise(detector, delays, mode.name)
    }
    for component in components {
      if let detector = component.standby?.detector, watching.contains(detector),
        delays[detector].otherwise == nil
      {
        reportNoOtherwise(detector, delays, "the loss of a replica of \(component.name)")
      }
      for failover in component.failovers {
        guard let detector = failover.detector, watching.contains(detector), delays[detector].otherwise == nil
        else { continue }
        reportNoOtherwise(
          detector, delays, "the loss of \(component.name)/\(component.roles[failover.role].name ?? "")")
      }
    }
  }

  private mutating func reportNoOtherwise(_ detector: Int, _ delays: [NamedDelay], _ loss: String) {
    report(
      "alert-otherwise",
      "\(delays[detector].name) watches calls, and \(loss) may make none of them fail; expected how long "
        + "it takes to be noticed then", at: draft.detectors[detector].name.location,
      help: "otherwise: 1 h")
  }
}
