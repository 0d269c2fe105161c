import Foundation
import Planning
import Testing

/// Plans over levers against working out every design.
@Suite("Plans of levers")
struct DesignPlannerTests {
  /// Services behind shared zones: what a lever does in one state of the zones is independent of the others.
  struct World: Sendable {
    let space: DesignSpace
    /// By lever and value: the unavailability in each of two situations, and the price.
    let parts: [[(down: [Double], monthly: Double)]]
    let isParallel: Bool

    init(seed: Int, levers: Int, isParallel: Bool = false) {
      var samples = AllocationSamples(seed: UInt64(seed))
      parts = (0..<levers).map { _ in
        (0..<3).map { value in
          let down = Double(1 + samples.next(below: 90)) / 1_000 / Double(1 + 9 * value)
          return (
            [down, min(1, down * Double(2 + samples.next(below: 8)))],
            Double(value * (5 + samples.next(below: 40)))
          )
        }
      }
      space = DesignSpace(
        levers: (0..<levers).map { lever in
          DesignSpace.Lever(
            name: "l\(lever)", values: ["0", "1", "2"], once: [0, Double(lever * 10), Double(lever * 20)],
            parts: ["components/c\(lever)"])
        })
      self.isParallel = isParallel
    }

    func measures(_ design: [Int]) -> DesignMeasures {
      let conditional: [Double] = (0..<2).map { situation in
        let downs: [Double] = design.indices.map { parts[$0][design[$0]].down[situation] }
        if isParallel { return downs.reduce(1, *) }
        let log: Double = downs.reduce(0) { $0 + log1p(-$1) }
        return -expm1(log)
      }
      var monthly = 100.0
      for lever in design.indices { monthly += parts[lever][design[lever]].monthly }
      return DesignMeasures(chances: [0.99, 0.01], conditional: [conditional], monthly: monthly)
    }

    var all: [DesignPoint] {
      space.levers.reduce([[]]) { designs, _ in designs.flatMap { design in (0..<3).map { design + [$0] } } }
        .map { point($0) }
    }

    func point(_ design: [Int]) -> DesignPoint {
      let measures = measures(design)
      return DesignPoint(
        design: design, unavailability: [measures.unavailability[0]], monthly: measures.monthly,
        once: space.once(design), changes: space.changes(design))
    }
  }

  static func question(_ target: Double) -> DesignQuestion {
    var question = DesignQuestion(capabilities: 1, months: 36)
    question.targets = [target]
    question.monthOfDowntime = [5_000]
    question.budget = 220
    return question
  }

  @Test("independent parts in each situation: as good as trying everything", arguments: 1...8)
  func factored(seed: Int) throws {
    let world = World(seed: seed, levers: 5)
    var question = Self.question(0.15)
    for target in [0.3, 0.2, 0.1, 0.05] {
      question.targets = [target]
      let planner = DesignPlanner<Never>(world.space, question, exhaustiveLimit: 1, evaluate: world.measures)
      guard case .independentParts = planner.certainty else {
        Issue.record("not taken for independent")
        return
      }
      try expectSame(planner.plan(), world.all, question)
    }
  }

  private func expectSame(_ plan: DesignPlan, _ all: [DesignPoint], _ question: DesignQuestion) throws {
    let within = all.filter { $0.keepsBudgets(question) }
    let meeting = within.filter { $0.meets(question) }
    let costs = meeting.map { $0.cost(over: question.months) }
    #expect((plan.cheapest == nil) == meeting.isEmpty)
    if let cheapest = plan.cheapest, let least = costs.min() {
      #expect(abs(cheapest.cost(over: question.months) - least) < 1e-6)
      #expect(plan.leastChange?.changes == meeting.map(\.changes).min())
    }
    let best = try #require(within.map { $0.unavailability[0] }.min())
    #expect(abs((plan.mostAvailable?.unavailability[0] ?? 1) - best) < 1e-12)
    func total(_ point: DesignPoint) -> Double {
      point.cost(over: question.months) + 5_000 * point.unavailability[0]
    }
    let total1 = try #require(plan.leastTotal.map(total))
    #expect(abs(total1 - (within.map(total).min() ?? 0)) < 1e-6)
    for point in plan.frontier {
      #expect(
        !within.contains { other in
          other.cost(over: question.months) <= point.cost(over: question.months) - 1e-5
            && other.unavailability[0] <= point.unavailability[0]
        })
    }
    #expect(plan.certainty.isProved && plan.isFrontierComplete)
  }

  @Test("parts that are not independent are not taken for it, and all designs are worked out")
  func parallel() throws {
    let world = World(seed: 3, levers: 5, isParallel: true)
    let question = Self.question(1e-6)
    let planner = DesignPlanner<Never>(world.space, question, exhaustiveLimit: 300, evaluate: world.measures)
    #expect(planner.certainty == .exhaustive(designs: 243))
    try expectSame(planner.plan(), world.all, question)
  }

  @Test(
    "too many to work out in a coherent structure: proved by bounds, and as good as trying everything",
    arguments: 1...6)
  func bounded(seed: Int) throws {
    let world = World(seed: seed, levers: 6, isParallel: true)
    var question = Self.question(1)
    for target in [1e-6, 1e-8, 1e-10] {
      question.targets = [target]
      let planner = DesignPlanner<Never>(
        world.space, question, exhaustiveLimit: 400, evaluate: world.measures)
      guard case .bounded(let looked, _, let open, _) = planner.certainty else {
        Issue.record("\(planner.certainty)")
        return
      }
      #expect(open.isEmpty && looked < world.space.count)
      let plan = planner.plan()
      expectBest(plan, world.all, question)
      #expect(plan.total?.proof == .proved)
    }
  }

  private func expectBest(_ plan: DesignPlan, _ all: [DesignPoint], _ question: DesignQuestion) {
    let within = all.filter { $0.keepsBudgets(question) }
    let meeting = within.filter { $0.meets(question) }
    func cost(_ point: DesignPoint) -> Double { point.cost(over: question.months) }
    func total(_ point: DesignPoint) -> Double { cost(point) + 5_000 * point.unavailability[0] }
    #expect(plan.cheapest.map(cost) == meeting.map(cost).min())
    #expect(plan.leastChange?.changes == meeting.map(\.changes).min())
    #expect(plan.mostAvailable?.unavailability[0] == within.map { $0.unavailability[0] }.min())
    #expect(plan.leastTotal.map(total) == within.map(total).min())
  }

  @Test("before the limit of bounds, what is open is named, and the bound is below what is best")
  func openGoals() throws {
    let world = World(seed: 5, levers: 6, isParallel: true)
    var question = Self.question(1e-9)
    question.budget = nil
    let planner = DesignPlanner<Never>(world.space, question, exhaustiveLimit: 40, evaluate: world.measures)
    let meeting = world.all.filter { $0.meets(question) }.map { $0.cost(over: question.months) }
    let best = try #require(meeting.min())
    switch planner.certainty {
    case .bounded(_, _, let open, _): #expect(!open.isEmpty)
    case .found(_, let least): #expect(try #require(least) <= best + 1e-9)
    default: Issue.record("\(planner.certainty)")
    }
    let cheapest = planner.plan().cheapest?.cost(over: question.months) ?? .infinity
    #expect(cheapest >= best - 1e-9)
    if planner.certainty.proves(.cheapest) { #expect(abs(cheapest - best) < 1e-9) }
  }

  @Test("where a best value is beaten beside others, nothing is called proved")
  func notMonotone() throws {
    let world = World(seed: 5, levers: 6, isParallel: true)
    func measures(_ design: [Int]) -> DesignMeasures {
      let own = world.measures(design)
      // The best values of the first two levers do harm together.
      let harm = design[0] == 2 && design[1] == 2 ? 100.0 : 1
      return DesignMeasures(
        chances: own.chances, conditional: own.conditional.map { $0.map { min(1, $0 * harm) } },
        monthly: own.monthly)
    }
    let planner = DesignPlanner<Never>(
      world.space, Self.question(1e-8), exhaustiveLimit: 300, evaluate: measures)
    guard case .found = planner.certainty else {
      Issue.record("\(planner.certainty)")
      return
    }
    let plan = planner.plan()
    #expect(!planner.certainty.proves(.cheapest) && !plan.isFrontierComplete)
    #expect(plan.total?.proof != .proved)
  }

  @Test("an impossible promise names the capability and the best there is")
  func impossible() throws {
    let world = World(seed: 2, levers: 5)
    var question = Self.question(1e-9)
    question.budget = nil
    let plan = DesignPlanner<Never>(world.space, question, exhaustiveLimit: 1, evaluate: world.measures)
      .plan()
    let best = try #require(world.all.map { $0.unavailability[0] }.min())
    guard case .target(capability: 0, best: let reached) = plan.obstacles.first else {
      Issue.record("\(plan.obstacles)")
      return
    }
    #expect(abs(reached - best) < 1e-12 && plan.cheapest == nil)
  }

  @Test("a budget that is too small is told with the least that is enough")
  func budget() throws {
    let world = World(seed: 2, levers: 5)
    var question = Self.question(0.03)
    question.budget = 101
    let plan = DesignPlanner<Never>(world.space, question, exhaustiveLimit: 1, evaluate: world.measures)
      .plan()
    let least = try #require(world.all.filter { $0.meets(question) }.map(\.monthly).min())
    #expect(plan.obstacles == [.budget(least: least)])
  }

  @Test("two budgets that are each too small are both told, and not as if only both together were")
  func budgets() throws {
    let world = World(seed: 2, levers: 5)
    var question = Self.question(0.03)
    (question.budget, question.onceBudget) = (1, 1)
    let plan = DesignPlanner<Never>(world.space, question, exhaustiveLimit: 1, evaluate: world.measures)
      .plan()
    let meeting = world.all.filter { $0.meets(question) }
    let monthly = try #require(meeting.map(\.monthly).min())
    let once = try #require(meeting.map(\.once).min())
    #expect(plan.obstacles == [.budget(least: monthly), .onceBudget(least: once)])
  }

  @Test("steps lead from the present to the plan, one lever at a time")
  func steps() throws {
    let world = World(seed: 4, levers: 5)
    let planner = DesignPlanner<Never>(
      world.space, Self.question(1), exhaustiveLimit: 1, evaluate: world.measures)
    let design = [2, 0, 1, 2, 1]
    let steps = planner.steps(to: design)
    #expect(steps.map(\.lever).sorted() == [0, 2, 3, 4] && steps.last?.reached.design == design)
    #expect(steps.allSatisfy { $0.from == 0 && $0.to == design[$0.lever] })
  }
}
