import Foundation
import ServiceGraph
import Simulation
import Stochastics
import Testing

/// Units that are starting when a simulation begins in the long run.
@Suite("Starts in the long run")
struct StartPastTests {
  struct Row: CustomTestStringConvertible {
    let testDescription: String
    let api: String
    let down: Double
    let outagesPerHour: Double
  }

  /// Cox, *Renewal theory*, 1962, chapter 7: of each X + D the unit is up for max(0, X − S), and at all if X > S. For
  /// exponential X of mean m that is m E[e^(−S/m)] and E[e^(−S/m)]: e^(−S/m) of a fixed S, and 1 / (1 + s/m) of an
  /// exponential one of mean s. On an operating clock nothing cuts a start short: U = (D + S) / (X + D + S).
  private static let fixed = exp(-0.5)
  private static let exponential = 1 / 1.5
  private static let up = 10 * fixed / 11

  static let rows = [
    Row(
      testDescription: "a fixed start", api: "start: {takes: 5 h}, fails: {crash: {mtbf: 10 h, lasts: 1 h}}",
      down: 1 - up, outagesPerHour: fixed / 11),
    Row(
      testDescription: "an exponential start",
      api: "start: {takes: {exponential: 5 h}}, fails: {crash: {mtbf: 10 h, lasts: {exponential: 1 h}}}",
      down: 1 - 10 * exponential / 11, outagesPerHour: exponential / 11),
    // P(X > s) = (1 + s/θ) e^(−s/θ) of two phases θ = 10 h; D + ∫ P(X > t) dt over 0…S.
    Row(
      testDescription: "a life that wears",
      api:
        "start: {takes: 5 h}, fails: {wear: {lifetime: {gamma: {shape: 2, mean: 20 h}}, lasts: 2 h}}",
      down: (2 + 20 - 25 * fixed) / 22, outagesPerHour: 1.5 * fixed / 22),
    // Up when neither was down for the time of a start: A₁ A₂ e^(−(λ₁ + λ₂) S), and then λ₁ + λ₂.
    Row(
      testDescription: "two ways to fail",
      api:
        "start: {takes: 5 h}, fails: {crash: {mtbf: 20 h, lasts: 1 h}, hang: {mtbf: 40 h, lasts: {exponential: 2 h}}}",
      down: 1 - 20.0 / 21 * 40 / 42 * exp(-0.375),
      outagesPerHour: 0.075 * 20.0 / 21 * 40 / 42 * exp(-0.375)),
    // Two of three, independent: q³ + 3 q² (1 − q), and down when one of two that are up fails while the third is down.
    Row(
      testDescription: "two of three",
      api:
        "replicas: {count: 3, required: 2}, start: {takes: 5 h}, fails: {crash: {mtbf: 10 h, lasts: 1 h}}",
      down: pow(1 - up, 2) * (1 + 2 * up), outagesPerHour: 6 * up * (1 - up) * fixed / 11),
    Row(
      testDescription: "an operating clock",
      api: "start: {takes: 10 h}, fails: {crash: {mtbf: 5 h, lasts: 1 h, clock: operating}}",
      down: 11.0 / 16, outagesPerHour: 1.0 / 16),
  ]

  @Test("the first hours have the unavailability of the long run", arguments: rows, [2.0, 20])
  func short(_ row: Row, _ hours: Double) throws {
    let found = try Simulated.result(
      "components: {api: {\(row.api)}}\ncapabilities: {service: {depends-on: {api: hard}}}\n",
      SimulationPlan(years: hours / 8760, replications: 20_000, confidence: Simulated.fourAndAHalf))[
        "service"]
    #expect(found.unavailability.holds(row.down), "\(found.unavailability) \(row.down)")
    #expect(
      found.outagesPerYear.holds(row.outagesPerHour * 8760),
      "\(found.outagesPerYear) \(row.outagesPerHour * 8760)")
  }

  private static let gated = """
      db: {start: {takes: {exponential: 4 h}}, fails: {crash: {mtbf: 30 h, lasts: {exponential: 3 h}CREW}, hang: {mtbf: 50 h, lasts: 2 h}}}
      api:
        replicas: {count: 2, required: 1}
        start: {takes: 5 h}
        depends-on: {db: {start: only}}
        fails: {crash: {mtbf: 12 h, lasts: 1 hCREW}, hang: {mtbf: 40 h, lasts: 2 h}}
    capabilities: {service: {depends-on: {api: hard}}, data: {depends-on: {db: hard}}}
    """

  static let waiting = [
    "components:\n" + gated.replacing("CREW", with: ""),
    "crews: {ops: 1}\ncomponents:\n" + gated.replacing("CREW", with: ", crew: ops"),
  ]

  /// Those that wait for others, and those whose repairs wait for a crew: as over 40 years.
  @Test("a start that waits for something may wait at the beginning", arguments: waiting)
  func gates(_ text: String) throws {
    func found(_ hours: Double, _ replications: Int) throws -> SimulationResult {
      try Simulated.result(
        text,
        SimulationPlan(
          years: hours / 8760, replications: replications, confidence: Simulated.fourAndAHalf))
    }
    let (short, long) = (try found(3, 20_000), try found(40 * 8760, 10))
    for name in ["service", "data"] {
      let (early, late) = (short[name].unavailability, long[name].unavailability)
      #expect(abs(early.value - late.value) < early.halfWidth + late.halfWidth, "\(name) \(early) \(late)")
    }
  }

  /// Up with probability A e^(−S/m) each; the capability is down where fewer than two of all are up. Within one start
  /// thousands of them fail.
  @Test("many units are starting as often as one")
  func many() throws {
    let up = 12.0 / 13 * exp(-5)
    let down = pow(1 - up, 600) + 600 * up * pow(1 - up, 599)
    let found = try Simulated.result(
      """
      components:
        api: {replicas: {count: 600, required: 2}, start: {takes: 60 h}, fails: {crash: {mtbf: 12 h, lasts: {exponential: 1 h}}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """, SimulationPlan(years: 2.0 / 8760, replications: 2000, confidence: Simulated.fourAndAHalf))[
        "service"]
    #expect(found.unavailability.holds(down), "\(found.unavailability) \(down)")
  }

  /// A repaired unit starts once eight others, each up half of the time, are up together, and is hit again at rate λ. With j
  /// of them up it is before that with probability h(j), where h(8) = 0 and
  /// (λ + (8 − j) μ + j ν) h(j) = λ + (8 − j) μ h(j + 1) + j ν h(j − 1). So U = D / (m + D) + m / (m + D) Σ P(j) h(j).
  @Test("a start may wait far longer than any outage lasts")
  func longWait() throws {
    let (count, rate, failure) = (8, 0.1, 1.0 / 1000)
    // h(j) = a(j) + b(j) h(j + 1), from below.
    var (fixed, slope): ([Double], [Double]) = ([], [])
    for up in 0..<count {
      let (rising, falling) = (Double(count - up) * rate, Double(up) * rate)
      let (a, b) = (fixed.last ?? 0, slope.last ?? 0)
      let divisor = failure + rising + falling * (1 - b)
      fixed.append((failure + falling * a) / divisor)
      slope.append(rising / divisor)
    }
    var (hit, share, down) = (0.0, 1.0 / 256, 10.0 / 1010)
    for up in (0..<count).reversed() {
      hit = fixed[up] + slope[up] * hit
      share *= Double(up + 1) / Double(count - up)
      down += 1000.0 / 1010 * share * hit
    }
    let found = try Simulated.result(
      """
      components:
        db: {replicas: {count: 8, required: 8}, fails: {crash: {mtbf: 10 h, lasts: {exponential: 10 h}}}}
        api: {depends-on: {db: {start: only}}, fails: {crash: {mtbf: 1000 h, lasts: {exponential: 10 h}}}}
      capabilities: {service: {depends-on: {api: hard}}}
      """, SimulationPlan(years: 2.0 / 8760, replications: 4000, confidence: Simulated.fourAndAHalf))[
        "service"]
    #expect(found.unavailability.holds(down), "\(found.unavailability) \(down)")
  }

  static let waves = [
    (api: "start: {takes: 3 h}, planned: {patch: {every: 24 h, takes: 2 h}}", down: 15.0 / 24),
    (
      api: "start: {takes: {exponential: 2 h}}, planned: {patch: {every: 60 h, takes: {exponential: 2 h}}}",
      down: 12.0 / 60
    ),
    // Live processes run before the beginning as well.
    (
      api:
        "start: {takes: 3 h}, planned: {patch: {every: 24 h, takes: 2 h}}, fails: {crash: {mtbf: 10000000 h, lasts: 1 h, crew: ops}}",
      down: 15.0 / 24
    ),
  ]

  /// Each of three waves takes its time and that of the start after it, one after the other.
  @Test("waves before the beginning wait for the starts of the last", arguments: waves)
  func planned(_ api: String, _ down: Double) throws {
    let found = try Simulated.result(
      "crews: {ops: 1}\ncomponents: {api: {replicas: {count: 3, required: 3}, \(api)}}\n"
        + "capabilities: {service: {depends-on: {api: hard}}}\n",
      SimulationPlan(years: 9.0 / 8760, replications: 20_000, confidence: Simulated.fourAndAHalf))["service"]
    #expect(found.unavailability.holds(down), "\(found.unavailability) \(down)")
  }

  @Test("new begins with every unit up")
  func new() throws {
    let found = try Simulated.result(
      "components: {api: {start: {takes: 5 h}, fails: {crash: {lifetime: {deterministic: 10 h}, lasts: 1 h}}}}\n"
        + "capabilities: {service: {depends-on: {api: hard}}}\n",
      SimulationPlan(years: 10.0 / 8760, replications: 10, start: .new))["service"]
    #expect(found.unavailability.value == 0)
  }

  /// Each is down at time 0 by itself, for its own outage alone.
  @Test("what is starting at the beginning is down for what took it down")
  func causes() throws {
    let result = try Simulated.result(
      """
      components:
        first: {start: {takes: 20 h}, fails: {crash: {mtbf: 10 h, lasts: 1 h}}}
        second: {start: {takes: 20 h}, fails: {crash: {mtbf: 10 h, lasts: 1 h}}}
      capabilities: {one: {depends-on: {first: hard}}, two: {depends-on: {second: hard}}}
      """, SimulationPlan(years: 1.0 / 8760, replications: 100))
    #expect(result["one"].contributions.map(\.cause) == ["first/crash"])
    #expect(result["two"].contributions.map(\.cause) == ["second/crash"])
  }

  /// Of each outage of the vault, of mean 500 h, the service is up until its first crash: 1 / (1/500 + 1/100) h. Its own outages
  /// of 11 min add less than 0.002. The workers fail 33 times an hour.
  @Test("a gate that is down for long is followed as far as it takes, however busy others are")
  func besideBusyGates() throws {
    let found = try Simulated.result(
      """
      components:
        vault: {fails: {crash: {mtbf: 500 h, lasts: {exponential: 500 h}}}}
        workers: {replicas: {count: 10, required: 4}, fails: {crash: {mtbf: 12 min, lasts: {exponential: 6 min}}}}
        web: {start: {takes: 1 min, ready-when: [workers]}}
        api:
          depends-on: {vault: {start: only}}
          start: {takes: 1 min}
          fails: {crash: {mtbf: 100 h, lasts: 10 min}}
      capabilities: {service: {depends-on: {api: hard}}, site: {depends-on: {web: hard}}}
      """, SimulationPlan(years: 9.0 / 8760, replications: 600, confidence: Simulated.fourAndAHalf))[
        "service"]
    let expected = (500 - 1 / (1.0 / 500 + 1.0 / 100)) / 1000
    #expect(
      abs(found.unavailability.value - expected) < found.unavailability.halfWidth + 0.002,
      "\(found.unavailability) \(expected)")
    #expect(found.unavailability.halfWidth < 0.25 * expected)
  }
}
