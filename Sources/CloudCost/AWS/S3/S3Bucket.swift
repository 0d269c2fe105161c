package import Diagnostics
internal import FoundationEssentials

/// A bucket: what each storage class keeps, is asked for and gives back, and what a lifecycle makes of it over time.
package struct S3Bucket: CostResource {
  package static let kind = "aws-s3"
  package static let title = "Amazon S3"
  package static let summary =
    "Objects by storage class: storage, requests, retrieval, minimum sizes and durations, lifecycles over time."
  package static let services = ["s3"]

  /// What is stated of classes, in the order of ``S3StorageClass``.
  let uses: [S3ClassUse]
  let cohorts: LifecycleCohorts?
  let billedMonth: Int?
  let tags: Decimal?
  let listedObjects: Decimal?
  let watchedObjects: Decimal?

  package init(_ stated: StatedResource, findings: inout [Diagnostic]) {
    let check = S3BucketCheck(stated)
    findings += check.findings()
    cohorts = check.lifecycle.cohorts
    billedMonth = stated.number("month").flatMap { Int("\($0)") }
    tags = stated.number("tags")
    listedObjects = stated.perMonth("inventory")
    watchedObjects = stated.number("analytics")
    let objectGigabytes = check.objectGigabytes
    uses = check.parts.map { storageClass, part in
      var use = S3ClassUse(storageClass, stated: part)
      use.objectGigabytes = use.objectGigabytes ?? objectGigabytes
      use.isBeside = part.path == stated.path
      return use
    }
    self.objectGigabytes = objectGigabytes
  }

  /// What an object measures on average, where no class says otherwise.
  let objectGigabytes: Decimal?

  package func charges(in context: ChargeContext) -> [Charge] {
    charges(of: billedMonth.map { cohorts?.month($0) } ?? cohorts?.steadyState)
  }

  package func charges(in context: ChargeContext, month: Int) -> [Charge] {
    charges(of: cohorts?.month(month, use: context.use))
  }

  private func charges(of month: LifecycleMonth?) -> [Charge] {
    S3StorageClass.allCases.flatMap { storageClass in
      use(of: storageClass, in: month)?.charges() ?? []
    } + management
  }

  /// What is stated of a class, and what the lifecycle adds.
  private func use(of storageClass: S3StorageClass, in month: LifecycleMonth?) -> S3ClassUse? {
    let stated = uses.first { $0.storageClass == storageClass }
    guard let month, let index = month.shares.firstIndex(where: { $0.storageClass == storageClass }) else {
      return stated
    }
    let share = month.shares[index]
    if stated == nil, share.isEmpty { return nil }
    var use = stated ?? S3ClassUse(storageClass)
    use.objectGigabytes = use.objectGigabytes ?? objectGigabytes
    use.isOfLifecycle = true
    use.stored = share.storedGigabytes
    use.unservedGigabytes = share.unservedGigabytes > 0 ? share.unservedGigabytes : nil
    if index == 0 {
      use.puts = use.puts ?? objects(in: month.writtenGigabytes, of: use)
    } else {
      use.isMovedInto = true
      use.transitions = objects(in: share.movedInGigabytes, of: use)
    }
    return use
  }

  private func objects(in gigabytes: Decimal, of use: S3ClassUse) -> Decimal? {
    gigabytes == 0 ? 0 : use.objectGigabytes.map { gigabytes / $0 }
  }

  private var management: [Charge] {
    let counts: [(label: String, item: String, quantity: Decimal?, per: Decimal, unit: String)] = [
      ("Object tagging", "tags", tags, 10_000, "10k tags"),
      ("Objects listed by S3 Inventory", "inventory", listedObjects, 1_000_000, "1M objects"),
      ("Objects watched by Storage Class Analysis", "analytics", watchedObjects, 1_000_000, "1M objects"),
    ]
    return counts.compactMap { count in
      count.quantity.map {
        Charge(
          count.label, .listed(PriceKey("s3", count.item)), .known($0 / count.per), unit: count.unit)
      }
    }
  }
}

extension LifecycleMonth.Share {
  fileprivate var isEmpty: Bool {
    storedGigabytes == 0 && movedInGigabytes == 0 && unservedGigabytes == 0
  }
}
