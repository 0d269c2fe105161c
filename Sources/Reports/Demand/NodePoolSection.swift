internal import Quantities
internal import Simulation
internal import Stochastics

/// The nodes that autoscaled units asked for room on.
struct NodePoolSection: ReportSection {
  private let pools: [NodePoolEstimate]
  /// Hours in a year, over those of the estimates' year.
  private let scale: Double

  init(_ pools: [NodePoolEstimate], hoursPerYear: Double) {
    self.pools = pools
    scale = hoursPerYear / 8760
  }

  var key: String { "nodePools" }

  // MARK: Document

  var blocks: [Document.Block] {
    guard !pools.isEmpty else { return [] }
    return [
      .heading("Nodes"), .table(table),
      .note(
        "A unit that is wanted comes to the node with the fewest of its component among those that are up, have room for it "
          + "and are open to it by every rule; where there is none it waits, and nodes are added for those that wait. A node "
          + "that has been without units for long enough leaves; units are not moved to empty one. Nodes count as running "
          + "while they are down. Units pending: hours of units that wait for a node."),
    ]
  }

  private var table: Document.Table {
    Document.Table(
      columns: [
        "Nodes", "running", "most", "node-hours a year", "added a year", "units pending a year",
      ],
      cells: pools.map { own in
        let nodeHours = own.nodeHoursPerYear.value * scale
        return [
          .init(own.name),
          .init(significant(own.running.value, digits: 4).trimmingZeros, number: own.running.value),
          .init(grouped(own.most), number: Double(own.most)),
          .init(grouped(nodeHours, decimals: 0), number: nodeHours),
          own.addedPerYear.map(count) ?? "not scaled", hours(own.waitingUnitHoursPerYear),
        ]
      })
  }

  private func count(_ estimate: Estimate) -> Document.Cell {
    let own = estimate.multiplied(by: scale)
    guard own.value > 0 else { return .init("0", number: 0) }
    let text = own.value >= 1000 ? grouped(own.value, decimals: 0) : significant(own.value, digits: 3)
    return .init("\(text) ± \(significant(own.halfWidth, digits: 1))", number: own.value)
  }

  private func hours(_ estimate: Estimate) -> Document.Cell {
    let own = estimate.multiplied(by: scale)
    guard own.value > 0, let span = TimeSpan(hours: own.value), let error = TimeSpan(hours: own.halfWidth)
    else { return .init("none seen", number: 0) }
    return .init("\(span) ± \(error)", number: own.value)
  }

  // MARK: JSON

  var json: JSONValue { .array(pools.map(json)) }

  private func json(_ own: NodePoolEstimate) -> JSONValue {
    [
      "pool": .string(own.name), "runningNodes": own.running.json(unit: "1"),
      "mostNodes": .integer(own.most),
      "nodeHoursPerYear": own.nodeHoursPerYear.multiplied(by: scale).json(unit: "h/y"),
      "nodesAddedPerYear": own.addedPerYear.map { $0.multiplied(by: scale).json(unit: "1/y") }
        ?? unknownJSON("it is not scaled"),
      "unitsPendingHoursPerYear": own.waitingUnitHoursPerYear.multiplied(by: scale).json(unit: "h/y"),
    ]
  }
}
