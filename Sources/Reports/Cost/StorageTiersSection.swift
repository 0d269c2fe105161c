public import Billing
internal import CloudCost
internal import Foundation
public import Quantities

/// Which storage class every bucket could be in and still be read in time.
public struct StorageTiersSection: ReportSection {
  /// The key under which programs find it.
  public let key = "tiers"
  private let tiers: StorageTiers
  private let text: AmountText

  /// Choices in a currency.
  public init(_ tiers: StorageTiers, currency: String) {
    self.tiers = tiers
    text = AmountText(currency: currency)
  }

  private static let explanation =
    "All data in one class, written to it and deleted from it, with its minimum sizes, durations and the reading that is stated; "
    + "Intelligent-Tiering is left out, as its bill depends on which objects are read. A recovery time is taken to leave all of "
    + "itself to the retrieval; copying and restoring come on top. Expedited retrieval is sure only with capacity that is bought "
    + "for it, which is not priced here."

  /// What people read.
  public var blocks: [Document.Block] {
    let heading = Document.Block.heading("Storage classes that can be read in time")
    guard !tiers.buckets.isEmpty else { return [heading, .note("The model states no bucket.")] }
    return [heading, .table(table)] + tiers.buckets.compactMap(basis).map { .note($0) }
      + [.note(Self.explanation)]
  }

  /// What the choice for a bucket rests on.
  private func basis(_ bucket: StorageTiers.Bucket) -> String? {
    guard case .complete(let demand) = bucket.reading else { return nil }
    let kept = demand.retention.map { "kept \($0.exactText)" } ?? "kept for good"
    let read =
      demand.readGigabytes > 0 ? "\(text.quantity(demand.readGigabytes)) GB read a month" : "nothing read"
    let object = demand.objectGigabytes * 1024
    return
      "\(bucket.resource): \(text.quantity(demand.gigabytes)) GB in objects of \(text.quantity(object)) MiB, \(kept), \(read)."
  }

  private var table: Document.Table {
    Document.Table(
      columns: ["Bucket", "Now", "Within", "For", "Cheapest", "Monthly", "Cheaper, but"],
      cells: tiers.buckets.flatMap { bucket -> [[Document.Cell]] in
        let now = Document.Cell(text.cents(bucket.monthly), number: AmountText.number(bucket.monthly))
        if case .needs(let what) = bucket.reading {
          return [[Document.Cell(bucket.resource), now, "", "", Document.Cell("state \(what)"), "", ""]]
        }
        return bucket.choices.map { row(bucket, now, $0) }
      })
  }

  private func row(
    _ bucket: StorageTiers.Bucket, _ now: Document.Cell, _ choice: StorageTiers.Choice
  ) -> [Document.Cell] {
    let refused = choice.refused.map { option in
      "\(name(option)) \(text.cents((option.monthly ?? 0) * choice.count)): \(option.obstacles.joined(separator: ", "))"
    }
    return [
      Document.Cell(bucket.resource), now, Document.Cell(choice.within.description),
      Document.Cell(choice.objectives.joined(separator: ", ")),
      Document.Cell(choice.cheapest.map { name($0.option) } ?? "none is fast enough"),
      choice.cheapest.map { Document.Cell(text.cents($0.monthly), number: AmountText.number($0.monthly)) }
        ?? "",
      Document.Cell(refused ?? ""),
    ]
  }

  private func name(_ option: StorageClassChoice.Option) -> String {
    let way = option.retrieval.speed == .instant ? "" : ", \(option.retrieval.speed.rawValue)"
    return option.storageClass.title + way
  }

  /// What programs read.
  public var json: JSONValue {
    .array(
      tiers.buckets.map { bucket in
        var members: [String: JSONValue] = [
          "resource": .string(bucket.resource), "monthly": .decimal(bucket.monthly),
          "choices": .array(bucket.choices.map(json)),
        ]
        if case .needs(let what) = bucket.reading { members["needs"] = .string(what) }
        return .object(members)
      })
  }

  private func json(_ choice: StorageTiers.Choice) -> JSONValue {
    [
      "withinHours": .number(choice.within.hours),
      "objectives": .array(choice.objectives.map { .string($0) }),
      "cheapest": choice.cheapest.map { .string($0.option.storageClass.rawValue) }
        ?? unknownJSON("no class is fast enough and priced"),
      "classes": .array(choice.classes.options.map { json($0, count: choice.count) }),
    ]
  }

  private func json(_ option: StorageClassChoice.Option, count: Decimal) -> JSONValue {
    [
      "class": .string(option.storageClass.rawValue), "retrieval": .string(option.retrieval.speed.rawValue),
      "longestRetrievalHours": .number(option.retrieval.longest.hours),
      "source": .string(option.retrieval.source),
      "monthly": option.monthly.map { .decimal($0 * count) } ?? unknownJSON("a price is not known"),
      "obstacles": .array(option.obstacles.map { .string($0) }),
    ]
  }
}
