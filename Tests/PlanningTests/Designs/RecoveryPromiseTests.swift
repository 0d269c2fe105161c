import Planning
import Testing

/// Plans that keep promises of recovery, which no availability tells.
@Suite("Promises of recovery in plans")
struct RecoveryPromiseTests {
  typealias World = DesignPlannerTests.World

  /// The first promise is kept better with each value of the second lever, the second with none.
  static func measures(_ world: World, _ design: [Int], depends: Bool = false) -> DesignMeasures {
    let own = world.measures(design)
    let first = [0.25, 0.5, 1][design[1]] * (depends && design[2] == 0 ? 0.9 : 1)
    return DesignMeasures(
      chances: own.chances, conditional: own.conditional, monthly: own.monthly, recoveries: [first, 0.95])
  }

  @Test(
    "the cheapest design that keeps them, by parts, by trying all, and where they depend on two levers",
    arguments: [(1, false), (243, false), (243, true)])
  func cheapest(limit: Int, depends: Bool) throws {
    for seed in 1...6 {
      let world = World(seed: seed, levers: 5)
      var question = DesignPlannerTests.question(0.2)
      for least in [0.2, 0.4, 0.9] {
        question.leastRecovery = least
        let planner = DesignPlanner<Never>(world.space, question, exhaustiveLimit: limit) {
          Self.measures(world, $0, depends: depends)
        }
        let meeting = world.all.filter { point in
          point.keepsBudgets(question) && point.meets(question)
            && Self.measures(world, point.design, depends: depends).recoveries[0] >= least
        }
        let found = planner.plan().cheapest
        #expect((found == nil) == meeting.isEmpty)
        let costs = meeting.map { $0.cost(over: question.months) }
        if let found { #expect(abs(found.cost(over: question.months) - (costs.min() ?? 0)) < 1e-6) }
      }
    }
  }

  @Test("a promise that nothing keeps is named with the best there is", arguments: [1, 243])
  func impossible(limit: Int) throws {
    let world = World(seed: 1, levers: 5)
    var question = DesignPlannerTests.question(1)
    question.leastRecovery = 0.99
    let plan = DesignPlanner<Never>(world.space, question, exhaustiveLimit: limit) {
      Self.measures(world, $0)
    }.plan()
    #expect(plan.cheapest == nil && plan.obstacles == [.recovery(promise: 1, best: 0.95)])
  }
}
