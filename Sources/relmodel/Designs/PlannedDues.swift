import Diagnostics
import Planning
import ServiceGraph
import ServiceModel
import Simulation
import Stochastics

/// What designs pay for months and periods below a promise, simulated with the same luck.
struct PlannedDues {
  let designs: PlannedDesigns
  let asked: PlanAims.Asked
  let plan: SimulationPlan

  /// What designs pay in a month.
  ///
  /// - Throws: why a design can not be simulated.
  func dues(of wanted: [[Int]]) throws -> DesignDues {
    var graphs: [CompiledGraph] = []
    for design in wanted {
      let graph = try designs.graph(design)
      try check(graph)
      graphs.append(graph)
    }
    let comparison = PairedSimulator(graphs, plan: plan).run(
      shouldStop: { Interruption.happened }, progress: { _ in })
    if comparison.isPartial { throw Exit.Code(value: Exit.interrupted) }
    return DesignDues(
      amounts: try wanted.indices.map { try amount(of: $0, comparison) },
      differences: wanted.indices.map { $0 == 0 ? .nothing : difference(of: $0, comparison) })
  }

  private func check(_ graph: CompiledGraph) throws {
    guard let obstacle = SimulationObstacle.all(of: graph, plan: plan).first else { return }
    throw Self.unknown(obstacle.reason)
  }

  private static func unknown(_ reason: String) -> Findings {
    Findings([
      Diagnostic(
        slug: "dues-unknown", "credits and penalties can not be simulated: \(reason)", at: nil,
        help: "leave --least-total out, or set them aside: --set capabilities/NAME/downtime/credits=null")
    ])
  }

  /// Amounts of a year of 8,760 h, by the month.
  private var perMonth: Double { designs.model.conventions.hoursPerMonth / 8_760 }

  private var names: [String] { asked.capabilities.map { designs.model.capabilities[$0].name } }

  private func amount(of design: Int, _ comparison: DesignComparison) throws -> DesignDues.Amount {
    var parts: [Estimate] = []
    for place in asked.capabilities where designs.model.capabilities[place].hasDues {
      let name = designs.model.capabilities[place].name
      guard let money = comparison.designs[design].capabilities.first(where: { $0.name == name })?.money
      else { throw Self.unknown("a penalty of \(name) is for periods longer than a year") }
      parts += [DowntimeCostPart.credits, .penalties].compactMap { money[$0] }
    }
    return sum(parts)
  }

  /// Paired; what never differed has no estimate, and is nothing.
  private func difference(of design: Int, _ comparison: DesignComparison) -> DesignDues.Amount {
    sum(
      names.flatMap { name in
        let own = comparison.differences.first { $0.capability == name && $0.design == design }
        return (own?.downtimeCostParts ?? []).filter { [.credits, .penalties].contains($0.part) }
          .compactMap(\.perYear)
      })
  }

  /// Sums of estimates; half-widths add up, which is wide enough however they depend on each other.
  private func sum(_ estimates: [Estimate]) -> DesignDues.Amount {
    let halfWidth = estimates.reduce(0) { $0 + max($1.high - $1.value, $1.value - $1.low) }
    return DesignDues.Amount(
      value: estimates.reduce(0) { $0 + $1.value } * perMonth, halfWidth: halfWidth * perMonth)
  }
}
