package import Diagnostics
internal import FoundationEssentials

/// Kubernetes: the control plane in standard or extended support, and managed groups of nodes.
package struct EKSCluster: CostResource {
  package static let kind = "aws-eks"
  package static let title = "Amazon EKS"
  package static let summary =
    "Kubernetes control planes and their managed node groups; pods on Fargate are aws-fargate."
  package static let services = ["eks", "ec2", "ebs", "cloudwatch"]
  package static let fields: [ResourceField] = [
    ResourceField(
      "version", .text, "The Kubernetes version, which decides about extended support.", example: "\"1.33\""),
    ResourceField(
      "date", .text, "The day on which that counts; the day of the price book.", example: "2026-11-22"),
    ResourceField(
      "support", .choice(["standard", "extended"]),
      "The support itself, whatever the version; standard without one."),
    ResourceField("node-groups", .list(of: EKSNodeGroup.fields), "Managed groups of nodes; none."),
  ]

  let version: KubernetesVersion?
  let day: String?
  let support: String?
  let groups: [EKSNodeGroup]

  package init(_ stated: StatedResource, findings: inout [Diagnostic]) {
    version = KubernetesVersion(stated, findings: &findings)
    day = stated.day("date", findings: &findings)
    support = stated.text("support")?.value
    groups = stated.parts("node-groups").map { EKSNodeGroup($0, findings: &findings) }
  }

  package var agreement: String? { "eks/standard" }

  package func charges(in context: ChargeContext) -> [Charge] {
    [controlPlane(in: context)] + groups.flatMap { $0.charges(in: context) }
  }

  private func controlPlane(in context: ChargeContext) -> Charge {
    let found = support ?? decidedSupport(on: day ?? context.book.day)
    guard let support = found else {
      return Charge(
        "Control plane", PriceKey("eks", "cluster/standard-support"), nil, unit: "hour",
        otherwise: "support: standard, or support: extended")
    }
    let label = version.map { ", \($0)" } ?? ""
    return Charge(
      "Control plane (\(support) support\(label))", .listed(PriceKey("eks", "cluster/\(support)-support")),
      .known(context.hours), unit: "hour")
  }

  private func decidedSupport(on day: String?) -> String? {
    guard let version else { return "standard" }
    return day.flatMap { version.isInExtendedSupport(on: $0) }.map { $0 ? "extended" : "standard" }
  }
}

extension StatedResource {
  /// A day such as `2026-11-22`; adds a finding when it is none.
  func day(_ key: String, findings: inout [Diagnostic]) -> String? {
    guard let stated = text(key) else { return nil }
    let parts = stated.value.split(separator: "-", omittingEmptySubsequences: false)
    let numbers = parts.filter { $0.allSatisfy { ("0"..."9").contains($0) } }.compactMap { Int($0) }
    if parts.map(\.count) == [4, 2, 2], numbers.count == 3, (1...12).contains(numbers[1]),
      (1...31).contains(numbers[2])
    {
      return stated.value
    }
    findings.append(
      Diagnostic(
        slug: "bad-day", "\(key): “\(stated.value)” is no day", at: stated.location,
        help: "\(key): 2026-11-22"))
    return nil
  }
}
