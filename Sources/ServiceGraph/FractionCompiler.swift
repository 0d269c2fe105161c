internal import Quantities
internal import ServiceModel

/// Builds the recipes for served fractions.
///
/// A recipe follows what is needed hard, transitively; a member of a group has a recipe of its own, made once for each
/// capability, since what is asked of a component differs between them.
struct FractionCompiler {
  let model: Model
  let firstUnit: [Int]
  /// Units that some mode degrades; their capacity counts even where no demand is stated.
  let degradable: Set<Int>
  var gates: GateCompiler
  /// By component: its place where what is needed comes first.
  private let rank: [Int]
  private(set) var fractions: [ServedFraction] = []
  private var demands: [Capability.Demand] = []
  /// The capability at hand, if its demand changes with time.
  private var profile: Int?
  /// The recipes of group members, for the capability at hand.
  private var ofMember: [GroupMember: Int] = [:]
  /// The recipes of what becomes of calls.
  private var ofCalls: [Requirement<Target>: Int] = [:]

  /// A member of a group, called without policies or with some only.
  private struct GroupMember: Hashable {
    let target: Target
    let isPlain: Bool
  }

  init(model: Model, firstUnit: [Int], degradable: Set<Int>, gates: GateCompiler) {
    self.model = model
    self.firstUnit = firstUnit
    self.degradable = degradable
    self.gates = gates
    var rank = [Int](repeating: 0, count: model.components.count)
    for (place, component) in gates.dependencyOrder().enumerated() { rank[component] = place }
    self.rank = rank
  }

  /// Builds the recipes of every capability.
  ///
  /// - Returns: the number of each capability's recipe.
  mutating func compile() -> [Int] {
    let members = groupMembers()
    return model.capabilities.enumerated().map { index, capability in
      demands = capability.demands
      profile = capability.profile == nil ? nil : index
      ofMember = [:]
      for target in members {
        for isPlain in model.policies.edges.isEmpty ? [true] : [true, false] {
          let recipe = closure([(.one(target), nil)], isPlain: isPlain)
          ofMember[GroupMember(target: target, isPlain: isPlain)] = add(recipe)
        }
      }
      var recipe = ServedFraction()
      addLosses(of: .capability(index), capability.dependencies, to: &recipe)
      return add(closure(model.hardCalls(capability.dependencies, of: .capability(index)), beginning: recipe))
    }
  }

  /// Every target that stands in a group of alternatives, what is needed first.
  private func groupMembers() -> [Target] {
    let dependencies = model.capabilities.flatMap(\.dependencies) + model.components.flatMap(\.dependencies)
    var members: Set<Target> = []
    for case .atLeast(let count, let group) in dependencies.map(\.requirement) where count < group.count {
      members.formUnion(group.flatMap(\.references))
    }
    let nested = dependencies.flatMap { $0.requirement.nestedGroups }.flatMap(\.references)
    members.formUnion(nested)
    return members.sorted {
      (rank[$0.component], $0.role ?? -1) < (rank[$1.component], $1.role ?? -1)
    }
  }

  private mutating func add(_ fraction: ServedFraction) -> Int {
    fractions.append(fraction)
    return fractions.count - 1
  }

  /// The recipe of everything that some requirements stand on, by an explicit stack.
  ///
  /// - Parameter isPlain: whether those without policies are called without any further up. Whoever is only called with
  ///   policies has its failed calls answered for by these.
  private mutating func closure(
    _ start: [CallWays.Call], isPlain: Bool = true, beginning: ServedFraction = ServedFraction()
  ) -> ServedFraction {
    let reached = model.reachedPlainly(
      from: isPlain ? start.filter { $0.edge == nil }.map(\.requirement) : [])
    let ways = CallWays(model, from: start, rank: rank)
    var recipe = beginning
    var seen: Set<Target> = []
    var stack = Array(start.map(\.requirement).reversed())
    while let requirement = stack.popLast() {
      switch requirement {
      case .one(let target):
        guard seen.insert(target).inserted, target.unit == nil else { continue }
        addCapacities(of: target, over: ways[target], to: &recipe)
        let own = model.components[target.component].dependencies
        let isPlain = reached.components.contains(target.component)
        addLosses(of: .component(target.component), own, isPlain: isPlain, to: &recipe)
        stack += own.filter { $0.strength == .hard }.map(\.requirement).reversed()
      case .atLeast(let count, let members) where count == members.count:
        stack += members.reversed()
      case .atLeast(let count, let members):
        addAlternatives(count, members, isPlain: reached.holds(count, of: members), to: &recipe)
      }
    }
    return recipe
  }

  /// What is lost by soft dependencies, and by those whose policies let a part of the calls fail.
  private mutating func addLosses(
    of owner: PolicyEdge.Owner, _ dependencies: [Dependency<Target>], isPlain: Bool = true,
    to recipe: inout ServedFraction
  ) {
    for (place, dependency) in dependencies.enumerated() {
      if let edge = model.policies.edge(of: owner, dependency: place) {
        recipe.addLosses(of: edge, gates.edges.open[edge], dependency.strength, isPlain: isPlain)
        continue
      }
      guard case .soft(let loss) = dependency.strength else { continue }
      let gate = gates.requirementGate(dependency.requirement)
      recipe.addSoftLoss(gate: gate, loss: loss.value, calls: callsOfChoices(below: dependency.requirement))
      for edge in hardEdges(below: dependency.requirement) {
        recipe.addSoftLoss(gate: gate, loss: loss.value, edge: edge)
      }
    }
  }

  /// The recipe of what becomes of calls without policies where choices decide on it; `nil`: none does.
  private mutating func callsOfChoices(below requirement: Requirement<Target>) -> Int? {
    guard !model.policies.edges.isEmpty, !model.reachedPlainly(from: [requirement]).choices.isEmpty else {
      return nil
    }
    var stack = [requirement]
    while let next = stack.last {
      let choices = model.reachedPlainly(from: [next]).choices
      let unknown = choices.flatMap(\.members).filter { ofCalls[$0] == nil }
      guard unknown.isEmpty else {
        stack += unknown
        continue
      }
      stack.removeLast()
      guard ofCalls[next] == nil else { continue }
      var recipe = ServedFraction()
      recipe.edgeLosses = hardEdges(below: next).map { ServedFraction.EdgeLoss(edge: $0, loss: 1) }
      for choice in choices {
        let members = choice.members.compactMap { member in
          ofCalls[member].map {
            ServedFraction.Alternatives.Member(gate: gates.requirementGate(member), fraction: $0)
          }
        }
        guard members.contains(where: { !fractions[$0.fraction].isTrivial }) else { continue }
        recipe.alternatives.append(
          ServedFraction.Alternatives(count: choice.count, members: members, isCalledWithPolicies: false))
      }
      ofCalls[next] = add(recipe)
    }
    return ofCalls[requirement].flatMap { fractions[$0].alternatives.isEmpty ? nil : $0 }
  }

  /// The hard dependencies with policies whose failed calls become those of something that is called without any.
  private func hardEdges(below requirement: Requirement<Target>) -> [Int] {
    model.reachedPlainly(from: [requirement]).components.sorted().flatMap { component in
      model.components[component].dependencies.enumerated().compactMap { place, dependency in
        dependency.strength == .hard ? model.policies.edge(of: .component(component), dependency: place) : nil
      }
    }
  }

  private mutating func addAlternatives(
    _ count: Int, _ members: [Requirement<Target>], isPlain: Bool, to recipe: inout ServedFraction
  ) {
    let parts = members.map { member in
      ServedFraction.Alternatives.Member(
        gate: gates.requirementGate(member), fraction: recipeNumber(of: member, isPlain: isPlain))
    }
    let isTrivial = parts.allSatisfy { fractions[$0.fraction].isTrivial }
    let group = ServedFraction.Alternatives(count: count, members: parts, isCalledWithPolicies: !isPlain)
    if !isTrivial, !recipe.alternatives.contains(group) { recipe.alternatives.append(group) }
  }

  private mutating func recipeNumber(of member: Requirement<Target>, isPlain: Bool) -> Int {
    if case .one(let target) = member, let known = ofMember[GroupMember(target: target, isPlain: isPlain)] {
      return known
    }
    return add(closure([(member, nil)], isPlain: isPlain))
  }

  private mutating func addCapacities(
    of target: Target, over ways: [[Int]], to recipe: inout ServedFraction
  ) {
    let component = model.components[target.component]
    for role in target.role.map({ [$0] }) ?? Array(component.roles.indices) {
      if let capacity = capacity(ofRole: role, target: target, over: ways) { recipe.add(capacity) }
    }
  }

  /// A role limits the fraction when work is asked of it, or when its units can be degraded, or when
  /// requests still go to a unit whose failure has not been noticed.
  private func capacity(
    ofRole number: Int, target: Target, over ways: [[Int]]
  ) -> ServedFraction.Capacity? {
    let role = model.components[target.component].roles[number]
    let units = role.units.map { firstUnit[target.component] + $0 }
    let stated = demands.first {
      $0.target.component == target.component && ($0.target.role == nil || $0.target.role == number)
    }
    let moving = gates.movingIndex[Target(component: target.component, role: number)]
    let isDegradable = holders(of: target.component, units, isMoving: moving != nil).contains {
      degradable.contains($0)
    }
    guard stated != nil || isDegradable || units.count > 1 else { return nil }
    return ServedFraction.Capacity(
      units: units, movingRole: moving,
      required: role.required, demand: stated?.units ?? Double(role.required),
      profile: stated == nil ? nil : profile, callWays: ways)
  }
}

extension FractionCompiler {
  /// The units that can do a role's work: its own, or any of the component's when roles move.
  private func holders(of component: Int, _ own: [Int], isMoving: Bool) -> [Int] {
    guard isMoving else { return own }
    return model.components[component].units.indices.map { firstUnit[component] + $0 }
  }
}

extension Requirement {
  /// The groups of alternatives inside a requirement, itself left out. YAML bounds how deep they lie.
  fileprivate var nestedGroups: [Requirement] {
    guard case .atLeast(_, let members) = self else { return [] }
    return members.flatMap { member -> [Requirement] in
      guard case .atLeast(let count, let own) = member else { return [] }
      return (count < own.count ? [member] : []) + member.nestedGroups
    }
  }
}
