package import Diagnostics
internal import FoundationEssentials

/// Virtual machines: hours of an instance class, processor credits above what bursting earns, detailed monitoring.
package struct EC2Instance: CostResource {
  package static let kind = "aws-ec2"
  package static let title = "Amazon EC2"
  package static let summary = "Virtual machines of a class, also the nodes of a cluster."
  package static let services = ["ec2", "cloudwatch"]
  package static let fields: [ResourceField] = [
    ResourceField("type", .text, required: true, "The instance type.", example: "m5.2xlarge"),
    ResourceField("os", .choice(["linux", "windows", "rhel", "suse"]), "The operating system; linux."),
    ResourceField(
      "cpu-credits", .rate, "vCPU-hours above what it earns, of an unlimited burstable type.",
      example: "700 /month"),
    ResourceField(
      "detailed-monitoring", .count(minimum: 1), "Metrics sent every minute; none.", example: "7"),
  ]

  let type: Located<String>
  let system: String
  let creditHours: Decimal?
  let metrics: Decimal?

  package init(_ stated: StatedResource, findings: inout [Diagnostic]) {
    type = stated.text("type") ?? Located("", at: stated.location)
    system = stated.text("os")?.value ?? "linux"
    creditHours = stated.perMonth("cpu-credits")
    metrics = stated.number("detailed-monitoring")
    if creditHours != nil, !type.value.hasPrefix("t") {
      findings.append(
        Diagnostic(
          slug: "no-cpu-credits", "\(type.value) does not burst; cpu-credits: are of t types only",
          at: stated.text("cpu-credits")?.location ?? stated.location))
    }
  }

  package func charges(in context: ChargeContext) -> [Charge] {
    let suffix = system == "linux" ? "" : "/\(system)"
    var charges = [
      Charge(
        "Instance (\(type.value), \(system))", .listed(PriceKey("ec2", "instance/\(type.value)\(suffix)")),
        .known(context.hours), unit: "hour", isCommittable: true, stated: type)
    ]
    if let creditHours {
      let family = type.value.prefix { $0 != "." }
      charges.append(
        Charge(
          "CPU credits", .listed(PriceKey("ec2", "cpu-credits/\(family)")), .known(creditHours),
          unit: "vCPU-hour"))
    }
    if let metrics {
      charges.append(
        Charge(
          "Detailed monitoring", .listed(PriceKey("cloudwatch", "metric")), .known(metrics),
          unit: "metric-month"))
    }
    return charges
  }
}
