/// Products of the EC2 list: machines, their processor credits, volumes, snapshots and NAT gateways.
enum MachineProducts {
  static func product(_ product: ProductAttributes) -> ListedProduct {
    switch product[.productFamily] {
    case "Compute Instance", "Compute Instance (bare metal)": machine(product)
    case "CPU Credits": credits(product)
    case "Storage", "System Operation", "Provisioned Throughput", "Storage Snapshot", "Fast Snapshot Restore":
      VolumeProducts.product(product)
    case "NAT Gateway": NetworkProducts.gateway(product)
    case "Load Balancer", "Load Balancer-Application", "Load Balancer-Network", "Load Balancer-Gateway":
      NetworkProducts.loadBalancer(product)
    case "Dedicated Host": .leftOut("on dedicated hosts")
    default: other(product)
    }
  }

  private static func other(_ product: ProductAttributes) -> ListedProduct {
    let usage = product.usage
    guard usage.hasPrefix("EBSOptimized:") else { return .unknown }
    return .item("ec2", "ebs-optimized/\(usage.dropFirst(13))", per: "hour")
  }

  /// A machine by the hour: on shared or dedicated hardware, used (no reservation of capacity), without software of others.
  private static func machine(_ product: ProductAttributes) -> ListedProduct {
    let usage = product.usage
    if usage.hasPrefix("EBSOptimized:") { return other(product) }
    if let reason = reason(product, usage) { return .leftOut(reason) }
    guard let system = system(product[.operatingSystem]) else { return .leftOut("other operating systems") }
    let name = product[.instanceType]
    guard !name.isEmpty else { return .unknown }
    let tenancy = product[.tenancy] == "Dedicated" ? "/dedicated" : ""
    return .item("ec2", "instance/\(name)\(system)\(tenancy)", per: "hour", facts: name)
  }

  /// Why a machine is not taken.
  private static func reason(_ product: ProductAttributes, _ usage: String) -> String? {
    if !stated(product[.tenancy], as: ["Shared", "Dedicated"]) { return "on dedicated hosts" }
    if !stated(product[.capacityStatus], as: ["Used"]) { return "reservations of capacity" }
    if !stated(product[.marketOption], as: ["OnDemand"]) { return "blocks of capacity and spare capacity" }
    if !stated(product[.preInstalledSw], as: ["NA"]) { return "with software installed by AWS" }
    if !stated(product[.licenseModel], as: ["No License required"]) { return "licences of one's own" }
    let metered = product[.tenancy] == "Dedicated" ? "DedicatedUsage" : "BoxUsage"
    return usage.isEmpty || usage.hasPrefix(metered) ? nil : "reservations of capacity"
  }

  private static func stated(_ value: String, as wanted: [String]) -> Bool {
    value.isEmpty || wanted.contains(value)
  }

  /// What an operating system adds to the name; `nil` for those that have no name here.
  static func system(_ name: String) -> String? {
    switch name {
    case "Linux": ""
    case "Windows": "/windows"
    case "RHEL": "/rhel"
    case "SUSE": "/suse"
    default: nil
    }
  }

  private static func credits(_ product: ProductAttributes) -> ListedProduct {
    let usage = product.usage
    guard let colon = usage.firstIndex(of: ":") else { return .unknown }
    let family = usage[usage.index(after: colon)...]
    let system = product[.operatingSystem].isEmpty ? "" : system(product[.operatingSystem])
    guard let system, !family.isEmpty else { return .leftOut("other operating systems") }
    return .item("ec2", "cpu-credits/\(family)\(system)", per: "vCPU-hour")
  }
}

/// Volumes and their snapshots, which stand in the EC2 list.
enum VolumeProducts {
  /// By what is metered: the usage type without the region, cut behind `EBS:`.
  private static let items: [String: (item: String, unit: String)] = [
    "VolumeUsage": ("standard", "GB-month"),
    "VolumeUsage.gp2": ("gp2", "GB-month"),
    "VolumeUsage.gp3": ("gp3", "GB-month"),
    "VolumeUsage.piops": ("io1", "GB-month"),
    "VolumeUsage.io2": ("io2", "GB-month"),
    "VolumeUsage.st1": ("st1", "GB-month"),
    "VolumeUsage.sc1": ("sc1", "GB-month"),
    "VolumeIOUsage": ("standard/requests", "1M requests"),
    "VolumeP-IOPS.piops": ("io1/iops", "IOPS-month"),
    "VolumeP-IOPS.gp3": ("gp3/iops", "IOPS-month"),
    "VolumeP-IOPS.io2": ("io2/iops", "IOPS-month"),
    "VolumeP-IOPS.io2.tier2": ("io2/iops/tier-2", "IOPS-month"),
    "VolumeP-IOPS.io2.tier3": ("io2/iops/tier-3", "IOPS-month"),
    "VolumeP-Throughput.gp3": ("gp3/throughput", "MBps-month"),
    "SnapshotUsage": ("snapshot", "GB-month"),
    "SnapshotArchiveStorage": ("snapshot/archive", "GB-month"),
    "SnapshotArchiveRetrieval": ("snapshot/archive-retrieval", "GB"),
    "FastSnapshotRestore": ("snapshot/fast-restore", "hour"),
  ]

  static func product(_ product: ProductAttributes) -> ListedProduct {
    let usage = product.usage
    guard usage.hasPrefix("EBS:"), let item = items[String(usage.dropFirst(4))] else { return .unknown }
    return .item("ebs", item.item, per: item.unit)
  }
}
