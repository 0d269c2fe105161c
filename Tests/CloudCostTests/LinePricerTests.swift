import CloudCost
import Diagnostics
import Foundation
import Testing

/// Lines from charges and a small book.
@Suite struct LinePricerTests {
  static let origin = PriceOrigin(standing: .published, source: "test", date: "2026-01-01")

  static func price(
    _ item: String, _ amount: Decimal, unit: String = "GB-month", tier: PriceTier = .all,
    purchase: Purchase = .onDemand, upfront: Decimal = 0
  ) -> Price {
    Price(
      key: PriceKey("s", item), region: "r", purchase: purchase, unit: unit, tier: tier, amount: amount,
      upfront: upfront, origin: origin)
  }

  static func pricer(_ prices: Price...) -> LinePricer {
    LinePricer(
      book: PriceBook(name: "test", tables: [PriceTable(service: "s", region: "r", prices: prices)]),
      conventions: CostConventions())
  }

  let place = LinePlace(resource: "a/b", owner: "a", service: "Service", region: "r")

  /// Two buckets share the tiers of an account: 60 TB fill the first tier of 50 TB and begin the second.
  @Test func tiersCountOverTheAccount() {
    var pricer = Self.pricer(
      Self.price("x", Decimal(string: "0.023")!, tier: PriceTier(from: 0, upTo: 50_000)),
      Self.price("x", Decimal(string: "0.022")!, tier: PriceTier(from: 50_000, upTo: nil)))
    let charge = Charge("Storage", .listed(PriceKey("s", "x")), .known(30_000), unit: "GB-month")
    let lines = (0..<2).flatMap { _ in
      pricer.lines(of: charge, times: 1, mix: [(.onDemand, 1)], for: place)
    }
    #expect(lines.map(\.quantity) == [30_000, 20_000, 10_000])
    #expect(
      lines.compactMap(\.monthly).reduce(0, +) == 50_000 * Decimal(string: "0.023")! + 10_000 * Decimal(
        string: "0.022")!)
  }

  /// Partial upfront: 100 paid once over 12 months, and 730 h at 0.1.
  @Test func commitmentsAreSeenInTwoWays() throws {
    let purchase = Purchase.reserved(.init(years: 1, upfront: .partial))
    var pricer = Self.pricer(
      Self.price("i", Decimal(string: "0.1")!, unit: "hour", purchase: purchase, upfront: 120))
    let charge = Charge(
      "Instance", .listed(PriceKey("s", "i")), .known(730), unit: "hour", isCommittable: true)
    let line = try #require(pricer.lines(of: charge, times: 2, mix: [(purchase, 1)], for: place).first)
    guard case .known(let amount) = line.amount else { throw Findings([]) }
    #expect(amount.recurring == 146)
    #expect(amount.upfront == 240)
    #expect(amount.amortised == 166)
  }

  /// A book that ends somewhere says nothing about what lies above.
  @Test func whatIsAboveTheLastTierIsUnknown() {
    var pricer = Self.pricer(Self.price("x", 1, tier: PriceTier(from: 0, upTo: 10)))
    let charge = Charge("Storage", .listed(PriceKey("s", "x")), .known(15), unit: "GB-month")
    let lines = pricer.lines(of: charge, times: 1, mix: [(.onDemand, 1)], for: place)
    #expect(lines.map(\.monthly) == [10, nil])
    #expect(lines.map(\.quantity) == [10, 5])
  }

  /// Nothing is ever 0 because it is not known.
  @Test func missingPricesAreUnknown() {
    var pricer = Self.pricer(Self.price("x", 1))
    func amount(_ item: String, _ unit: String, _ quantity: Charge.Quantity) -> LineItem.Amount? {
      let charge = Charge("c", .listed(PriceKey("s", item)), quantity, unit: unit)
      return pricer.lines(of: charge, times: 1, mix: [(.onDemand, 1)], for: place).first?.amount
    }
    #expect(amount("y", "GB-month", .known(1)) == .unknown("test has no price of y in r"))
    #expect(
      amount("x", "hour", .known(1)) == .unknown("the book prices it per GB-month, and it is counted in hour")
    )
    #expect(amount("x", "GB-month", .unstated("size: 1 GB")) == .perUse("size: 1 GB"))
  }

  @Test(arguments: Purchase.all) func purchasesReadBack(_ purchase: Purchase) {
    #expect(Purchase(text: purchase.text) == purchase)
  }
}
