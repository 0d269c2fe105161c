/// Products of the CloudWatch list: logs, metrics, alarms, dashboards and requests.
enum MonitoringProducts {
  private static let items: [String: (item: String, unit: String)] = [
    "CW:MetricMonitorUsage": ("metric", "metric-month"),
    "CW:MetricStreamUsage": ("metric-stream", "1k updates"),
    "CW:Requests": ("requests", "1k requests"),
    "CW:AlarmMonitorUsage": ("alarm/standard", "alarm-month"),
    "CW:HighResAlarmMonitorUsage": ("alarm/high-resolution", "alarm-month"),
    "CW:CompositeAlarmMonitorUsage": ("alarm/composite", "alarm-month"),
    "CW:Canary-runs": ("canary", "run"),
    "DashboardsUsageHour": ("dashboard", "dashboard-month"),
    "DataProcessing-Bytes": ("logs/ingest/standard", "GB"),
    "DataProcessingIA-Bytes": ("logs/ingest/infrequent", "GB"),
    "VendedLog-Bytes": ("logs/ingest/vended", "GB"),
    "TimedStorage-ByteHrs": ("logs/storage/standard", "GB-month"),
    "DataScanned-Bytes": ("logs/insights", "GB"),
    "Logs-LiveTail": ("logs/live-tail", "minute"),
  ]

  static func product(_ product: ProductAttributes) -> ListedProduct {
    guard let item = items[product.usage] else { return .unknown }
    return .item("cloudwatch", item.item, per: item.unit)
  }
}
