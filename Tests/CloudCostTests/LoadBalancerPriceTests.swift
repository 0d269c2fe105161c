import CloudCost
import Foundation
import Testing

/// Load balancers: infracost's lb_test and elb_test (2024-07-01), and the definitions of capacity units.
@Suite struct LoadBalancerPriceTests {
  static func line(
    _ name: String, _ stated: Stated, _ label: String, _ monthly: String, hours: Decimal? = nil,
    region: String = "us-east-1"
  ) -> ExpectedLine {
    ExpectedLine(
      name: name, kind: LoadBalancer.self, stated: stated, label: label, monthly: monthly, region: region,
      hours: hours)
  }

  static let rows: [ExpectedLine] = [
    line("alb1_usage", ["data": "1000 GB/month"], "Load balancer", "16.43"),
    line("alb1_usage", ["data": "1000 GB/month"], "Capacity units", "8.0"),
    line("nlb1_usage", ["kind": "nlb", "data": "1000 GB/month"], "Load balancer", "16.43"),
    line("nlb1_usage", ["kind": "nlb", "data": "1000 GB/month"], "Capacity units", "6.0"),
    line("alb1, lb1", [:], "Load balancer", "16.43"),
    line("c3x aws_lb", ["lcu-hours": "100 /month"], "", "17.23"),
    line("elb1", ["kind": "clb", "data": "1000 GB/month"], "Load balancer", "18.25"),
    line("elb1", ["kind": "clb", "data": "1000 GB/month"], "Data", "8.0"),
    line("stated units", ["lcu": "1.5"], "Capacity units", "8.76"),
    line(
      "new connections decide: 100/25 = 4 LCU",
      ["new-connections": "100 /s", "active-connections": "6000", "data": "730 GB/month"], "Capacity", "23.36"
    ),
    line(
      "active connections decide: 9000/3000 = 3 LCU",
      ["new-connections": "25 /s", "active-connections": "9000"],
      "Capacity", "17.52"),
    line(
      "rule evaluations decide: 5000/1000 = 5 LCU",
      ["rule-evaluations": "5000 /s", "new-connections": "100 /s"], "Capacity", "29.2"),
    line(
      "400 GB to Lambda are 1,000 LCU-hours, and 500 GB besides 500",
      ["lambda-data": "400 GB/month", "data": "500 GB/month"], "Capacity", "12.0"),
    line("tcp: 1600/800 = 2", ["kind": "nlb", "new-connections": "1600 /s"], "Capacity", "8.76"),
    line(
      "udp: 1600/400 = 4", ["kind": "nlb", "protocol": "udp", "new-connections": "1600 /s"], "Capacity",
      "17.52"),
    line(
      "tls: 9000/3000 = 3", ["kind": "nlb", "protocol": "tls", "active-connections": "9000"], "Capacity",
      "13.14"),
    line(
      "gateway: 1200/600 = 2", ["kind": "gateway", "new-connections": "1200 /s"], "Capacity", "5.84",
      region: "eu-west-1"),
    line("gateway", ["kind": "gateway"], "Load balancer", "10.22", region: "eu-west-1"),
    line(
      "tcp 800/800 = 1 and tls 100/50 = 2 are 3 together",
      [
        "kind": "nlb",
        "traffic": [
          ["protocol": "tcp", "new-connections": "800 /s"], ["protocol": "tls", "new-connections": "100 /s"],
        ],
      ], "Capacity", "13.14"),
    line("eu-central-1", [:], "Load balancer", "19.44", hours: 720, region: "eu-central-1"),
  ]

  @Test(arguments: rows) func equalsWhatWasPrinted(_ row: ExpectedLine) throws {
    #expect(try row.holds())
  }

  @Test(arguments: ["alb", "nlb", "gateway", "clb"]) func useMustBeStated(_ kind: String) throws {
    let priced = try billed(LoadBalancer.self, ["kind": .text(kind)], region: "eu-west-1")
    #expect(priced.lines.count == 2)
    guard case .perUse = priced.lines[1].amount else { throw Missing() }
    #expect(priced.lines[1].unitPrice != nil)
  }

  @Test func contradictionsAreFound() throws {
    func slugs(_ stated: Stated) throws -> [String] { try billed(LoadBalancer.self, stated).slugs }
    #expect(try slugs(["lcu": "1", "data": "1 GB/month"]) == ["stated-twice"])
    #expect(
      try slugs(["kind": "nlb", "protocol": "tls", "traffic": [["protocol": "tcp"]]]) == ["stated-twice"])
    #expect(try slugs(["traffic": [["protocol": "tcp"]]]) == ["not-of-this-type"])
    #expect(try slugs(["lcu": "1", "lcu-hours": "1 /month"]) == ["stated-twice"])
    #expect(try slugs(["kind": "clb", "new-connections": "1 /s"]) == ["not-of-this-type"])
    #expect(try slugs(["protocol": "udp"]) == ["not-of-this-type"])
    #expect(try slugs(["kind": "nlb", "rule-evaluations": "1 /s"]) == ["not-of-this-type"])
  }
}
