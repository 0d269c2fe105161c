internal import ServiceModel
public import Stochastics

/// How the units of a component start once what held them down is repaired.
public struct ComponentStart: Sendable {
  /// The component's index.
  public let component: Int
  /// Its units.
  public let units: [Int]
  /// How long a start takes once it may begin, in hours; `nil`: no time.
  public let takes: (any Distribution)?
  /// The gates of the structure function that must be up before it may.
  public let gates: [Int]
}

extension GateCompiler {
  /// The starts of every component that states one.
  mutating func compileStarts() -> [ComponentStart] {
    model.components.indices.compactMap { index in
      guard let start = model.components[index].start else { return nil }
      let units = model.components[index].units.indices.map { firstUnit[index] + $0 }
      return ComponentStart(
        component: index, units: units, takes: start.takes,
        gates: start.gates.map { requirementGate($0.requirement) })
    }
  }
}
