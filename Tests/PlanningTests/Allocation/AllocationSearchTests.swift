import Planning
import Testing

/// Searches against trying everything.
@Suite("Redundancy allocation against trying everything")
struct AllocationSearchTests {
  struct Problem {
    let subsystems: [Redundancy]
    let paths: [[Int]]?
    let all: [(unavailability: Double, use: [Double])]

    init(seed: Int, isNetwork: Bool) {
      var samples = AllocationSamples(seed: UInt64(seed))
      let places = 3 + samples.next(below: 2)
      let k = 1 + samples.next(below: 2)
      subsystems = (0..<places).map {
        samples.subsystem($0, required: $0 == 0 ? k : 1, mixes: samples.next(below: 3) > 0)
      }
      paths = isNetwork ? samples.paths(places, count: 3) : nil
      all = AllocationSamples.all(subsystems, paths: paths ?? [Array(0..<places)])
    }

    func planner(_ limits: [Double]) throws -> RedundancyPlanner {
      try RedundancyPlanner(
        subsystems: subsystems, resources: ["cost", "weight"], limits: limits, paths: paths)
    }
  }

  @Test("most reliable within two limits", arguments: 1...12, [false, true])
  func mostReliable(seed: Int, isNetwork: Bool) throws {
    let problem = Problem(seed: seed, isNetwork: isNetwork)
    for limits in [[8.0, 9.0], [12.5, 11.0], [16.0, .infinity]] {
      let fitting = problem.all.filter { $0.use[0] <= limits[0] + 1e-9 && $0.use[1] <= limits[1] + 1e-9 }
      let plan = try problem.planner(limits).best(.unavailability)
      #expect((plan == nil) == fitting.isEmpty)
      guard let plan, let least = fitting.map(\.unavailability).min() else { continue }
      #expect(abs(plan.unavailability - least) <= 1e-12 && plan.isProved, "\(seed) \(limits)")
    }
  }

  @Test("cheapest that is reliable enough", arguments: 1...12, [false, true])
  func cheapest(seed: Int, isNetwork: Bool) throws {
    let problem = Problem(seed: seed, isNetwork: isNetwork)
    for target in [0.3, 0.1, 0.02, 1e-6] {
      let fitting = problem.all.filter { $0.unavailability <= target && $0.use[1] <= 14 + 1e-9 }
      let plan = try problem.planner([.infinity, 14]).best(.use(0), target: target)
      #expect((plan == nil) == fitting.isEmpty)
      guard let plan, let least = fitting.map({ $0.use[0] }).min() else { continue }
      #expect(abs(plan.use[0] - least) <= 1e-9 && plan.isProved && plan.unavailability <= target * (1 + 1e-9))
    }
  }

  @Test("the whole frontier, no point missed and none too many", arguments: 1...12, [false, true])
  func frontier(seed: Int, isNetwork: Bool) throws {
    let problem = Problem(seed: seed, isNetwork: isNetwork)
    let found = try problem.planner([.infinity, .infinity]).frontier(0)
    var expected: [(use: Double, unavailability: Double)] = []
    for one in problem.all.sorted(by: { ($0.use[0], $0.unavailability) < ($1.use[0], $1.unavailability) })
    where one.unavailability < (expected.last?.unavailability ?? .infinity) - 1e-12 {
      if let last = expected.last, one.use[0] - last.use < 1e-9 { expected.removeLast() }
      expected.append((one.use[0], one.unavailability))
    }
    #expect(found.isComplete && found.plans.count == expected.count)
    for (plan, point) in zip(found.plans, expected) {
      #expect(abs(plan.use[0] - point.use) < 1e-9 && abs(plan.unavailability - point.unavailability) < 1e-12)
    }
  }

  @Test("k of n of mixed types by summing over all states", arguments: 1...20)
  func mixed(seed: Int) throws {
    var samples = AllocationSamples(seed: UInt64(seed))
    let subsystem = samples.subsystem(0, required: 1 + seed % 3, most: 5)
    for design in subsystem.designs(within: [.infinity, .infinity]) {
      let expected = AllocationSamples.unavailability(subsystem, design.counts)
      #expect(abs(design.unavailability - expected) <= 1e-14 + 1e-12 * expected)
    }
  }

  /// n subsystems that may each be doubled for 2^i: every subset is worth it, so the front has 2^n points.
  @Test("a frontier whose number of points is known", arguments: 1...10)
  func known(places: Int) throws {
    let subsystems = (0..<places).map { place in
      let price = Double(1 << place)
      // The loss that doubling avoids doubles too, so that what costs more is always worth more.
      let down = 1e-6 * price
      return Redundancy(
        name: "\(place)", types: [.init(name: "x", unavailability: down, use: [price])], counts: 1...2)
    }
    let planner = try RedundancyPlanner(subsystems: subsystems, resources: ["cost"], limits: [.infinity])
    #expect(planner.frontier(0).plans.count == 1 << places)
  }

  @Test("what has no bound is refused, with what to add")
  func unbounded() {
    let subsystem = Redundancy(
      name: "s", types: [.init(name: "x", unavailability: 0.1, use: [1, 0])],
      counts: 1...RedundancyPlanner.unbounded)
    let error = #expect(throws: InvalidQuestion.self) {
      try RedundancyPlanner(
        subsystems: [subsystem], resources: ["cost", "weight"], limits: [.infinity, 10])
    }
    #expect(error?.findings.map(\.slug) == ["no-bound"])
  }
}
