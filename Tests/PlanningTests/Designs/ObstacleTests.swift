import Planning
import Testing

/// What stands in the way of plans, against trying every design.
@Suite("What stands in the way of plans")
struct ObstacleTests {
  /// Dependent levers with bounds that leave nothing: every least that is told is that of all designs that keep the
  /// promise, beside the other bounds where these can hold, and more of it is enough where that is said.
  @Test("each bound is told with the least that is enough, in dependent levers")
  func bounds() {
    let told = (1...40).count { isTold(seed: $0) }
    #expect(told >= 25, "\(told)")
  }

  private func isTold(seed: Int) -> Bool {
    let world = DependentWorld(seed: seed)
    let all = world.all
    var question = DesignQuestion(capabilities: 1, months: 36)
    let downs = all.map { $0.unavailability[0] }.sorted()
    question.targets = [downs[downs.count / 8]]
    let meeting = all.filter { $0.meets(question) }
    func least(_ value: (DesignPoint) -> Double) -> Double { meeting.map(value).min() ?? .infinity }
    let share = seed % 2 == 0 ? 0.9 : 1.02
    question.budget = least(\.monthly) * share
    question.limits = [(least { $0.uses[0] } * share).rounded(.down)]
    if seed % 3 == 0 { question.onceBudget = least(\.once) * share - (seed % 2 == 0 ? 1 : 0) }
    let plan = DesignPlanner<Never>(world.space, question, exhaustiveLimit: 150, evaluate: world.measures)
      .plan()
    let within = meeting.filter { $0.keepsBudgets(question) }
    #expect((plan.cheapest == nil) == within.isEmpty)
    guard within.isEmpty, plan.areObstaclesProved else { return false }
    #expect(!plan.obstacles.isEmpty)
    for obstacle in plan.obstacles {
      var wider = question
      let told: Double
      let alone: Double
      switch obstacle {
      case .budget(let least1): (told, alone, wider.budget) = (least1, least(\.monthly), least1)
      case .onceBudget(let least1): (told, alone, wider.onceBudget) = (least1, least(\.once), least1)
      case .limit(_, let least1): (told, alone, wider.limits) = (least1, least { $0.uses[0] }, [least1])
      case .budgetsTogether: continue
      default:
        Issue.record("\(obstacle)")
        continue
      }
      let isEnough = meeting.contains { $0.keepsBudgets(wider) }
      #expect(isEnough || abs(told - alone) < 1e-9, "\(obstacle)")
      #expect(isEnough || !plan.isAnyObstacleEnough)
      #expect(told >= alone - 1e-9)
    }
    return true
  }

  /// Two capabilities, and one lever that is good for either but not for both.
  @Test("promises that exclude each other are told by name")
  func together() {
    let space = DesignSpace(levers: [.init(name: "l", values: ["a", "b"], once: [0, 0], parts: ["x"])])
    var question = DesignQuestion(capabilities: 2, months: 36)
    question.targets = [0.01, 0.01]
    let plan = DesignPlanner<Never>(space, question, exhaustiveLimit: 10) { design in
      DesignMeasures(
        chances: [1], conditional: design[0] == 0 ? [[0.001], [0.1]] : [[0.1], [0.001]], monthly: 0)
    }.plan()
    #expect(plan.obstacles == [.targetsTogether(without: [0, 1], withoutRecovery: false)])
  }
}
