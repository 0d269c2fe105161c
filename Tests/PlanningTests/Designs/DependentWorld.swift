import Planning

/// Three components with units in two zones that fail, a common cause for the units of each, and a structure that needs
/// some of them: nothing about it is a product of independent parts.
struct DependentWorld: Sendable {
  struct Component: Sendable {
    let required: Int
    let commonCause: Double
    /// By value of the lever: the units, and what they cost.
    let units: [(count: Int, monthly: Double)]
    /// By value of the lever: how likely a unit is down by itself, and what a unit costs more.
    let grades: [(down: Double, monthly: Double)]
  }

  let components: [Component]
  /// By value of the lever: how likely each zone is down, and what that costs.
  let zones: [(down: [Double], monthly: Double)]
  /// How many of the components the system needs; 0: the first, and one of the others.
  let needed: Int
  let space: DesignSpace

  init(seed: Int) {
    var samples = AllocationSamples(seed: UInt64(seed) &* 97)
    components = (0..<3).map { _ in Self.component(&samples) }
    let down = (0..<2).map { _ in Double(1 + samples.next(below: 60)) / 1_000 }
    zones = [
      (down, 0), (down.map { $0 / Double(2 + samples.next(below: 5)) }, Double(5 + samples.next(below: 60))),
    ]
    needed = samples.next(below: 4)
    let counts = components.map { $0.units.count } + components.map { $0.grades.count } + [2]
    space = DesignSpace(
      levers: counts.enumerated().map { lever, count in
        DesignSpace.Lever(
          name: "l\(lever)", values: (0..<count).map(String.init),
          once: (0..<count).map { $0 == 0 || lever % 3 != 0 ? 0 : Double(36 * samples.next(below: 20)) },
          parts: ["part\(lever)"])
      })
  }

  private static func component(_ samples: inout AllocationSamples) -> Component {
    let required = 1 + samples.next(below: 2)
    let unit = Double(4 + samples.next(below: 30))
    let down = Double(10 + samples.next(below: 150)) / 1_000
    return Component(
      required: required, commonCause: Double(samples.next(below: 20)) / 1_000,
      units: (0..<3).map { (required + $0, unit * Double(required + $0)) },
      // The better machine may cost less, so that the order of values says nothing.
      grades: [(down, 0), (down / Double(2 + samples.next(below: 8)), Double(samples.next(below: 30)) - 5)])
  }

  func measures(_ design: [Int]) -> DesignMeasures {
    let zone = zones[design[6]]
    var unavailability = 0.0
    for state in 0..<4 {
      let isDown = [state & 1 == 1, state & 2 == 2]
      let chance = (0..<2).reduce(1.0) { $0 * (isDown[$1] ? zone.down[$1] : 1 - zone.down[$1]) }
      unavailability += chance * down(components.indices.map { component($0, design, isDown) })
    }
    let monthly = components.indices.reduce(zone.monthly) { sum, number in
      sum + components[number].units[design[number]].monthly
        + components[number].grades[design[number + 3]].monthly
    }
    return DesignMeasures(
      chances: [1], conditional: [[unavailability]], monthly: monthly, uses: [Double(unitCount(design))])
  }

  /// The units of all components, of which there may be only so many.
  private func unitCount(_ design: [Int]) -> Int {
    components.indices.reduce(0) { $0 + components[$1].units[design[$1]].count }
  }

  /// How likely the system is down when its components are so, each by itself.
  private func down(_ parts: [Double]) -> Double {
    let (a, b, c) = (parts[0], parts[1], parts[2])
    return switch needed {
    case 0: a + b * c - a * b * c
    case 1: a * b * c
    case 2: a * b + a * c + b * c - 2 * a * b * c
    default: 1 - (1 - a) * (1 - b) * (1 - c)
    }
  }

  /// How likely too few units of a component are up, its units alternating between the zones.
  private func component(_ number: Int, _ design: [Int], _ isDown: [Bool]) -> Double {
    let own = components[number]
    let reachable = (0..<own.units[design[number]].count).count { !isDown[$0 % 2] }
    let grade = own.grades[design[number + 3]].down
    var odds = [1.0]
    for _ in 0..<reachable {
      odds = (0...odds.count).map { up in
        (up > 0 ? odds[up - 1] * (1 - grade) : 0) + (up < odds.count ? odds[up] * grade : 0)
      }
    }
    let tooFew = odds.prefix(own.required).reduce(0, +)
    return own.commonCause + (1 - own.commonCause) * tooFew
  }

  func point(_ design: [Int]) -> DesignPoint {
    let measures = measures(design)
    return DesignPoint(
      design: design, unavailability: measures.unavailability, monthly: measures.monthly,
      once: space.once(design), changes: space.changes(design), uses: measures.uses)
  }

  var all: [DesignPoint] {
    space.levers.reduce([[]]) { designs, lever in
      designs.flatMap { design in lever.values.indices.map { design + [$0] } }
    }.map(point)
  }
}
