import Foundation
import Planning
import Testing

/// The least of all costs together against adding them up for every design.
@Suite("Least total")
struct LeastTotalTests {
  typealias World = DesignPlannerTests.World

  /// What outages cost by their number: more for parts that are cheap, and not in the order of unavailability.
  static func outages(_ design: [Int]) -> Double {
    design.enumerated().reduce(0) { $0 + Double((($1.offset + 3) * 7 + $1.element * 11) % 23) * 4 }
  }

  /// What is due, which only a sample tells: the more, the more unavailable, up to a limit, and not in that order alone.
  static func dues(_ point: DesignPoint) -> Double {
    min(mostDues, 900 * point.unavailability[0] + Double(point.design.reduce(0) { $0 * 3 + $1 } % 7) * 6)
  }

  static let mostDues = 250.0

  static func measures(_ world: World, _ design: [Int]) -> DesignMeasures {
    let own = world.measures(design)
    return DesignMeasures(
      chances: own.chances, conditional: own.conditional, monthly: own.monthly, outages: outages(design),
      mostDues: mostDues)
  }

  static var question: DesignQuestion {
    var question = DesignPlannerTests.question(1)
    question.pricesOutages = true
    question.pricesPeriods = true
    return question
  }

  static func total(_ point: DesignPoint, _ question: DesignQuestion) -> Double {
    point.cost(over: question.months) + 5_000 * point.unavailability[0] + outages(point.design)
  }

  @Test("outages by their number: branch and bound is adding up every design", arguments: 1...8, [1, 300])
  func outages(seed: Int, limit: Int) throws {
    let world = World(seed: seed, levers: 5)
    let question = Self.question
    let planner = DesignPlanner<Never>(world.space, question, exhaustiveLimit: max(limit, 200)) {
      Self.measures(world, $0)
    }
    let total = try #require(planner.plan().total)
    let least = world.all.filter { $0.keepsBudgets(question) }.map { Self.total($0, question) }.min()
    #expect(abs(Self.total(total.point, question) - (least ?? 0)) < 1e-6)
    #expect(total.proof == .proved && total.dues.isEmpty)
  }

  @Test("with what is due, those alone are sampled that could be the least", arguments: 1...8)
  func dues(seed: Int) throws {
    let world = World(seed: seed, levers: 5)
    let question = Self.question
    let planner = DesignPlanner<Never>(world.space, question, exhaustiveLimit: 243) {
      Self.measures(world, $0)
    }
    let plan = planner.plan { Self.sample(world, $0, halfWidth: 0) }
    let total = try #require(plan.total)
    let all = world.all.filter { $0.keepsBudgets(question) }
    let least = all.map { Self.total($0, question) + Self.dues($0) }.min()
    let found = Self.total(total.point, question) + (total.dues[total.point.design]?.value ?? 0)
    switch total.proof {
    case .proved, .upToSampling: #expect(abs(found - (least ?? 0)) < 1e-6)
    case .found(let bound):
      #expect((bound ?? -.infinity) <= (least ?? 0) + 1e-6 && found >= (least ?? 0) - 1e-6)
    }
    #expect(total.dues.count < all.count && total.rivals.isEmpty)
    let named = [plan.present, plan.cheapest, plan.mostAvailable].compactMap { $0 }
    #expect(named.allSatisfy { total.dues[$0.design] != nil })
  }

  @Test("what sampling can not tell apart is named, with the difference")
  func rivals() throws {
    let question = Self.question
    var found = 0
    for seed in 1...8 {
      let world = World(seed: seed, levers: 5)
      let planner = DesignPlanner<Never>(world.space, question, exhaustiveLimit: 243) {
        Self.measures(world, $0)
      }
      let total = try #require(planner.plan { Self.sample(world, $0, halfWidth: 60) }.total)
      found += total.rivals.count
      #expect(total.rivals.isEmpty || total.proof != .proved)
      for rival in total.rivals {
        let own = Self.total(rival.point, question) + Self.dues(rival.point)
        let best = Self.total(total.point, question) + Self.dues(total.point)
        #expect(abs(rival.difference.value - (own - best)) < 1e-6)
        #expect(rival.difference.value <= rival.difference.halfWidth)
      }
    }
    #expect(found > 8)
  }

  private static func sample(_ world: World, _ designs: [[Int]], halfWidth: Double) -> DesignDues {
    let values = designs.map { dues(world.point($0)) }
    return DesignDues(
      amounts: values.map { .init(value: $0, halfWidth: halfWidth) },
      differences: values.map { .init(value: $0 - values[0], halfWidth: halfWidth) })
  }
}
