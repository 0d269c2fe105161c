internal import ServiceModel

/// Which units of a model are left when a place is lost.
struct Survivors {
  private let model: Model
  private let lost: Set<Int>
  private let lostUnit: (component: Int, unit: Int)?

  /// Everything is up.
  init(_ model: Model) { (self.model, lost, lostUnit) = (model, [], nil) }

  /// One unit of what is named is lost, of a role one that is in it.
  init(_ model: Model, withoutUnitOf target: Target) {
    let unit = target.role.map { model.components[target.component].roles[$0].units.lowerBound } ?? 0
    (self.model, lost, lostUnit) = (model, [], (target.component, unit))
  }

  /// A domain is lost, and all that is in it.
  init(_ model: Model, without domain: Int) {
    self.model = model
    var lost: Set<Int> = [domain]
    // A parent comes before its children.
    for (index, item) in model.domains.enumerated() where item.parents.contains(where: lost.contains) {
      lost.insert(index)
    }
    self.lost = lost
    lostUnit = nil
  }

  /// Whether a domain is left.
  func hasDomain(_ index: Int) -> Bool { !lost.contains(index) }

  private func isLeft(_ unit: Component.Unit) -> Bool { unit.domain.map { !lost.contains($0) } ?? true }

  private func isLeft(_ component: Int, _ unit: Int) -> Bool {
    if let lostUnit, lostUnit == (component, unit) { return false }
    return isLeft(model.components[component].units[unit])
  }

  /// Units of a component that are left.
  func count(_ component: Int) -> Int {
    model.components[component].units.indices.count { isLeft(component, $0) }
  }

  /// The same with those that autoscaling may add.
  func countScaledOut(_ component: Int) -> Int {
    count(component) + (model.components[component].autoscaling?.elastic.count(where: isLeft) ?? 0)
  }

  /// Units that are left of what is named; a role that moves is taken over by its candidates, as far as they are left.
  func count(_ target: Target) -> Int {
    let component = model.components[target.component]
    guard let index = target.role else { return count(target.component) }
    let own = component.roles[index].units.count { isLeft(target.component, $0) }
    let candidates = component.failovers.first { $0.role == index }?.candidates ?? []
    let others = candidates.reduce(0) { sum, role in
      sum + component.roles[role].units.count { isLeft(target.component, $0) }
    }
    return min(component.roles[index].units.count, own + others)
  }
}
