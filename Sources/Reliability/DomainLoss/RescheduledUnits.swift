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
    let gone = Set(domains)
    var units: Set<Int> = []
    var components: [(name: String, hours: Double)] = []
    for own in graph.rescheduling {
      let leaving = own.units.enumerated().filter { offset, unit in
        lost.contains(unit)
          && own.nodes[offset].contains { gone.isDisjoint(with: graph.model.domains.chain(from: $0)) }
      }
      guard !leaving.isEmpty else { continue }
      units.formUnion(leaving.map(\.element))
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
