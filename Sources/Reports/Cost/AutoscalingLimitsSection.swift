public import Billing
internal import Foundation
public import Quantities

/// What a month costs between the limits of autoscaling.
public struct AutoscalingLimitsSection: ReportSection {
  /// The key under which programs find it.
  public let key = "autoscaling"
  private let limits: AutoscalingLimits
  private let currency: String
  private let text: AmountText

  /// Limits in a currency.
  public init(_ limits: AutoscalingLimits, currency: String) {
    self.limits = limits
    self.currency = currency
    text = AmountText(currency: currency)
  }

  /// What people read.
  public var blocks: [Document.Block] {
    let counts = limits.counts.map {
      "\($0.name) \(text.quantity($0.fewest)) to \(text.quantity($0.most))"
    }
    return [
      .heading("Between the limits of autoscaling"),
      .facts([
        Document.Fact(
          "At the least", text.cents(limits.least), [counts.joined(separator: ", ")],
          number: .init(AmountText.number(limits.least), currency)),
        Document.Fact(
          "At the most", text.cents(limits.most), number: .init(AmountText.number(limits.most), currency)),
      ]),
    ]
  }

  /// What programs read.
  public var json: JSONValue {
    ["least": .decimal(limits.least), "most": .decimal(limits.most)]
  }
}
