internal import Diagnostics
internal import FoundationEssentials

/// The storage that the instances of an Aurora cluster share, and what is kept and moved besides.
struct AuroraStorage {
  let configuration: String
  let size: Decimal?
  let requests: Decimal?
  let backups: Decimal?
  let changeRecords: Decimal?
  let backtrackHours: Decimal?
  let exported: Decimal?

  /// Reads the keys of ``AuroraCluster``; adds a finding for what the engine or the configuration does not have.
  init(_ stated: StatedResource, engine: String, configuration: String, findings: inout [Diagnostic]) {
    self.configuration = configuration
    size = stated.gigabytes("storage")
    requests = stated.perMonth("requests")
    backups = stated.gigabytes("backups")
    changeRecords = stated.perMonth("backtrack-records")
    backtrackHours = stated.hours("backtrack-window")
    exported = stated.gigabytes("snapshot-export")
    stated.refuse("requests", unless: configuration == "standard", of: configuration, findings: &findings)
    for key in ["backtrack-records", "backtrack-window"] {
      stated.refuse(key, unless: engine == "mysql", of: engine, findings: &findings)
    }
    stated.demand(
      "backtrack-records", if: backtrackHours != nil, for: "backtrack-window:", example: "1,000,000 /h",
      findings: &findings)
    stated.demand(
      "backtrack-window", if: changeRecords != nil, for: "backtrack-records:", example: "24 h",
      findings: &findings)
  }

  /// What a month of it takes.
  func charges(in context: ChargeContext) -> [Charge] {
    var charges = [
      Charge(
        "Storage (\(configuration))", PriceKey("aurora", "storage/\(configuration)"), size,
        unit: "GB-month", otherwise: "storage: 100 GB")
    ]
    if configuration == "standard" {
      charges.append(
        Charge(
          "I/O requests", PriceKey("aurora", "requests"), requests.map { $0 / 1_000_000 },
          unit: "1M requests", otherwise: "requests: 20 /s"))
    }
    charges.append(backup)
    return charges + backtrack(in: context) + export
  }

  /// Backups above what is free: as much as the cluster's volume (Amazon Aurora User Guide, “Backup storage usage”).
  private var backup: Charge {
    let charged = backups.flatMap { kept in size.map { max(kept - $0, 0) } }
    return Charge(
      "Backups above what is free", PriceKey("aurora", "backup"), charged, unit: "GB-month",
      otherwise: backups == nil ? "backups: 1,200 GB" : "storage: 100 GB")
  }

  /// Every hour is paid for the change records that are kept then: those of one window.
  private func backtrack(in context: ChargeContext) -> [Charge] {
    guard let changeRecords, let backtrackHours else { return [] }
    let kept = changeRecords / context.conventions.hoursPerMonth * backtrackHours
    return [
      Charge(
        "Backtrack", .listed(PriceKey("aurora", "backtrack")), .known(kept * context.hours / 1_000_000),
        unit: "1M change-records")
    ]
  }

  private var export: [Charge] {
    guard let exported else { return [] }
    return [
      Charge("Snapshot export", .listed(PriceKey("aurora", "snapshot-export")), .known(exported), unit: "GB")
    ]
  }
}
