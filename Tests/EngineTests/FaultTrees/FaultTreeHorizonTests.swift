import Foundation
import Reliability
import ServiceGraph
import Testing

/// Fault trees over a horizon: closed forms, a matrix exponential, other tools.
@Suite("Fault trees over a horizon")
struct FaultTreeHorizonTests {
  static func horizon(
    _ laws: [TreeText.Law], _ gates: [(GateOperation, [Int])], _ end: Double
  ) throws -> FaultTreeHorizon {
    var questions = FaultTreeQuestions()
    questions.horizon = end
    questions.sets = .none
    questions.wantsImportance = false
    let result = try FaultTreeAnalysis.results(of: TreeText.tree(laws, gates), questions)
    return try #require(result.first?.horizon)
  }

  private func exact(_ answer: MissionResult.Answer) -> Double {
    if case .exact(let value, _) = answer { value } else { .nan }
  }

  private func isUnknown(_ answer: MissionResult.Answer, _ word: String) -> Bool {
    if case .unknown(let reason) = answer { reason.contains(word) } else { false }
  }

  private func agree(_ answer: MissionResult.Answer, _ expected: Double, _ tolerance: Double = 1e-10) -> Bool
  {
    abs(exact(answer) - expected) <= tolerance * abs(expected)
  }

  // MARK: With repair

  /// λ = 0.002, μ = 0.08. Q(t) = λ/(λ + μ) (1 − e^{−(λ + μ) t}), W(T) = ∫ λ (1 − Q): Rausand and Høyland 2004,
  /// sections 7.3 and 9.4.
  @Test("one repaired unit by its formulas", arguments: [0.0, 0.2])
  func oneUnit(demand: Double) throws {
    let (failure, repair, end) = (0.002, 0.08, 300.0)
    let found = try Self.horizon([.repaired(demand, failure, repair)], [(.or, [0])], end)
    let sum = failure + repair
    let excess = (demand - failure / sum) * -expm1(-sum * end) / (sum * end)
    let mean = failure / sum + excess
    #expect(agree(found.unavailability, mean))
    #expect(agree(found.expectedFailures, failure * end * (1 - mean)))
    #expect(agree(found.unreliability, demand - (1 - demand) * expm1(-failure * end)))
    #expect(agree(found.meanTimeToFailure, (1 - demand) / failure))
    #expect(agree(found.longRun.unavailability, failure / sum, 1e-14))
    #expect(agree(found.longRun.meanUpTime, 1 / failure) && agree(found.longRun.meanDownTime, 1 / repair))
  }

  /// Parallel: MTTF = (3λ + μ) / (2λ²) and R(t) from the roots of s² + (3λ + μ) s + 2λ²; 2-out-of-3:
  /// (5λ + μ) / (6λ²). Rausand and Høyland 2004, section 8.5.
  @Test("parallel and two of three, each with its own crew")
  func redundant() throws {
    let unit = TreeText.Law.repaired(0, 0.001, 0.1)
    let pair = try Self.horizon([unit, unit], [(.and, [0, 1])], 8760)
    #expect(agree(pair.meanTimeToFailure, 51_500))
    #expect(agree(pair.unreliability, 0.15628503275424550615))
    #expect(agree(pair.longRun.meanUpTime, 51_000) && agree(pair.longRun.meanDownTime, 5))
    let vote = try Self.horizon([unit, unit, unit], [(.atLeast(2), [0, 1, 2])], 8760)
    #expect(agree(vote.meanTimeToFailure, (0.005 + 0.1) / 6e-6))
    guard case .exact(_, let method) = vote.meanTimeToFailure else { return }
    #expect(method.contains("3 states"))
  }

  struct Chain: Sendable {
    let events: [(Double, Double, Double)]
    let gates: [(GateOperation, [Int])]
    let horizon: Double
    let mean: Double
    let end: Double
    let failures: Double
    let unreliability: Double
    let meanTime: Double
  }

  /// Random trees, some with negations, and all states of their events as a chain: `expm` and `solve` of SciPy 1.17.
  static let chains: [Chain] = [
    Chain(
      events: [(0, 0.13, 0.0), (0, 0.13, 0.0), (0, 0.0018, 3.0), (0.3, 0.23, 0.22), (0, 0.045, 0.0)],
      gates: [(.or, [3, 1]), (.and, [0, 5, 4]), (.atLeast(3), [6, 2, 4])], horizon: 9.5,
      mean: 4.674196394668126e-05, end: 0.00012676706823367133, failures: 0.0014849160871465408,
      unreliability: 0.0014766186893378974, meanTime: 580.0706355376333),
    Chain(
      events: [
        (0, 0.026, 0.019), (0, 0.0078, 0.0), (0, 0.0078, 0.0), (0, 0.0078, 0.0), (0, 0.0011, 0.0),
        (0, 0.0022, 0.27),
      ],
      gates: [(.and, [1, 2, 0]), (.and, [3, 6]), (.atLeast(1), [7, 5, 4])], horizon: 8.8,
      mean: 0.009821899768698114, end: 0.016962430803248475, failures: 0.028811044429256975,
      unreliability: 0.028677775801763197, meanTime: 156.53682355005367),
    Chain(
      events: [
        (0, 0.019, 3.9), (0, 0.019, 3.9), (0, 0.007, 1.5), (0, 0.007, 1.5), (0.3, 0.04, 0.14),
        (0.3, 0.04, 0.14),
      ],
      gates: [(.atLeast(1), [0, 1, 4, 3]), (.atLeast(1), [6, 2]), (.atLeast(2), [5, 7])], horizon: 1.3,
      mean: 0.08770174144704122, end: 0.08408397404044328, failures: 0.0354619400767797,
      unreliability: 0.1237637575493641, meanTime: 45.14830561279773),
    Chain(
      events: [(0, 0.16, 0.14), (0, 0.44, 0.12), (0, 0.16, 0.0), (0, 0.34, 2.3), (0, 0.34, 2.3)],
      gates: [(.or, [0, 2]), (.and, [1, 5, 4, 3])], horizon: 30.0,
      mean: 0.010995079741483785, end: 0.012982048626807404, failures: 1.5733859309414564,
      unreliability: 0.7563368066532814, meanTime: 22.048955352585846),
    Chain(
      events: [
        (0, 0.093, 0.85), (0.3, 0.0098, 0.037), (0.3, 0.0098, 0.037), (0, 0.0048, 0.0), (0, 0.0048, 0.0),
      ],
      gates: [(.and, [0, 3]), (.or, [2, 1, 5]), (.and, [6, 4])], horizon: 41.0,
      mean: 0.039293451724636816, end: 0.07261022746306486, failures: 0.1452762258448107,
      unreliability: 0.11738596824237388, meanTime: 223.62406587261995),
    Chain(
      events: [(0, 0.002, 0.05), (0, 0.14, 6.6), (0, 0.14, 6.6), (0, 0.14, 6.6), (0, 0.0038, 0.049)],
      gates: [(.and, [0, 1, 4, 2]), (.xor, [3, 5])], horizon: 1.7,
      mean: 0.018958695959809306, end: 0.020771302224027753, failures: 0.2334879058406671,
      unreliability: 0.21179736712064554, meanTime: 7.1427655284548),
    Chain(
      events: [(0, 0.022, 0.17), (0, 0.024, 0.023), (0, 0.0071, 7.4), (0, 0.0071, 7.4)],
      gates: [(.not, [0]), (.xor, [1, 2]), (.and, [4, 3, 5])], horizon: 4.6,
      mean: 4.7534553666137835e-05, end: 8.94560714278148e-05, failures: 0.001746077744749228,
      unreliability: 0.0017281921593390432, meanTime: 351.4197375593622),
    Chain(
      events: [
        (0, 0.054, 0.0), (0.01, 0.016, 0.036), (0.01, 0.016, 0.036), (0.01, 0.016, 0.036),
        (1.0, 0.0069, 0.019),
      ],
      gates: [(.or, [0, 1, 3]), (.and, [5, 4]), (.xor, [6, 2])], horizon: 6.7,
      mean: 0.2544318321600506, end: 0.40524481671727697, failures: 0.4744517331989541,
      unreliability: 0.48951266763184764, meanTime: 14.836802431075746),
  ]

  @Test("random trees agree with the chain of all their states", arguments: chains)
  func chain(row: Chain) throws {
    let laws = row.events.map { TreeText.Law.repaired($0.0, $0.1, $0.2) }
    let found = try Self.horizon(laws, row.gates, row.horizon)
    #expect(agree(found.unavailability, row.mean, 1e-9))
    #expect(agree(found.unavailabilityAtEnd, row.end, 1e-9))
    #expect(agree(found.expectedFailures, row.failures, 1e-9))
    #expect(agree(found.unreliability, row.unreliability, 1e-9))
    #expect(agree(found.meanTimeToFailure, row.meanTime, 1e-9))
  }

  /// R = R_pair(t) · exp(−(t/η)³) exactly; Weibull has no place in the chain, so Vesely's rate answers.
  @Test("what a chain can not hold is approximated, inside its bounds")
  func vesely() throws {
    let unit = TreeText.Law.repaired(0, 0.01, 0.4)
    let wear = TreeText.Law.weibull(scale: 2000, shape: 3, location: 0)
    let gates: [(GateOperation, [Int])] = [(.and, [0, 1]), (.or, [3, 2])]
    let end = 800.0
    let found = try Self.horizon([unit, unit, wear], gates, end)
    let pair = try Self.horizon([unit, unit], [(.and, [0, 1])], end)
    let truth = 1 - (1 - exact(pair.unreliability)) * exp(-pow(end / 2000, 3))
    guard case .approximate(let value, let low?, let high?, let method) = found.unreliability else {
      Issue.record("\(found.unreliability)")
      return
    }
    #expect(low < truth && truth < high && method.contains("Vesely"))
    #expect(abs(value - truth) < 0.05 * truth)
    guard case .approximate(let mean, _, _, _) = found.meanTimeToFailure else {
      Issue.record("\(found.meanTimeToFailure)")
      return
    }
    // ∫ R by the midpoint rule; the pair alone lasts 2,150 on average, the wear 1,786.
    let step = 50.0
    let integral = try (0..<120).reduce(0.0) { sum, number in
      let time = (Double(number) + 0.5) * step
      let pair = try Self.horizon([unit, unit], [(.and, [0, 1])], time)
      return sum + step * (1 - exact(pair.unreliability)) * exp(-pow(time / 2000, 3))
    }
    #expect(abs(mean - integral) < 0.03 * integral)
  }

  // MARK: Without repair

  @Test("what fails once has occurred when it is there, and is expected that often")
  func withoutRepair() throws {
    let laws: [TreeText.Law] = [.weibull(scale: 100, shape: 2, location: 30), .exponential(0.01)]
    let found = try Self.horizon(laws, [(.or, [0, 1])], 80)
    let failed = -expm1(-0.25 - 0.8)
    #expect(agree(found.unreliability, failed) && agree(found.unavailabilityAtEnd, failed))
    #expect(agree(found.expectedFailures, failed))
    #expect(isUnknown(found.longRun.unavailability, "no event is repaired"))
  }

  /// Either of two, not both: it occurs at the first failure and ends at the second.
  @Test("an exclusive or occurs at the first failure")
  func exclusive() throws {
    let laws: [TreeText.Law] = [.exponential(0.02), .exponential(0.03)]
    let found = try Self.horizon(laws, [(.xor, [0, 1])], 25)
    #expect(agree(found.unreliability, -expm1(-0.05 * 25)))
    #expect(agree(found.expectedFailures, -expm1(-0.05 * 25)))
    #expect(agree(found.meanTimeToFailure, 20))
  }

  /// P(a before b by t) = (1 − e^{−3t}) / 3 − e^{−2t} (1 − e^{−t}), rates 1 and 2; its mean over 0…1 by hand.
  @Test("a tree in which order matters")
  func dynamic() throws {
    func event(_ name: String, _ rate: Double) -> FaultTree.BasicEvent {
      .init(name: name, law: .erlang(rate: rate, phases: 1, dormancy: 1, repairRate: nil))
    }
    let gate = FaultTree.Gate(
      name: "g", operation: .priorityAnd(isInclusive: true), inputs: [.event(0), .event(1)])
    let tree = FaultTree(
      name: "t", events: [event("a", 1), event("b", 2)], gates: [gate],
      tops: [FaultTree.Top(name: "g", input: .gate(0))], expressions: ExpressionTable())
    var questions = FaultTreeQuestions()
    questions.horizon = 1
    let found = try #require(try FaultTreeAnalysis.results(of: tree, questions).first?.horizon)
    let mean = 1.0 / 3 + expm1(-3) / 9 + expm1(-2) / 2 - expm1(-3) / 3
    #expect(agree(found.unavailability, mean))
    #expect(agree(found.unreliability, -expm1(-3) / 3 + exp(-2) * expm1(-1)))
    guard case .infinite = found.meanTimeToFailure else {
      Issue.record("\(found.meanTimeToFailure)")
      return
    }
  }

  // MARK: Periodic tests

  /// x = λ τ. One channel: 1 − (1 − e^{−x}) / x; both of two: 1 − 2 (1 − e^{−x}) / x + (1 − e^{−2x}) / (2x).
  /// IEC 61508-6:2010, annex B, without its approximation.
  @Test("the average probability of failure on demand of tested channels")
  func tested() throws {
    let channel = TreeText.Law.tested(2e-5, 4380, 4380)
    let x = 2e-5 * 4380
    let one = try Self.horizon([channel], [(.or, [0])], 8760)
    #expect(agree(one.unavailability, 1 + expm1(-x) / x))
    // What is tested fails at its rate all the same: Vesely's rate is λ.
    guard case .approximate(let failed, _, _, _) = one.unreliability else {
      Issue.record("\(one.unreliability)")
      return
    }
    #expect(abs(failed + expm1(-2 * x)) < 1e-10)
    #expect(isUnknown(one.meanTimeToFailure, "tested") && isUnknown(one.longRun.frequency, "tested"))
    let both = try Self.horizon([channel, channel], [(.and, [0, 1])], 8760)
    #expect(agree(both.unavailability, 1 + 2 * expm1(-x) / x - expm1(-2 * x) / (2 * x)))
  }

  /// HIPPS of SCRAM's examples, `scram --bdd --probability 1 --sil 1`: PFD-avg 0.0123726 by steps of 1 h, 0.0123693 by
  /// steps of 0.5 h, which extrapolate to 0.0123660.
  @Test("HIPPS agrees with SCRAM's average")
  func hipps() throws {
    let laws: [TreeText.Law] =
      [.repaired(0, 1e-6, 0.1), .tested(3.5e-8, 720, 0)]
      + [TreeText.Law](repeating: .tested(7e-7, 720, 0), count: 3)
      + [
        .tested(2.6e-6, 1440, 0), .tested(4.1e-6, 2160, 0), .tested(2.6e-6, 1440, 0),
        .tested(4.1e-6, 2160, 0),
      ]
    let found = try Self.horizon(
      laws, [(.atLeast(2), [2, 3, 4]), (.or, [0, 1, 9, 5, 6, 7, 8])], 8760)
    #expect(abs(exact(found.unavailability) - 0.0123660) < 2e-7)
  }

  // MARK: What is not known

  @Test("what does not follow from the laws is unknown, with the event that is to blame")
  func unknown() throws {
    let repaired = TreeText.Law.repaired(0, 0.01, 0.1)
    let human = try Self.horizon([repaired, .constant(0.1)], [(.and, [0, 1])], 100)
    #expect(isUnknown(human.unreliability, "e1") && isUnknown(human.expectedFailures, "e1"))
    #expect(agree(human.longRun.unavailability, 0.1 / 11) && isUnknown(human.longRun.meanDownTime, "e1"))
    #expect(exact(human.unavailability) > 0)
    let formula = try Self.horizon([repaired, .opposite(1)], [(.or, [0, 1])], 100)
    #expect(isUnknown(formula.unavailability, "e1") && isUnknown(formula.meanTimeToFailure, "e1"))
    let negated = try Self.horizon([.tested(0.01, 10, 10), repaired], [(.xor, [0, 1])], 100)
    #expect(isUnknown(negated.expectedFailures, "e0") && exact(negated.unavailability) > 0)
    let often = try Self.horizon([.tested(0.01, 1e-3, 0)], [(.or, [0])], 100)
    #expect(isUnknown(often.unavailability, "4000 times"))
  }

  @Test("a constant of 0 or 1 is no obstacle, and without repair others are decided before the start")
  func constants() throws {
    let certain = try Self.horizon(
      [.repaired(0, 0.01, 0.1), .constant(1), .constant(0)], [(.and, [0, 1]), (.or, [3, 2])], 100)
    #expect(agree(certain.meanTimeToFailure, 100))
    let decided = try Self.horizon([.exponential(0.01), .constant(0.5)], [(.or, [0, 1])], 100)
    #expect(agree(decided.unreliability, 1 - 0.5 * exp(-1)) && agree(decided.meanTimeToFailure, 50))
    #expect(decided.notes.contains { $0.contains("before the start") })
  }
}

@Suite("Curves of a fault tree's events")
struct EventCurvesTests {
  static let laws: [TreeText.Law] = [
    .repaired(0.3, 0.02, 0.5), .exponential(0.05), .weibull(scale: 40, shape: 1.7, location: 12),
    .testedAndRepaired(0.03, 0.4, 25, 10), .share(0.2, .repaired(0, 0.02, 0.5)),
  ]

  /// W − V = Q(T) − Q(0) between tests: what fails more often than it is repaired is down. By Simpson's rule.
  @Test("failures less repairs are what is down", arguments: laws)
  func balance(law: TreeText.Law) throws {
    let tree = TreeText.tree([law], [(.or, [0])])
    let behaviours = tree.behaviours(tree.expressions.values(at: 1))
    let events = try #require(EventCurves(behaviours: behaviours, needed: [0], horizon: 60))
    if case .tested(let test) = behaviours[0] {
      // Repairs are not told; with λ alone, Q rises from test to test as the failures less μ × what is in repair.
      #expect(events.moment(atHours: 5).repairs == [nil])
      #expect(test.instants(before: 60, limit: 10) == [10, 35])
      return
    }
    let count = 40_000
    let step = 60.0 / Double(count)
    func change(_ time: Double) throws -> Double {
      let moment = events.moment(atHours: time)
      let (failed, repaired) = (try #require(moment.failures[0]), try #require(moment.repairs[0]))
      return failed - repaired
    }
    var sum = 0.0
    for number in 0...count {
      let weight = number == 0 || number == count ? 1.0 : number.isMultiple(of: 2) ? 2.0 : 4.0
      sum += weight * (try change(Double(number) * step)) * step / 3
    }
    let risen = events.probabilities(atHours: 60)[0] - events.probabilities(atHours: 0)[0]
    #expect(abs(sum - risen) < 1e-5)
  }

  @Test("events of one law share a curve, unneeded ones have none")
  func shared() throws {
    let tree = TreeText.tree([.exponential(1), .exponential(1), .opposite(1)], [(.or, [0, 1])])
    let behaviours = tree.behaviours(tree.expressions.values(at: 1))
    let events = try #require(EventCurves(behaviours: behaviours, needed: [0, 1], horizon: 5))
    #expect(events.curves.count == 1)
    #expect(EventCurves(behaviours: behaviours, needed: [2], horizon: 5) == nil)
  }
}
