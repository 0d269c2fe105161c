internal import ServiceGraph
internal import ServiceModel

/// What becomes of a loss once units have left for nodes that are not lost.
struct RescheduledUnits {
  /// The units that come up elsewhere.
  let units: Set<Int>
  /// Their components, by name, and how long until their units are up: the wait, and the mean start.
  let components: [(name: String, hours: Double)]

  /// - Parameters:
  ///   - lost: the units that are lost.
  ///   - domains: what is lost.
  init(_ lost: [Int], domains: [Int], in graph: CompiledGraph) {
    var moves = RescheduledMoves(graph, without: Set(domains))
    var units: Set<Int> = []
    var components: [(name: String, hours: Double)] = []
    for (place, own) in graph.rescheduling.enumerated() {
      let leaving = own.units.indices.filter { lost.contains(own.units[$0]) && moves.move($0, of: place) }
      guard !leaving.isEmpty else { continue }
      units.formUnion(leaving.map { own.units[$0] })
      let component = graph.model.components[own.component]
      components.append((component.name, own.afterHours + (component.start?.meanHours ?? 0)))
    }
    self.units = units
    self.components = components
  }

  /// The components that a capability waits for: those that it lacks, or all when what it lacks is something else.
  func awaited(lacking names: [String]) -> [(name: String, hours: Double)] {
    let lacked = components.filter { own in names.contains { $0 == own.name || $0.hasPrefix(own.name + "/") }
    }
    return lacked.isEmpty ? components : lacked
  }
}

/// Units that come up elsewhere one after the other, each where rules let it: on the node with the fewest of its component,
/// then the first declared. Room is taken for granted.
private struct RescheduledMoves {
  private let graph: CompiledGraph
  private let nodes: [Int]
  private let places: [Int: Int]
  private let isUp: [Bool]
  private let rules: [PlaceRules]
  private var crowd: [[Int]]

  init(_ graph: CompiledGraph, without gone: Set<Int>) {
    self.graph = graph
    let nodes = Set(graph.rescheduling.flatMap { $0.nodes.joined() + $0.homes.compactMap { $0 } }).sorted()
    self.nodes = nodes
    places = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($0.element, $0.offset) })
    isUp = nodes.map { gone.isDisjoint(with: graph.model.domains.chain(from: $0)) }
    let components = graph.rescheduling.map(\.component)
    rules = components.indices.map { PlaceRules(of: $0, among: components, on: nodes, in: graph.model) }
    crowd = graph.rescheduling.map { own in nodes.map { node in own.homes.count { $0 == node } } }
  }

  /// Moves a unit of a component; whether there was a node for it.
  mutating func move(_ unit: Int, of component: Int) -> Bool {
    let own = graph.rescheduling[component]
    guard let home = own.homes[unit].flatMap({ places[$0] }) else { return false }
    let role = graph.model.components[own.component].units[unit].role
    let standing = PlaceRules.Standing(crowd: { [crowd] in crowd[$0][$1] }, isUp: { [isUp] in isUp[$0] })
    let open = own.nodes[unit].compactMap { places[$0] }.filter {
      isUp[$0] && rules[component].allow($0, role: role, home: home, leaving: home, standing)
    }
    guard let node = open.min(by: { crowd[component][$0] < crowd[component][$1] }) else { return false }
    crowd[component][home] -= 1
    crowd[component][node] += 1
    return true
  }
}
