internal import Resilience
internal import ServiceGraph
internal import ServiceModel

/// The capabilities that promise how long requests take, laid out for the event loop.
struct LatencyLayout: Sendable {
  /// What the requests of one go through.
  struct Service: Sendable {
    let capability: Int
    let objectives: [LatencyObjective]
    let compiled: CompiledRequestPath
    /// The dependencies with policies on the way, ascending.
    let edges: [Int]
  }

  let services: [Service]
  /// What calls meet while something is down.
  let ways: [CalleeFailure]

  init(_ graph: CompiledGraph) {
    ways = graph.failures.ways
    services = graph.model.capabilities.indices.compactMap { index in
      let objectives = graph.model.capabilities[index].latencyObjectives
      guard !objectives.isEmpty else { return nil }
      let compiled = graph.requestPath(ofCapability: index)
      return Service(
        capability: index, objectives: objectives, compiled: compiled, edges: compiled.path.edges)
    }
  }

  var isEmpty: Bool { services.isEmpty }
}

/// How the calls of each dependency on a way stand: 0 all is well, 1 a breaker refuses them, 2 + w the callee is down and
/// fails them in the graph's way w.
typealias EdgeStandingCode = [UInt8]

extension CallLatency.Standing {
  init(code: UInt8, ways: [CalleeFailure]) {
    switch code {
    case 0: self = .usual
    case 1: self = .refused
    default: self = Int(code) - 2 < ways.count ? .failing(ways[Int(code) - 2]) : .refused
    }
  }
}
