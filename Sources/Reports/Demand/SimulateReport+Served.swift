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
