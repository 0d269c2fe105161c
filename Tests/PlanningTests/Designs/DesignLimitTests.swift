import Planning
import Testing

/// Limited resources beside money, against trying every design.
@Suite("Limits of plans beside money")
struct DesignLimitTests {
  typealias World = DesignPlannerTests.World

  /// What a design takes of two resources, lever by lever.
  private static func uses(_ design: [Int]) -> [Double] {
    let first = design.enumerated().reduce(3.0) { $0 + Double($1.element * (1 + $1.offset)) }
    let second = design.enumerated().reduce(10.0) {
      $0 + Double($1.element) * (2.5 - 0.5 * Double($1.offset % 3))
    }
    return [first, second]
  }

  private static func measures(_ world: World, _ design: [Int]) -> DesignMeasures {
    let own = world.measures(design)
    return DesignMeasures(
      chances: own.chances, conditional: own.conditional, monthly: own.monthly, uses: uses(design))
  }

  private static func question(_ limits: [Double], target: Double) -> DesignQuestion {
    var question = DesignPlannerTests.question(target)
    question.limits = limits
    return question
  }

  private static func points(_ world: World, _ question: DesignQuestion) -> [DesignPoint] {
    world.all.filter { point in
      point.keepsBudgets(question) && zip(uses(point.design), question.limits).allSatisfy { $0 <= $1 }
    }
  }

  /// Independent parts, or bounds where the structure is parallel; limits that bind and limits that do not. In world 3 the
  /// best value of a lever is another one beside other values, so that nothing can be proved by bounds.
  @Test("the best within limits are those of all designs", arguments: [1, 2, 4, 5, 6, 7], [false, true])
  func best(seed: Int, isParallel: Bool) throws {
    let world = World(seed: seed, levers: 5, isParallel: isParallel)
    for limits in [[12.0, 20], [30, 14], [9, 16.5], [100, 100]] {
      let question = Self.question(limits, target: isParallel ? 1e-6 : 0.2)
      let planner = DesignPlanner<Never>(world.space, question, exhaustiveLimit: 240) {
        Self.measures(world, $0)
      }
      let plan = planner.plan()
      let within = Self.points(world, question)
      let meeting = within.filter { $0.meets(question) }
      func cost(_ point: DesignPoint) -> Double { point.cost(over: question.months) }
      try same(plan.cheapest.map(cost), meeting.map(cost).min())
      #expect(plan.leastChange?.changes == meeting.map(\.changes).min())
      try same(plan.mostAvailable?.unavailability[0], within.map { $0.unavailability[0] }.min())
      #expect(plan.frontier.allSatisfy { $0.keepsBudgets(question) && $0.uses == Self.uses($0.design) })
      #expect(plan.isFrontierComplete && !plan.frontier.isEmpty, "\(plan.certainty)")
    }
  }

  private func same(_ found: Double?, _ least: Double?) throws {
    #expect((found == nil) == (least == nil))
    if let found, let least { #expect(abs(found - least) <= 1e-9 * max(1, abs(least))) }
  }

  @Test("a limit that is too small is told with the least that is enough, and no other is", arguments: 1...6)
  func tooSmall(seed: Int) throws {
    let world = World(seed: seed, levers: 5)
    var question = Self.question([2, 100], target: 0.05)
    question.budget = nil
    let plan = DesignPlanner<Never>(world.space, question, exhaustiveLimit: 1) { Self.measures(world, $0) }
      .plan()
    let least = try #require(world.all.filter { $0.meets(question) }.map { Self.uses($0.design)[0] }.min())
    #expect(plan.cheapest == nil && plan.obstacles == [.limit(resource: 0, least: least)])
  }

  @Test("several that are each too small are all told")
  func all() throws {
    let world = World(seed: 2, levers: 5)
    var question = Self.question([3, 10], target: 0.03)
    question.budget = 1
    let plan = DesignPlanner<Never>(world.space, question, exhaustiveLimit: 1) { Self.measures(world, $0) }
      .plan()
    let meeting = world.all.filter { $0.meets(question) }
    let monthly = try #require(meeting.map(\.monthly).min())
    let uses = try (0..<2).map { number in
      try #require(meeting.map { Self.uses($0.design)[number] }.min())
    }
    #expect(
      plan.obstacles == [
        .budget(least: monthly), .limit(resource: 0, least: uses[0]), .limit(resource: 1, least: uses[1]),
      ])
  }
}
