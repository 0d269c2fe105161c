package import Diagnostics
internal import FoundationEssentials

/// Virtual machines: hours of an instance class, processor credits above what bursting earns, detailed monitoring, volumes.
package struct EC2Instance: CostResource {
  package static let kind = "aws-ec2"
  package static let title = "Amazon EC2"
  package static let summary = "Virtual machines of a class, also the nodes of a cluster."
  package static let services = ["ec2", "ebs", "cloudwatch"]
  package static let fields: [ResourceField] = [
    ResourceField("type", .text, required: true, "The instance type.", example: "m5.2xlarge"),
    ResourceField("os", .choice(["linux", "windows", "rhel", "suse"]), "The operating system; linux."),
    ResourceField(
      "tenancy", .choice(["shared", "dedicated", "host"]),
      "Who else is on the hardware; shared. On a dedicated host the hours cost nothing, and the host is paid for itself."
    ),
    ResourceField(
      "credits", .choice(["unlimited", "standard"]),
      "Whether a burstable type pays for more than it earns; unlimited for t3, t3a and t4g, standard for t2."),
    ResourceField(
      "cpu-credits", .rate, "vCPU-hours above what it earns, of an unlimited burstable type.",
      example: "700 /month"),
    ResourceField(
      "ebs-optimized", .flag, "Whether bandwidth to volumes is reserved; no. Current types include it."),
    ResourceField(
      "detailed-monitoring", .count(minimum: 1), "Metrics sent every minute, such as 7; none.", example: "7"),
    ResourceField("volumes", .list(of: EBSVolume.fields), "Its volumes, as of aws-ebs; none."),
  ]

  let type: Located<String>
  let system: String
  let tenancy: String
  let credits: InstanceCredits
  let isVolumeOptimized: Bool
  let metrics: Decimal?
  let volumes: [EBSVolume]

  package init(_ stated: StatedResource, findings: inout [Diagnostic]) {
    type = stated.text("type") ?? Located("", at: stated.location)
    system = stated.text("os")?.value ?? "linux"
    tenancy = stated.text("tenancy")?.value ?? "shared"
    credits = InstanceCredits(stated, type: type.value, findings: &findings)
    isVolumeOptimized = stated.flag("ebs-optimized")
    metrics = stated.number("detailed-monitoring")
    volumes = stated.parts("volumes").map { EBSVolume($0, findings: &findings) }
  }

  package var agreement: String? { "ec2/instance" }

  package func charges(in context: ChargeContext) -> [Charge] {
    var charges = [hours(context.hours)]
    if let extra = credits.charge(system: system) { charges.append(extra) }
    if isVolumeOptimized { charges.append(volumeOptimized(context.hours)) }
    if let metrics {
      charges.append(
        Charge(
          "Detailed monitoring", .listed(PriceKey("cloudwatch", "metric")), .known(metrics),
          unit: "metric-month"))
    }
    return charges + volumes.flatMap { $0.charges(in: context) }
  }

  private func hours(_ hours: Decimal) -> Charge {
    if tenancy == "host" {
      return Charge("Instance (\(type.value), on a dedicated host)", .stated(0), .known(hours), unit: "hour")
    }
    var item = "instance/\(type.value)"
    if system != "linux" { item += "/\(system)" }
    if tenancy == "dedicated" { item += "/dedicated" }
    let label = "Instance (\(type.value), \(system)\(tenancy == "dedicated" ? ", dedicated" : ""))"
    return Charge(
      label, .listed(PriceKey("ec2", item)), .known(hours), unit: "hour", isCommittable: true, stated: type)
  }

  /// Types of these families pay for bandwidth to volumes; later ones include it (AWS, Amazon EC2 previous generation).
  private static let payingFamilies: Set<String> = ["c1", "c3", "g2", "i2", "m1", "m2", "m3", "r3"]

  private func volumeOptimized(_ hours: Decimal) -> Charge {
    let isPaid = Self.payingFamilies.contains(InstanceCredits.family(of: type.value))
    let item = PriceKey("ec2", "ebs-optimized/\(type.value)")
    return Charge(
      isPaid ? "EBS-optimized" : "EBS-optimized (included)", isPaid ? .listed(item) : .stated(0),
      .known(hours), unit: "hour")
  }
}
