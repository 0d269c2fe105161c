import ArgumentParser
import Planning
import Reports

/// Whom else to ask about pods and nodes, and for how long.
struct PlacementSolving: ParsableArguments {
  @Option(help: "Also ask a solver that is installed here; its answers are checked before they are taken.")
  var solver: SolverName?

  @Option(help: "How many seconds a solver has for each question.")
  var solverSeconds = 60.0

  func validate() throws {
    guard solverSeconds.isFinite, solverSeconds > 0, solverSeconds <= 1e6 else {
      throw ValidationError("--solver-seconds: more than 0")
    }
  }

  /// Asks for the most pods that have nodes.
  func solve(
    _ programme: PlacementProgramme, by solver: any ProgrammeSolver, improving plan: inout PlacementPlan
  )
    throws -> SolvedPlacement
  {
    let problem = plan.placement.problem
    let answer = try solver.answer(to: programme.programme, seconds: solverSeconds)
    let packing = answer.values.flatMap { programme.packing(of: $0) }
    var solved = SolvedPlacement(.pods, by: solver.name, answer, isKept: packing != nil)
    if let packing {
      let placed = problem.podCount - packing.pending(of: problem).reduce(0, +)
      solved.value = placed
      solved.isBetter = problem.podCount - placed < plan.best.waiting
      plan.improve(by: packing)
    }
    return solved
  }

  /// Asks for the cheapest nodes.
  func solve(
    _ programme: NodeMixProgramme, of question: MixQuestion, by solver: any ProgrammeSolver,
    improving mix: NodeMix
  ) throws -> (NodeMix, SolvedPlacement) {
    let answer = try solver.answer(to: programme.programme, seconds: solverSeconds)
    let found = answer.values.flatMap { programme.mix(of: $0) }
    var solved = SolvedPlacement(.price, by: solver.name, answer, isKept: found != nil)
    guard let found else { return (mix, solved) }
    let better = mix.improved(by: found.counts, found.packing, in: question.pods, types: question.types)
    solved.value = programme.programme.worth(of: answer.values ?? [])
    solved.isBetter = better.price < mix.price
    return (better, solved)
  }
}
