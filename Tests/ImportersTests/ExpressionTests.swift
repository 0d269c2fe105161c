import Importers
import ServiceGraph
import Testing

@Suite struct ExpressionTests {
  /// What an expression is worth, unless it has no value.
  private func value(_ expression: String, at time: Double = 8760) throws -> Double {
    let scaled = "<define-parameter name=\"x\">\(expression)</define-parameter>"
    let tree = try TreeText.tree(
      TreeText.xml(
        "<define-gate name=\"g\"><event name=\"e\"/></define-gate>",
        data: scaled
          + TreeText.event(
            "e",
            "<ite><gt><parameter name=\"x\"/><float value=\"0\"/></gt>"
              + "<float value=\"0.5\"/><float value=\"0.25\"/></ite>")), missionTime: time)
    let parameter = try #require(tree.expressions.parameters.first)
    return try #require(tree.expressions.values(at: time)[parameter.expression])
  }

  private static func numbers(_ numbers: [Double]) -> String {
    numbers.map { "<float value=\"\($0)\"/>" }.joined()
  }

  struct Row: Sendable, CustomStringConvertible {
    let source: String
    let name: String
    let parts: [Double]
    let expected: Double
    var tolerance = 1e-12
    var description: String { "\(name)\(parts)" }
  }

  static let closedForms: [Row] = [
    Row(source: "1 − e^(−1/2)", name: "exponential", parts: [0.5, 1], expected: 0.3934693402873666),
    Row(
      source: "λ/(λ+μ)(1−e^(−(λ+μ)t)) at γ = 0", name: "GLM", parts: [0, 1e-6, 0.1, 8760],
      expected: 9.99990000099999e-6),
    Row(
      source: "γ e^(−(λ+μ)t) + λ/(λ+μ)(1−e^(−(λ+μ)t))", name: "GLM", parts: [0.2, 0.3, 0.7, 1],
      expected: 0.2632120558828558),
    Row(source: "1 − e^(−(3/2)²)", name: "Weibull", parts: [2, 2, 1, 4], expected: 0.8946007754381357),
    Row(source: "before the time shift", name: "Weibull", parts: [2, 2, 5, 4], expected: 0),
    Row(source: "arithmetic", name: "sub", parts: [10, 3, 2], expected: 5),
    Row(source: "arithmetic", name: "div", parts: [1, 4, 2], expected: 0.125),
    Row(source: "arithmetic", name: "neg", parts: [3], expected: -3),
    Row(source: "arithmetic", name: "mean", parts: [1, 2, 6], expected: 3),
    Row(source: "arithmetic", name: "mod", parts: [17, 5], expected: 2),
    Row(source: "arithmetic", name: "pow", parts: [2, 10], expected: 1024),
    Row(source: "arithmetic", name: "log10", parts: [1000], expected: 3),
    Row(source: "arithmetic", name: "ceil", parts: [1.2], expected: 2),
    Row(source: "arithmetic", name: "min", parts: [3, 1, 2], expected: 1),
    Row(source: "logic", name: "leq", parts: [1, 1], expected: 1),
    Row(source: "logic", name: "and", parts: [1, 0, 1], expected: 0),
    Row(source: "logic", name: "ite", parts: [0, 7, 9], expected: 9),
    Row(source: "means", name: "uniform-deviate", parts: [1, 5], expected: 3),
    Row(source: "means", name: "lognormal-deviate", parts: [2e-3, 3, 0.95], expected: 2e-3),
    Row(
      source: "e^(1 + 4/2)", name: "lognormal-deviate", parts: [1, 2], expected: 20.085536923187668,
      tolerance: 1e-13),
    Row(source: "means", name: "gamma-deviate", parts: [3, 7], expected: 21),
    Row(source: "means", name: "beta-deviate", parts: [8, 2], expected: 0.8),
  ]

  /// Periodic tests as SCRAM's tests have them (expression_tests.cc, six digits).
  static let periodicTests: [Row] = [
    ([7e-4, 4e-4, 4020, 4740, 8760], 0.817508), ([7e-4, 4e-4, 2010, 4740, 8760], 0.736611),
    ([7e-4, 4e-4, 120, 4740, 8760], 0.645377), ([7e-4, 7e-4, 120, 4740, 8760], 0.511579),
    ([7e-4, 0, 120, 4740, 8760], 0.997828),
    ([7e-4, 6e-4, 4e-4, 120, 4740, 0.01, 20, 1, 0.9, 0.01, 8760], 0.668316),
    ([7e-4, 6e-4, 4e-4, 120, 4740, 0.01, 20, 0, 0.9, 0.01, 8760], 0.668316),
    ([7e-4, 6e-4, 4e-4, 120, 4740, 0.01, 20, 0, 0.9, 0.01, 4750], 1),
    ([7e-4, 6e-4, 4e-4, 120, 4740, 0.01, 20, 0, 0.9, 0.01, 4870], 0.996715),
    ([7e-4, 6e-4, 4e-4, 120, 4740, 0.01, 20, 0, 0.9, 0.01, 8710], 0.997478),
    ([7e-4, 7e-4, 7e-4, 120, 4740, 0.01, 20, 1, 0.9, 0.01, 8760], 0.543401),
    ([7e-4, 6e-4, 4e-4, 120, 4740, 0.01, 120, 1, 0.9, 0.01, 8760], 0.6469),
    ([7e-4, 6e-4, 4e-4, 4020, 4740, 0, 0, 1, 1, 0, 8760], 0.817508),
    ([7e-4, 6e-4, 4e-4, 120, 4740, 0, 0, 1, 1, 0, 8760], 0.645377),
  ].map { Row(source: "SCRAM", name: "periodic-test", parts: $0.0, expected: $0.1, tolerance: 2e-6) }

  @Test(arguments: closedForms + periodicTests)
  func `an expression has its value`(row: Row) throws {
    let found = try value("<\(row.name)>\(ExpressionTests.numbers(row.parts))</\(row.name)>")
    #expect(abs(found - row.expected) <= row.tolerance * max(1, abs(row.expected)), "\(row.source)")
  }

  @Test(arguments: [(1e-5, 2e-5), (1e-3, 1.0000001e-3), (2e-2, 1e-2), (0.3, 4.0), (1e-9, 1e-8)])
  func `a periodic test with repair solves its Markov chain`(failure: Double, repair: Double) throws {
    // Works, failed unseen, under repair; a test moves the second to the third.
    var (works, failed, repaired) = (1.0, 0.0, 0.0)
    func pass(_ time: Double) {
      let steps = 20_000
      let h = time / Double(steps)
      func slope(_ w: Double, _ f: Double, _ r: Double) -> (Double, Double, Double) {
        (repair * r - failure * w, failure * w, -repair * r)
      }
      for _ in 0..<steps {
        let a = slope(works, failed, repaired)
        let b = slope(works + h / 2 * a.0, failed + h / 2 * a.1, repaired + h / 2 * a.2)
        let c = slope(works + h / 2 * b.0, failed + h / 2 * b.1, repaired + h / 2 * b.2)
        let d = slope(works + h * c.0, failed + h * c.1, repaired + h * c.2)
        works += h / 6 * (a.0 + 2 * b.0 + 2 * c.0 + d.0)
        failed += h / 6 * (a.1 + 2 * b.1 + 2 * c.1 + d.1)
        repaired += h / 6 * (a.2 + 2 * b.2 + 2 * c.2 + d.2)
      }
    }
    pass(30)
    for interval in [100.0, 100, 100, 40] {
      (repaired, failed) = (repaired + failed, 0)
      pass(interval)
    }
    let found = try value(
      "<periodic-test>\(ExpressionTests.numbers([failure, repair, 100, 30, 370]))</periodic-test>")
    #expect(abs(found - failed - repaired) < 1e-9 * (failed + repaired))
  }

  @Test func `a periodic test over endless periods ends`() throws {
    let parts = [1e-3, 1e-4, 0.1, 1e-300, 0, 0.01, 0, 1, 0.9, 0.01, 1e300]
    let found = try value("<periodic-test>\(ExpressionTests.numbers(parts))</periodic-test>")
    #expect(found >= 0 && found <= 1)
  }

  @Test func `a histogram has a mean`() throws {
    // (0.5 · 2 + 2 · 4) / 6, SCRAM's test of the same histogram.
    let bins = "<bin>\(ExpressionTests.numbers([1, 2]))</bin><bin>\(ExpressionTests.numbers([3, 4]))</bin>"
    #expect(try value("<histogram><float value=\"0\"/>\(bins)</histogram>") == 1.5)
  }

  @Test func `a switch takes its first case that holds`() throws {
    let cases =
      "<case><bool value=\"false\"/><int value=\"1\"/></case><case><bool value=\"true\"/><int value=\"2\"/>"
    #expect(try value("<switch>\(cases)</case><int value=\"3\"/></switch>") == 2)
  }

  /// A deviate, a probability, and its quantile there (closed forms; mpmath for the lognormal).
  @Test(
    arguments: [
      ("uniform-deviate", [1.0, 5.0], 0.25, 2.0),
      ("normal-deviate", [10.0, 2.0], 0.975, 13.919927969080108),
      ("lognormal-deviate", [1.0, 3.0, 0.95], 0.5, 0.80007395356656037),
      ("lognormal-deviate", [1.0, 3.0, 0.95], 0.95, 2.4002218606996811),
      ("lognormal-deviate", [0.0, 1.0], 0.5, 1.0),
      ("gamma-deviate", [1.0, 2.0], 0.5, 1.3862943611198906),
      ("beta-deviate", [2.0, 1.0], 0.25, 0.5),
    ])
  func `a deviate is sampled by its quantile`(
    name: String, parts: [Double], uniform: Double, expected: Double
  ) throws {
    let text = TreeText.xml(
      "<define-gate name=\"g\"><event name=\"e\"/></define-gate>",
      data:
        "<define-parameter name=\"x\"><\(name)>\(ExpressionTests.numbers(parts))</\(name)></define-parameter>"
        + TreeText.event("e", "<min><float value=\"0.5\"/><parameter name=\"x\"/></min>"))
    let table = try TreeText.tree(text).expressions
    #expect(table.uncertainties.map(\.name) == ["x"])
    let values = table.values(at: 1, uniforms: [uniform])
    #expect(abs((values[table.uncertainties[0].expression] ?? .nan) - expected) < 1e-9 * expected)
  }

  @Test func `two deviates in one definition have keys of their own`() throws {
    let deviate = "<uniform-deviate>\(ExpressionTests.numbers([0.1, 0.2]))</uniform-deviate>"
    let text = TreeText.xml(
      "<define-gate name=\"g\"><event name=\"e\"/></define-gate>",
      data: TreeText.event("e#2", deviate) + TreeText.event("e", "<add>\(deviate)\(deviate)</add>"))
    let table = try TreeText.tree(text).expressions
    #expect(table.uncertainties.map(\.name) == ["e#2", "e", "e#3"])
  }

  @Test func `an event tells how it comes and goes`() throws {
    let rate = "<float value=\"0.5\"/>"
    let data = [
      TreeText.event("a", "<exponential>\(rate)<system-mission-time/></exponential>"),
      TreeText.event("b", "<GLM><float value=\"0\"/>\(rate)<float value=\"2\"/><system-mission-time/></GLM>"),
      TreeText.event("c", "<exponential>\(rate)<float value=\"1\"/></exponential>"),
      TreeText.event(
        "d", "<sub><float value=\"1\"/><exponential>\(rate)<system-mission-time/></exponential></sub>"),
      TreeText.event(
        "f",
        "<Weibull><float value=\"1\"/><float value=\"2\"/><float value=\"0\"/><system-mission-time/></Weibull>"
      ),
    ]
    let gate =
      "<define-gate name=\"g\"><or>" + ["a", "b", "c", "d", "f"].map { "<event name=\"\($0)\"/>" }.joined()
    let tree = try TreeText.tree(
      TreeText.xml(gate + "</or></define-gate>", data: data.joined()), missionTime: 1)
    let behaviours = tree.behaviours(tree.expressions.values(at: 1))
    #expect(behaviours[0] == .nonRepairable(.exponential(rate: 0.5)))
    #expect(behaviours[1] == .repairable(failureRate: 0.5, repairRate: 2, demand: 0))
    #expect(behaviours[2] == .constant(probability: 0.3934693402873666))
    #expect(behaviours[3] == .timeDependent)
    #expect(behaviours[4] == .nonRepairable(.weibull(scale: 1, shape: 2, location: 0)))
    // 2 t e^(−t²) at 1; λ (1 − Q).
    #expect(abs((behaviours[4].failureIntensity(at: 1) ?? 0) - 0.7357588823428847) < 1e-15)
    let unavailability = try #require(behaviours[1].probability(at: 1))
    #expect(behaviours[1].failureIntensity(at: 1) == 0.5 * (1 - unavailability))
  }

  @Test func `a periodic test of fixed numbers tells how it comes`() throws {
    let test =
      "<periodic-test>\(ExpressionTests.numbers([0.01, 20, 5]))<system-mission-time/></periodic-test>"
    let full =
      "<periodic-test>\(ExpressionTests.numbers([0.01, 0.01, 1, 20, 5, 0, 2, 1, 1, 0]))<system-mission-time/>"
      + "</periodic-test>"
    let text = TreeText.xml(
      "<define-gate name=\"g\"><or><event name=\"a\"/><event name=\"b\"/></or></define-gate>",
      data: TreeText.event("a", test) + TreeText.event("b", full))
    let tree = try TreeText.tree(text, missionTime: 1)
    let behaviours = tree.behaviours(tree.expressions.values(at: 1))
    // 1 − e^{−0.01 · 7} after the test at 25; λ (1 − Q).
    let probability = try #require(behaviours[0].probability(at: 32))
    #expect(abs(probability - 0.06760618009405177) < 1e-15)
    #expect(behaviours[0].failureIntensity(at: 32) == 0.01 * (1 - probability))
    #expect(behaviours[0].repairIntensity(at: 32) == nil && behaviours[0].steadyProbability == nil)
    #expect(behaviours[1].failureIntensity(at: 32) == nil)
    guard case .tested(let instants) = behaviours[1] else {
      Issue.record("\(behaviours[1])")
      return
    }
    #expect(instants.instants(before: 50, limit: 9) == [5, 7, 25, 27, 45, 47])
    #expect(instants.instants(before: 50, limit: 1) == nil)
  }
}
