import ArgumentParser
import Quantities
import Reliability
import Reports
import ServiceGraph
import Simulation
import Stochastics

/// The option of every command that tells what is not known.
struct PosteriorOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Samples of the numbers that are not known, bound to the history or stated as uncertain, for P10, P50 and P90 of downtime; 0 for none.",
      valueName: "samples"))
  var posterior = UncertainUnavailability.usualSamples

  /// Whether somebody said how many.
  var isGiven: Bool { posterior != UncertainUnavailability.usualSamples }

  func validate() throws {
    guard posterior == 0 || (2...1_000_000).contains(posterior) else {
      throw ValidationError("--posterior: 0, or 2 to 1,000,000")
    }
  }

  /// What the exact engine makes of what is not known.
  enum Found: Sendable {
    /// All numbers are known, or nobody asked.
    case nothing
    /// For each capability what it may come to.
    case spread([UncertainUnavailability?])
    /// Why there is no answer.
    case unknown(reason: String)

    init(_ prepared: Preparation, samples: Int, seed: UInt64) {
      guard samples > 0, !prepared.uncertainNumbers.factors.isEmpty else {
        self = .nothing
        return
      }
      do throws(SteadyState.TooLarge) {
        self = .spread(
          try UncertainUnavailability.all(
            prepared.roles, bindings: prepared.header.bindings, samples: samples, seed: seed))
      } catch {
        self = .unknown(
          reason: error.unsolvedChain ?? "the decision diagram outgrew \(grouped(error.nodeLimit)) nodes")
      }
    }
  }

  /// A section for each capability by the exact engine alone; none where all numbers are known.
  func sections(_ prepared: Preparation, seed: UInt64) -> [[any ReportSection]] {
    sections(prepared, Found(prepared, samples: posterior, seed: seed), seed: seed)
  }

  /// A section for each capability; none where all numbers are known.
  ///
  /// - Parameter result: what a simulation found; without it the answer is the exact engine's alone.
  func sections(
    _ prepared: Preparation, _ found: Found, seed: UInt64, simulated result: SimulationResult? = nil
  ) -> [[any ReportSection]] {
    switch found {
    case .nothing: prepared.graph.capabilities.map { _ in [] }
    case .spread(let spread):
      sections(prepared, spread, seed: seed, simulated: result)
    case .unknown(let reason):
      prepared.graph.capabilities.map { _ in
        [
          UnknownSection(
            key: "parameterUncertainty", title: "What is not known leaves possible", reason: reason)
        ]
      }
    }
  }

  private func sections(
    _ prepared: Preparation, _ spread: [UncertainUnavailability?], seed: UInt64,
    simulated result: SimulationResult?
  ) -> [[any ReportSection]] {
    let drawn = spread.contains { $0 != nil } ? result.flatMap { drawnDowntime(prepared, $0) } : nil
    return spread.enumerated().map { index, found in
      guard let found else { return [] }
      let estimate = result?.capabilities[index]
      let years = estimate.flatMap { estimate in
        drawn.flatMap { YearSpread(estimate, $0, capability: index, years: result?.plan.years ?? 1) }
      }
      return [
        PosteriorSection(
          found, header: prepared.header, seed: seed, simulated: estimate?.unavailability, years: years)
      ]
    }
  }

  /// The replications of each draw, as many as `roi` takes.
  private static let perDraw = RoiUncertainty.perDraw
  private static let mostDraws = 500

  /// Replications with drawn numbers, a fifth of the run or 2,000 at most.
  private func drawnDowntime(_ prepared: Preparation, _ result: SimulationResult) -> DrawnDowntime? {
    guard let graph = try? prepared.uncertainNumbers.graph else { return nil }
    let seed = result.plan.seed
    let draws = min(Self.mostDraws, posterior, result.replications / (5 * Self.perDraw))
    guard draws >= 20 else { return nil }
    return DrawnDowntime(
      plan: result.plan, draws: draws, perDraw: Self.perDraw,
      graph: { graph.graph(graph.draw($0, seed: seed)) })
  }
}
