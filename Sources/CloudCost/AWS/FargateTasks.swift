package import Diagnostics
internal import FoundationEssentials

/// Containers without machines: processors, memory and disk of tasks or pods while they run.
///
/// 20 GB of disk are included (AWS, AWS Fargate pricing).
package struct FargateTasks: CostResource {
  package static let kind = "aws-fargate"
  package static let title = "AWS Fargate"
  package static let summary = "Tasks of ECS and pods of EKS that run on no machine of one's own."
  package static let services = ["fargate"]
  package static let fields: [ResourceField] = [
    ResourceField("vcpu", .number, required: true, "Processors of a task.", example: "0.5"),
    ResourceField("memory", .size, required: true, "Memory of a task.", example: "2 GB"),
    ResourceField(
      "storage", .size, "Disk of a task, up to 200 GB; 20 GB, which are included.", example: "50 GB"),
    ResourceField("architecture", .choice(["x86", "arm"]), "The processor; x86."),
    ResourceField("tasks", .number, "Tasks that run, on average; 1.", example: "3"),
  ]

  static let includedStorage: Decimal = 20
  static let mostStorage: Decimal = 200

  let vcpu: Decimal
  let memory: Decimal
  let storage: Decimal
  let architecture: String
  let tasks: Decimal

  package init(_ stated: StatedResource, findings: inout [Diagnostic]) {
    vcpu = stated.number("vcpu") ?? 0
    memory = stated.gigabytes("memory") ?? 0
    storage = stated.gigabytes("storage") ?? Self.includedStorage
    architecture = stated.text("architecture")?.value ?? "x86"
    tasks = stated.number("tasks") ?? 1
    if storage > Self.mostStorage, let text = stated.text("storage") {
      findings.append(
        Diagnostic(
          slug: "too-much-storage", "storage: a task has at most 200 GB", at: text.location,
          help: "storage: 200 GB"))
    }
  }

  package var agreement: String? { "fargate/region" }

  package func charges(in context: ChargeContext) -> [Charge] {
    let hours = tasks * context.hours
    var charges = [
      Charge(
        "vCPU (\(architecture))", .listed(PriceKey("fargate", "vcpu/\(architecture)")), .known(vcpu * hours),
        unit: "vCPU-hour", isCommittable: true),
      Charge(
        "Memory (\(architecture))", .listed(PriceKey("fargate", "memory/\(architecture)")),
        .known(memory * hours), unit: "GB-hour", isCommittable: true),
    ]
    if storage > Self.includedStorage {
      charges.append(
        Charge(
          "Storage above 20 GB", .listed(PriceKey("fargate", "storage")),
          .known((storage - Self.includedStorage) * hours), unit: "GB-hour"))
    }
    return charges
  }
}
