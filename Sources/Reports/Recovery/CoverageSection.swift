internal import Quantities
internal import Recovery
internal import ServiceModel

/// What is left to restore from after each kind of failure, and where tiers contradict dependencies.
struct CoverageSection {
  let model: Model

  private var stores: [ComponentData] { model.components.compactMap(\.data) }
  private var coverage: BackupCoverage {
    BackupCoverage(stores: stores.map(\.store), volumes: stores.flatMap { $0.volumes.map(\.name) })
  }

  var blocks: [Document.Block] {
    guard !stores.isEmpty else { return tierBlocks }
    let coverage = coverage
    var facts: [Document.Fact] = []
    if !coverage.volumesWithoutBackup.isEmpty {
      facts.append(
        Document.Fact("Volumes without a backup", coverage.volumesWithoutBackup.joined(separator: ", "), gaps)
      )
    }
    for plan in model.procedures where !plan.restores.isEmpty {
      let left = volumesLeft(by: plan)
      facts.append(
        Document.Fact(
          "Not restored by \(plan.procedure.name)", left.isEmpty ? "no volume" : left.joined(separator: ", "))
      )
    }
    return [.heading("What is left after a failure"), .table(table(coverage))]
      + (facts.isEmpty ? [] : [.facts(facts)]) + tierBlocks
  }

  /// Volumes that can be made again are no gap.
  private var gaps: [String] {
    let again = stores.filter { $0.importance == .rebuildable }.flatMap { $0.volumes.map(\.name) }
    let names = coverage.volumesWithoutBackup.filter { again.contains($0) }
    return names.isEmpty ? [] : ["can be rebuilt: \(names.joined(separator: ", "))"]
  }

  private func table(_ coverage: BackupCoverage) -> Document.Table {
    Document.Table(
      columns: ["data of", "class", "volumes"] + FailureKind.allCases.map(\.rawValue),
      rows: zip(stores, coverage.rows).map { data, row in
        [
          row.store, data.importance?.rawValue ?? "–",
          data.volumes.map { volume in
            volume.size.map { "\(volume.name) (\($0))" } ?? volume.name
          }.joined(separator: ", "),
        ] + row.firstSources.map { $0 ?? "nothing" }
      })
  }

  /// The volumes that a procedure does not restore, by their own names or their component's.
  private func volumesLeft(by plan: RecoveryPlan) -> [String] {
    stores.flatMap { data in
      plan.restores.contains(data.store.name)
        ? [] : data.volumes.map(\.name).filter { !plan.restores.contains($0) }
    }
  }

  // MARK: Tiers

  private var order: TierOrder {
    var tiers: [String: Int] = [:]
    var needs: [String: [String]] = [:]
    var needsToStart: [String: [String]] = [:]
    for component in model.components {
      for objective in component.objectives where objective.name.hasPrefix("tier-") {
        tiers[component.name] = Int(objective.name.dropFirst(5)) ?? tiers[component.name]
      }
      needs[component.name] = names(component.dependencies.filter { $0.strength == .hard }.map(\.requirement))
      needsToStart[component.name] = names(
        (component.start?.gates ?? []).filter { !$0.isNeededAfterwards }.map(\.requirement))
    }
    return TierOrder(tiers: tiers, needs: needs, needsToStart: needsToStart)
  }

  private func names(_ requirements: [Requirement<Target>]) -> [String] {
    requirements.flatMap(\.neededByAll).map { model.components[$0.component].name }
  }

  private var tierBlocks: [Document.Block] {
    let order = order
    guard !order.tiers.isEmpty else { return [] }
    let found = order.contradictions
    return [
      .heading("Tiers"),
      .facts([
        Document.Fact(
          "Against hard dependencies and starts", found.isEmpty ? "no contradiction" : "\(found.count)")
      ]),
    ] + found.map { .note($0.description) }
  }

  // MARK: JSON

  var json: JSONValue {
    let coverage = coverage
    return [
      "stores": .array(
        zip(stores, coverage.rows).map { data, row in
          [
            "store": .string(row.store), "volumes": .array(row.volumes.map { .string($0) }),
            "class": data.importance.map { .string($0.rawValue) } ?? .null,
            "firstSources": .object(
              Dictionary(
                uniqueKeysWithValues: zip(FailureKind.allCases, row.firstSources).map { kind, source in
                  (kind.rawValue, source.map { .string($0) } ?? .null)
                })),
          ]
        }),
      "volumesWithoutBackup": .array(coverage.volumesWithoutBackup.map { .string($0) }),
      "notRestored": .object(
        Dictionary(
          uniqueKeysWithValues: model.procedures.filter { !$0.restores.isEmpty }.map { plan in
            (plan.procedure.name, .array(volumesLeft(by: plan).map { .string($0) }))
          })),
      "tierContradictions": .array(order.contradictions.map { .string($0.description) }),
    ]
  }
}

extension Requirement {
  /// What is needed whatever else is there: one thing, or all of several.
  fileprivate var neededByAll: [Reference] {
    switch self {
    case .one(let reference): [reference]
    case .atLeast(let count, let members): count >= members.count ? members.flatMap(\.neededByAll) : []
    }
  }
}
