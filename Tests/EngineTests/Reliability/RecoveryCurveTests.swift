import Foundation
import Reliability
import ServiceGraph
import Simulation
import Stochastics
import Testing

/// Curves over time where an outage ends with a procedure, a restore or a start.
@Suite("Interval: recoveries")
struct RecoveryCurveTests {
  static func model(_ first: String, _ second: String) -> String {
    """
    procedures:
      fix: {steps: {one: {takes: {\(first)}}, two: {takes: {\(second)}, after: [one]}}}
    components:
      api: {fails: {crash: {mtbf: 100 h, detect: {exponential: 1 h}, recover: {procedure: fix}}}}
    capabilities: {service: {depends-on: {api: hard}}}
    """
  }

  /// By the parts of the procedure one after the other: uniform steps in turn have an exact law, others a sample.
  @Test(
    "a procedure after an exponential notice is the sum of its parts",
    arguments: [
      ("uniform: {min: 1 h, max: 3 h}", "uniform: {min: 1 h, max: 2 h}", 1e-11),
      ("lognormal: {median: 1 h, p90: 3 h}", "uniform: {min: 1 h, max: 2 h}", 0.01),
    ])
  func procedure(_ first: String, _ second: String, tolerance: Double) throws {
    let uptime = try Exponential(mean: 100)
    let step: any Distribution =
      first.hasPrefix("uniform") ? try Uniform(minimum: 1, maximum: 3) : try Lognormal(median: 1, p90: 3)
    let parts: [any Distribution] = [try Exponential(mean: 1), step, try Uniform(minimum: 1, maximum: 2)]
    let graph = try ModelText.graph(Self.model(first, second))
    let found = UnavailabilityCurve(graph.processes[0], horizonHours: 50)
    let expected = UnavailabilityCurve(uptime: uptime, outage: parts, horizonHours: 50)
    for hours in [0.5, 2, 3.5, 6, 40.0] {
      let value = expected.unavailability(atHours: hours)
      #expect(abs(found.unavailability(atHours: hours) - value) < tolerance * value, "\(hours) h")
    }
  }

  /// The mean over 20 h is what the simulation sees.
  @Test("a restore that is sampled agrees with a simulation that begins new")
  func restore() throws {
    let graph = try ModelText.graph(
      """
      components:
        db:
          data: {rebuild: 40 h, volumes: {v: {}}}
          backups: {full: {every: 24 h, keep: 7 d, works: 90 %, restore: {lognormal: {median: 2 h, p90: 5 h}}}}
          fails: {corruption: {mtbf: 50 h, detect: {exponential: 1 h}, loses: content}}
      capabilities: {service: {depends-on: {db: hard}}}
      """)
    let exact = try #require(try IntervalAvailability.results(of: graph, horizonHours: 20).first)
    let found = Simulator(
      graph,
      plan: SimulationPlan(
        years: 20 / 8760, replications: 40_000, seed: 3, start: .new, confidence: Simulated.fourAndAHalf)
    ).run()["service"]
    #expect(found.unavailability.holds(exact.unavailability), "\(found.unavailability)")
  }

  /// A failure begins every 101 h and holds the unit for 1 h and its start, which the next failure cuts short to
  /// 100 (1 − e^(−1/200)) h; before 1 h nothing has been repaired, so it is P(X < t).
  @Test("a start after an outage is part of it")
  func start() throws {
    let graph = try ModelText.graph(
      """
      components: {api: {start: {takes: 30 min}, fails: {crash: {mtbf: 100 h, lasts: 1 h}}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """)
    let found = UnavailabilityCurve(graph.processes[0], horizonHours: 500)
    #expect(abs(found.steadyState - (1 + 100 * (1 - exp(-0.005))) / 101) < 1e-15)
    for hours in [0.2, 0.9] {
      #expect(abs(found.unavailability(atHours: hours) - (1 - exp(-hours / 100))) < 1e-14)
    }
    let interval = try #require(try IntervalAvailability.results(of: graph, horizonHours: 8760).first)
    let longRun = try #require(try SteadyState.results(of: graph).first)
    #expect(abs(interval.unavailability / longRun.unavailability - 1) < 1e-3)
    #expect(abs(try #require(found.failureFrequency(atHours: 400)) - exp(-0.005) / 101) < 1e-10)
  }

  /// Any law of up times goes over the lattice: the same process with a gamma law of one phase, which is exponential.
  @Test("the lattice and the integral equation hold units alike")
  func lattice() throws {
    func curve(_ uptime: String) throws -> UnavailabilityCurve {
      let graph = try ModelText.graph(
        """
        components: {api: {start: {takes: 2 h}, fails: {crash: {lifetime: {\(uptime)}, lasts: {exponential: 5 h}}}}}
        capabilities: {service: {depends-on: {api: hard}}}
        """)
      return UnavailabilityCurve(graph.processes[0], horizonHours: 500)
    }
    let (left, right) = (try curve("exponential: 50 h"), try curve("gamma: {shape: 1, mean: 50 h}"))
    #expect(left.method == .integralEquation && right.method == .renewalLattice)
    for hours in [1.0, 3, 8, 30, 400] {
      let value = left.unavailability(atHours: hours)
      #expect(abs(right.unavailability(atHours: hours) - value) < 1e-5 * value, "\(hours) h")
    }
  }

  /// A cycle takes 86,470 s give or take 10 s, so exactly ⌊(T + 70 s) / 86,470 s⌋ outages of 70 s are over by T: no chance
  /// is left in how many, and only one second in fourteen hundred is down.
  @Test("a day up, to the second, and a minute down", arguments: [(days: 45.0, outages: 44.0), (365, 364)])
  func spikes(days: Double, outages: Double) throws {
    let graph = try ModelText.graph(
      """
      components: {api: {fails: {faults: {lifetime: {deterministic: 1 d}, detect: {exponential: 10 s}, recover: 1 min}}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """)
    let interval = try #require(try IntervalAvailability.results(of: graph, horizonHours: 24 * days).first)
    #expect(abs(interval.unavailability / (outages * 70 / (86_400 * days)) - 1) < 1e-3)
    #expect(abs(try #require(interval.expectedFailures) / outages - 1) < 1e-3)
    #expect(interval.approximations.contains { $0.contains("api/faults: up for single values") })
  }
}
