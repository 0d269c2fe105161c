public import Billing
internal import Foundation
public import Quantities

/// What a month may cost, in percentiles.
public struct UncertainBillSection: ReportSection {
  /// The key under which programs find it.
  public let key = "uncertainty"
  private let bill: UncertainBill
  private let seed: UInt64
  private let currency: String
  private let text: AmountText

  /// Percentiles of drawn bills.
  public init(_ bill: UncertainBill, seed: UInt64, currency: String) {
    self.bill = bill
    self.seed = seed
    self.currency = currency
    text = AmountText(currency: currency)
  }

  private static let percentiles = [("p10", 0.1), ("p50", 0.5), ("p90", 0.9)]

  /// What people read.
  public var blocks: [Document.Block] {
    let facts = Self.percentiles.map { name, probability -> Document.Fact in
      let interval = bill.interval(of: probability)
      let value = bill.percentile(probability)
      return Document.Fact(
        name.uppercased(), text.cents(value),
        ["95 % CI \(text.cents(interval.low)) – \(text.cents(interval.high))"],
        number: .init(AmountText.number(value), currency))
    }
    return [
      .heading("A month, as uncertain as its numbers"), .facts(facts),
      .note(
        "\(grouped(bill.draws.count)) draws, seed \(seed), of \(bill.inputs.joined(separator: ", ")). The lines above take each at what is stated."
      ),
    ]
  }

  /// What programs read.
  public var json: JSONValue {
    var members: [String: JSONValue] = [
      "draws": .integer(bill.draws.count), "seed": .integer(Int(truncatingIfNeeded: seed)),
      "mean": .decimal(bill.mean), "inputs": .array(bill.inputs.map { .string($0) }),
    ]
    for (name, probability) in Self.percentiles {
      let interval = bill.interval(of: probability)
      members[name] = [
        "value": .decimal(bill.percentile(probability)), "low": .decimal(interval.low),
        "high": .decimal(interval.high), "confidence": .number(0.95), "unit": .string("\(currency)/month"),
      ]
    }
    return .object(members)
  }
}
