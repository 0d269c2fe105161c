public import ServiceGraph

/// How the long run of a service's capabilities answers to the numbers of its model.
///
/// The structure is compiled once; other numbers change the probabilities of the diagram's variables. Chains of roles that
/// move, crews, spares and shared load are solved again for each set of their own numbers.
public struct ServiceResponse: Sendable {
  /// The numbers, in the order of the model.
  public let parameters: [ModelParameter]
  /// The names of the capabilities.
  public let capabilities: [String]
  let revaluation: ModelRevaluation
  let exact: ResponseNetwork
  /// The same with roles that are down for the mean role outage, and for each capability the unavailability as stated by
  /// `exact` over that by this; `nil` where the chains of roles are small enough to be solved for every sample.
  let quick: (network: ResponseNetwork, factors: [Double])?

  /// The most states of all chains of roles together that are solved for every sample.
  private static let mostStatesSampled = 40

  /// Compiles a graph.
  ///
  /// - Throws: `TooLarge` when the diagram outgrows its limit.
  public init(_ graph: CompiledGraph) throws(SteadyState.TooLarge) { try self.init(SolvedRoles(graph)) }

  /// Compiles a graph whose roles other questions ask about too.
  public init(_ roles: SolvedRoles) throws(SteadyState.TooLarge) {
    let graph = roles.graph
    revaluation = ModelRevaluation(graph)
    parameters = revaluation.table.parameters
    capabilities = graph.capabilities.map(\.name)
    let groups = try DependentModule.all(graph)
    let failovers = roles.modules
    exact = try ResponseNetwork(
      FailureNetwork(graph, modules: groups, failovers: failovers), revaluation)
    let states = failovers.reduce(0) { $0 + $1.source.space.states.count }
    guard states > Self.mostStatesSampled else {
      quick = nil
      return
    }
    let network = try ResponseNetwork(FailureNetwork(graph, modules: groups), revaluation)
    var cache = ResponseCache()
    let stated = parameters.map(\.value)
    let factors = zip(
      exact.unavailabilities(stated, revaluation, &cache),
      network.unavailabilities(stated, revaluation, &cache)
    ).map { $1 > 0 ? $0 / $1 : 1 }
    quick = (network, factors)
  }

  /// The stated values of the parameters.
  public var statedValues: [Double] { parameters.map(\.value) }

  // MARK: Answers

  /// The long-run share of time that each capability is down; NaN where a chain has no answer.
  ///
  /// - Parameter values: one for each of ``parameters``.
  public func unavailabilities(_ values: [Double]) -> [Double] {
    var cache = ResponseCache()
    return exact.unavailabilities(values, revaluation, &cache)
  }

  /// How often each capability goes down, per hour; `nil` when a frequency it depends on is not known.
  public func frequencies(_ values: [Double]) -> [Double?] {
    let results = try? SteadyState.results(of: revaluation.graph(values))
    return results?.map(\.frequencyPerHour) ?? capabilities.map { _ in nil }
  }

  /// The elasticities ∂ ln U / ∂ ln x of each capability's unavailability, by the chain rule over the Birnbaum
  /// importance of the events; by central differences where a number moves a chain.
  ///
  /// - Returns: for each capability, one for each parameter that it depends on; none when it never fails.
  public func elasticities(_ values: [Double]) -> [[Elasticity]] {
    var cache = ResponseCache()
    let totals = exact.unavailabilities(values, revaluation, &cache)
    var slopes = exact.slopes(values, revaluation, &cache)
    let moving = capabilities.indices.map { index in
      Set(exact.modules(ofCapability: index).flatMap(\.parameters))
    }
    for place in Set(moving.joined()).sorted() where values[place] > 0 {
      let differences = differences(place, values, &cache)
      for index in capabilities.indices where moving[index].contains(place) {
        slopes[index][place] = differences[index]
      }
    }
    return capabilities.indices.map { index in
      guard totals[index] > 0 else { return [] }
      return parameters.indices.compactMap { place in
        slopes[index][place].map {
          Elasticity(name: parameters[place].name, value: $0 * values[place] / totals[index])
        }
      }
    }
  }

  /// The names of the parameters that each capability's unavailability depends on, as far as its structure goes.
  var dependencies: [Set<String>] {
    var cache = ResponseCache()
    let slopes = exact.slopes(statedValues, revaluation, &cache)
    return capabilities.indices.map { index in
      let moving = exact.modules(ofCapability: index).flatMap(\.parameters)
      let places = parameters.indices.filter { slopes[index][$0] != nil } + moving
      return Set(places.map { parameters[$0].name })
    }
  }

  /// The derivatives by one parameter, from central differences with Richardson's extrapolation from two steps.
  private func differences(_ place: Int, _ values: [Double], _ cache: inout ResponseCache) -> [Double] {
    let slopes = [1e-3, 2e-3].map { step in
      let more = exact.unavailabilities(
        values.setting(place, to: values[place] * (1 + step)), revaluation, &cache)
      let less = exact.unavailabilities(
        values.setting(place, to: values[place] * (1 - step)), revaluation, &cache)
      return zip(more, less).map { ($0 - $1) / (2 * step * values[place]) }
    }
    return zip(slopes[0], slopes[1]).map { (4 * $0 - $1) / 3 }
  }
}
