import Planning

/// Small problems from a generator that is the same everywhere, and their answers by trying everything.
struct AllocationSamples {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func next(below bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  /// A subsystem of some types with two resources in tenths.
  mutating func subsystem(_ name: Int, required: Int = 1, most: Int = 3, mixes: Bool = true) -> Redundancy {
    let types = (0..<(1 + next(below: 2))).map { type in
      Redundancy.ComponentType(
        name: "t\(type)", unavailability: Double(1 + next(below: 40)) / 100,
        use: [Double(10 + next(below: 30)) / 10, Double(10 + next(below: 30)) / 10])
    }
    return Redundancy(
      name: "s\(name)", types: types, required: required, counts: required...max(required, most), mixes: mixes
    )
  }

  /// Path sets: each holds two or three subsystems.
  mutating func paths(_ places: Int, count: Int) -> [[Int]] {
    (0..<count).map { _ in
      var path: Set<Int> = []
      while path.count < 2 + next(below: 2) { path.insert(next(below: places)) }
      return path.sorted()
    }
  }

  /// The unavailability of a system by summing over all states of its subsystems.
  static func unavailability(_ down: [Double], paths: [[Int]]) -> Double {
    (0..<(1 << down.count)).reduce(0) { sum, state in
      let isUp = paths.contains { $0.allSatisfy { state >> $0 & 1 == 0 } }
      guard !isUp else { return sum }
      return sum
        + down.indices.reduce(1) { $0 * (state >> $1 & 1 == 1 ? down[$1] : 1 - down[$1]) }
    }
  }

  /// Every mix of components of a subsystem: counts by type.
  static func mixes(_ subsystem: Redundancy) -> [[Int]] {
    let most = subsystem.counts.upperBound
    let all = subsystem.types.reduce([[]]) { mixes, _ in
      mixes.flatMap { mix in (0...most).map { mix + [$0] } }
    }
    return all.filter { mix in
      subsystem.counts.contains(mix.reduce(0, +)) && (subsystem.mixes || mix.count { $0 > 0 } <= 1)
    }
  }

  /// The probability that fewer than required work, by summing over all states of the components.
  static func unavailability(_ subsystem: Redundancy, _ mix: [Int]) -> Double {
    let parts = zip(subsystem.types, mix).flatMap { type, count in
      [Double](repeating: type.unavailability, count: count)
    }
    return (0..<(1 << parts.count)).reduce(0) { sum, state in
      let working = parts.indices.count { state >> $0 & 1 == 0 }
      guard working < subsystem.required else { return sum }
      return sum + parts.indices.reduce(1) { $0 * (state >> $1 & 1 == 1 ? parts[$1] : 1 - parts[$1]) }
    }
  }

  static func use(_ subsystem: Redundancy, _ mix: [Int]) -> [Double] {
    (0..<2).map { resource in
      zip(subsystem.types, mix).reduce(0) { $0 + Double($1.1) * $1.0.use[resource] }
    }
  }

  /// Every allocation: unavailability, then use.
  static func all(_ subsystems: [Redundancy], paths: [[Int]]) -> [(unavailability: Double, use: [Double])] {
    var plans: [(down: [Double], use: [Double])] = [([], [0, 0])]
    for subsystem in subsystems {
      let options = mixes(subsystem).map { (unavailability(subsystem, $0), use(subsystem, $0)) }
      plans = plans.flatMap { plan in
        options.map { (plan.down + [$0.0], zip(plan.use, $0.1).map(+)) }
      }
    }
    return plans.map { (unavailability($0.down, paths: paths), $0.use) }
  }
}
