/// How likely given members of a class of failures that depend on each other are down together, or up together.
///
/// The members can be exchanged, so that only their number matters.
struct JointLaw: Sendable {
  /// The processes of the members; a unit of a pool has one for each way to fail.
  let processes: [Int]
  /// How many members there are.
  let members: Int
  /// The dependent group, by its place.
  let module: Int
  fileprivate let classes: [Int]

  /// The laws of all parts of some modules: outside pools one for each class, and one for the units of each pool.
  static func all(_ modules: [DependentModule]) -> [JointLaw] {
    modules.enumerated().flatMap { number, module in
      let census = module.census
      let loose = census.classes.indices.filter { census.classes[$0].pool == nil }.map { [$0] }
      let pooled = census.pools.indices.map { pool in
        census.classes.indices.filter { census.classes[$0].pool == pool }
      }
      return (loose + pooled).filter { !$0.isEmpty }.map { classes in
        JointLaw(
          processes: classes.flatMap { census.classes[$0].processes },
          members: census.classes[classes[0]].pool.map { census.pools[$0].units.count }
            ?? census.classes[classes[0]].processes.count,
          module: number, classes: classes)
      }
    }
  }
}

/// The joint probabilities of members of several classes.
struct JointProbabilities: Sendable {
  /// Whether the members are up, and not down.
  let isUp: Bool
  let laws: [JointLaw]
  /// For each module: the states, each with how many of each of its laws are down.
  private let states: [[(down: [Int], chance: Double)]]
  private let lawsOfModule: [[Int]]

  /// Laws of some modules; failures of some processes do not count when `isLeftOut` says so.
  init(_ modules: [DependentModule], isUp: Bool, leftOut: Set<Int> = []) {
    self.isUp = isUp
    let laws = JointLaw.all(modules)
    self.laws = laws
    let own = modules.indices.map { module in laws.indices.filter { laws[$0].module == module } }
    lawsOfModule = own
    states = modules.indices.map { module in
      let census = modules[module].census
      let counted = own[module].map { law in
        laws[law].classes.filter { !census.classes[$0].processes.allSatisfy(leftOut.contains) }
      }
      return Self.merged(
        census.entries.map { entry in
          (counted.map { $0.reduce(0) { $0 + entry.failed[$1] } }, entry.chance)
        })
    }
  }

  private static func merged(_ states: [(down: [Int], chance: Double)]) -> [(down: [Int], chance: Double)] {
    var places: [[Int]: Int] = [:]
    var merged: [(down: [Int], chance: Double)] = []
    for state in states {
      if let place = places[state.down] {
        merged[place].chance += state.chance
      } else {
        places[state.down] = merged.count
        merged.append(state)
      }
    }
    return merged
  }

  /// The probability that so many given members of each law are down (or up) together.
  ///
  /// With f of n down, k given ones are with f (f − 1) … / n (n − 1) … to k factors.
  func probability(_ counts: [Int]) -> Double {
    var product = 1.0
    for (module, own) in lawsOfModule.enumerated() where own.contains(where: { counts[$0] > 0 }) {
      product *= states[module].reduce(0) { total, state in
        var chance = state.chance
        for (place, law) in own.enumerated() where counts[law] > 0 {
          let all = laws[law].members
          let open = isUp ? all - state.down[place] : state.down[place]
          for taken in 0..<counts[law] { chance *= Double(max(0, open - taken)) / Double(all - taken) }
        }
        return total + chance
      }
    }
    return product
  }
}
