import Planning
import Testing

/// The frontier of levers whose parts depend on each other, against trying every design.
@Suite("Frontier of dependent levers")
struct DependentFrontierTests {
  private static func question(_ seed: Int) -> DesignQuestion {
    var question = DesignQuestion(capabilities: 1, months: 36)
    question.targets = [0.05]
    if seed % 3 == 0 { question.budget = 260 }
    if seed % 4 == 0 { question.onceBudget = 500 }
    if seed % 5 == 0 { question.limits = [6] }
    return question
  }

  /// The costs at which the least downtime falls, with that downtime.
  private static func steps(_ points: [DesignPoint], _ question: DesignQuestion) -> [(
    cost: Double, down: Double
  )] {
    let all = points.filter { $0.keepsBudgets(question) }.map {
      (cost: $0.cost(over: question.months), down: $0.unavailability[0])
    }
    .sorted { $0.cost != $1.cost ? $0.cost < $1.cost : $0.down < $1.down }
    var least = Double.infinity
    return all.filter { point in
      guard point.down < least * (1 - 1e-9) else { return false }
      least = point.down
      return true
    }
  }

  @Test("200 models with shared zones and common causes: what is called whole is that of all designs")
  func whole() throws {
    var proved = 0
    for seed in 1...200 {
      let (world, question) = (DependentWorld(seed: seed), Self.question(seed))
      let planner = DesignPlanner<Never>(
        world.space, question, exhaustiveLimit: 100, evaluate: world.measures)
      let plan = planner.plan()
      let (found, all) = (Self.steps(plan.frontier, question), Self.steps(world.all, question))
      switch plan.frontierProof {
      case .whole:
        proved += 1
        #expect(found.count == all.count, "seed \(seed)")
        for (one, other) in zip(found, all) {
          #expect(abs(one.cost - other.cost) < 1e-6 && abs(one.down - other.down) <= 1e-9 * other.down)
        }
      case .upTo(let cost):
        let below = all.filter { $0.cost < cost - 1e-6 }
        #expect(found.count >= below.count)
        for (one, other) in zip(found, below) {
          #expect(abs(one.cost - other.cost) < 1e-6 && abs(one.down - other.down) <= 1e-9 * other.down)
        }
      case .found: Issue.record("seed \(seed): \(plan.certainty)")
      }
    }
    #expect(proved >= 150)
  }
}
