internal import Quantities
internal import ServiceModel

/// What is left of each design when it loses a zone.
extension ComparisonReport {
  /// A row for each capability of each design that has zones.
  var zoneBlocks: [Document.Block] {
    let known = designs.indices.filter { designs[$0].zoneLoss != nil }
    guard !known.isEmpty else { return [] }
    let without = designs.indices.filter { designs[$0].zoneLoss == nil }
    let note = without.isEmpty ? [] : [Document.Block.note("No zones are stated in \(marks(without)).")]
    return [.heading("After the loss of the worst zone"), .table(serviceTable(known))]
      + fullestTable(known).map { .table($0) } + note
  }

  private func serviceTable(_ known: [Int]) -> Document.Table {
    let names = base.model.capabilities.map(\.name)
    let all = names + known.flatMap { designs[$0].zoneLoss?.services ?? [] }.map(\.capability)
    var seen: Set<String> = []
    let rows = all.filter { seen.insert($0).inserted }.flatMap { name in
      known.compactMap { design in
        designs[design].zoneLoss?.services.first { $0.capability == name }.map { (design, $0) }
      }
    }
    return Document.Table(
      columns: ["capability", "design", "lost", "served at once", "after failover"],
      cells: rows.map { design, service in
        [
          Document.Cell(service.capability), Document.Cell(mark(design)), Document.Cell(service.zone),
          share(service.atOnce), share(service.afterFailover),
        ]
      })
  }

  private func fullestTable(_ known: [Int]) -> [Document.Table] {
    let rows = known.compactMap { design in designs[design].zoneLoss?.fullest.map { (design, $0) } }
    guard !rows.isEmpty else { return [] }
    return [
      Document.Table(
        columns: ["design", "lost", "fullest", "used"],
        cells: rows.map { design, fullest in
          [
            Document.Cell(mark(design)), Document.Cell(fullest.zone), Document.Cell(fullest.name),
            fullest.share.map { share($0) } ?? "none left",
          ]
        })
    ]
  }

  private func share(_ value: Double) -> Document.Cell { Document.Cell(percentage(value), number: value) }
}

extension ZoneLoss {
  /// For programs.
  var json: JSONValue {
    [
      "capabilities": .object(
        Dictionary(
          services.map { service in
            (
              service.capability,
              [
                "zone": .string(service.zone), "servedAtOnce": .number(service.atOnce),
                "servedAfterFailover": .number(service.afterFailover),
              ]
            )
          }, uniquingKeysWith: { own, _ in own })),
      "fullest": fullest.map { fullest in
        [
          "name": .string(fullest.name), "zone": .string(fullest.zone),
          "used": fullest.share.map { .number($0) } ?? unknownJSON("nothing is left"),
        ]
      } ?? unknownJSON("no limit is known well enough"),
    ]
  }
}
