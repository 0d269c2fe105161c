import Planning
import Stochastics
import Testing

@Suite("Orders of steps")
struct StepOrderTests {
  /// The least cost-weighted downtime over every order that the needs allow.
  private static func least(
    needs: [[Int]], _ standing: (Set<Int>) -> StepOrder.Standing?
  ) -> Double? {
    func rest(_ made: Set<Int>) -> Double? {
      guard let now = standing(made) else { return nil }
      if made.count == needs.count { return 0 }
      return needs.indices.filter { !made.contains($0) && needs[$0].allSatisfy(made.contains) }
        .compactMap { step -> Double? in
          guard let after = standing(made.union([step])), let rest = rest(made.union([step])) else {
            return nil
          }
          let cost = after.cost.flatMap { own in now.cost.map { own - $0 } } ?? 1
          return cost * now.downtimeHours + rest
        }.min()
    }
    return rest([])
  }

  private static func weight(_ order: StepOrder) -> Double {
    order.stages.reduce(0) { $0 + ($1.cost ?? 1) * $1.before.downtimeHours }
  }

  /// Steps that remove hours each, whatever else is made.
  private static func additive(
    _ removed: [Double], costs: [Double]?
  ) -> (Set<Int>) -> StepOrder.Standing? {
    { made in
      let steps = made.sorted()
      return StepOrder.Standing(
        downtimeHours: 1000 - steps.map { removed[$0] }.reduce(0, +),
        cost: costs.map { costs in steps.map { costs[$0] }.reduce(0, +) })
    }
  }

  /// Smith's rule: jobs of one machine by weight over length have the least weighted sum.
  @Test(
    "that do not interact go by downtime removed per dollar",
    arguments: [
      ([10.0, 30, 20], [1.0, 2, 4], [1, 0, 2]), ([5, 5, 5], [3, 1, 2], [1, 2, 0]),
      ([8, 2, 6, 4], [4, 4, 1, 10], [2, 0, 1, 3]), ([1, 9], [0, 5], [0, 1]), ([3, 3], [1, 1], [0, 1]),
      ([9, 1], [10, -2], [1, 0]),
    ])
  func smith(_ removed: [Double], _ costs: [Double], _ expected: [Int]) throws {
    let needs = removed.map { _ in [Int]() }
    let order = try #require(StepOrder.best(needs: needs, standing: Self.additive(removed, costs: costs)))
    #expect(order.stages.map(\.step) == expected)
    #expect(order.method == .allSets)
    #expect(order.setCount == 1 << removed.count)
    #expect(order.stages.map(\.removedHours) == expected.map { removed[$0] })
  }

  @Test("without costs go by downtime removed")
  func unpriced() throws {
    let standing = Self.additive([1, 9, 4], costs: nil)
    let order = try #require(StepOrder.best(needs: [[], [], []], standing: standing))
    #expect(order.stages.map(\.step) == [1, 2, 0])
    #expect(order.stages.allSatisfy { $0.cost == nil })
  }

  @Test("respect what must come before", arguments: [true, false])
  func needs(_ isPriced: Bool) throws {
    let standing = Self.additive([1, 9, 4], costs: isPriced ? [1, 1, 1] : nil)
    let order = try #require(StepOrder.best(needs: [[], [0], []], standing: standing))
    #expect(order.stages.map(\.step) == [0, 1, 2])
  }

  /// Downtime of every set drawn by chance, some sets that can not be made, needs drawn too: all orders tried one by one.
  @Test("are as good as the best of all orders", arguments: 0..<60)
  func bruteForce(_ number: Int) throws {
    var random = RandomStream(
      seed: UInt64(number), process: ProcessKey(name: "orders of steps"), replication: 0)
    let count = 2 + number % 5
    let needs = (0..<count).map { step in (0..<step).filter { _ in random.uniform() < 0.2 } }
    let costs = (0..<count).map { _ in (random.uniform() * 10).rounded() }
    var downtimes: [Set<Int>: Double] = [:]
    for set in 0..<(1 << count) {
      let steps = Set((0..<count).filter { set & 1 << $0 != 0 })
      let isMade = steps.isEmpty || steps.count == count || random.uniform() < 0.9
      downtimes[steps] = isMade ? 100 * random.uniform() : nil
    }
    func standing(_ made: Set<Int>) -> StepOrder.Standing? {
      downtimes[made].map {
        StepOrder.Standing(downtimeHours: $0, cost: made.sorted().map { costs[$0] }.reduce(0, +))
      }
    }
    let order = StepOrder.best(needs: needs, standing: standing)
    let least = Self.least(needs: needs, standing)
    #expect((order == nil) == (least == nil))
    guard let order, let least else { return }
    #expect(abs(Self.weight(order) - least) <= 1e-9 * max(1, abs(least)))
    #expect(Set(order.stages.map(\.step)).count == count)
    for (place, stage) in order.stages.enumerated() {
      #expect(
        needs[stage.step].allSatisfy { need in order.stages.prefix(place).contains { $0.step == need } })
    }
  }

  @Test("of many steps are greedy, and say so")
  func greedy() throws {
    let removed = (0..<12).map { Double($0 + 1) }
    let costs = (0..<12).map { Double(1 + ($0 * 7) % 12) }
    let order = try #require(
      StepOrder.best(needs: removed.map { _ in [] }, standing: Self.additive(removed, costs: costs)))
    let expected = removed.indices.sorted { removed[$0] / costs[$0] > removed[$1] / costs[$1] }
    #expect(order.method == .greedy)
    #expect(
      order.stages.map { removed[$0.step] / costs[$0.step] } == expected.map { removed[$0] / costs[$0] })
    #expect(order.setCount == 1 + 12 * 13 / 2)
  }

  @Test("do not exist where a step can never be made")
  func impossible() {
    #expect(
      StepOrder.best(needs: [[], []]) { made in
        made.contains(1) ? nil : StepOrder.Standing(downtimeHours: 1, cost: nil)
      } == nil)
  }
}
