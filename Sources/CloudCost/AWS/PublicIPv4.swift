package import Diagnostics
internal import FoundationEssentials

/// Public IPv4 addresses, in use or not, of machines, gateways and each zone of a load balancer.
package struct PublicIPv4: CostResource {
  package static let kind = "aws-public-ipv4"
  package static let title = "Public IPv4 addresses"
  package static let summary = "Public IPv4 addresses, in use or idle."
  package static let services = ["vpc"]
  package static let fields: [ResourceField] = [
    ResourceField("addresses", .number, "How many; 1.", example: "3")
  ]

  let addresses: Decimal

  package init(_ stated: StatedResource, findings: inout [Diagnostic]) {
    addresses = stated.number("addresses") ?? 1
  }

  package func charges(in context: ChargeContext) -> [Charge] {
    [
      Charge(
        "Public IPv4", .listed(PriceKey("vpc", "public-ipv4")), .known(addresses * context.hours),
        unit: "hour")
    ]
  }
}
