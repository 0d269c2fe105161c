public import Billing
internal import Foundation
public import Quantities

/// What pools of nodes have and cost, and how much of it units ask for.
public struct PoolCapacitySection: ReportSection {
  /// The key under which programs find it.
  public let key = "capacity"
  private let pools: [PoolCapacity]
  private let currency: String
  private let text: AmountText

  /// Pools, at least one.
  public init(_ pools: [PoolCapacity], currency: String) {
    self.pools = pools
    self.currency = currency
    text = AmountText(currency: currency)
  }

  /// What people read.
  public var blocks: [Document.Block] {
    let rows = pools.map { pool -> [Document.Cell] in
      [
        Document.Cell(pool.name),
        Document.Cell("\(text.quantity(pool.nodes)) × \(pool.types.joined(separator: ", "))"),
        quantity(pool.vcpu), quantity(pool.memoryGiB),
        Document.Cell(
          text.cents(pool.monthly / pool.vcpu), number: AmountText.number(pool.monthly / pool.vcpu)),
        pool.askedCPU.map { Document.Cell(significant($0, digits: 4).trimmingZeros, number: $0) }
          ?? "not stated",
        pool.use.map { Document.Cell("\(Int(($0 * 100).rounded())) %", number: $0) } ?? "",
      ]
    }
    let columns = ["Machines", "", "vCPU", "GiB", "a vCPU-month", "CPU asked for", "of them"]
    return [.heading("What the machines have"), .table(Document.Table(columns: columns, cells: rows))]
      + pools.compactMap { pool in pool.excess.map { .note("\(pool.name): \($0).") } }
  }

  private func quantity(_ value: Decimal) -> Document.Cell {
    Document.Cell(text.quantity(value), number: AmountText.number(value))
  }

  /// What programs read.
  public var json: JSONValue {
    .array(
      pools.map { pool in
        var members: [String: JSONValue] = [
          "name": .string(pool.name), "types": .array(pool.types.map { .string($0) }),
          "nodes": .decimal(pool.nodes), "vcpu": .decimal(pool.vcpu), "memoryGiB": .decimal(pool.memoryGiB),
          "monthly": .decimal(pool.monthly),
          "cpuAskedFor": pool.askedCPU.map { .number($0) } ?? unknownJSON("no unit on it states requests:"),
        ]
        if let excess = pool.excess { members["excess"] = .string(excess) }
        return .object(members)
      })
  }
}
