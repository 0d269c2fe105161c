import Reliability
import ServiceGraph
import Stochastics
import Testing

@Suite("Mission reliability and mean time to failure")
struct MissionReliabilityTests {
  static func duplex(_ outage: String) -> String {
    """
    components: {pair: {replicas: {count: 2, required: 1}, fails: {crash: {mtbf: 1000 h, lasts: \(outage)}}}}
    capabilities: {service: {depends-on: {pair: hard}}}
    """
  }

  /// Duplex with MTBF 1,000 h, MTTR 10 h and two crews: MTTF from both up (3λ + μ) / (2λ²) = 51,500 h, unavailability
  /// (10/1010)², 0.1717 failures a year. Rausand and Høyland 2004, section 8.5.
  @Test("a duplex is a chain of three states")
  func duplex() throws {
    let graph = try ModelText.graph(Self.duplex("{exponential: 10 h}"))
    let found = try #require(try MissionReliability.results(of: graph, missionHours: 8760).first)
    guard case .exact(let mean, let method) = found.meanTimeToFailure else {
      Issue.record("\(found.meanTimeToFailure)")
      return
    }
    #expect(abs(mean - 51_500) < 1e-8)
    #expect(method.contains("3 states"))
    // s₁,₂ = ½ (3λ + μ ∓ √(λ² + 6λμ + μ²)); R = (s₂ e^{−s₁t} − s₁ e^{−s₂t}) / (s₂ − s₁), at 30 digits.
    guard case .exact(let failed, _) = found.unreliability else {
      Issue.record("\(found.unreliability)")
      return
    }
    #expect(abs(failed - 0.15628503275424550615) < 1e-12)
    let steady = try #require(try SteadyState.results(of: graph).first)
    #expect(abs(1 - steady.unavailability - 0.999901970395059308) < 1e-15)
    #expect(abs(try #require(steady.frequencyPerHour) * 8760 - 0.171747867856093) < 1e-14)
    #expect(abs(try #require(steady.meanUpHours) - 51_000) < 1e-6)
  }

  /// The approximation's direction: high in unreliability, low in the mean, inside the bounds.
  @Test("Vesely's approximation of the same duplex with fixed outages is named, bounded and near")
  func vesely() throws {
    let graph = try ModelText.graph(Self.duplex("10 h"))
    let found = try #require(try MissionReliability.results(of: graph, missionHours: 8760).first)
    guard case .approximate(let mean, _, _, let method) = found.meanTimeToFailure,
      case .approximate(let failed, let low, let high, _) = found.unreliability
    else {
      Issue.record("\(found)")
      return
    }
    #expect(method.contains("Vesely"))
    #expect(abs(mean - 51_500) < 600)
    #expect(try #require(low) < failed && failed < #require(high))
  }

  /// Two of three: MTTF = (5λ + μ) / (6λ²). Rausand and Høyland 2004, section 8.5.
  @Test("equal units are counted: 2-out-of-30 fails by a chain of 3 states")
  func exchangeable() throws {
    let graph = try ModelText.graph(
      """
      components: {pool: {replicas: {count: 30, required: 29}, fails: {crash: {mtbf: 1000 h, lasts: {exponential: 10 h}}}}}
      capabilities: {service: {depends-on: {pool: hard}}}
      """)
    let found = try #require(try MissionReliability.results(of: graph, missionHours: 100).first)
    // Down at two failures: ((2n − 1)λ + μ) / (n (n − 1) λ²), n = 30.
    let expected = (59e-3 + 0.1) / (30 * 29 * 1e-6)
    guard case .exact(let mean, let method) = found.meanTimeToFailure else {
      Issue.record("\(found.meanTimeToFailure)")
      return
    }
    #expect(abs(mean - expected) < 1e-10 * expected)
    #expect(method.contains("3 states"))
  }

  @Test("what nothing can take down lasts for ever; what is known by availability only is not known")
  func cases() throws {
    let unknown = try ModelText.graph(
      """
      components: {part: {fails: {crash: {availability: 99 %}}}}
      capabilities: {service: {depends-on: {part: hard}}}
      """)
    let found = try #require(try MissionReliability.results(of: unknown, missionHours: 10).first)
    guard case .unknown = found.meanTimeToFailure, case .unknown = found.unreliability else {
      Issue.record("\(found)")
      return
    }
  }

  struct Lifetimes: CustomTestStringConvertible {
    let testDescription: String
    let needed: Int
    let laws: [any Distribution]
    let mean: Double
  }

  /// k-out-of-n of exponential lifetimes: (1/λ) Σ 1/i from k to n (Rausand and Høyland 2004, equation 4.56); series of
  /// Weibull lifetimes of one shape: η n^{−1/β} Γ(1 + 1/β); the larger of two uniform lifetimes: 2/3 of the width.
  static func systems() throws -> [Lifetimes] {
    let thousand = try Exponential(mean: 1000)
    let weibull = try Weibull(shape: 2, scale: 1000)
    return [
      Lifetimes(
        testDescription: "2-out-of-3 exponential", needed: 2, laws: [thousand, thousand, thousand],
        mean: 1000.0 / 3 + 500),
      Lifetimes(
        testDescription: "1-out-of-2 exponential", needed: 1, laws: [thousand, thousand], mean: 1500),
      Lifetimes(
        testDescription: "series of four Weibull", needed: 4, laws: [weibull, weibull, weibull, weibull],
        mean: 500 * 0.8862269254527580),
      Lifetimes(
        testDescription: "the larger of two uniform", needed: 1,
        laws: [try Uniform(minimum: 0, maximum: 30), try Uniform(minimum: 0, maximum: 30)], mean: 20),
      Lifetimes(
        testDescription: "a fixed life ends an exponential one", needed: 2,
        laws: [thousand, try Deterministic(value: 500)], mean: 1000 * 0.3934693402873666),
    ]
  }

  @Test("without repair the mean is exact for any law, with a proven tail", arguments: try systems())
  func nonRepairable(_ row: Lifetimes) throws {
    var network = BooleanNetwork()
    let failures = row.laws.indices.map { network.variable($0) }
    let top = network.atLeast(row.laws.count - row.needed + 1, of: failures)
    let system = NonRepairableSystem(
      try NetworkDiagram(network, roots: [top]), root: 0, lifetimes: row.laws)
    let found = try #require(system.meanTimeToFailure())
    #expect(abs(found.mean - row.mean) <= 1e-12 * row.mean)
    #expect(found.errorBound <= 1e-9 * row.mean)
  }
}

@Suite("Interval: functions of several events")
struct IntervalSystemTests {
  /// Exclusive or of two repaired events: it becomes true when one changes while the other is false, and when one
  /// stops while the other is true. In the long run w = Σ νᵢ for all changes that matter: every failure with the other
  /// false and every repair with the other true, ν₁ (1 − q₂) + ν₁ q₂ + ν₂ (1 − q₁) + ν₂ q₁ = ν₁ + ν₂.
  @Test("the frequency of an exclusive or counts repairs that make it true")
  func notCoherent() throws {
    var network = BooleanNetwork()
    let top = network.xor([network.variable(0), network.variable(1)])
    #expect(network.hasNegation(top))
    let critical = try CriticalStates(network, root: top, variables: [0, 1])
    let curves = [
      UnavailabilityCurve(failureRate: 0.01, repairRate: 0.1, horizon: 1000),
      UnavailabilityCurve(failureRate: 0.002, repairRate: 0.05, horizon: 1000),
    ]
    let system = SystemCurve(
      diagram: try NetworkDiagram(network, roots: [top]), root: 0,
      events: EventCurves(curves: curves, sources: [.anyOf([0]), .anyOf([1])]), critical: critical)
    let found = try #require(system.frequency(system.events.steadyMoment))
    let expected = 0.01 * (0.1 / 0.11) + 0.002 * (0.05 / 0.052)
    #expect(abs(found - expected) < 1e-15)
    // From new: w(0) = λ₁ + λ₂, before there is anything to repair.
    let first = try #require(system.frequency(system.events.moment(atHours: 0)))
    #expect(abs(first - 0.012) < 1e-15)
  }

  /// W − V = Q: what fails more often than it is repaired is down. For two in series of events that fail once,
  /// expected failures up to t are 1 − R₁ R₂.
  @Test("without repair expected failures are the unreliability, atoms included")
  func expectedFailures() throws {
    var network = BooleanNetwork()
    let top = network.or([network.variable(0), network.variable(1)])
    let curves = [
      UnavailabilityCurve(uptime: try Weibull(shape: 2, scale: 100), outage: [], horizonHours: 200),
      UnavailabilityCurve(uptime: try Deterministic(value: 80), outage: [], horizonHours: 200),
    ]
    let system = SystemCurve(
      diagram: try NetworkDiagram(network, roots: [top]), root: 0,
      events: EventCurves(curves: curves, sources: [.anyOf([0]), .anyOf([1])]))
    // 1 − e^{−0.25} at 50 h; at 200 h the fixed life has ended: 1.
    let early = try #require(system.interval(upToHours: 50).expectedFailures)
    #expect(abs(early - 0.22119921692859515) < 1e-10)
    let late = try #require(system.interval(upToHours: 200).expectedFailures)
    #expect(abs(late - 1) < 1e-8)
  }
}
