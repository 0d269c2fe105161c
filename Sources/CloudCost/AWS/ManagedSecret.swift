package import Diagnostics
internal import FoundationEssentials

/// Secrets that are kept and handed out.
package struct ManagedSecret: CostResource {
  package static let kind = "aws-secret"
  package static let title = "AWS Secrets Manager"
  package static let summary = "Secrets and the requests for them."
  package static let services = ["secretsmanager"]
  package static let fields: [ResourceField] = [
    ResourceField("secrets", .number, "How many; 1.", example: "4"),
    ResourceField("requests", .rate, "Requests for them.", example: "100,000 /month"),
  ]

  let secrets: Decimal
  let requests: Decimal?

  package init(_ stated: StatedResource, findings: inout [Diagnostic]) {
    secrets = stated.number("secrets") ?? 1
    requests = stated.perMonth("requests")
  }

  package func charges(in context: ChargeContext) -> [Charge] {
    [
      Charge(
        "Secrets", .listed(PriceKey("secretsmanager", "secret")), .known(secrets), unit: "secret-month"),
      Charge(
        "Requests", PriceKey("secretsmanager", "requests"), requests.map { $0 / 10_000 },
        unit: "10k requests", otherwise: "requests: 100,000 /month"),
    ]
  }
}
