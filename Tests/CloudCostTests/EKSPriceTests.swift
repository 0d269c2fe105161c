import CloudCost
import Foundation
import Testing

/// Clusters: infracost's eks_cluster_test, eks_node_group_test (2025-07-04) and eks_fargate_profile_test (2024-07-01).
@Suite struct EKSPriceTests {
  static func line(
    _ name: String, _ kind: any CostResource.Type, _ stated: Stated, _ label: String, _ monthly: String,
    bought: String = "on-demand"
  ) -> ExpectedLine {
    ExpectedLine(
      name: name, kind: kind, stated: stated, label: label, monthly: monthly,
      bought: Purchase(text: bought) ?? .onDemand)
  }

  static func group(_ entries: (String, Stated)...) -> Stated { ["node-groups": .list([.map(entries)])] }

  static let prefixed = group(
    ("type", "m5.large"), ("count", "3"), ("ebs-optimized", "yes"),
    ("volumes", [["type": "gp3", "size": "100 GB"]]))
  static let templated = group(("type", "t3.medium"), ("count", "3"), ("cpu-credits", "700 /month"))
  static let reserved = group(("type", "t3.medium"), ("count", "1"), ("cpu-credits", "700 /month"))

  static let rows: [ExpectedLine] =
    ["1.23", "1.24", "1.25", "1.26", "1.27", "1.28", "1.29"].map { version in
      line(
        "extended_support \(version)", EKSCluster.self, ["version": .text(version), "date": "2025-07-04"],
        "Control plane", "438.0")
    }
    + ["1.30", "1.31", "1.32", "1.33", "1.99"].map { version in
      line(
        "standard \(version)", EKSCluster.self, ["version": .text(version), "date": "2025-07-04"],
        "Control plane", "73.0")
    } + [
      line("fargate example, AS-28", EKSCluster.self, [:], "Control plane", "73.0"),
      line("stated", EKSCluster.self, ["support": "extended"], "Control plane", "438.0"),
      line(
        "on the day of the book", EKSCluster.self, ["version": "1.33"], "Control plane (extended", "438.0"),
      line("on the day of the book", EKSCluster.self, ["version": "1.34"], "Control plane (standard", "73.0"),
      line("with_prefix", EKSCluster.self, prefixed, "Nodes: Instance", "210.24"),
      line("with_prefix", EKSCluster.self, prefixed, "Nodes: EBS-optimized", "0.0"),
      line("with_prefix", EKSCluster.self, prefixed, "Nodes: Storage (gp3)", "24.0"),
      line("with_launch_template", EKSCluster.self, templated, "Nodes: Instance", "91.1"),
      line("with_launch_template", EKSCluster.self, templated, "Nodes: CPU credits", "105.0"),
      line("with_launch_template", EKSCluster.self, templated, "Nodes: Storage (gp2)", "6.0"),
      line(
        "reserved", EKSCluster.self, reserved, "Nodes: Instance", "19.05", bought: "reserved-1y-no-upfront"),
      line(
        "reserved", EKSCluster.self, reserved, "Nodes: CPU credits", "35.0", bought: "reserved-1y-no-upfront"),
      line(
        "reserved", EKSCluster.self, reserved, "Nodes: Storage (gp2)", "2.0", bought: "reserved-1y-no-upfront"
      ),
      line("reserved", EKSCluster.self, reserved, "Control plane", "73", bought: "reserved-1y-no-upfront"),
      line("fargate profile", FargateTasks.self, ["vcpu": "1", "memory": "1 GB"], "Memory", "3.24"),
      line("fargate profile", FargateTasks.self, ["vcpu": "1", "memory": "1 GB"], "vCPU", "29.55"),
      line(
        "c3x aws_ecs_service", FargateTasks.self, ["vcpu": "1", "memory": "2 GB", "tasks": "2"], "", "72.08"),
      line(
        "30 GB of storage above what is included, 0.000111 an hour", FargateTasks.self,
        ["vcpu": "1", "memory": "2 GB", "storage": "50 GB"], "Storage", "2.43"),
      line("arm", FargateTasks.self, ["vcpu": "1", "memory": "2 GB", "architecture": "arm"], "", "28.84"),
    ]

  @Test(arguments: rows) func equalsWhatWasPrinted(_ row: ExpectedLine) throws {
    #expect(try row.holds())
  }

  /// The day after standard support ends, extended support begins.
  @Test func supportEndsWithItsLastDay() throws {
    func monthly(_ day: String) throws -> Decimal? {
      try billed(EKSCluster.self, ["version": "1.32", "date": .text(day)]).monthly("Control plane")
    }
    #expect(try monthly("2026-03-23") == 73)
    #expect(try monthly("2026-03-24") == 438)
  }

  /// A version that is newer than what is known, on a day after all that is known.
  @Test func whatIsNotKnownIsNotGuessed() throws {
    let priced = try billed(EKSCluster.self, ["version": "1.40", "date": "2029-01-01"])
    #expect(priced.lines.first?.amount == .perUse("support: standard, or support: extended"))
  }

  @Test func contradictionsAreFound() throws {
    func slugs(_ stated: Stated) throws -> [String] { try billed(EKSCluster.self, stated).slugs }
    #expect(try slugs(["version": "latest"]) == ["unknown-version"])
    #expect(try slugs(["version": "1.30", "date": "July"]) == ["bad-day"])
    #expect(try slugs(["version": "1.30", "date": "2026-13-01"]) == ["bad-day"])
    #expect(
      try slugs(
        Self.group(
          ("type", "m5.large"), ("count", "1"), ("disk-type", "gp3"), ("volumes", [["size": "9 GB"]])))
        == ["no-disk"])
    #expect(
      try billed(FargateTasks.self, ["vcpu": "1", "memory": "2 GB", "storage": "201 GB"]).slugs
        == ["too-much-storage"])
  }

  /// Groups are told apart by name, and a node costs what the machine and its disk cost.
  @Test func aNodeIsAMachineAndItsDisk() throws {
    let cluster = try billed(
      EKSCluster.self,
      [
        "node-groups": [
          ["name": "apps", "type": "m5.2xlarge", "count": "6", "disk": "100 GB", "disk-type": "gp3"]
        ]
      ])
    let machine = try #require(try billed(EC2Instance.self, ["type": "m5.2xlarge"]).monthly(""))
    let disk = try #require(try billed(EBSVolume.self, ["size": "100 GB"]).monthly(""))
    #expect(cluster.monthly("apps: ") == 6 * (machine + disk))
  }
}
