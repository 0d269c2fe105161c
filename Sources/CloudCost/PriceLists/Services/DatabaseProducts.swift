/// Products of the RDS list: instances, storage, operations and backups of RDS and of Aurora.
enum DatabaseProducts {
  static func product(_ product: ProductAttributes) -> ListedProduct {
    switch product[.productFamily] {
    case "Database Instance": instance(product)
    case "Database Storage": storage(product)
    case "Provisioned IOPS": operations(product)
    default: metered(product)
    }
  }

  private static func instance(_ product: ProductAttributes) -> ListedProduct {
    let name = product[.instanceType]
    guard name.hasPrefix("db."), !product.usage.contains("Custom"),
      !product[.deploymentModel].hasPrefix("Custom")
    else {
      return .leftOut("databases on machines of one's own (RDS Custom)")
    }
    if let engine = auroraEngine(product[.databaseEngine]) {
      let mode = product[.storage].contains("IO Optimization") || product.usage.contains("IOOptimized")
      return .item(
        "aurora", "instance/\(name)/\(engine)/\(mode ? "io-optimized" : "standard")", per: "hour", facts: name
      )
    }
    guard let engine = engine(product) else { return .leftOut("other database engines") }
    guard let deployment = deployment(product[.deploymentOption]) else { return .unknown }
    return .item("rds", "instance/\(name)/\(engine)/\(deployment)", per: "hour", facts: name)
  }

  private static func auroraEngine(_ name: String) -> String? {
    switch name {
    case "Aurora PostgreSQL": "postgres"
    case "Aurora MySQL": "mysql"
    default: nil
    }
  }

  /// The engine with its edition and licence, as items name it.
  private static func engine(_ product: ProductAttributes) -> String? {
    let isOwnLicense = product[.licenseModel].lowercased() == "bring your own license"
    switch product[.databaseEngine] {
    case "PostgreSQL": return "postgres"
    case "MySQL": return "mysql"
    case "MariaDB": return "mariadb"
    case "Oracle":
      if isOwnLicense { return "oracle-byol" }
      return ["Standard One": "oracle-se1", "Standard Two": "oracle-se2"][product[.databaseEdition]]
    case "SQL Server":
      guard !isOwnLicense else { return nil }
      return ["Express": "ex", "Web": "web", "Standard": "se", "Enterprise": "ee"][product[.databaseEdition]]
        .map { "sqlserver-\($0)" }
    default: return nil
    }
  }

  private static func deployment(_ option: String) -> String? {
    switch option {
    case "Single-AZ": "single-az"
    case "Multi-AZ", "Multi-AZ (SQL Server Mirror)", "Multi-AZ (SQL Server Always On)": "multi-az"
    case "Multi-AZ (readable standbys)": "multi-az-cluster"
    default: nil
    }
  }

  private static let volumes = [
    "General Purpose": "gp2", "General Purpose-GP3": "gp3", "Provisioned IOPS": "io1",
    "General Purpose (SSD)": "gp2", "Provisioned IOPS (SSD)": "io1",
    "Provisioned IOPS-IO2": "io2", "Magnetic": "magnetic",
  ]

  private static func storage(_ product: ProductAttributes) -> ListedProduct {
    switch product.usage {
    case "Aurora:StorageUsage": return .item("aurora", "storage/standard", per: "GB-month")
    case "Aurora:IO-OptimizedStorageUsage": return .item("aurora", "storage/io-optimized", per: "GB-month")
    default: break
    }
    guard let volume = volumes[product[.volumeType]], let deployment = deployment(product[.deploymentOption])
    else { return .unknown }
    return .item("rds", "storage/\(volume)/\(deployment)", per: "GB-month")
  }

  private static func operations(_ product: ProductAttributes) -> ListedProduct {
    let usage = product.usage
    guard let deployment = deployment(product[.deploymentOption]) else { return .unknown }
    let volume = usage.contains("GP3") ? "gp3" : usage.contains("IO2") ? "io2" : "io1"
    if usage.contains("Throughput") { return .leftOut("throughput of database volumes") }
    return .item("rds", "iops/\(volume)/\(deployment)", per: "IOPS-month")
  }

  private static let items: [String: (service: String, item: String, unit: String)] = [
    "RDS:ChargedBackupUsage": ("rds", "backup", "GB-month"),
    "RDS:StorageIOUsage": ("rds", "requests/magnetic", "1M requests"),
    "Aurora:BackupUsage": ("aurora", "backup", "GB-month"),
    "Aurora:StorageIOUsage": ("aurora", "requests", "1M requests"),
    "Aurora:BacktrackUsage": ("aurora", "backtrack", "1M change-records"),
    "Aurora:ServerlessUsage": ("aurora", "serverless-v1", "ACU-hour"),
    "Aurora:ServerlessV2Usage": ("aurora", "serverless-v2/standard", "ACU-hour"),
    "Aurora:ServerlessV2IOOptimizedUsage": ("aurora", "serverless-v2/io-optimized", "ACU-hour"),
    "Aurora:SnapshotExportToS3": ("aurora", "snapshot-export", "GB"),
  ]

  /// What is told by the usage type alone; the same price stands there once for each engine.
  private static func metered(_ product: ProductAttributes) -> ListedProduct {
    let usage = product.usage
    if let item = items[usage] { return .item(item.service, item.item, per: item.unit) }
    if product[.productFamily] == "CPU Credits", usage.hasPrefix("RDS:") || usage.hasPrefix("Aurora:"),
      let family = usage.split(separator: ".").last
    {
      return .item(usage.hasPrefix("Aurora") ? "aurora" : "rds", "cpu-credits/\(family)", per: "vCPU-hour")
    }
    return extendedSupport(usage)
  }

  /// `ExtendedSupport:Yr1-Yr2:PostgreSQL11`, which costs the same for each version.
  private static func extendedSupport(_ usage: String) -> ListedProduct {
    let parts = usage.split(separator: ":")
    guard parts.count == 3, parts[0] == "ExtendedSupport",
      let years = ["Yr1-Yr2": "year-1-2", "Yr3": "year-3"][parts[1]]
    else { return .unknown }
    let service = parts[2].hasPrefix("Aurora") ? "aurora" : "rds"
    return .item(service, "extended-support/\(years)", per: "vCPU-hour")
  }
}
