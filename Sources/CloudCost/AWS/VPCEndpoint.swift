package import Diagnostics
internal import FoundationEssentials

/// Ways from a private network to a service that do not pass the internet.
///
/// Interface endpoints are paid for each zone and hour, and for each GB; gateway endpoints, of S3 and DynamoDB, cost
/// nothing (AWS, AWS PrivateLink pricing).
package struct VPCEndpoint: CostResource {
  package static let kind = "aws-vpc-endpoint"
  package static let title = "VPC endpoint"
  package static let summary = "Private ways to services: interface and gateway endpoints."
  package static let services = ["vpc"]
  package static let fields: [ResourceField] = [
    ResourceField("kind", .choice(["interface", "gateway"]), "Which one; interface."),
    ResourceField("zones", .count(minimum: 1), "Zones that it is in, of interface; 1.", example: "3"),
    ResourceField("data", .dataRate, "What passes through it, of interface.", example: "200 GB/month"),
  ]

  let type: String
  let zones: Decimal
  let data: Decimal?

  package init(_ stated: StatedResource, findings: inout [Diagnostic]) {
    type = stated.text("kind")?.value ?? "interface"
    zones = stated.number("zones") ?? 1
    data = stated.gigabytesPerMonth("data")
    for key in ["zones", "data"] {
      stated.refuse(
        key, unless: type == "interface", of: "a gateway endpoint", chosenBy: "kind", findings: &findings)
    }
  }

  package func charges(in context: ChargeContext) -> [Charge] {
    guard type == "interface" else {
      return [Charge("Gateway endpoint (free)", .stated(0), .known(context.hours), unit: "hour")]
    }
    return [
      Charge(
        "Interface endpoint", .listed(PriceKey("vpc", "endpoint/interface")), .known(zones * context.hours),
        unit: "hour"),
      Charge(
        "Data processed", PriceKey("vpc", "endpoint/interface/data"), data, unit: "GB",
        otherwise: "data: 200 GB/month"),
    ]
  }
}
