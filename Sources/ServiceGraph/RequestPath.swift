public import Resilience
internal import ServiceModel
public import Stochastics

/// What one request waits for: the work of whom it reaches, and its calls, one after the other or at once.
public struct RequestPath: Sendable {
  /// A call, and what it waits for in turn.
  struct Call: Sendable {
    /// The dependency with policies, as a place among the graph's edges; `nil`: it has none.
    let edge: Int?
    let latency: CallLatency?
    /// Whom it reaches, where no latency of the whole answer is stated: at once, and in each of these lists in turn.
    let below: [[RequestPath]]
    let isAtOnce: Bool
  }

  /// How long the work takes, in hours; `nil`: no time.
  let work: (any Distribution)?
  /// The calls in the order declared.
  let calls: [Call]

  /// The dependencies with policies that it goes over, as places among the graph's edges, ascending.
  public var edges: [Int] {
    var found: Set<Int> = []
    var stack = [self]
    while let next = stack.popLast() {
      for call in next.calls {
        if let edge = call.edge { found.insert(edge) }
        stack += call.below.joined()
      }
    }
    return found.sorted()
  }

  /// A draw of how long a request takes, in hours.
  ///
  /// - Parameter standing: how the calls of an edge stand.
  public func sample(
    using stream: inout RandomStream, standing: (_ edge: Int) -> CallLatency.Standing
  ) -> Double {
    var (inTurn, atOnce) = (work?.sample(using: &stream) ?? 0, 0.0)
    for call in calls {
      let hours = call.sample(using: &stream, standing: standing)
      if call.isAtOnce { atOnce = max(atOnce, hours) } else { inTurn += hours }
    }
    return inTurn + atOnce
  }

  /// So many draws, from a stream that the name of the path keys: the same draws in every standing.
  public func sample(
    count: Int, name: String, standing: (_ edge: Int) -> CallLatency.Standing
  ) -> LatencySample {
    var stream = RandomStream(seed: 0, process: ProcessKey(name: "\(name)#latency"), replication: 0)
    return LatencySample((0..<count).map { _ in sample(using: &stream, standing: standing) })
  }
}

extension RequestPath.Call {
  fileprivate func sample(
    using stream: inout RandomStream, standing: (_ edge: Int) -> CallLatency.Standing
  ) -> Double {
    func answering(_ stream: inout RandomStream) -> Double {
      if let stated = latency?.answer { return stated.sample(using: &stream) }
      return below.reduce(0.0) { slowest, inTurn in
        max(slowest, inTurn.reduce(0) { $0 + $1.sample(using: &stream, standing: standing) })
      }
    }
    guard let latency, let edge else { return answering(&stream) }
    return latency.sample(standing(edge), using: &stream, answering: answering)
  }
}
