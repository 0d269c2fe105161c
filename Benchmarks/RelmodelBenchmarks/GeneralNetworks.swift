import AllocationBaseline
import Planning
import RelModelKit

/// Redundancy allocation in networks that are neither series nor parallel, beside branch and bound of a text book in C.
///
/// The structures are those of Feng, Chen, Che and Chu, *Exact MILP Models for Redundancy Allocation with Mixed Components*
/// (INFORMS Journal on Computing 2024.0842), as minimal path sets; the instances are made the way theirs look: 2 to 6 types a
/// subsystem that may be mixed, reliabilities from 0.57 to 0.80, 1.01 to 4.99 of two resources each, and limits that buy 0.75
/// to 1.9 components of each subsystem.
struct GeneralNetworks {
  private struct Instance {
    let structure: Int
    let subsystems: [Redundancy]
    let limits: [Double]
  }

  /// The minimal path sets, subsystems from 1.
  private static let structures: [(places: Int, paths: String)] = [
    (5, "3.4 1.2 2.3.5 1.4.5"), (5, "4.5 3.4 2.5 1.2"), (6, "4.5 3.5 1.2 2.4.6 2.3.6 1.5.6"),
    (7, "1.2 3.5.6 3.4.6 1.6.7 2.3.5.7 2.3.4.7"), (7, "2.7 2.5.6 1.4.6 1.3.7 2.3.4.6 1.4.5.7 1.3.5.6"),
    (8, "2.5.8 1.4.8 1.3.7 2.5.6.7 1.4.6.7 1.3.6.8 2.3.4.5.7"),
    (8, "3.8 2.7 1.6 3.5.7 2.5.8 2.4.6 1.4.7 3.4.5.6 1.4.5.8"),
    (
      9,
      "2.6.9 2.5.8 1.4.8 2.6.7.8 2.5.7.9 2.3.4.8 1.4.7.9 1.3.6.9 1.3.5.8 2.3.4.7.9 1.4.5.6.9 1.3.6.7.8 1.3.5.7.9"
    ),
    (10, "5.6.9.10 5.6.8.10 5.6.7.10 3.4.9.10 3.4.8.10 3.4.7.10 1.2.4.9.10 1.2.4.8.10 1.2.4.7.10"),
  ]

  private static let branchLimit = 2_000_000
  private var state: UInt64 = 360

  init() {}

  /// Prints the time of all 360, of the one that takes longest, and of those that the baseline can do too.
  mutating func report() throws {
    let instances = Self.structures.indices.flatMap { structure in
      (2...6).flatMap { types in (0..<8).map { _ in instance(structure, types) } }
    }
    var (all, worst, proved) = (0.0, 0.0, 0)
    var found: [Double] = []
    for instance in instances {
      var time = BestTime()
      let plan = try time.measure { try Self.planner(instance).best(.unavailability) }
      found.append(1 - (plan?.unavailability ?? 1))
      proved += plan?.isProved ?? true ? 1 : 0
      (all, worst) = (all + time.seconds, max(worst, time.seconds))
    }
    print(
      "General networks: \(instances.count) instances, \(proved) of them proved, in CPU s: \(threeDigits(all)), ",
      terminator: "")
    print("the longest \(threeDigits(worst))")
    print()
    print(
      "| places, types | instances | relmodel, CPU ms | C, branch and bound | ratio | not ended | apart |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for (places, types) in [(5, 3), (5, 6), (7, 3), (7, 4), (8, 3), (9, 3), (10, 3)] {
      let numbers = instances.indices.filter {
        Self.structures[instances[$0].structure].places == places
          && instances[$0].subsystems[0].types.count == types
      }
      try compare(numbers.map { (instances[$0], found[$0]) }, "\(places), \(types)")
    }
  }

  private func compare(_ rows: [(instance: Instance, found: Double)], _ name: String) throws {
    var (ours, baseline, apart, open) = (0.0, 0.0, 0.0, 0)
    for (instance, found) in rows {
      let options = NetworkOptions(instance.subsystems, limits: instance.limits)
      let works = Self.works(Self.structures[instance.structure])
      var (one, other) = (BestTime(), BestTime())
      let reliability = other.measure { options.best(works, instance.limits, branches: Self.branchLimit) }
      _ = try one.measure { try Self.planner(instance).best(.unavailability) }
      guard reliability > -1.5 else {
        open += 1
        continue
      }
      (ours, baseline) = (ours + one.seconds, baseline + other.seconds)
      apart = max(apart, abs(max(0, reliability) - found))
    }
    let figures = [ours * 1_000, baseline * 1_000, ours / baseline].map(threeDigits)
    print(
      "| \(name) | \(rows.count - open) | \(figures.joined(separator: " | ")) | \(open) | \(threeDigits(apart)) |"
    )
  }

  private static func planner(_ instance: Instance) throws -> RedundancyPlanner {
    try RedundancyPlanner(
      subsystems: instance.subsystems, resources: ["cost", "weight"], limits: instance.limits,
      paths: paths(structures[instance.structure]))
  }

  private static func paths(_ structure: (places: Int, paths: String)) -> [[Int]] {
    structure.paths.split(separator: " ").map { path in
      path.split(separator: ".").compactMap { Int($0).map { $0 - 1 } }
    }
  }

  private static func works(_ structure: (places: Int, paths: String)) -> [UInt8] {
    let masks = paths(structure).map { $0.reduce(0) { $0 | 1 << $1 } }
    return (0..<(1 << structure.places)).map { state in masks.contains { state & $0 == $0 } ? 1 : 0 }
  }

  // MARK: Instances

  private mutating func pick(_ range: ClosedRange<Int>) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return range.lowerBound + Int((state >> 33) % UInt64(range.count))
  }

  private mutating func instance(_ structure: Int, _ types: Int) -> Instance {
    let subsystems = (0..<Self.structures[structure].places).map { place in
      Redundancy(
        name: "\(place)",
        types: (0..<types).map { type in
          .init(
            name: "\(type)", unavailability: 1 - Double(pick(57...80)) / 100,
            use: [Double(pick(101...499)) / 100, Double(pick(101...499)) / 100])
        }, counts: 1...RedundancyPlanner.unbounded)
    }
    let limits = (0..<2).map { resource in
      let each = subsystems.map { one in
        one.types.reduce(0) { $0 + $1.use[resource] } / Double(types)
      }
      return (each.reduce(0, +) * Double(pick(75...190)) / 100).rounded()
    }
    return Instance(structure: structure, subsystems: subsystems, limits: limits)
  }
}

/// The designs of subsystems as the C search takes them, the most reliable first, without those that another one beats.
private struct NetworkOptions {
  private var first: [Int32] = [0]
  private var reliability: [Double] = []
  private var use: [Double] = []

  init(_ subsystems: [Redundancy], limits: [Double]) {
    for one in subsystems {
      let all = one.designs(within: limits).sorted { $0.unavailability < $1.unavailability }
      var kept: [Redundancy.Design] = []
      for design in all
      where !kept.contains(where: { $0.use[0] <= design.use[0] && $0.use[1] <= design.use[1] }) {
        kept.append(design)
      }
      reliability += kept.map { 1 - $0.unavailability }
      use += kept.flatMap { $0.use.prefix(2) }
      first.append(Int32(reliability.count))
    }
  }

  func best(_ works: [UInt8], _ limits: [Double], branches: Int) -> Double {
    allocateNetwork(Int32(first.count - 1), works, first, reliability, use, limits, branches)
  }
}
