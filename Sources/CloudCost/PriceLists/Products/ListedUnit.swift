internal import FoundationEssentials

/// Units of the provider's lists as units of ours.
enum ListedUnit {
  /// How many of the list's units one of ours is: 1,000 for `1k requests` of `Requests`; `nil` when they count different things.
  static func count(of unit: String, in listed: String) -> Decimal? {
    let words = listed.lowercased()
    return conversions[unit]?.first { $0.names.contains(words) }?.count
  }

  private typealias Conversion = (names: [String], count: Decimal)

  private static let hours = ["hrs", "hr", "hours", "hour", "instance-hours"]
  private static let requests = [
    "requests", "request", "ios", "i/o requests", "api calls", "api requests", "count",
  ]

  private static let conversions: [String: [Conversion]] = [
    "hour": [(hours + ["dsu-hrs", "dsu-hours", "clusterhours"], 1)],
    "vCPU-hour": [(hours + ["vcpu-hours", "vcpu-hour", "vcpu-hrs"], 1)],
    "GB-hour": [(hours + ["gb-hours", "gb-hour", "gb-hrs"], 1)],
    "LCU-hour": [(hours + ["lcu-hrs", "lcu-hr", "lcu-hours"], 1)],
    "ACU-hour": [(hours + ["acu-hr", "acu-hrs", "acu-hours"], 1)],
    "partition-hour": [(hours + ["partition-hours", "partitionhours"], 1)],
    "GB-month": [(["gb-mo", "gb-month", "gb-months"], 1)],
    "IOPS-month": [(["iops-mo", "iops-month"], 1)],
    // 1 GiB/s is 1,024 MiB/s, which AWS calls MB/s.
    "MBps-month": [(["mibps-mo", "mbps-mo"], 1), (["gibps-mo", "gibps-month"], Decimal(1) / 1024)],
    "GB": [(["gb", "gigabytes", "gigabyte"], 1)],
    "1k requests": [(requests, 1000), (["1k requests"], 1)],
    "10k requests": [(requests, 10_000), (["10k requests"], 1)],
    "1M requests": [(requests, 1_000_000), (["1m requests"], 1)],
    "1M change-records": [(["cr-hr", "change records", "changerecords", "cr", "ios"], 1_000_000)],
    "1k objects": [(["objects", "object"], 1000)],
    "1k updates": [(["metric updates", "metricupdate", "metric update", "updates"], 1000)],
    "run": [(["runs", "run", "canary runs"], 1)],
    "minute": [(["minutes", "minute", "min"], 1)],
    "metric-month": [(["metrics", "metric"], 1)],
    "alarm-month": [(["alarms", "alarm"], 1)],
    "dashboard-month": [(["dashboards", "dashboard", "dashboard-month"], 1)],
    "key-month": [(["keys", "key"], 1)],
    "secret-month": [(["secrets", "secret"], 1)],
  ]
}
