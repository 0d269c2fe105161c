public import Quantities
internal import ServiceModel

/// Nodes that autoscaled units ask for room on.
public struct CompiledNodePool: Sendable {
  /// The pool's name.
  public let name: String
  /// Its nodes, by name, those first that run at first.
  public let nodes: [String]
  /// The same as indices into the model's domains.
  public let domains: [Int]
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
  /// For each node, whether units are on it that never leave.
  public let isNeeded: [Bool]
}

extension CompiledNodePool {
  /// The pools, and nodes of their own, on which autoscaled units ask for room, or are kept apart.
  static func all(of model: Model) -> [CompiledNodePool] {
    let asked = Set(model.components.flatMap { $0.autoscaling?.nodes ?? [] })
    guard !asked.isEmpty else { return [] }
    let stay = Set(
      model.components.filter { $0.rescheduling == nil }.flatMap { $0.units.compactMap(\.domain) })
    return model.domains.indices.compactMap { index in
      let pool = model.domains[index]
      guard pool.allocatable != nil || pool.kind == .pool else { return nil }
      let nodes = model.domains.nodes(of: index)
      guard !asked.isDisjoint(with: nodes) else { return nil }
      return CompiledNodePool(pool, nodes, model, stay: stay)
    }
  }

  private init(_ pool: Domain, _ nodes: [Int], _ model: Model, stay: Set<Int>) {
    let scaling = pool.nodeAutoscaling
    self.init(
      name: pool.name, nodes: nodes.map { model.domains[$0].name }, domains: nodes,
      first: min(scaling?.first ?? nodes.count, nodes.count),
      fewest: min(scaling?.fewest ?? nodes.count, nodes.count), delay: scaling?.delay ?? .zero,
      downDelay: scaling?.downDelay ?? .zero, isScaled: scaling != nil, isNeeded: nodes.map(stay.contains))
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
