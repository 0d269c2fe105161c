internal import Diagnostics
internal import FoundationEssentials

/// Equal machines that run pods, each with its disk.
///
/// How their hours are bought is said by `bought:` of the cost entry, as a mix.
struct EKSNodeGroup: Sendable {
  /// The keys of a group: what a machine states, how many there are and the disk of each.
  static let fields: [ResourceField] =
    [
      ResourceField("name", .text, "What it is called.", example: "apps"),
      ResourceField("count", .number, required: true, "Nodes, on average.", example: "6"),
      ResourceField("disk", .size, "The disk of a node; 20 GB (windows 50 GB), none with volumes:."),
      ResourceField("disk-type", .choice(["gp2", "gp3"]), "The type of the disk; gp2."),
    ] + EC2Instance.fields

  let name: String?
  let count: Decimal
  let instance: EC2Instance
  let disk: EBSVolume?

  /// What is stated of a group.
  init(_ stated: StatedResource, findings: inout [Diagnostic]) {
    name = stated.text("name")?.value
    count = stated.number("count") ?? 0
    instance = EC2Instance(stated, findings: &findings)
    let usual: Decimal? = instance.volumes.isEmpty ? (instance.system == "windows" ? 50 : 20) : nil
    let type = stated.text("disk-type")
    disk = (stated.gigabytes("disk") ?? usual).map { EBSVolume(type: type?.value ?? "gp2", size: $0) }
    if disk == nil, let type {
      findings.append(
        Diagnostic(
          slug: "no-disk", "disk-type: the group states volumes: and no disk:", at: type.location,
          help: "disk: 20 GB"))
    }
  }

  /// What all nodes take.
  func charges(in context: ChargeContext) -> [Charge] {
    let ofOne = instance.charges(in: context) + (disk.map { $0.charges(in: context) } ?? [])
    return ofOne.map { $0.times(count).labelled(of: name ?? "Nodes") }
  }
}
