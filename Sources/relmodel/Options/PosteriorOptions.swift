import ArgumentParser
import Quantities
import Reliability
import Reports
import ServiceGraph
import Stochastics

/// The option of every command that tells what a history leaves possible.
struct PosteriorOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Samples of what the history leaves possible of the numbers bound to it, for P10, P50 and P90 of downtime; 0 for none.",
      valueName: "samples"))
  var posterior = HistoryPosterior.usualSamples

  /// Whether somebody said how many.
  var isGiven: Bool { posterior != HistoryPosterior.usualSamples }

  func validate() throws {
    guard posterior == 0 || (2...1_000_000).contains(posterior) else {
      throw ValidationError("--posterior: 0, or 2 to 1,000,000")
    }
  }

  /// A section for each capability; none where nothing is bound.
  ///
  /// - Parameter simulated: the unavailabilities that a simulation found; empty where none was asked for.
  func sections(
    _ prepared: Preparation, seed: UInt64, simulated: [Estimate] = []
  ) -> [[any ReportSection]] {
    let none = [[any ReportSection]](repeating: [], count: prepared.graph.capabilities.count)
    guard posterior > 0, !prepared.header.bindings.isEmpty else { return none }
    do throws(SteadyState.TooLarge) {
      let found = try HistoryPosterior.all(
        prepared.graph, bindings: prepared.header.bindings, samples: posterior, seed: seed)
      return found.indices.map { index in
        found[index].map {
          [
            PosteriorSection(
              $0, header: prepared.header, seed: seed,
              simulated: simulated.indices.contains(index) ? simulated[index] : nil)
          ]
        } ?? []
      }
    } catch {
      let reason = error.unsolvedChain ?? "the decision diagram outgrew \(grouped(error.nodeLimit)) nodes"
      let unknown = UnknownSection(
        key: "parameterUncertainty", title: "What the history leaves possible", reason: reason)
      return none.map { _ in [unknown] }
    }
  }
}
