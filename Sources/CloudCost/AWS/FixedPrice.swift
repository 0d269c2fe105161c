package import Diagnostics
internal import FoundationEssentials
internal import Quantities

/// Anything at a price that the model states: a licence, a support contract, a line of somebody's table.
package struct FixedPrice: CostResource {
  package static let kind = "fixed"
  package static let title = "Stated price"
  package static let summary = "Anything at a stated price."
  package static let services: [String] = []
  package static let fields: [ResourceField] = [
    ResourceField("price", .moneyRate, required: true, "What it costs.", example: "\"$25/month\""),
    ResourceField("what", .text, "What is paid for.", example: "support contract"),
  ]

  let monthly: Decimal
  let what: String

  package init(_ stated: StatedResource, findings: inout [Diagnostic]) {
    monthly = stated.moneyPerMonth("price")?.amount ?? 0
    what = stated.text("what")?.value ?? "Stated price"
  }

  package func charges(in context: ChargeContext) -> [Charge] {
    [Charge(what, .stated(monthly), .known(1), unit: "month")]
  }
}
