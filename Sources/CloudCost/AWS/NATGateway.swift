package import Diagnostics
internal import FoundationEssentials

/// Gateways through which private networks reach the internet: hours, and every GB in either direction.
///
/// The address is `aws-public-ipv4` and what leaves is `aws-transfer` besides.
package struct NATGateway: CostResource {
  package static let kind = "aws-nat"
  package static let title = "NAT gateway"
  package static let summary = "Gateways from private networks to the internet."
  package static let services = ["vpc"]
  package static let fields: [ResourceField] = [
    ResourceField("data", .dataRate, "What passes through it, in both directions.", example: "500 GB/month")
  ]

  let data: Decimal?

  package init(_ stated: StatedResource, findings: inout [Diagnostic]) {
    data = stated.gigabytesPerMonth("data")
  }

  package func charges(in context: ChargeContext) -> [Charge] {
    [
      Charge("NAT gateway", .listed(PriceKey("vpc", "nat-gateway")), .known(context.hours), unit: "hour"),
      Charge(
        "Data processed", PriceKey("vpc", "nat-gateway/data"), data, unit: "GB",
        otherwise: "data: 500 GB/month"),
    ]
  }
}
