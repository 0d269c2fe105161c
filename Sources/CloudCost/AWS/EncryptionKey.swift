package import Diagnostics
internal import FoundationEssentials

/// Keys of one's own that encrypt, each replica in another region too; keys that AWS manages cost nothing.
package struct EncryptionKey: CostResource {
  package static let kind = "aws-kms"
  package static let title = "AWS KMS"
  package static let summary = "Customer managed keys and symmetric requests to them."
  package static let services = ["kms"]
  package static let fields: [ResourceField] = [
    ResourceField("keys", .number, "How many; 1.", example: "2"),
    ResourceField(
      "requests", .rate, "Requests to them, without the 20,000 a month that an account has free.",
      example: "1,000,000 /month"),
  ]

  let keys: Decimal
  let requests: Decimal?

  package init(_ stated: StatedResource, findings: inout [Diagnostic]) {
    keys = stated.number("keys") ?? 1
    requests = stated.perMonth("requests")
  }

  package var agreement: String? { "kms/region" }

  package func charges(in context: ChargeContext) -> [Charge] {
    [
      Charge("Keys", .listed(PriceKey("kms", "key")), .known(keys), unit: "key-month"),
      Charge(
        "Requests", PriceKey("kms", "requests"), requests.map { $0 / 10_000 }, unit: "10k requests",
        otherwise: "requests: 1,000,000 /month"),
    ]
  }
}
