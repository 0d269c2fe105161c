internal import ServiceGraph

/// Fussell–Vesely importance of processes: the share of the sum over minimal cut sets that goes without them.
struct SetShares {
  private let service: ServiceSets
  private let sets: MinimalCutSets
  private let isJoint: Bool
  private let whole: Double
  /// For each variable by itself; empty where sums need joint probabilities.
  private let ofVariable: [Double]
  private var variablesOfProcess: [Int: [Int]] = [:]

  /// `nil` where the sets, or their combinations, are too many.
  init?(_ service: ServiceSets, root: Int, nodeLimit: Int = 1_000_000) {
    guard let sets = try? MinimalCutSets(ofRoot: root, in: service.diagram, nodeLimit: nodeLimit) else {
      return nil
    }
    self.service = service
    self.sets = sets
    isJoint = service.hasJointEvents(service.diagram.support(ofRoot: root))
    if isJoint {
      guard let sum = service.joint(sets, isUp: false)?.sum(service.probabilities) else { return nil }
      whole = sum
      ofVariable = []
    } else {
      whole = sets.probabilitySum(service.probabilities)
      ofVariable = sets.fussellVeselyImportance(service.probabilities)
    }
    for (variable, event) in service.failure.events.enumerated() {
      for process in event.processes { variablesOfProcess[process, default: []].append(variable) }
    }
  }

  /// The share that sets with one of some processes have.
  func share(of processes: [Int]) -> Double? {
    guard whole > 0 else { return 0 }
    let variables = Set(processes.flatMap { variablesOfProcess[$0] ?? [] }).sorted()
    if !isJoint, variables.count == 1, let variable = variables.first {
      // Sums are linear in each probability.
      let p = service.probabilities[variable]
      return p > 0 ? min(1, ofVariable[variable] * (1 - without(variable, processes) / p)) : 0
    }
    var changed = service.probabilities
    for variable in variables { changed[variable] = without(variable, processes) }
    guard isJoint else { return max(0, 1 - sets.probabilitySum(changed) / whole) }
    return service.joint(sets, isUp: false, leftOut: Set(processes))?.sum(changed).map {
      max(0, 1 - $0 / whole)
    }
  }

  private func without(_ variable: Int, _ processes: [Int]) -> Double {
    let event = service.failure.events[variable]
    return event.likelihood(of: event.processes.filter { !processes.contains($0) }, in: service.graph)
  }
}
