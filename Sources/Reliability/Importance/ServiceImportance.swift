internal import ServiceGraph

/// Importance of processes and groups of them for one capability, whether they are independent or part of a chain.
struct ServiceImportance {
  private let response: ProcessResponse
  /// The variables that the capability depends on.
  private let support: Set<Int>
  private let change: ChangedProbability
  /// ∂P / ∂p of every variable.
  private let birnbaum: [Double]
  private let sets: SetShares?
  /// For each process the capability depends on: ∂P / ∂p, or P(down given that it is down) − P(down given that it is up).
  private var importanceOfProcess: [Int: (difference: Double, part: Double)] = [:]
  private var uniformTotal = 0.0
  private var proportionalTotal = 0.0

  /// The capability's probability of being down.
  var top: Double { change.whole }

  init(_ response: ProcessResponse, root: Int, processes: [Int], sets: SetShares?) {
    self.response = response
    self.sets = sets
    support = Set(response.diagram.support(ofRoot: root))
    change = ChangedProbability(response.diagram, root: root, response.probabilities)
    birnbaum = response.diagram.birnbaumImportance(ofRoot: root, response.probabilities)
    for process in processes.sorted() {
      let own = importance(of: process)
      importanceOfProcess[process] = own
      uniformTotal += own.difference
      proportionalTotal += own.part
    }
  }

  /// The importance of one process, and the same times its probability.
  private func importance(of process: Int) -> (difference: Double, part: Double) {
    let p = response.graph.processes[process].unavailability
    if !response.isInChain(process), let variable = response.variable(of: process, in: support) {
      let others = response.failure.events[variable].processes.filter { $0 != process }
      let difference =
        birnbaum[variable] * others.reduce(1) { $0 * (1 - response.graph.processes[$1].unavailability) }
      return (difference, difference * p)
    }
    let likelihood = response.likelihood(of: [process], in: support)
    guard likelihood > 0 else { return (0, 0) }
    let lost = lost([process], .noneDown).lost
    // P(top) = p P₁ + (1 − p) P₀, so that P(top) − P₀ = p (P₁ − P₀).
    return (lost / likelihood, lost)
  }

  private func lost(
    _ processes: [Int], _ supposition: ProcessResponse.Supposition
  ) -> (after: Double, lost: Double) {
    let changed = response.changed(processes, supposition, in: support)
    return change.change(of: changed.variables, to: changed.probabilities)
  }

  /// The row of a group.
  func row(of group: ProcessGroup) -> ImportanceTable.Row {
    let likelihood = response.likelihood(of: group.processes, in: support)
    let isInChain = group.processes.contains { response.isInChain($0) }
    let repaired = isInChain ? lost(group.processes, .repaired) : withoutVariables(group)
    let given = isInChain ? lost(group.processes, .noneDown) : repaired
    let noneDown = 1 - likelihood
    let down = probabilityDown(group, likelihood, given: given, isInChain: isInChain)
    let own = group.processes.compactMap { importanceOfProcess[$0] }
    let isPossible = top > 0
    let uniform = own.reduce(0) { $0 + $1.difference }
    let proportional = own.reduce(0) { $0 + $1.part }
    return ImportanceTable.Row(
      name: group.name, kind: group.kind, probability: likelihood, birnbaum: down - given.after,
      criticality: isPossible ? repaired.lost / top : 0, fussellVesely: sets?.share(of: group.processes),
      riskAchievementWorth: isPossible ? down / top : 1,
      riskReductionWorth: !isPossible ? 1 : repaired.after > 0 ? top / repaired.after : nil,
      diagnostic: isPossible ? max(0, min(1, likelihood + noneDown * (given.lost / top))) : 0,
      differentialUniform: uniformTotal == 0 ? 0 : uniform / uniformTotal,
      differentialProportional: proportionalTotal == 0 ? 0 : proportional / proportionalTotal,
      minutesPerYear: max(0, repaired.lost) * ImportanceTable.minutesPerYear)
  }

  /// P(top) given that a group is down: given any of it where that does what all of it does, else as if all were.
  private func probabilityDown(
    _ group: ProcessGroup, _ likelihood: Double, given: (after: Double, lost: Double), isInChain: Bool
  ) -> Double {
    if !isInChain, let variable = onlyVariable(group) {
      let p = response.probabilities[variable]
      return p == 1 ? top : min(1, top + birnbaum[variable] * (1 - p))
    }
    guard isInChain, group.isOne, likelihood > 0 else { return lost(group.processes, .allDown).after }
    return max(0, min(1, top + (1 - likelihood) / likelihood * given.lost))
  }

  /// P without a group of which no chain knows, from the pass over the diagram when it is one variable.
  private func withoutVariables(_ group: ProcessGroup) -> (after: Double, lost: Double) {
    guard let variable = onlyVariable(group) else { return lost(group.processes, .repaired) }
    let others = response.failure.events[variable].processes.filter { !group.processes.contains($0) }
    let left = combined(others.map { response.graph.processes[$0].unavailability })
    let part = birnbaum[variable] * (response.probabilities[variable] - left)
    // Where nearly all of P goes, the difference has no digits.
    if top - part < 0.01 * top { return lost(group.processes, .repaired) }
    return (top - part, part)
  }

  private func onlyVariable(_ group: ProcessGroup) -> Int? {
    guard let first = group.processes.first.flatMap({ response.variable(of: $0, in: support) }),
      group.processes.allSatisfy({ response.variable(of: $0, in: support) == first })
    else { return nil }
    return first
  }
}
