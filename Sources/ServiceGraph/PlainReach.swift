internal import ServiceModel

/// What some requirements stand on by hard dependencies without policies.
struct PlainReach {
  /// What is needed, all of it.
  private(set) var targets: Set<Target> = []
  /// The components of these, with what they need.
  private(set) var components: Set<Int> = []
  /// The choices among others, in the order in which they are met, and the lane of each.
  private(set) var choices: [(count: Int, members: [Requirement<Target>], lane: Int)] = []
  /// Which of all that is called at once.
  private(set) var lanes = CallOrder.serial.lanes
  private var laneOfComponent: [Int: Int] = [:]
  /// The lanes of what components call beside others, by the places of these dependencies.
  private var lanesAtOnce: [Int: [Int: Int]] = [:]

  /// Whether a choice is among them.
  func holds(_ count: Int, of members: [Requirement<Target>]) -> Bool {
    choices.contains { $0.count == count && $0.members == members }
  }

  /// The lane in which a component is called.
  func lane(ofComponent component: Int) -> Int { laneOfComponent[component] ?? 0 }

  /// The lane in which a component calls what a dependency of its needs.
  func lane(ofDependency dependency: Int, of component: Int) -> Int {
    lanesAtOnce[component]?[dependency] ?? lane(ofComponent: component)
  }

  /// What some requirements of a model stand on, the requirements included.
  init(_ start: [Requirement<Target>], of model: Model) {
    var stack = start.map { (requirement: $0, lane: 0) }
    while let (requirement, lane) = stack.popLast() {
      switch requirement {
      case .one(let target):
        targets.insert(target)
        if laneOfComponent[target.component] == nil { laneOfComponent[target.component] = lane }
        guard target.unit == nil, components.insert(target.component).inserted else { continue }
        fork(target.component, model)
        let dependencies = model.components[target.component].dependencies
        stack += model.plainPlaces(among: dependencies, of: .component(target.component)).map {
          (dependencies[$0].requirement, self.lane(ofDependency: $0, of: target.component))
        }
      case .atLeast(let count, let members) where count == members.count:
        stack += members.map { ($0, lane) }
      case .atLeast(let count, let members): choices.append((count, members, lane))
      }
    }
  }

  /// Gives what a component calls at once lanes of their own, each name one; what is at once with nothing else needs none.
  private mutating func fork(_ component: Int, _ model: Model) {
    let dependencies = model.components[component].dependencies
    let names = Set(dependencies.filter(\.isAtOnce).map(\.label))
    guard names.count > 1 else { return }
    let parent = lane(ofComponent: component)
    var lanesOfNames: [String: Int] = [:]
    for (place, dependency) in dependencies.enumerated() where names.contains(dependency.label) {
      if lanesOfNames[dependency.label] == nil {
        lanesOfNames[dependency.label] = lanes.count
        lanes.append(CallOrder.Lane(parent: parent, fork: component))
      }
      lanesAtOnce[component, default: [:]][place] = lanesOfNames[dependency.label]
    }
  }
}

extension Model {
  /// What some requirements stand on by hard dependencies without policies, the requirements included.
  func reachedPlainly(from start: [Requirement<Target>]) -> PlainReach { PlainReach(start, of: self) }

  /// What is needed hard without policies.
  func plainRequirements(
    _ dependencies: [Dependency<Target>], of owner: PolicyEdge.Owner
  ) -> [Requirement<Target>] {
    plainPlaces(among: dependencies, of: owner).map { dependencies[$0].requirement }
  }

  /// The places of the dependencies that are hard and have no policies.
  fileprivate func plainPlaces(
    among dependencies: [Dependency<Target>], of owner: PolicyEdge.Owner
  ) -> [Int] {
    dependencies.indices.filter { place in
      dependencies[place].strength == .hard && policies.edge(of: owner, dependency: place) == nil
    }
  }
}
