import CloudCost
import Foundation
import Testing

/// Instances: lines of infracost's instance_test and eks_node_group_test (us-east-1, 2024-07-01 and 2025-07-04).
@Suite struct EC2PriceTests {
  static func line(
    _ name: String, _ stated: Stated, _ label: String, _ monthly: String, hours: Decimal? = nil,
    bought: String = "on-demand", count: Decimal = 1
  ) -> ExpectedLine {
    ExpectedLine(
      name: name, kind: EC2Instance.self, stated: stated, label: label, monthly: monthly, hours: hours,
      bought: Purchase(text: bought) ?? .onDemand, count: count)
  }

  static let template: Stated = [
    "type": "t3.medium", "cpu-credits": "1460 /month", "detailed-monitoring": "7",
    "volumes": [
      ["type": "gp2", "size": "8 GB"], ["type": "io1", "size": "20 GB", "iops": "200"],
      ["type": "io1", "size": "10 GB", "iops": "100"],
    ],
  ]

  static let rows: [ExpectedLine] = [
    line("instance_withLaunchTemplateById", template, "Instance (", "30.37"),
    line("instance_withLaunchTemplateById", template, "Detailed monitoring", "2.1"),
    line("instance_withLaunchTemplateById", template, "CPU credits", "73.0"),
    line("instance_withLaunchTemplateById", template, "Storage (gp2)", "0.8"),
    line("instance_withLaunchTemplateById, 20 and 10 GB", template, "Storage (io1)", "3.75"),
    line("instance_withLaunchTemplateById, 200 and 100 IOPS", template, "Provisioned IOPS", "19.5"),
    line(
      "instance1_ebsOptimized", ["type": "m3.large", "volumes": [["type": "gp2", "size": "8 GB"]]],
      "Instance", "97.09"),
    line("t2_unlimited_cpuCredits", ["type": "t2.medium", "cpu-credits": "600 /month"], "Instance", "33.87"),
    line(
      "t2_unlimited_cpuCredits", ["type": "t2.medium", "cpu-credits": "600 /month"], "CPU credits", "30.0"),
    line(
      "withMonthlyHours", ["type": "m3.large", "detailed-monitoring": "7"], "Instance", "13.3", hours: 100),
    line(
      "withMonthlyHours", ["type": "m3.large", "detailed-monitoring": "7"], "Detailed", "2.1", hours: 100),
    line(
      "cnvr_3yr_no_upfront", ["type": "t3.medium"], "Instance", "15.04",
      bought: "reserved-3y-no-upfront-convertible"),
    line("std_3yr_no_upfront", ["type": "t3.medium"], "Instance", "13.14", bought: "reserved-3y-no-upfront"),
    line("std_1yr_all_upfront", ["type": "t3.medium"], "Instance", "0", bought: "reserved-1y-all-upfront"),
    line("std_3yr_all_upfront", ["type": "t3.medium"], "Instance", "0", bought: "reserved-3y-all-upfront"),
    line("eks reserved", ["type": "t3.medium"], "Instance", "19.05", bought: "reserved-1y-no-upfront"),
    line("c3x aws_eks_node_group", ["type": "m5.large"], "Instance", "210.24", count: 3),
    line("JiVS §5.1 (l.1851), at 720 h", ["type": "m5.2xlarge"], "Instance", "1658.88", hours: 720, count: 6),
    line("JiVS §5.1 (l.1895), ELK", ["type": "t3.large"], "Instance", "182.21", count: 3),
    line("previous generation", ["type": "r3.xlarge", "ebs-optimized": "yes"], "EBS-optimized", "14.6"),
    line("eks example, included", ["type": "m5.large", "ebs-optimized": "yes"], "EBS-optimized", "0"),
    line("t4g", ["type": "t4g.medium", "cpu-credits": "100 /month"], "CPU credits", "4"),
  ]

  @Test(arguments: rows) func equalsWhatWasPrinted(_ row: ExpectedLine) throws {
    #expect(try row.holds())
  }

  /// Partial upfront of t3.medium: 109 paid once and 0.0124 an hour make the 0.024843 of ec2instances.info.
  @Test func partialUpfrontIsSplitAsItIsSold() throws {
    let priced = try billed(
      EC2Instance.self, ["type": "t3.medium", "credits": "standard"],
      bought: try #require(Purchase(text: "reserved-1y-partial-upfront")))
    guard case .known(let amount) = priced.lines.first?.amount else { throw Missing() }
    #expect(amount.recurring == Decimal(string: "9.052"))
    #expect(amount.upfront == 109)
    #expect(equalToTheCent(amount.amortised, (Decimal(string: "0.024843") ?? 0) * 730))
  }

  /// Effective hours of ec2instances.info (2024-05-02), which hold what is paid once: m5.2xlarge of us-east-1.
  @Test(arguments: [
    ("reserved-1y-no-upfront", "0.242"), ("reserved-1y-partial-upfront", "0.230183"),
    ("reserved-1y-all-upfront", "0.225799"), ("reserved-3y-partial-upfront", "0.153788"),
    ("reserved-3y-all-upfront", "0.144368"), ("reserved-1y-partial-upfront-convertible", "0.268361"),
    ("reserved-3y-all-upfront-convertible", "0.176712"),
    ("reserved-3y-partial-upfront-convertible", "0.180145"),
    ("instance-savings-3y-partial-upfront", "0.153788"), ("spot", "0.15744"),
  ]) func commitmentsAmortiseToTheFact(_ purchase: String, _ hourly: String) throws {
    let bought = try #require(Purchase(text: purchase))
    let monthly = try #require(
      try billed(EC2Instance.self, ["type": "m5.2xlarge"], bought: bought).monthly("Instance"))
    #expect(
      abs(monthly - (try #require(Decimal(string: hourly))) * 730)
        < Decimal(sign: .plus, exponent: -3, significand: 1))
  }

  /// An EC2 Instance Savings Plan costs what the standard reservation costs (DoiT: 0.276 and 0.276 of 3 years).
  @Test(arguments: [1, 3], Purchase.Commitment.Upfront.allCases) func plansEqualReservations(
    _ years: Int, _ upfront: Purchase.Commitment.Upfront
  ) throws {
    let commitment = Purchase.Commitment(years: years, upfront: upfront)
    let monthly = try [Purchase.reserved(commitment), .savingsPlan(.instance, commitment)].map {
      try #require(try billed(EC2Instance.self, ["type": "m5.2xlarge"], bought: $0).monthly("Instance"))
    }
    #expect(equalToTheCent(monthly[0], monthly[1]))
  }

  /// Nothing is cheaper by the hour than paying all at once, and no commitment is dearer than none.
  @Test(arguments: ["us-east-1", "eu-west-1", "eu-central-1"]) func commitmentsNeverCostMore(_ region: String)
    throws
  {
    let book = try LoadedBook.of(region: region)
    let table = try #require(book.table(of: "ec2", in: region))
    var compared = 0
    for item in table.prices.map(\.key.item) where item.hasPrefix("instance/") {
      guard let onDemand = table.tiers(of: item, purchase: .onDemand).first?.amount else { continue }
      for years in [1, 3] {
        let hourly = Purchase.Commitment.Upfront.allCases.compactMap { upfront in
          table.tiers(of: item, purchase: .reserved(.init(years: years, upfront: upfront))).first.map {
            $0.amount + $0.upfront / Decimal(8760 * years)
          }
        }
        guard hourly.count == 3 else { continue }
        #expect(hourly[2] <= hourly[0] && hourly[1] <= hourly[0] && hourly[0] <= onDemand, "\(item)")
        compared += 1
      }
    }
    #expect(compared > 600)
  }

  @Test func burstingWaitsForItsUse() throws {
    let waiting = try billed(EC2Instance.self, ["type": "t3.medium"]).lines("CPU credits")
    #expect(waiting.first?.amount == .perUse("cpu-credits: 700 /month, or credits: standard"))
    #expect(waiting.first?.unitPrice == Decimal(string: "0.05"))
    for stated: Stated in [
      ["type": "t3.medium", "credits": "standard"], ["type": "t2.medium"], ["type": "m5.large"],
    ] {
      #expect(try billed(EC2Instance.self, stated).lines("CPU credits").isEmpty)
    }
  }

  @Test func contradictionsAreFound() throws {
    func slugs(_ stated: Stated) throws -> [String] { try billed(EC2Instance.self, stated).slugs }
    #expect(try slugs(["type": "m5.large", "cpu-credits": "1 /month"]) == ["no-cpu-credits"])
    #expect(try slugs(["type": "t1.micro", "credits": "unlimited"]) == ["no-cpu-credits"])
    #expect(
      try slugs(["type": "t3.large", "credits": "standard", "cpu-credits": "1 /month"]) == ["no-cpu-credits"])
    #expect(try slugs(["type": "m5.2xlagre"]) == ["unknown-class"])
    #expect(
      try slugs(["type": "m5.large", "volumes": [["type": "gp2", "size": "1 GB", "iops": "9"]]]) == [
        "not-of-this-type"
      ])
  }

  @Test func aDedicatedHostPaysForTheHours() throws {
    let priced = try billed(
      EC2Instance.self,
      ["type": "m5.large", "tenancy": "host", "volumes": [["type": "gp2", "size": "50 GB"]]])
    #expect(priced.monthly("Instance") == 0)
    #expect(priced.monthly("Storage") == 5)
  }

  /// Nobody has stated what Windows costs, so it is unknown and not the price of Linux.
  @Test(arguments: [("os", "windows"), ("tenancy", "dedicated")]) func otherPricesAreUnknown(
    _ key: String, _ value: String
  ) throws {
    let stated = Stated.map([("type", "m5.large"), (key, .text(value))])
    let priced = try billed(EC2Instance.self, stated)
    #expect(
      priced.lines.first?.amount
        == .unknown("aws 2026-11-22 has no price of instance/m5.large/\(value) in us-east-1"))
    #expect(priced.findings.isEmpty)
  }

  /// Outputs of the AWS Pricing Calculator of 2025-06 and 2025-07 (DoiT, public GitHub file 14126247235), ap-northeast-1.
  @Test(arguments: [
    ("reserved-1y-partial-upfront", "1368", "0.156", "113.88"),
    ("reserved-3y-no-upfront", "0", "0.276", "201.48"),
    ("reserved-3y-all-upfront", "6950", "0", "0"), ("compute-savings-1y-all-upfront", "3057.24", "0", "0"),
    ("compute-savings-3y-no-upfront", "0", "0.31", "226.3"),
    ("compute-savings-3y-partial-upfront", "3955.14", "0.1505", "109.865"),
    ("instance-savings-1y-no-upfront", "0", "0.319", "232.87"),
    ("instance-savings-1y-all-upfront", "2715.6", "0", "0"),
    ("instance-savings-3y-no-upfront", "0", "0.276", "201.48"),
    ("instance-savings-3y-partial-upfront", "3547.8", "0.135", "98.55"),
  ]) func calculator(_ purchase: String, _ upfront: String, _ hourly: String, _ monthly: String) throws {
    let bought = try #require(Purchase(text: purchase))
    let price = ownPrice(
      "ec2", "instance/m6i.2xlarge", hourly, unit: "hour", region: "ap-northeast-1", purchase: bought,
      upfront: upfront, source: "AWS Pricing Calculator")
    let row = ExpectedLine(
      name: purchase, kind: EC2Instance.self, stated: ["type": "m6i.2xlarge"], label: "Instance",
      monthly: monthly, region: "ap-northeast-1", bought: bought, own: [price])
    #expect(try row.holds())
    guard case .known(let amount) = try row.priced().lines.first?.amount else { throw Missing() }
    #expect(amount.upfront == Decimal(string: upfront))
  }
}

/// A line that a test needs is not there.
struct Missing: Error {}
