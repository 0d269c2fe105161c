import CloudCost
import Foundation
import Testing

/// Volumes: infracost's ebs_volume_test and ebs_snapshot_test (2024-07-01), and the tiers of io2.
@Suite struct EBSPriceTests {
  static func line(
    _ name: String, _ stated: Stated, _ label: String, _ monthly: String, region: String = "us-east-1"
  ) -> ExpectedLine {
    ExpectedLine(
      name: name, kind: EBSVolume.self, stated: stated, label: label, monthly: monthly, region: region)
  }

  static let rows: [ExpectedLine] = [
    line("gp2", ["type": "gp2", "size": "10 GB"], "Storage", "1.0"),
    line("with_host", ["type": "gp2", "size": "50 GB"], "Storage", "5.0"),
    line("gp3, included", ["size": "500 GB", "iops": "3000", "throughput": "125"], "", "40.0"),
    line("gp3, JiVS §5.1 (l.1889)", ["size": "1 TB"], "", "80.0"),
    line("gp3 IOPS", ["size": "10 GB", "iops": "4000"], "Provisioned IOPS", "5.0"),
    line("gp3 throughput", ["size": "10 GB", "throughput": "250"], "Provisioned throughput", "5.0"),
    line("io1", ["type": "io1", "size": "30 GB", "iops": "300"], "", "23.25"),
    line("io2", ["type": "io2", "size": "100 GB", "iops": "1000"], "", "77.5"),
    line("st1", ["type": "st1", "size": "500 GB"], "Storage", "22.5"),
    line("sc1", ["type": "sc1", "size": "500 GB"], "Storage", "7.5"),
    line("standard", ["type": "standard", "size": "20 GB", "requests": "10,000,000 /month"], "", "1.5"),
    line("snapshots", ["type": "gp2", "size": "10 GB", "snapshots": "200 GB"], "Snapshots", "10.0"),
    line("fast restore", ["type": "gp2", "size": "10 GB", "fast-restore-zones": "2"], "Fast", "1095.0"),
    line(
      "io2 tiers, price list 0.072, 0.0504, 0.03528",
      ["type": "io2", "size": "100 GB", "iops": "70000"], "Provisioned IOPS", "4128.48", region: "eu-west-1"),
    line(
      "gp3 of eu-west-1", ["size": "100 GB", "iops": "4000", "throughput": "225"], "", "18.7",
      region: "eu-west-1"),
    line(
      "archive", ["size": "1 GB", "archived-snapshots": "1 TB", "archive-retrieval": "100 GB/month"],
      "Snapshots (archived)", "12.5", region: "eu-west-1"),
    line("gp3 of eu-central-1", ["size": "100 GB"], "Storage", "9.52", region: "eu-central-1"),
  ]

  @Test(arguments: rows) func equalsWhatWasPrinted(_ row: ExpectedLine) throws {
    #expect(try row.holds())
  }

  /// Two volumes of 32,000 IOPS stay in the first tier, one of 64,000 does not.
  @Test func tiersAreOfEachVolume() throws {
    let half: Stated = ["type": "io2", "size": "100 GB", "iops": "32000"]
    let two = try billed(EBSVolume.self, half, region: "eu-west-1", count: 2).monthly("Provisioned")
    let one = try billed(
      EBSVolume.self, ["type": "io2", "size": "100 GB", "iops": "64000"], region: "eu-west-1")
    #expect(two == Decimal(string: "4608"))
    #expect(one.monthly("Provisioned") == Decimal(string: "3916.8"))
  }

  @Test(arguments: ["io1", "io2"]) func operationsMustBeStated(_ type: String) throws {
    let priced = try billed(EBSVolume.self, ["type": .text(type), "size": "10 GB"])
    #expect(priced.lines("Provisioned").first?.amount == .perUse("iops: 4000"))
    #expect(priced.monthly("") == nil)
  }

  @Test(arguments: [
    ("gp3", "80001", true), ("gp3", "80000", false), ("io1", "64001", true), ("io2", "256000", false),
  ])
  func noVolumeHasMore(_ type: String, _ iops: String, _ isBeyond: Bool) throws {
    let priced = try billed(EBSVolume.self, ["type": .text(type), "size": "1 TB", "iops": .text(iops)])
    #expect(priced.slugs == (isBeyond ? ["more-than-possible"] : []))
  }

  @Test func noVolumeIsFaster() throws {
    #expect(
      try billed(EBSVolume.self, ["size": "1 TB", "throughput": "2001"]).slugs == ["more-than-possible"])
  }
}
