import Reliability
import ServiceGraph
import ServiceModel
import Testing

@Suite("Steady state")
struct SteadyStateTests {
  /// The first random models small enough to enumerate: at most 14 processes and 11 units.
  static func models(_ count: Int) throws -> [(number: Int, model: Model, enumeration: Enumeration)] {
    var found: [(number: Int, model: Model, enumeration: Enumeration)] = []
    var number = 0
    while found.count < count {
      let model = try ModelText.model(RandomModel.text(number: number, style: .any))
      let enumeration = Enumeration(model)
      if (2...14).contains(enumeration.processes.count), enumeration.unitCount <= 11 {
        found.append((number, model, enumeration))
      }
      number += 1
    }
    return found
  }

  @Test("200 random models agree with the enumeration of every state")
  func agreesWithEnumeration() throws {
    for (number, model, enumeration) in try Self.models(200) {
      let results = try SteadyState.results(of: CompiledGraph(model))
      for (result, expected) in zip(results, enumeration.results()) {
        Self.compare(result, expected, model: number)
      }
    }
  }

  /// The enumeration adds up as many as 16,384 states, so its own error is near 1e-13.
  static func compare(_ result: SteadyStateResult, _ expected: Enumeration.Result, model: Int) {
    let place = Comment(rawValue: "random model \(model), \(result.capability)")
    #expect(
      abs(result.unavailability - expected.unavailability) <= 1e-12 * expected.unavailability, place)
    #expect((result.frequencyPerHour == nil) == (expected.frequency == nil), place)
    if let found = result.frequencyPerHour, let frequency = expected.frequency {
      #expect(abs(found - frequency) <= 1e-12 * frequency, place)
    }
    let shares = Dictionary(uniqueKeysWithValues: result.contributions.map { ($0.cause, $0.share) })
    for (cause, share) in expected.shares { #expect(abs((shares[cause] ?? 0) - share) <= 1e-11, place) }
    #expect(Set(shares.keys).isSubset(of: expected.shares.keys), place)
    let points = Dictionary(
      uniqueKeysWithValues: result.singlePoints.map { ($0.entity, Set($0.causes)) })
    #expect(points == expected.singlePoints, place)
  }

  @Test("the random models hold what they are meant to hold")
  func randomModelsVary() throws {
    let models = try Self.models(200)
    let results = models.flatMap { $0.enumeration.results() }
    func count(where holds: (Model) -> Bool) -> Int { models.count { holds($0.model) } }
    #expect(results.count { $0.frequency == nil } > 10)
    #expect(results.count { $0.unavailability > 0 && $0.unavailability < 1e-5 } > 10)
    #expect(results.count { $0.shares.values.reduce(0, +) < 0.9 } > 10)
    #expect(count { $0.components.contains { $0.roles.count > 1 } } > 10)
    #expect(count { !$0.domains.isEmpty } > 10)
    #expect(count { $0.components.contains { $0.modes.contains { $0.commonCause != nil } } } > 10)
    for scope in FailureMode.Scope.allCases {
      #expect(count { $0.components.contains { $0.modes.contains { $0.scope == scope } } } > 10)
    }
  }

  /// Each unit is down 10 h of every 110 h: the pair is down (1/11)² of the time, 5 h at a time, and goes down
  /// 2 · (1/110) · (1/11) times an hour.
  @Test("a parallel pair by hand")
  func parallelPair() throws {
    let graph = try ModelText.graph(
      """
      components:
        api: {replicas: {count: 2, required: 1}, fails: {crash: {mtbf: 100 h, lasts: 10 h}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """)
    let result = try #require(try SteadyState.results(of: graph).first)
    #expect(abs(result.unavailability - 1.0 / 121) < 1e-16)
    let frequency = try #require(result.frequencyPerHour)
    #expect(abs(frequency - 2.0 / 1210) < 1e-16)
    #expect(abs(try #require(result.meanOutageHours) - 5) < 1e-12)
    #expect(result.contributions.map(\.cause) == ["api/crash"])
    #expect(result.singlePoints.isEmpty)
  }

  /// 1 − 0.9999³⁰⁰⁰ = 0.25919289224911346, by −expm1(3000 · log1p(−1e-4)).
  @Test("a chain of 3,000 components that need each other is solved")
  func longChain() throws {
    let chain = (1..<3000).map {
      "  c\($0): {depends-on: {c\($0 - 1): hard}, fails: {crash: {mtbf: 9999 h, lasts: 1 h}}}\n"
    }
    let graph = try ModelText.graph(
      "components:\n  c0: {fails: {crash: {mtbf: 9999 h, lasts: 1 h}}}\n" + chain.joined()
        + "capabilities: {service: {depends-on: {c2999: hard}}}\n")
    let result = try #require(try SteadyState.unavailabilities(of: graph).first)
    #expect(abs(result - 0.25919289224911346) < 1e-13)
  }
}
