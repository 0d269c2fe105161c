internal import ServiceModel

/// Which units of a model are left when a place is lost.
struct Survivors {
  private let model: Model
  private let lost: Set<Int>

  /// Everything is up.
  init(_ model: Model) { (self.model, lost) = (model, []) }

  /// A domain is lost, and all that is in it.
  init(_ model: Model, without domain: Int) {
    self.model = model
    var lost: Set<Int> = [domain]
    // A parent comes before its children.
    for (index, item) in model.domains.enumerated() where item.parents.contains(where: lost.contains) {
      lost.insert(index)
    }
    self.lost = lost
  }

  /// Whether a domain is left.
  func hasDomain(_ index: Int) -> Bool { !lost.contains(index) }

  private func isLeft(_ unit: Component.Unit) -> Bool { unit.domain.map { !lost.contains($0) } ?? true }

  /// Units of a component that are left.
  func count(_ component: Int) -> Int { model.components[component].units.count(where: isLeft) }

  /// The same with those that autoscaling may add.
  func countScaledOut(_ component: Int) -> Int {
    count(component) + (model.components[component].autoscaling?.elastic.count(where: isLeft) ?? 0)
  }

  /// Units that are left of what is named; a role that moves is taken over by its candidates, as far as they are left.
  func count(_ target: Target) -> Int {
    let component = model.components[target.component]
    guard let index = target.role else { return count(target.component) }
    let own = component.roles[index].units.count { isLeft(component.units[$0]) }
    let candidates = component.failovers.first { $0.role == index }?.candidates ?? []
    let others = candidates.reduce(0) { sum, role in
      sum + component.roles[role].units.count { isLeft(component.units[$0]) }
    }
    return min(component.roles[index].units.count, own + others)
  }
}
