import ModelFormat
import NextEventBaseline
import ServiceGraph
import Simulation
import Stochastics

/// Thirty repairable components in nine groups, all but one needed in each: relmodel against C++ next-event loops.
struct ThirtyComponents {
  private static let years = 40_000
  private static let rounds = 5
  private static let confidence = 0.999_99
  /// The groups, by how many components they have.
  private static let sizes = [3, 3, 3, 3, 3, 3, 4, 4, 4]

  /// What fails and is repaired how, as a model says it and as the loops take it.
  struct Case {
    let name: String
    let fails: String
    let up: baseline_distribution
    let down: baseline_distribution
  }

  let one: Case
  let graph: CompiledGraph

  init(_ one: Case) throws {
    self.one = one
    graph = try Self.graph(sizes: Self.sizes, fails: one.fails)
  }

  /// Groups with these numbers of components, all but one of each needed.
  static func graph(sizes: [Int], fails: String) throws -> CompiledGraph {
    let groups = sizes.enumerated().map { number, size in
      "  group-\(number): {replicas: {count: \(size), required: \(size - 1)}, fails: {crash: \(fails)}}"
    }
    let needs = sizes.indices.map { "      group-\($0): hard" }
    let text =
      (["relmodel: 1", "name: groups", "components:"] + groups
      + ["capabilities:", "  service:", "    depends-on:"] + needs).joined(separator: "\n")
    let reader = ModelReader(texts: ["groups.relmodel.yaml": text])
    return try CompiledGraph(reader.reading(at: "groups.relmodel.yaml").model)
  }

  /// Runs all in turn, several times, and prints a row of the table.
  func report() {
    let new = simulator(start: .new)
    let steady = simulator(start: .steady)
    let both = simulator(start: .new, threads: 2)
    var times = (new: BestTime(), steady: BestTime(), both: BestTime(), scan: BestTime(), heap: BestTime())
    var (totals, found) = (baseline_totals(), Estimate?.none)
    for round in 0..<Self.rounds {
      found = times.new.measure { new.run() }.capabilities[0].unavailability
      _ = times.steady.measure { steady.run() }
      _ = times.both.measure { both.run() }
      totals = times.scan.measure { baseline(usesHeap: false, seed: round) }
      _ = times.heap.measure { baseline(usesHeap: true, seed: round) }
    }
    let events = Double(totals.events)
    let loop = min(times.scan.seconds, times.heap.seconds)
    let row = [times.new.seconds, times.steady.seconds, times.scan.seconds, times.heap.seconds]
      .map { threeDigits(events / $0 / 1e6) }
    print(
      "| \(one.name) | \(row.joined(separator: " | ")) | \(threeDigits(loop / times.new.seconds)) "
        + "| \(threeDigits(times.new.elapsedSeconds / times.both.elapsedSeconds)) | \(verdict(found, Self.estimate(totals))) |"
    )
  }

  private func simulator(start: SimulationPlan.Start, threads: Int = 1) -> Simulator {
    Simulator(
      graph,
      plan: SimulationPlan(
        replications: Self.years, start: start, threads: threads, confidence: Self.confidence))
  }

  private func baseline(usesHeap: Bool, seed: Int) -> baseline_totals {
    var system = thirty_components(up: one.up, down: one.down, horizon_hours: 8760)
    return simulate_thirty_components(&system, usesHeap ? 1 : 0, UInt64(seed) + 1, Int64(Self.years))
  }

  private static func estimate(_ totals: baseline_totals) -> Estimate? {
    meanEstimate(
      count: years, sum: totals.downtime_hours, sumOfSquares: totals.squared_downtime_hours,
      confidence: confidence)?.multiplied(by: 1 / 8760)
  }

  /// Whether the intervals of both meet, so that speed is never bought with wrong numbers.
  private func verdict(_ ours: Estimate?, _ theirs: Estimate?) -> String {
    guard let ours, let theirs else { return "no estimate" }
    let meet = ours.low <= theirs.high && theirs.low <= ours.high
    return "\(threeDigits(ours.value)) \(meet ? "agrees with" : "DIFFERS FROM") \(threeDigits(theirs.value))"
  }
}

extension ThirtyComponents {
  /// Mean up time 1,696 h; outages of about 10 h.
  static let cases = [
    Case(
      name: "exponential", fails: "{mtbf: 1696 h, lasts: {exponential: 10 h}}",
      up: law(BASELINE_EXPONENTIAL, 1696), down: law(BASELINE_EXPONENTIAL, 10)),
    Case(
      name: "Weibull lifetimes",
      fails: "{lifetime: {weibull: {shape: 1.7, scale: 1900 h}}, lasts: {exponential: 10 h}}",
      up: law(BASELINE_WEIBULL, 1900, 1.7), down: law(BASELINE_EXPONENTIAL, 10)),
    Case(
      name: "lognormal repairs", fails: "{mtbf: 1696 h, lasts: {lognormal: {median: 8 h, p90: 20 h}}}",
      up: law(BASELINE_EXPONENTIAL, 1696),
      down: law(BASELINE_LOGNORMAL, 2.0794415416798357, 0.7149854570890979)),
    Case(
      name: "gamma repairs", fails: "{mtbf: 1696 h, lasts: {gamma: {shape: 2, mean: 10 h}}}",
      up: law(BASELINE_EXPONENTIAL, 1696), down: law(BASELINE_GAMMA, 5, 2)),
  ]

  private static func law(_ kind: baseline_law, _ first: Double, _ second: Double = 0)
    -> baseline_distribution
  {
    baseline_distribution(law: Int32(kind.rawValue), first: first, second: second)
  }
}
