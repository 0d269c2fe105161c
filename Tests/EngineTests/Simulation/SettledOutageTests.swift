import Simulation
import Stochastics
import Testing

/// Outages that overlap are passed without the event heap when nobody watches, and draws come from kernels; a trace goes
/// through the heap. Both must tell the same.
@Suite("Outages passed at once")
struct SettledOutageTests {
  private static func model(_ fails: String, needs: String = "hard") -> String {
    """
    components:
      a: {replicas: {count: 3, required: 2}, fails: {crash: \(fails)}}
      b: {replicas: {count: 4, required: 2}, fails: {crash: \(fails), slow: {mtbf: 400 h, lasts: 20 h}}}
      c: {replicas: {count: 2, required: 1}, fails: {crash: \(fails)}}
    capabilities:
      service: {depends-on: {a: hard, b: hard, c: \(needs)}}
      other: {depends-on: {b: hard}}
    """
  }

  /// Down some of the time, often several at once.
  private static let laws = [
    "{mtbf: 300 h, lasts: {exponential: 30 h}}",
    "{lifetime: {weibull: {shape: 1.7, mean: 300 h}}, lasts: {exponential: 30 h}}",
    "{mtbf: 300 h, lasts: {lognormal: {median: 20 h, p90: 60 h}}}",
    "{lifetime: {weibull: {shape: 0.8, mean: 300 h}}, lasts: {lognormal: {median: 20 h, p90: 60 h}}}",
    "{mtbf: 300 h, lasts: {gamma: {shape: 2, mean: 30 h}}}",
    "{mtbf: 300 h, lasts: {uniform: {min: 10 h, max: 50 h}}}",
    "{mtbf: 300 h, lasts: 30 h}",
    "{mtbf: 40000 h, lasts: {exponential: 30 h}}",
  ]

  @Test(
    "the traces of all replications add up to the downtime of the run", arguments: laws,
    [SimulationPlan.Start.steady, .new])
  func addUp(law: String, start: SimulationPlan.Start) throws {
    let plan = SimulationPlan(replications: 40, seed: 11, start: start)
    let simulator = Simulator(try ModelText.graph(Self.model(law)), plan: plan)
    let result = simulator.run()
    for capability in 0..<2 {
      let told = (0..<40).map {
        TraceTests.downtime(simulator.trace(replication: $0), capability: capability)
      }
      let whole = result.capabilities[capability].unavailability.value * 8760 * 40
      #expect(whole > 0)
      #expect(abs(told.reduce(0, +) - whole) <= 1e-9 * whole)
    }
  }

  /// Ninety units of which many are always down, under two failures each: outages overlap from end to end.
  private static func crowd(_ needs: String, beside other: [String] = []) -> String {
    let groups = (0..<30).map { number in
      "  g\(number): {replicas: {count: 3, required: 1}, fails: {crash: {mtbf: 300 h, lasts: {exponential: 30 h}}, "
        + "stall: {mtbf: 900 h, lasts: {lognormal: {median: 20 h, p90: 60 h}}}}}"
    }
    let all = (0..<30).map { "      g\($0): \($0 % 7 == 0 ? needs : "hard")" }
    return
      (["components:"] + groups + other + ["capabilities:", "  service:", "    depends-on:"] + all + [
        "  other: {depends-on: {g1: hard}}"
      ]).joined(separator: "\n")
  }

  @Test(
    "a crowd of outages adds up too", arguments: ["hard", "{soft: 30 %}"],
    [SimulationPlan.Start.steady, .new])
  func crowds(needs: String, start: SimulationPlan.Start) throws {
    let plan = SimulationPlan(replications: 10, seed: 5, start: start)
    let simulator = Simulator(try ModelText.graph(Self.crowd(needs)), plan: plan)
    let result = simulator.run()
    for capability in 0..<2 {
      let told = (0..<10).map {
        TraceTests.downtime(simulator.trace(replication: $0), capability: capability)
      }
      let whole = result.capabilities[capability].unavailability.value * 8760 * 10
      #expect(whole > 0)
      #expect(abs(told.reduce(0, +) - whole) <= 1e-9 * whole)
    }
  }

  /// A unit that has to start after an outage, and that nobody needs, sends everything through the event heap.
  @Test("a crowd has the causes that it has in the event heap", arguments: ["hard", "{soft: 30 %}"])
  func causes(needs: String) throws {
    let plan = SimulationPlan(replications: 20, seed: 3, start: .steady)
    let alone = "  alone: {fails: {crash: {mtbf: 9000 h, lasts: 1 h}}, start: {takes: 30 s}}"
    let (crowd, heap) = (
      Simulator(try ModelText.graph(Self.crowd(needs)), plan: plan).run(),
      Simulator(try ModelText.graph(Self.crowd(needs, beside: [alone])), plan: plan).run()
    )
    for (own, its) in zip(crowd.capabilities, heap.capabilities) {
      #expect(own.unavailability == its.unavailability)
      #expect(own.unservedFraction == its.unservedFraction)
      #expect(own.outagesPerYear == its.outagesPerYear)
      #expect(own.contributions.filter { $0.share > 0 } == its.contributions.filter { $0.share > 0 })
    }
  }

  /// Groups that can spare a unit, in two zones that fail, and one that can not: most outages do nothing, some meet each other,
  /// a zone, or the end.
  private static func sparing(_ fails: String, beside other: [String] = []) -> String {
    let zones =
      ["domains:"]
      + ["za", "zb"].map { "  \($0): {kind: zone, fails: {outage: {mtbf: 2500 h, lasts: 12 h}}}" }
    let groups = (0..<12).map { number in
      "  g\(number): {replicas: {count: \(4 + number % 2), required: 3, spread: zones}, fails: {crash: \(fails)}}"
    }
    let single = "  single: {fails: {crash: {mtbf: 4000 h, lasts: {lognormal: {median: 2 h, p90: 20 h}}}}}"
    return
      (zones + ["components:", single] + groups + other + [
        "capabilities:", "  service:", "    depends-on:", "      single: hard",
      ] + (0..<12).map { "      g\($0): hard" } + ["  other: {depends-on: {g1: hard, g2: hard}}"])
      .joined(separator: "\n")
  }

  /// Some last as long as a month, so that they reach over many slices of time.
  private static let sparingLaws = [
    "{mtbf: 1700 h, lasts: {exponential: 10 h}}",
    "{lifetime: {weibull: {shape: 3, mean: 1700 h}}, lasts: {lognormal: {median: 5 h, p90: 40 h}}}",
    "{mtbf: 5000 h, lasts: {exponential: 300 h}}",
    "{mtbf: 900 h, lasts: {gamma: {shape: 2, mean: 4 h}}}",
  ]

  @Test(
    "what is left out for doing nothing did nothing", arguments: sparingLaws,
    [SimulationPlan.Start.steady, .new])
  func leftOut(law: String, start: SimulationPlan.Start) throws {
    let plan = SimulationPlan(replications: 30, seed: 8, start: start)
    let alone = "  alone: {fails: {crash: {mtbf: 9000 h, lasts: 1 h}}, start: {takes: 30 s}}"
    let (simulator, heap) = (
      Simulator(try ModelText.graph(Self.sparing(law)), plan: plan),
      Simulator(try ModelText.graph(Self.sparing(law, beside: [alone])), plan: plan).run()
    )
    let result = simulator.run()
    for (capability, (own, its)) in zip(result.capabilities, heap.capabilities).enumerated() {
      #expect(own.unavailability == its.unavailability)
      #expect(own.unservedFraction == its.unservedFraction)
      #expect(own.outagesPerYear == its.outagesPerYear)
      #expect(own.contributions.filter { $0.share > 0 } == its.contributions.filter { $0.share > 0 })
      let told = (0..<30).map {
        TraceTests.downtime(simulator.trace(replication: $0), capability: capability)
      }
      let whole = own.unavailability.value * 8760 * 30
      #expect(whole > 0)
      #expect(abs(told.reduce(0, +) - whole) <= 1e-9 * whole)
    }
  }
}
