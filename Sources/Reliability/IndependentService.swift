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
