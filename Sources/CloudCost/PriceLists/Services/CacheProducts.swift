/// Products of the ElastiCache list: nodes and backups.
enum CacheProducts {
  static func product(_ product: ProductAttributes) -> ListedProduct {
    let usage = product.usage
    if usage == "ElastiCache:BackupUsage" { return .item("elasticache", "backup", per: "GB-month") }
    guard product[.productFamily] == "Cache Instance" else { return .unknown }
    guard usage.isEmpty || usage.hasPrefix("NodeUsage:") || usage.hasPrefix("HeavyUsage:") else {
      return .leftOut("cache nodes of other kinds")
    }
    let engine = product[.cacheEngine].lowercased()
    guard ["redis", "valkey", "memcached"].contains(engine), !product[.instanceType].isEmpty else {
      return .unknown
    }
    let name = product[.instanceType]
    return .item("elasticache", "node/\(name)/\(engine)", per: "hour", facts: name)
  }
}
