public import Quantities
internal import ServiceModel

/// Nodes that autoscaled units ask for room on.
public struct CompiledNodePool: Sendable {
  /// The pool's name.
  public let name: String
  /// Its nodes, by name, those first that run at first.
  public let nodes: [String]
  /// How many of them run at first.
  public let first: Int
  /// The fewest that run.
  public let fewest: Int
  /// From the order to a node on which units can start.
  public let delay: TimeSpan
  /// How long a node must be without units before it leaves.
  public let downDelay: TimeSpan
  /// Whether nodes come and go.
  public let isScaled: Bool
  /// For each node, whether units are on it that are always wanted.
  public let isNeeded: [Bool]
}

/// Where a unit is: a node of a pool.
public struct NodePlace: Sendable, Hashable {
  /// The pool, as a place among the graph's.
  public let pool: Int
  /// The node, as a place among the pool's.
  public let node: Int
}

/// Finds the pools on whose nodes autoscaled units ask for room.
struct NodePoolCompiler {
  private(set) var pools: [CompiledNodePool] = []
  /// The node of each unit that is on one of these.
  private(set) var places: [Int: NodePlace] = [:]

  init(_ model: Model, loads: [CompiledDemand.Load]) {
    let units = model.components.flatMap(\.units)
    let comers = loads.flatMap { $0.autoscaling == nil || !$0.asksForRoom ? [] : $0.units }
    let leavers = Set(
      loads.flatMap { load in load.units.dropFirst(load.autoscaling?.fewest ?? load.units.count) })
    for (index, domain) in model.domains.enumerated() where domain.allocatable != nil {
      let nodes = model.domains.nodes(of: index)
      let numbers = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($0.element, $0.offset) })
      let isAsked = comers.contains { units[$0].domain.map { numbers[$0] != nil } ?? false }
      guard isAsked else { continue }
      var isNeeded = nodes.map { _ in false }
      for (unit, own) in units.enumerated() {
        guard let node = own.domain.flatMap({ numbers[$0] }) else { continue }
        places[unit] = NodePlace(pool: pools.count, node: node)
        if !leavers.contains(unit) { isNeeded[node] = true }
      }
      pools.append(CompiledNodePool(domain, nodes.map { model.domains[$0].name }, isNeeded))
    }
  }
}

extension CompiledNodePool {
  fileprivate init(_ pool: Domain, _ nodes: [String], _ isNeeded: [Bool]) {
    let scaling = pool.nodeAutoscaling
    self.init(
      name: pool.name, nodes: nodes, first: min(scaling?.first ?? nodes.count, nodes.count),
      fewest: min(scaling?.fewest ?? nodes.count, nodes.count), delay: scaling?.delay ?? .zero,
      downDelay: scaling?.downDelay ?? .zero, isScaled: scaling != nil, isNeeded: isNeeded)
  }
}

extension Model {
  /// What is said of nodes that come and go under some units, in an answer that knows no events.
  func nodeNotes(onDomains places: Set<Int>) -> [String] {
    domains.enumerated().compactMap { index, pool in
      guard let scaling = pool.nodeAutoscaling, domains.nodes(of: index).contains(where: places.contains)
      else { return nil }
      return "autoscaling of \(pool.name): \(scaling.first) nodes at all hours; relmodel simulate follows it"
    }
  }
}
