internal import Quantities
internal import ServiceGraph
internal import ServiceModel
internal import Stochastics

/// The graph of a model with other values of its parameters: the same structure, other laws.
struct ModelRevaluation: Sendable {
  let graph: CompiledGraph
  let table: ParameterTable
  private let nominal: [Double]
  /// For each process: its numbers as functions of the parameters; `nil` where nothing varies.
  let formulas: [ProcessFormula?]

  init(_ graph: CompiledGraph) {
    self.graph = graph
    let table = ParameterTable(graph)
    let nominal = table.parameters.map(\.value)
    self.table = table
    self.nominal = nominal
    formulas = graph.processes.map { process in
      table.numbers(of: process, in: graph).map {
        ProcessFormula(
          process, mode: $0, nominal: nominal,
          isCommonCause: graph.causes[process.cause].hasSuffix("/common-cause"))
      }
    }
  }

  /// The graph with some values.
  func graph(_ values: [Double]) -> CompiledGraph {
    graph.replacing(
      processes: graph.processes.indices.map { process($0, values) },
      movingRoles: graph.movingRoles.indices.map { role($0, values) },
      dependentGroups: graph.dependentGroups.map { group($0, values) })
  }

  // MARK: Parameters of parts

  /// The parameters of some processes, ascending.
  func parameters(ofProcesses processes: [Int]) -> Set<Int> {
    Set(processes.compactMap { formulas[$0] }.flatMap { $0.mode.parameters })
  }

  /// The parameters of the failovers of some roles.
  func parameters(ofRoles roles: [Int]) -> Set<Int> {
    Set(roles.compactMap { table.failovers[$0] }.flatMap(\.parameters))
  }

  /// The parameters of the spares of a group's pools.
  func parameters(ofPools group: DependentGroup) -> Set<Int> {
    Set(group.pools.compactMap { table.standbys[$0.component] }.flatMap(\.parameters))
  }

  // MARK: Parts with other values

  private func process(_ number: Int, _ values: [Double]) -> RenewalProcess {
    let process = graph.processes[number]
    guard let formula = formulas[number],
      formula.mode.parameters.contains(where: { values[$0] != nominal[$0] })
    else { return process }
    let unavailability = formula.unavailabilityOfOutage(values)
    let outage = zip(process.outage, formula.mode.outageElements).map { law, part in
      part.map { law.scaled(by: $0, values, nominal) } ?? law
    }
    let uptime = process.uptime.map { law in
      law.scaled(by: (formula.meanUptime(values) ?? law.mean) / law.mean)
    }
    return process.with(uptime: uptime, outage: outage, unavailability: unavailability)
  }

  private func role(_ number: Int, _ values: [Double]) -> MovingRole {
    let role = graph.movingRoles[number]
    guard let failover = role.failover, let own = table.failovers[number] else { return role }
    return role.with(
      failover.with(
        detection: failover.detection.map { $0.scaled(by: own.detection, values, nominal) },
        takes: failover.takes.scaled(by: own.takes, values, nominal), works: 1 - values[own.failure],
        manual: failover.manual.map { $0.scaled(by: own.manual, values, nominal) }))
  }

  private func group(_ group: DependentGroup, _ values: [Double]) -> DependentGroup {
    group.with(
      group.pools.map { pool in
        guard let standby = pool.standby, let own = table.standbys[pool.component] else { return pool }
        return pool.with(self.standby(standby, own, values))
      })
  }

  private func standby(_ standby: Standby, _ own: StandbyParameters, _ values: [Double]) -> Standby {
    standby.with(
      dormancy: own.dormancy.flatMap { Probability(values[$0]) } ?? standby.dormancy,
      detection: standby.detection.map { $0.scaled(by: own.detection, values, nominal) },
      takes: standby.takes.map { $0.scaled(by: own.takes, values, nominal) },
      works: own.failure.flatMap { Probability(values[$0])?.inverted } ?? standby.works,
      manual: standby.manual.map { $0.scaled(by: own.manual, values, nominal) })
  }
}

extension Distribution {
  /// The law with the mean that a parameter asks for; the same without a parameter.
  fileprivate func scaled(by parameter: Int?, _ values: [Double], _ nominal: [Double]) -> any Distribution {
    guard let parameter, nominal[parameter] > 0, values[parameter] != nominal[parameter] else { return self }
    let factor = values[parameter] / nominal[parameter]
    return factor > 0 && factor.isFinite ? scaled(by: factor) : self
  }
}
