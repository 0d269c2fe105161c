extension IncidentFormat {
  /// AWS Health's `describe-events`: issues and investigations are failures, scheduled changes are planned, and
  /// account notifications are left out. Times are ISO 8601, or seconds since 1970 as older tools print them.
  static let awsHealth: IncidentFormat = {
    var format = IncidentFormat(
      name: "aws-health", title: "AWS Health events (JSON)", source: "aws-health",
      container: .json(paths: ["events", ""]), signature: ["arn", "eventTypeCategory", "startTime"],
      columns: [
        (.id, ["arn"]), (.service, ["service"]), (.title, ["eventTypeCode"]), (.started, ["startTime"]),
        (.resolved, ["endTime"]), (.note, ["availabilityZone", "region"]),
      ])
    format.patterns = ["unix"].compactMap(TimePattern.init)
    format.finish = { record, raw in
      switch record.text("eventTypeCategory") {
      case "accountNotification": raw.ignored = .notice
      case "scheduledChange": raw.set(.planned, "yes")
      default: break
      }
    }
    return format
  }()
}
