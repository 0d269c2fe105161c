internal import Diagnostics
internal import Quantities
public import Resilience
public import ServiceModel

/// A dependency with policies, over dense indices.
///
/// The structure function holds it as a gate of its own over the callee's, so that whoever reads gates alone sees a plain
/// dependency: up while the callee is. The simulation sets that gate by what the policies make of each outage.
public struct CompiledEdge: Sendable {
  /// `backend → sap`; it also keys the random stream.
  public let name: String
  /// Its place among the model's.
  public let number: Int
  /// What stands between.
  public let policies: EdgePolicies
  /// The component whose request pool its calls hold slots of; `nil`: none.
  public let poolOwner: Int?
  /// The gate of what is called.
  public let callee: Int
  /// The gate of the dependency itself, with the callee's as its one input; `nil` where it is soft.
  public let gate: Int?
  /// The gate that is down while the caller's slots are all taken; up in the structure function. `nil`: it has no such pool.
  public let callerGate: Int?
  /// Who sees that its calls fail; `nil`: nobody does.
  public let alert: ErrorAlert?
  /// The calls that decide what becomes of these: those of members before the choices that these are in, and the callee's own
  /// last; empty where it has none.
  public let further: [FurtherCalls]
  /// Whether it is hard.
  public var isHard: Bool { gate != nil }
  /// The delays on average, for each of the graph's ways to fail.
  public let timings: [EdgeTimings]
}

/// What calls meet while something is down: the ways that occur in a model, and which cause has which.
public struct CalleeFailures: Sendable {
  /// The ways; the first is to refuse calls at once.
  public let ways: [CalleeFailure]
  /// For each cause, its way.
  public let wayOfCause: [Int]

  init(_ processes: ProcessCompiler) {
    var ways: [CalleeFailure] = [.failsFast(share: .one, after: .zero)]
    var wayOfCause = [Int](repeating: 0, count: processes.causes.count)
    for (process, origin) in zip(processes.processes, processes.origins) {
      guard let way = origin.mode.failsBy, wayOfCause[process.cause] == 0 else { continue }
      wayOfCause[process.cause] = ways.count
      ways.append(way)
    }
    (self.ways, self.wayOfCause) = (ways, wayOfCause)
  }
}

/// Makes the gates of dependencies with policies.
struct EdgeCompiler {
  /// An edge whose timings are still to come.
  struct Open {
    let edge: PolicyEdge
    var callee = -1
    var gate: Int?
    var callerGate: Int?
  }

  private(set) var open: [Int: Open] = [:]

  mutating func note(_ number: Int, _ edge: Open) { open[number] = edge }

  /// The edges in the order of the model.
  ///
  /// - Throws: findings where calls hang and nothing gives them up, which validation has excluded.
  static func edges(
    of gates: inout GateCompiler, _ failures: CalleeFailures
  ) throws(Findings) -> [CompiledEdge] {
    let sorted = gates.edges.open.sorted { $0.key < $1.key }
    let further = FurtherCallCompiler(gates.model, sorted.map(\.value.edge))
    var edges: [CompiledEdge] = []
    for (number, own) in sorted {
      let requirement = gates.model.dependency(of: own.edge).requirement
      edges.append(
        CompiledEdge(
          name: own.edge.name, number: number, policies: own.edge.policies, poolOwner: own.edge.poolOwner,
          callee: own.callee, gate: own.gate, callerGate: own.callerGate, alert: own.edge.alert,
          further: further.calls(of: requirement, &gates), timings: try timings(own.edge, failures)))
    }
    return edges
  }

  /// A way to fail that never reaches this edge may have no timings; those of a refusal stand in for it.
  private static func timings(_ edge: PolicyEdge, _ failures: CalleeFailures) throws(Findings)
    -> [EdgeTimings]
  {
    let refusal: EdgeTimings
    do throws(InvalidPolicy) {
      refusal = try EdgeTimings(edge.policies, failure: .failsFast(share: .one, after: .zero))
    } catch {
      throw Findings(
        error.findings.map { Diagnostic(slug: $0.slug, $0.message, at: edge.location, help: $0.help) })
    }
    return failures.ways.map { (try? EdgeTimings(edge.policies, failure: $0)) ?? refusal }
  }
}

extension Model {
  /// A dependency with policies.
  func dependency(of edge: PolicyEdge) -> Dependency<Target> {
    switch edge.owner {
    case .component(let index): components[index].dependencies[edge.dependency]
    case .capability(let index): capabilities[index].dependencies[edge.dependency]
    }
  }
}
