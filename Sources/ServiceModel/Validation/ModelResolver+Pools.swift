internal import Diagnostics
internal import Quantities
internal import Resilience

extension ModelResolver {
  // MARK: Connections and threads

  mutating func resolvePools() -> [NamedPool] {
    var serving: [Int: String] = [:]
    return draft.pools.compactMap { pool in
      guard let owner = poolOwner(pool.owner) else { return nil }
      if pool.servesRequests, let other = serving.updateValue(pool.name.value, forKey: owner) {
        report(
          "two-request-pools", "requests of \(pool.owner.value) are served by \(other) already",
          at: pool.name.location, help: "leave serves: out of one of them")
      }
      return NamedPool(
        name: pool.name.value, component: owner, destination: pool.destination.flatMap { resolve($0) },
        pool: pool.pool, servesRequests: pool.servesRequests, memory: pool.memory,
        outlook: resolve(pool.outlook, of: pool.name, isUseStated: pool.pool.used > 0))
    }
  }

  private mutating func poolOwner(_ name: Located<String>) -> Int? {
    if let owner = componentIndex[name.value] { return owner }
    reportUnknown("component", name, among: componentNames)
    return nil
  }

  // MARK: Memory and storage

  mutating func resolveDataPools() -> [DataPool] {
    draft.dataPools.compactMap { pool in
      guard let owner = poolOwner(pool.owner) else { return nil }
      check(pool)
      return DataPool(
        name: pool.name.value, component: owner, kind: pool.kind, size: pool.size.value,
        used: pool.used?.value, overflow: pool.overflow, holding: pool.holding,
        outlook: resolve(pool.outlook, of: pool.name, isUseStated: pool.used != nil))
    }
  }

  private mutating func check(_ pool: DataPoolDraft) {
    if pool.size.value.bytes <= 0 {
      report(
        "pool-size", "\(pool.name.value) has no room at all", at: pool.size.location, help: "size: 8 GB")
    }
    if let used = pool.used, used.value.bytes > pool.size.value.bytes {
      report(
        "pool-used", "\(used.value) of \(pool.size.value) are used; expected no more than there is",
        at: used.location, help: "used: \(pool.size.value)")
    }
  }

  // MARK: Growth and alerts

  private mutating func resolve(
    _ outlook: PoolOutlookDraft, of pool: Located<String>, isUseStated: Bool
  ) -> PoolOutlook {
    if let growth = outlook.growth {
      if !isUseStated {
        report(
          "pool-growth", "\(pool.value) grows, and nobody said what is used of it", at: growth.location,
          help: "used: …")
      }
      if !(growth.value > -1) {
        report(
          "pool-growth", "a growth of \(shortest(growth.value * 100)) % a year leaves nothing to use",
          at: growth.location, help: "growth: 20 %")
      }
    }
    return PoolOutlook(
      growthPerYear: outlook.growth?.value, alert: resolveAlert(outlook, "pools/\(pool.value)/alert"))
  }

  /// Who is told at which use; `path` is where that is written.
  mutating func resolveAlert(_ outlook: PoolOutlookDraft, _ path: String) -> PoolAlert? {
    guard let share = outlook.alertShare else { return nil }
    if !(share.value > 0 && share.value <= 1) {
      report(
        "pool-alert",
        "an alert at \(shortest(share.value * 100)) %; expected more than 0 % and no more than 100 %",
        at: share.location, help: "alert: {at: 90 %}")
    }
    // Registers a user of the detector, and finds names that nothing bears.
    if let detector = outlook.detector { _ = delay(.named(detector), .detector, of: path) }
    return PoolAlert(share: share.value, detector: outlook.detector?.value)
  }
}
