public import ServiceGraph

/// What is known exactly about a capability in the long run.
public struct SteadyStateResult: Sendable {
  /// How much a cause contributes.
  public struct Contribution: Sendable, Hashable {
    /// `component/mode` or `domain/mode`.
    public let cause: String
    /// The fraction of downtime during which repairing this cause alone would restore the service. Shares
    /// need not sum to 1: what is down for two reasons counts for neither, or for both.
    public let share: Double
  }

  /// Something whose failure alone takes the capability down.
  public struct SinglePoint: Sendable, Hashable {
    /// A unit, a component as a whole, or a domain.
    public let entity: String
    /// The causes that do it.
    public let causes: [String]
  }

  /// The capability's name.
  public let capability: String
  /// The long-run share of time it is down, 0…1.
  public let unavailability: Double
  /// How often it goes down, per hour; `nil` when a frequency it depends on is not known.
  public let frequencyPerHour: Double?
  /// The long-run share of service not served, down or degraded; `nil` when only a simulation can tell.
  public let unservedFraction: Double?
  /// Why the unserved fraction is not known.
  public let unservedReason: String?
  /// The contributions, largest first; those below 1e-12 are left out.
  public let contributions: [Contribution]
  /// What takes it down alone, in the order of the model.
  public let singlePoints: [SinglePoint]
  /// What was approximated, and how.
  public let approximations: [String]

  /// The mean length of an outage in hours; `nil` when no frequency is known, or it never fails.
  public var meanOutageHours: Double? {
    frequencyPerHour.flatMap { $0 > 0 ? unavailability / $0 : nil }
  }
}

/// Exact long-run availability of a graph's capabilities.
public enum SteadyState {
  /// Why there is no exact answer.
  public struct TooLarge: Error, Sendable {
    /// The number of diagram nodes at which the computation gave up.
    public let nodeLimit: Int
  }

  /// Unavailability, failure frequency, contributions and single points of failure of every capability.
  ///
  /// Unavailability by decision diagram over independent events, right for any law of up times and outages
  /// since only their means matter; frequency Σ (Birnbaum importance × event frequency).
  /// Source: Schneeweiss, *Computing failure frequency, MTBF & MTTR via mixed products of availabilities and
  /// unavailabilities*, IEEE Trans. Reliability R-30 (1981).
  ///
  /// - Throws: `TooLarge` when the diagram outgrows its limit.
  public static func results(of graph: CompiledGraph) throws(TooLarge) -> [SteadyStateResult] {
    do throws(BinaryDecisionDiagram.TooLarge) {
      let failure = try FailureDiagram(graph)
      let analysis = SteadyStateAnalysis(graph: graph, failure: failure)
      var results: [SteadyStateResult] = []
      for index in graph.capabilities.indices { results.append(try analysis.result(ofCapability: index)) }
      return results
    } catch {
      throw TooLarge(nodeLimit: error.nodeLimit)
    }
  }

  /// The long-run unavailability of every capability, and nothing else.
  public static func unavailabilities(of graph: CompiledGraph) throws(TooLarge) -> [Double] {
    do throws(BinaryDecisionDiagram.TooLarge) {
      let failure = try FailureDiagram(graph)
      let probabilities = failure.events.map { $0.unavailability(in: graph) }
      return failure.functions.map { FlatFunction($0, in: failure.diagram).probability(probabilities) }
    } catch {
      throw TooLarge(nodeLimit: error.nodeLimit)
    }
  }
}

/// Reads results off a diagram.
private struct SteadyStateAnalysis {
  let graph: CompiledGraph
  let failure: FailureDiagram
  let probabilities: [Double]

  init(graph: CompiledGraph, failure: FailureDiagram) {
    self.graph = graph
    self.failure = failure
    probabilities = failure.events.map { $0.unavailability(in: graph) }
  }

  func result(
    ofCapability index: Int
  ) throws(BinaryDecisionDiagram.TooLarge) -> SteadyStateResult {
    let unserved = try UnservedFraction(graph: graph, failure: failure, probabilities: probabilities)
      .outcome(ofCapability: index)
    let function = FlatFunction(failure.functions[index], in: failure.diagram)
    let support = function.support
    let unavailability = function.probability(probabilities)
    return SteadyStateResult(
      capability: graph.capabilities[index].name, unavailability: unavailability,
      frequencyPerHour: frequency(function, support: support), unservedFraction: unserved.value,
      unservedReason: unserved.reason,
      contributions: contributions(function, support: support, unavailability: unavailability),
      singlePoints: singlePoints(function, support: support), approximations: approximations(support))
  }

  /// Σ Birnbaum importance × event frequency.
  private func frequency(_ function: FlatFunction, support: [Int]) -> Double? {
    let importance = function.birnbaumImportance(probabilities)
    var total = 0.0
    for variable in support {
      let difference = drivesRoles(variable) ? startImportance(function, variable) : importance[variable]
      guard difference > 0 else { continue }
      guard let own = failure.events[variable].frequencyPerHour(in: graph) else { return nil }
      total += difference * own
    }
    return total
  }

  private func drivesRoles(_ variable: Int) -> Bool { !failure.moves[variable].isEmpty }

  /// What the start of an event changes: with it, the roles that it drives away have not moved yet.
  private func startImportance(_ function: FlatFunction, _ variable: Int) -> Double {
    var started = probabilities
    started[variable] = 1
    for moving in failure.moves[variable] { started[moving] = 1 }
    var absent = probabilities
    absent[variable] = 0
    return function.probability(started) - function.probability(absent)
  }

  /// share = 1 − U without the cause / U: the downtime that its repair alone would end.
  private func contributions(
    _ function: FlatFunction, support: [Int], unavailability: Double
  ) -> [SteadyStateResult.Contribution] {
    guard unavailability > 0 else { return [] }
    return variablesOfCauses(support).map { cause, variables in
      var without = probabilities
      for variable in variables {
        without[variable] = failure.events[variable].unavailability(in: graph, without: cause)
      }
      let share = 1 - function.probability(without) / unavailability
      return SteadyStateResult.Contribution(cause: graph.causes[cause], share: min(1, share))
    }
    .filter { $0.share > 1e-12 }
    .sorted { $0.share != $1.share ? $0.share > $1.share : $0.cause < $1.cause }
  }

  /// The variables behind each cause, causes ascending.
  private func variablesOfCauses(_ support: [Int]) -> [(cause: Int, variables: [Int])] {
    var variables: [Int: [Int]] = [:]
    for variable in support {
      let causes = Set(failure.events[variable].processes.map { graph.processes[$0].cause })
      for cause in causes { variables[cause, default: []].append(variable) }
    }
    return variables.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private func singlePoints(_ function: FlatFunction, support: [Int]) -> [SteadyStateResult.SinglePoint] {
    var points: [(entity: String, causes: [String])] = []
    for variable in support where function.isTrue(onlyVariable: variable) {
      for process in failure.events[variable].processes.map({ graph.processes[$0] }) {
        let cause = graph.causes[process.cause]
        if let index = points.firstIndex(where: { $0.entity == process.entity }) {
          if !points[index].causes.contains(cause) { points[index].causes.append(cause) }
        } else {
          points.append((process.entity, [cause]))
        }
      }
    }
    return points.map { SteadyStateResult.SinglePoint(entity: $0.entity, causes: $0.causes) }
  }

  private func approximations(_ support: [Int]) -> [String] {
    var roles: [Int] = []
    for variable in support {
      if case .moving(let role, _, _) = failure.events[variable].kind, !roles.contains(role) {
        roles.append(role)
      }
    }
    return roles.map { role in
      "failover of \(graph.movingRoles[role].name): (failure frequency of the holder) × (mean role outage), "
        + "inside the outage that causes it"
    }
  }
}

extension UnservedFraction.Outcome {
  fileprivate var value: Double? {
    if case .value(let value) = self { value } else { nil }
  }

  fileprivate var reason: String? {
    if case .unknown(let reason) = self { reason } else { nil }
  }
}
