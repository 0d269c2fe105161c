public import ServiceGraph

/// How the long-run downtime of a service's capabilities follows the numbers of its model, fast enough to ask for all.
///
/// The structure is compiled once. Roles that move are down for the mean role outage, inside the outage that drives them
/// away, whose ratio to the downtime as stated is close to that of their Markov chain and takes no solving.
public struct DowntimeResponse: Sendable {
  /// The numbers that move some capability, in the order of the model.
  public let parameters: [ModelParameter]
  /// Numbers that move a Markov chain of crews, spares or shared load too large to be solved for each, and that are
  /// not among ``parameters``.
  public let held: [String]
  private let revaluation: ModelRevaluation
  private let network: ResponseNetwork

  /// The most states of a chain that is solved for every number.
  private static let mostStates = 100

  /// Compiles a graph.
  ///
  /// - Throws: `TooLarge` when the diagram or a chain outgrows its limit.
  public init(_ graph: CompiledGraph) throws(SteadyState.TooLarge) {
    let revaluation = ModelRevaluation(graph)
    let network = try ResponseNetwork(
      FailureNetwork(graph, modules: try DependentModule.all(graph)), revaluation)
    let all = revaluation.table.parameters
    var cache = ResponseCache()
    let slopes = network.slopes(all.map(\.value), revaluation, &cache)
    func places(_ isMeant: (ResponseModule) -> Bool) -> Set<Int> {
      Set(network.modules.filter(isMeant).flatMap(\.parameters))
    }
    let large = places { $0.stateCount > Self.mostStates }
    let small = places { $0.stateCount <= Self.mostStates }
    parameters = all.indices.filter { place in
      !large.contains(place) && (small.contains(place) || slopes.contains { $0[place] != nil })
    }.map { all[$0] }
    held = all.indices.filter(large.contains).map { all[$0].name }
    (self.revaluation, self.network) = (revaluation, network)
  }

  /// The long-run share of time that each capability is down when one factor is so large and all others are as stated;
  /// NaN where a chain has no answer.
  ///
  /// - Throws: the factor's parameter that the model does not have.
  public func unavailabilities(
    _ factor: UncertainFactor, times multiple: Double
  ) throws(ServiceResponse.UnknownParameter) -> [Double] {
    let places = try FactorPlaces([factor], of: revaluation.table.parameters)
    var cache = ResponseCache()
    return network.unavailabilities(places.values([multiple]), revaluation, &cache)
  }

  /// The same as stated.
  public var unavailabilities: [Double] {
    var cache = ResponseCache()
    return network.unavailabilities(revaluation.table.parameters.map(\.value), revaluation, &cache)
  }
}
