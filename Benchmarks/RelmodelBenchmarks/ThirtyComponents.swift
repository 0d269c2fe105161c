import CBaseline
import ModelFormat
import Reliability
import ServiceGraph
import Simulation
import Stochastics

/// Thirty repairable components in ten groups, two of three needed in each: relmodel against a plain C loop.
struct ThirtyComponents {
  private static let replications = 20_000
  private static let rounds = 9
  private static let confidence = 0.999_99

  private let graph: CompiledGraph

  init(root: String) throws {
    let reading = try ModelReader().reading(at: root + "/Benchmarks/thirty.relmodel.yaml")
    graph = try CompiledGraph(reading.model)
  }

  /// Runs both in turn, several times, and prints the shortest time of each.
  func report() throws {
    let process = graph.processes[0]
    let system = thirty_components(
      mean_up_hours: process.uptime?.mean ?? 0, mean_down_hours: process.meanOutageHours ?? 0,
      horizon_hours: 8760)
    let plan = SimulationPlan(replications: Self.replications, confidence: Self.confidence)
    let simulator = Simulator(graph, plan: plan)
    var (ours, baseline) = (BestTime(), BestTime())
    var found: (relmodel: Estimate, baseline: Estimate)?
    for round in 0..<Self.rounds {
      let result = ours.measure { simulator.run() }
      let totals = baseline.measure {
        simulate_thirty_components(system, UInt64(round) + 1, Int64(Self.replications))
      }
      found = (result.capabilities[0].unavailability, Self.estimate(totals))
    }
    try print(ours, baseline, found)
  }

  private static func estimate(_ totals: baseline_totals) -> Estimate {
    let mean = meanEstimate(
      count: replications, sum: totals.downtime_hours, sumOfSquares: totals.squared_downtime_hours,
      confidence: confidence)
    return (mean ?? Estimate(value: 0, low: 0, high: 0, confidence: confidence)).multiplied(by: 1 / 8760)
  }

  private func print(
    _ ours: BestTime, _ baseline: BestTime, _ found: (relmodel: Estimate, baseline: Estimate)?
  ) throws {
    let years = Double(Self.replications)
    let failures = graph.processes.reduce(0) { $0 + ($1.frequencyPerHour ?? 0) * 8760 }
    Swift.print(
      "Thirty components in ten groups, \(threeDigits(failures)) failures a year, \(Self.replications) years, "
        + "one thread, best of \(Self.rounds)")
    for (name, time) in [("relmodel", ours), ("plain C loop, binary heap", baseline)] {
      Swift.print(
        "  \(name): \(threeDigits(time.seconds / years * 1e6)) µs a system-year, "
          + "\(threeDigits(years / time.seconds / 1000)) thousand system-years a second")
    }
    Swift.print("  ratio: \(threeDigits(ours.seconds / baseline.seconds)) of the C loop's time")
    guard let found, let exact = try SteadyState.unavailabilities(of: graph).first else { return }
    for (name, estimate) in [("relmodel", found.relmodel), ("C loop", found.baseline)] {
      let verdict = (estimate.low...estimate.high).contains(exact) ? "agrees with" : "DIFFERS FROM"
      Swift.print(
        "  unavailability, \(name): \(threeDigits(estimate.value)) ± \(threeDigits(estimate.halfWidth)), "
          + "\(verdict) the exact \(threeDigits(exact))")
    }
  }
}
