/// What becomes of pods when nodes are lost.
public struct PlacementLoss: Hashable, Sendable {
  /// What is lost.
  public let name: String
  /// For each group, how many of its pods were there.
  public let lost: [Int]
  /// For each group, how many wait when those that are left stay, and the scheduler places the others.
  public let waiting: [Int]
  /// The best packing when every pod may move.
  public let repacked: BestPlacement
  /// For each group, how many wait in it.
  public let waitingRepacked: [Int]

  /// The loss of some nodes of a problem.
  ///
  /// They are gone, as nodes are that a cloud has taken away: spread rules no longer count them.
  public init(
    of nodes: [Int], named name: String, in problem: PlacementProblem, placed packing: Packing,
    steps: Int = BestPlacement.usualSteps
  ) {
    var answers = PlacementAnswers(steps: steps)
    self.init(of: nodes, named: name, in: problem, placed: packing, &answers)
  }

  init(
    of nodes: [Int], named name: String, in problem: PlacementProblem, placed packing: Packing,
    _ answers: inout PlacementAnswers
  ) {
    self.name = name
    let isLost = problem.nodes.indices.map { nodes.contains($0) }
    var left = problem
    left.nodes = problem.nodes.indices.filter { !isLost[$0] }.map { problem.nodes[$0] }
    let staying = Packing(
      counts: packing.counts.map { counts in counts.indices.filter { !isLost[$0] }.map { counts[$0] } })
    lost = packing.counts.map { counts in counts.indices.reduce(0) { $0 + (isLost[$1] ? counts[$1] : 0) } }
    waiting = SchedulerOrder(left, beside: staying).packing.pending(of: left)
    repacked = answers.best(left)
    waitingRepacked = repacked.packing.pending(of: left)
  }
}
