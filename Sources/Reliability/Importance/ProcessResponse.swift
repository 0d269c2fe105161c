internal import ServiceGraph

/// The network of a service with its chains, and its probabilities when some processes are up, down, or repaired at once.
struct ProcessResponse {
  /// What is supposed of some processes.
  enum Supposition: CaseIterable {
    /// Their failures are repaired at once; everything else stays as it is.
    case repaired
    /// None of them is down at the moment: a condition.
    case noneDown
    /// All of them are down, and every role has moved that can.
    case allDown
  }

  /// Probabilities under a supposition, and the variables that it changes.
  struct Changed {
    let variables: [Int]
    let probabilities: [Double]
  }

  let graph: CompiledGraph
  let failure: FailureNetwork
  let diagram: NetworkDiagram
  let probabilities: [Double]
  /// The variables of processes that are independent of each other, and the processes that are such variables.
  private var variableOfProcess: [Int?]
  /// For each of them: the variables that units still start after it.
  private var startsOfProcess: [[Int]]
  /// For each process: whether it is part of a chain.
  private let isChained: [Bool]
  /// For each component with failover: the variables of each situation.
  private var variablesOfFailover: [[[Int]]] = []

  /// Solves the chains and builds the diagrams.
  ///
  /// - Parameter groups: all that will be asked about.
  init(_ graph: CompiledGraph, groups: [[Int]]) throws(SteadyState.TooLarge) {
    self.graph = graph
    let failovers = FailoverModule.all(graph)
    let modules = try DependentModule.all(graph)
    var isChained = [Bool](repeating: false, count: graph.processes.count)
    for process in failovers.flatMap(\.processes) { isChained[process] = true }
    for process in modules.flatMap({ $0.census.classes.flatMap(\.processes) }) { isChained[process] = true }
    self.isChained = isChained
    let asked = groups.filter { $0.contains { isChained[$0] } }.map { group in
      var isOwn = [Bool](repeating: false, count: graph.processes.count)
      for process in group { isOwn[process] = true }
      return isOwn
    }
    failure = FailureNetwork(
      graph, modules: modules.map { Self.extended($0, asked) },
      failovers: failovers.map { Self.extended($0, asked, graph) })
    probabilities = failure.probabilities
    do throws(BinaryDecisionDiagram.TooLarge) {
      diagram = try NetworkDiagram(failure.network, roots: failure.capabilityFailures)
    } catch {
      throw SteadyState.TooLarge(nodeLimit: error.nodeLimit)
    }
    variableOfProcess = [Int?](repeating: nil, count: graph.processes.count)
    startsOfProcess = [[Int]](repeating: [], count: graph.processes.count)
    findVariables()
  }

  private static func extended(_ module: DependentModule, _ asked: [[Bool]]) -> DependentModule {
    let counts = Set(asked.map(module.census.counts)).filter { $0.contains { $0 > 0 } }
    return module.adding(
      outcomesOf: counts.flatMap { own in
        Supposition.allCases.map { module.census.outcomes(own, $0) }
      })
  }

  private static func extended(
    _ failover: FailoverModule, _ asked: [[Bool]], _ graph: CompiledGraph
  ) -> FailoverModule {
    let own = asked.filter { isOwn in failover.processes.contains { isOwn[$0] } }
    return failover.adding(
      outcomesOf: own.flatMap { isOwn in
        let part = FailoverCensus.Part(isOwn, of: failover.census, in: graph)
        return Supposition.allCases.map { failover.census.table(part, $0) }
      })
  }

  private mutating func findVariables() {
    // What hits the units of roles that move and nothing else is no variable of its own, but part of the chain.
    let inside = Set(
      failure.failovers.flatMap { Set($0.processes).subtracting($0.shared.joined()) })
    var ofFailover = [[Int]](repeating: [], count: failure.failovers.count)
    for (variable, event) in failure.events.enumerated() {
      switch event.kind {
      case .processes(let numbers):
        for process in numbers where !inside.contains(process) { variableOfProcess[process] = variable }
      case .starting(let numbers, _):
        for process in numbers where !inside.contains(process) { startsOfProcess[process].append(variable) }
      case .outcome(let outcome): ofFailover[outcome.module].append(variable)
      case .moving, .leaving, .dependent: continue
      }
    }
    for (failover, variables) in zip(failure.failovers, ofFailover) {
      var rest = variables[...]
      variablesOfFailover.append(
        failover.module.outcomes.map { outcomes in
          defer { rest = rest.dropFirst(outcomes.count - 1) }
          return Array(rest.prefix(outcomes.count - 1))
        })
    }
  }

  // MARK: What a root depends on

  /// The processes that stand behind the variables of a root, by their first variables.
  func processes(_ support: [Int]) -> [Int] {
    var seen: Set<Int> = []
    var found: [Int] = []
    for variable in support {
      for process in processes(behind: failure.events[variable]) where seen.insert(process).inserted {
        found.append(process)
      }
    }
    return found
  }

  private func processes(behind event: BasicEvent) -> [Int] {
    if case .dependent(let group, _) = event.kind {
      return failure.modules[group].census.classes.flatMap(\.processes)
    }
    return event.processes
  }

  /// Whether a chain knows more about a process than its variable.
  func isInChain(_ process: Int) -> Bool { isChained[process] }

  /// The variable of a process that is independent of all others, or shared by several chains; `nil` where it is not the
  /// only one that bears on a root.
  func variable(of process: Int, in support: Set<Int>) -> Int? {
    support.isDisjoint(with: startsOfProcess[process]) ? variableOfProcess[process] : nil
  }

  // MARK: Suppositions

  /// The probability that any of some processes is down, or units still start after it that a root depends on.
  func likelihood(of processes: [Int], in support: Set<Int>) -> Double {
    let isOwn = flags(processes)
    var parts = variables(of: processes, in: support).map { split($0, isOwn).own }
    for failover in failure.failovers where failover.processes.contains(where: { isOwn[$0] }) {
      parts.append(
        failover.census.likelihood(of: FailoverCensus.Part(isOwn, of: failover.census, in: graph)))
    }
    for module in failure.modules {
      parts.append(module.census.likelihood(of: module.census.counts(isOwn)))
    }
    return min(1, combined(parts))
  }

  /// The probabilities of all variables when something is supposed of some processes.
  func changed(_ processes: [Int], _ supposition: Supposition, in support: Set<Int>) -> Changed {
    let isOwn = flags(processes)
    var changed = probabilities
    var touched = variables(of: processes, in: support)
    for variable in touched {
      changed[variable] = supposition == .allDown ? 1 : split(variable, isOwn).others
    }
    for (index, failover) in failure.failovers.enumerated()
    where failover.processes.contains(where: { isOwn[$0] }) {
      let table = failover.census.table(
        FailoverCensus.Part(isOwn, of: failover.census, in: graph), supposition)
      for (situation, variables) in variablesOfFailover[index].enumerated() {
        let chances = failover.module.outcomes[situation].map { table[situation][$0] ?? 0 }
        for (variable, chance) in zip(variables, OutcomeModule.chained(chances)) {
          changed[variable] = chance
        }
        touched += variables
      }
    }
    for index in failure.modules.indices {
      touched += change(index, isOwn, supposition, &changed)
    }
    return Changed(variables: touched, probabilities: changed)
  }

  private func change(
    _ index: Int, _ isOwn: [Bool], _ supposition: Supposition, _ changed: inout [Double]
  ) -> [Int] {
    let module = failure.modules[index]
    let own = module.census.counts(isOwn)
    guard own.contains(where: { $0 > 0 }) else { return [] }
    let variables = failure.variablesOfModule[index]
    variables.set(outcomes: module.weights(module.census.outcomes(own, supposition)), in: &changed)
    var touched = variables.outcomeVariables
    guard supposition != .allDown else { return touched }
    for part in module.parts.indices {
      let isUp = module.parts[part].members.map { $0.processes.contains { isOwn[$0] } }
      // The units of a pool can be exchanged for each other in all that the rest of the model sees.
      guard isUp.contains(true), !module.census.pools.contains(where: { $0.part == part }) else { continue }
      touched += variables.set(isUp: isUp, ofPart: part, in: &changed)
    }
    return touched
  }

  private func flags(_ processes: [Int]) -> [Bool] {
    var isOwn = [Bool](repeating: false, count: graph.processes.count)
    for process in processes { isOwn[process] = true }
    return isOwn
  }

  private func variables(of processes: [Int], in support: Set<Int>) -> [Int] {
    let starts = processes.flatMap { startsOfProcess[$0].filter(support.contains) }
    return Set(processes.compactMap { variableOfProcess[$0] } + starts).sorted()
  }

  /// The probability of the own processes behind a variable, and of the others.
  private func split(_ variable: Int, _ isOwn: [Bool]) -> (own: Double, others: Double) {
    let event = failure.events[variable]
    let own = event.likelihood(of: event.processes.filter { isOwn[$0] }, in: graph)
    let others = event.likelihood(of: event.processes.filter { !isOwn[$0] }, in: graph)
    // Those that exclude each other are down together never: ρ / (1 + ρ + ρ′).
    return event.isExclusive(in: graph) ? (own * (1 - others) / (1 - own * others), others) : (own, others)
  }
}

extension DependentCensus {
  fileprivate func outcomes(
    _ own: [Int], _ supposition: ProcessResponse.Supposition
  ) -> [[Int]: Double] {
    switch supposition {
    case .repaired: outcomes(without: own)
    case .noneDown: outcomes(noneOf: own)
    case .allDown: outcomes(allOf: own)
    }
  }
}

extension FailoverCensus {
  fileprivate func table(_ part: Part, _ supposition: ProcessResponse.Supposition) -> Table {
    switch supposition {
    case .repaired: table(without: part)
    case .noneDown: table(noneOf: part)
    case .allDown: table(allOf: part)
    }
  }
}

extension DependentVariables {
  /// Makes some members of a part up whatever its outcome is; those left are down evenly.
  ///
  /// - Returns: the variables that changed.
  fileprivate func set(isUp: [Bool], ofPart part: Int, in probabilities: inout [Double]) -> [Int] {
    var touched: [Int] = []
    for choice in choices where choice.part == part {
      let left = isUp[choice.member...].count { !$0 }
      let chance = isUp[choice.member] || left == 0 ? 0 : Double(choice.remaining) / Double(left)
      probabilities[choice.variable] = min(1, chance)
      touched.append(choice.variable)
    }
    return touched
  }
}
