internal import ServiceModel

/// Which capabilities are down without some units, though nothing fails: by hard dependencies alone.
struct LostCapabilities {
  /// Their names, in the order of the model.
  let names: [String]

  /// - Parameter gone: how many units of a component are gone, by its index.
  init(_ model: Model, without gone: [Int: Int]) {
    var works = WorkingComponents(model: model, gone: gone)
    names = model.capabilities.filter { capability in
      capability.dependencies.contains { !works.meets($0) }
    }.map(\.name)
  }
}

/// Which components work; the dependencies of a validated model have no circle.
private struct WorkingComponents {
  let model: Model
  let gone: [Int: Int]
  private var known: [Int: Bool] = [:]

  init(model: Model, gone: [Int: Int]) { (self.model, self.gone) = (model, gone) }

  mutating func meets(_ dependency: Dependency<Target>) -> Bool {
    guard case .hard = dependency.strength else { return true }
    return meets(dependency.requirement)
  }

  private mutating func meets(_ requirement: Requirement<Target>) -> Bool {
    switch requirement {
    case .one(let target): return works(target.component)
    case .atLeast(let count, let members):
      var met = 0
      for member in members where meets(member) { met += 1 }
      return met >= count
    }
  }

  /// Those go that roles do not need, as far as there are any.
  private mutating func works(_ index: Int) -> Bool {
    if let known = known[index] { return known }
    let component = model.components[index]
    let spare = component.roles.reduce(0) { $0 + max(0, $1.units.count - $1.required) }
    var result = (gone[index] ?? 0) <= spare
    for dependency in component.dependencies where result { result = meets(dependency) }
    known[index] = result
    return result
  }
}
