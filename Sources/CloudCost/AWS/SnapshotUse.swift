internal import FoundationEssentials

/// Copies of volumes that are kept: at once readable, archived, or ready to be restored at full speed.
struct SnapshotUse: Sendable {
  let kept: Decimal?
  let archived: Decimal?
  let retrieved: Decimal?
  let fastZones: Decimal?

  /// What is stated of them.
  init(_ stated: StatedResource) {
    kept = stated.gigabytes("snapshots")
    archived = stated.gigabytes("archived-snapshots")
    retrieved = stated.gigabytesPerMonth("archive-retrieval")
    fastZones = stated.number("fast-restore-zones")
  }

  /// None.
  init() {
    kept = nil
    archived = nil
    retrieved = nil
    fastZones = nil
  }

  /// Fast restore is paid for each snapshot, zone and hour.
  func charges(hours: Decimal) -> [Charge] {
    let parts: [(label: String, item: String, quantity: Decimal?, unit: String)] = [
      ("Snapshots", "snapshot", kept, "GB-month"),
      ("Snapshots (archived)", "snapshot/archive", archived, "GB-month"),
      ("Archive retrieval", "snapshot/archive-retrieval", retrieved, "GB"),
      ("Fast snapshot restore", "snapshot/fast-restore", fastZones.map { $0 * hours }, "hour"),
    ]
    return parts.compactMap { part in
      part.quantity.map {
        Charge(part.label, .listed(PriceKey("ebs", part.item)), .known($0), unit: part.unit)
      }
    }
  }
}
