internal import Quantities
internal import ServiceModel

/// Builds the structure function.
struct GateCompiler {
  let model: Model
  let firstUnit: [Int]
  var gates: [Gate] = []
  var movingRoles: [MovingRole] = []
  private var unitGates: [Int] = []
  private var known: [Gate: Int] = [:]
  private var roleGates: [[Int?]]
  private var dependencyGates: [Int?]
  private(set) var movingIndex: [Target: Int] = [:]
  var edges = EdgeCompiler()

  init(model: Model, firstUnit: [Int]) {
    self.model = model
    self.firstUnit = firstUnit
    roleGates = model.components.map { [Int?](repeating: nil, count: $0.roles.count) }
    dependencyGates = [Int?](repeating: nil, count: model.components.count)
  }

  /// Builds every gate.
  ///
  /// - Returns: the gate of each capability.
  mutating func compile() -> [Int] {
    unitGates = model.components.indices.flatMap { index in
      model.components[index].units.indices.map { firstUnit[index] + $0 }
    }.map { gate(.unit($0)) }
    indexMovingRoles()
    for component in dependencyOrder() { compileComponent(component) }
    compileMovingRoles()
    let capabilityGates = model.capabilities.enumerated().map { index, capability in
      hardGate(capability.dependencies, of: .capability(index))
    }
    compileSoftEdges()
    return capabilityGates
  }

  // MARK: Gates

  mutating func gate(_ gate: Gate) -> Int {
    if let index = known[gate] { return index }
    known[gate] = gates.count
    gates.append(gate)
    return gates.count - 1
  }

  /// At least `count` of `inputs`, simplified where it is one thing or nothing.
  private mutating func atLeast(_ count: Int, _ inputs: [Int]) -> Int {
    if count <= 0 { return gate(.up) }
    if inputs.count == 1, count == 1 { return inputs[0] }
    return gate(.atLeast(count, inputs))
  }

  mutating func all(_ inputs: [Int]) -> Int {
    var distinct: [Int] = []
    for input in inputs where gates[input] != .up && !distinct.contains(input) { distinct.append(input) }
    return atLeast(distinct.count, distinct)
  }

  /// Components ordered so that what is needed hard comes before what needs it.
  func dependencyOrder() -> [Int] {
    var order: [Int] = []
    var entered = [Bool](repeating: false, count: model.components.count)
    for start in model.components.indices where !entered[start] {
      var stack: [(component: Int, next: Int)] = [(start, 0)]
      entered[start] = true
      while let (component, next) = stack.last {
        let needs = hardTargets(of: component)
        guard next < needs.count else {
          order.append(component)
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next += 1
        if !entered[needs[next]] {
          entered[needs[next]] = true
          stack.append((needs[next], 0))
        }
      }
    }
    return order
  }

  private func hardTargets(of component: Int) -> [Int] {
    model.components[component].dependencies.filter { $0.strength == .hard }
      .flatMap(\.requirement.references).map(\.component)
  }

  private mutating func compileComponent(_ index: Int) {
    let component = model.components[index]
    dependencyGates[index] = hardGate(component.dependencies, of: .component(index))
    for (number, role) in component.roles.enumerated() {
      roleGates[index][number] = roleGate(component, index: index, role: role, number: number)
    }
  }

  private mutating func roleGate(
    _ component: Component, index: Int, role: Component.Role, number: Int
  ) -> Int {
    let target = Target(component: index, role: number)
    guard let moving = movingIndex[target] else {
      return atLeast(role.required, role.units.map { unitGates[firstUnit[index] + $0] })
    }
    let settled = settledGate(component, index: index, number: number)
    return gate(.movingRole(moving, settled: settled))
  }

  private mutating func hardGate(_ dependencies: [Dependency<Target>], of owner: PolicyEdge.Owner) -> Int {
    var inputs: [Int] = []
    for (place, dependency) in dependencies.enumerated() {
      guard let edge = model.policies.edge(of: owner, dependency: place) else {
        if dependency.strength == .hard { inputs.append(requirementGate(dependency.requirement)) }
        continue
      }
      inputs += edgeGates(edge, dependency)
    }
    return all(inputs)
  }

  mutating func requirementGate(_ requirement: Requirement<Target>) -> Int {
    switch requirement {
    case .one(let target): return targetGate(target)
    case .atLeast(let count, let members):
      let inputs = members.map { requirementGate($0) }
      return count == inputs.count ? all(inputs) : atLeast(count, inputs)
    }
  }

  /// A target's own roles and everything it needs hard; a unit alone is only itself.
  private mutating func targetGate(_ target: Target) -> Int {
    if let unit = target.unit { return unitGates[firstUnit[target.component] + unit] }
    if dependencyGates[target.component] == nil { compileComponent(target.component) }
    let own = target.role.map { [roleGates[target.component][$0]] } ?? roleGates[target.component]
    return all((own + [dependencyGates[target.component]]).compactMap { $0 })
  }

  // MARK: Roles that move

  private mutating func indexMovingRoles() {
    for (index, component) in model.components.enumerated() {
      let involved = Set(component.failovers.flatMap { [$0.role] + $0.candidates })
      for role in component.roles.indices where involved.contains(role) {
        movingIndex[Target(component: index, role: role)] = movingIndex.count
      }
    }
  }

  private mutating func compileMovingRoles() {
    let ordered = movingIndex.sorted { $0.value < $1.value }.map(\.key)
    movingRoles = ordered.map { target in
      let component = model.components[target.component]
      let number = target.role ?? 0
      let role = component.roles[number]
      let failover = component.failovers.first { $0.role == number }
      return MovingRole(
        component: target.component, role: number, name: model.name(of: target), required: role.required,
        units: role.units.map { firstUnit[target.component] + $0 },
        failover: failover.map { compile($0, component: target.component) })
    }
  }

  private mutating func compile(_ failover: Failover, component: Int) -> MovingFailover {
    MovingFailover(
      candidates: failover.candidates.compactMap { movingIndex[Target(component: component, role: $0)] },
      detection: failover.detection, takes: failover.takes, works: failover.works.value,
      manual: failover.manual, needs: failover.needs.map { targetGate($0) })
  }

  /// Tells each failover when its detector can see.
  mutating func addSight(_ seeing: [SeeingGate]) {
    for index in movingRoles.indices {
      let role = movingRoles[index]
      let failover = model.components[role.component].failovers.first { $0.role == role.role }
      let detector = failover?.detector
      let watchesCalls = model.policies.edges.contains { $0.alert != nil && $0.alert?.detector == detector }
      // What blinds an alert keeps it from firing, so that only the alert is waited for.
      movingRoles[index].failover?.seeingGate =
        watchesCalls ? nil : seeing.first { $0.detector == detector }?.gate
      movingRoles[index].failover?.alert = watchesCalls ? detector : nil
      movingRoles[index].failover?.otherwise =
        watchesCalls ? detector.flatMap { model.delays[$0].otherwise } : nil
    }
  }

  /// When a role is up once every failover has worked: enough units in its pool for it and, for the first
  /// candidate role, for the role that takes from it.
  private mutating func settledGate(_ component: Component, index: Int, number: Int) -> Int {
    let role = component.roles[number]
    func units(_ roles: [Int]) -> [Int] {
      roles.flatMap { component.roles[$0].units }.map { unitGates[firstUnit[index] + $0] }
    }
    if let failover = component.failovers.first(where: { $0.role == number }) {
      return atLeast(role.required, units([number] + failover.candidates))
    }
    if let taker = component.failovers.first(where: { $0.candidates.first == number }), role.required > 0 {
      let needed = role.required + component.roles[taker.role].required
      return atLeast(needed, units([taker.role, number]))
    }
    return atLeast(role.required, units([number]))
  }
}
