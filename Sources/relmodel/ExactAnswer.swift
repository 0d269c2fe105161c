import Reliability
import Reports
import ServiceGraph
import Simulation

/// What the exact engine says beside a simulation: all of the answer that no replication decides.
struct ExactAnswer: Sendable {
  /// What is not known leaves possible.
  let posterior: PosteriorOptions.Found
  /// The long run; `nil` where nobody asks for it, or there is no exact answer.
  let longRun: LongRun?
  /// The mean over the horizon, which a run that begins new is held against; empty where it would take too long.
  let overHorizon: [IntervalResult]

  /// The long run, with the intervals that few incidents deserve or why there are none.
  struct LongRun: Sendable {
    let results: [SteadyStateResult]
    let intervals: Result<[HistoryInterval?], any Error>
  }

  private static let curveLimit = 500

  /// Works it out.
  ///
  /// - Parameters:
  ///   - plan: how the simulation is run.
  ///   - samples: of the numbers that are not known; 0 for none.
  ///   - isChecked: whether the simulation is held against it.
  init(_ prepared: Preparation, _ plan: SimulationPlan, samples: Int, isChecked: Bool) {
    posterior = PosteriorOptions.Found(prepared, samples: samples, seed: plan.seed)
    // What few incidents deserve is told from the exact answer as well.
    let isAsked = isChecked || !prepared.header.bindings.isEmpty
    longRun = (isAsked ? try? prepared.exactResults() : nil).map { results in
      LongRun(results: results, intervals: Result { try prepared.intervals(for: results) })
    }
    // Every process has a curve of its own over time, so a large model would wait for its cross-check.
    let isOverHorizon =
      isChecked && longRun != nil && plan.start == .new
      && prepared.graph.processes.count <= Self.curveLimit
    let horizon = plan.years * 8_760
    let means =
      isOverHorizon ? try? IntervalAvailability.results(of: prepared.graph, horizonHours: horizon) : nil
    overHorizon = means ?? []
  }
}
