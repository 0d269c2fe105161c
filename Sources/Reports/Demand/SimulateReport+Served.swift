internal import Quantities
internal import ServiceGraph
internal import ServiceModel
internal import Simulation
internal import Stochastics

extension SimulateReport {
  /// Whether some service is lost without being down.
  func isDegraded(_ estimate: CapabilityEstimate) -> Bool {
    estimate.unservedFraction.value - estimate.unavailability.value > 1e-12
  }

  /// Causes are those of downtime: what calls lose while a capability is up, as where full slots refuse some of them, has none.
  var partialLossNote: [Document.Block] {
    let isFelt = result.capabilities.contains { estimate in
      let unserved = estimate.unservedFraction.value
      return unserved - estimate.unavailability.value > 0.05 * unserved
    }
    let isOfCalls = result.edges.contains { $0.failedHours.value > 0 || $0.callerDownHours.value > 0 }
    guard isFelt, isOfCalls else { return [] }
    return [
      .note(
        "Causes are those of downtime. What is lost while a capability is up, as where some calls fail or full slots refuse a part "
          + "of them, is in what is served and in the tables of policies alone.")
    ]
  }

  /// What is served is a mean over time, which is none over requests where some hours ask for more than others.
  var servedNote: [Document.Block] {
    let isFelt = zip(result.capabilities, header.graph.model.capabilities).contains { estimate, capability in
      capability.profile != nil && isDegraded(estimate)
    }
    guard isFelt else { return [] }
    return [
      .note(
        "Served is the share of what is asked, averaged over time and not over requests: an hour that asks for little counts as "
          + "much as one that asks for a lot.")
    ]
  }
}
