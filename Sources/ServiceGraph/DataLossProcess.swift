internal import Recovery
internal import ServiceModel

/// A process whose outages lose data of a component.
public struct DataLossProcess: Sendable, Hashable {
  /// The process, as an index into the graph's.
  public let process: Int
  /// What it loses, as an index into the model's `storeFailures`.
  public let failure: Int
}

/// A process whose outages are answered by moving the role that holds a component's data.
public struct DataMoveProcess: Sendable, Hashable {
  /// The process, as an index into the graph's.
  public let process: Int
  /// What it loses, as an index into the model's `storeFailures`.
  public let failure: Int
  /// The role that moves, as an index into the graph's moving roles.
  public let role: Int
  /// Whether it hits a unit that begins with the role, and not only those that may get it.
  public let hitsHolder: Bool
}

extension CompiledGraph {
  /// The processes of failures that a failover answers, in the order of the failures.
  public var dataMoves: [DataMoveProcess] {
    model.storeFailures.enumerated().flatMap { number, failure -> [DataMoveProcess] in
      guard let cause = failure.cause, failure.scenario.kind == .failover,
        let own = model.components[failure.component].dataFailover,
        let role = movingRoles.firstIndex(where: {
          $0.component == failure.component && $0.role == own.role
        })
      else { return [] }
      let holders = movingRoles[role].units
      let takers = movingRoles[role].failover?.candidates.flatMap { movingRoles[$0].units } ?? []
      return processes.indices.compactMap { place in
        guard processes[place].takesDown, causes[processes[place].cause] == cause else { return nil }
        let hit = Set(processes[place].units)
        guard !hit.isDisjoint(with: holders + takers) else { return nil }
        return DataMoveProcess(
          process: place, failure: number, role: role, hitsHolder: !hit.isDisjoint(with: holders))
      }
    }
  }

  /// The processes that lose data, in the order of the failures: those of a component that hit a unit that holds the
  /// data and no replica, and those of a place that hit all units. Moves of a role are no processes.
  public var dataLosses: [DataLossProcess] {
    let failures = model.storeFailures
    guard failures.contains(where: { $0.cause != nil }) else { return [] }
    let holders = model.components.indices.map(unitsOfData)
    return failures.enumerated().flatMap { number, failure -> [DataLossProcess] in
      guard failure.cause != nil, failure.scenario.kind != .failover else { return [] }
      return processes.indices.filter { place in
        guard causes[processes[place].cause] == failure.cause else { return false }
        let own = holders[failure.component]
        let hit = Set(processes[place].units)
        return failure.isOfPlace(in: model) ? hit.isSuperset(of: own.all) : !hit.isDisjoint(with: own.holders)
      }
      .map { DataLossProcess(process: $0, failure: number) }
    }
  }

  /// The units of a component, and those that hold the data itself.
  private func unitsOfData(_ component: Int) -> (all: Set<Int>, holders: Set<Int>) {
    let first = model.components[..<component].reduce(0) { $0 + $1.units.count }
    let own = model.components[component]
    let replicas = own.data?.replicaRoles ?? []
    return (
      Set(own.units.indices.map { first + $0 }),
      Set(own.units.indices.filter { !replicas.contains(own.units[$0].role) }.map { first + $0 })
    )
  }
}

extension StoreFailure {
  /// Whether it is a failure of a place, and not of the component itself.
  fileprivate func isOfPlace(in model: Model) -> Bool {
    cause?.hasPrefix(model.components[component].name + "/") == false
  }
}
