internal import ServiceGraph

/// A graph whose processes are independent of each other, as decision diagrams of its capabilities' failures.
///
/// For questions that no chain answers yet: roles that move are down for the mean role outage, inside the outage that
/// causes it.
struct IndependentService {
  /// The failures as a network.
  let failure: FailureNetwork
  /// One root for each capability.
  let diagram: NetworkDiagram

  /// What must be said where roles move; `nil` where none does.
  var moveNote: String? {
    guard failure.moves.contains(where: { !$0.isEmpty }) else { return nil }
    return
      "Importance and cut sets take a role that moves as down for the mean role outage, inside the outage that drives "
      + "it away; availability and contributions are by a Markov chain."
  }

  /// Builds the diagrams.
  ///
  /// - Throws: `TooLarge` when crews, spares or shared load couple processes, or a diagram outgrows its limit.
  init(_ graph: CompiledGraph) throws(SteadyState.TooLarge) {
    failure = try FailureNetwork(independent: graph)
    do throws(BinaryDecisionDiagram.TooLarge) {
      diagram = try NetworkDiagram(failure.network, roots: failure.capabilityFailures)
    } catch {
      throw SteadyState.TooLarge(nodeLimit: error.nodeLimit)
    }
  }
}
