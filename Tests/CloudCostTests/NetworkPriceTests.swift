import CloudCost
import Foundation
import Testing

/// Gateways, addresses, endpoints, secrets and keys: infracost's nat_gateway_test and fixtures of c3x.
@Suite struct NetworkPriceTests {
  static func line(
    _ name: String, _ kind: any CostResource.Type, _ stated: Stated, _ label: String, _ monthly: String,
    region: String = "us-east-1"
  ) -> ExpectedLine {
    ExpectedLine(name: name, kind: kind, stated: stated, label: label, monthly: monthly, region: region)
  }

  static let rows: [ExpectedLine] = [
    line("nat", NATGateway.self, [:], "NAT gateway", "32.85"),
    line("nat_usage", NATGateway.self, ["data": "10 GB/month"], "Data", "0.45"),
    line("price list", NATGateway.self, ["data": "100 GB/month"], "", "39.84", region: "eu-west-1"),
    line("c3x aws_eip", PublicIPv4.self, [:], "", "3.65"),
    line("three of eu-central-1", PublicIPv4.self, ["addresses": "3"], "", "10.95", region: "eu-central-1"),
    line("c3x aws_vpc_endpoint", VPCEndpoint.self, [:], "Interface", "7.3"),
    line("three zones", VPCEndpoint.self, ["zones": "3", "data": "1000 GB/month"], "", "31.9"),
    line("first 1 PB, next 4 PB", VPCEndpoint.self, ["data": "2000000 GB/month"], "Data", "16194.3"),
    line("gateway", VPCEndpoint.self, ["kind": "gateway"], "", "0"),
    line("c3x aws_secretsmanager_secret", ManagedSecret.self, [:], "Secrets", "0.4"),
    line("requests", ManagedSecret.self, ["secrets": "2", "requests": "100000 /month"], "", "1.3"),
    line("key", EncryptionKey.self, [:], "Keys", "1"),
    line("0.03 for 10,000", EncryptionKey.self, ["requests": "100000 /month"], "Requests", "0.3"),
  ]

  @Test(arguments: rows) func equalsWhatWasPrinted(_ row: ExpectedLine) throws {
    #expect(try row.holds())
  }

  @Test func useMustBeStated() throws {
    for kind: any CostResource.Type in [
      NATGateway.self, VPCEndpoint.self, ManagedSecret.self, EncryptionKey.self,
    ] {
      let waiting = try billed(kind, [:]).lines.filter { line in
        if case .perUse = line.amount { line.unitPrice != nil } else { false }
      }
      #expect(waiting.count == 1, "\(kind.kind)")
    }
  }

  @Test func contradictionsAreFound() throws {
    #expect(
      try billed(VPCEndpoint.self, ["kind": "gateway", "zones": "2"]).slugs == ["not-of-this-type"])
  }
}
