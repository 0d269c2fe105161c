import Economics
import Foundation
import Testing

/// A cash flow and what somebody published of it.
struct PublishedFlow: Sendable, CustomTestStringConvertible {
  let amounts: [Double]
  let value: Double
  /// Half a unit of the last digit that was published.
  let within: Double
  let source: String
  var testDescription: String { "\(source) \(amounts)" }
}

@Suite("Cash flows")
struct CashFlowTests {
  @Test("are worth now what numpy-financial publishes")
  func netPresentValue() throws {
    let flow = CashFlow([-40_000, 5_000, 8_000, 12_000, 30_000].map { Decimal($0) })
    #expect(abs(flow.presentValue(rate: 0.08) - 3_065.22267) < 5e-6)
  }

  static let returns = [
    PublishedFlow(
      amounts: [-100, 39, 59, 55, 20], value: 0.28095, within: 5e-6, source: "numpy-financial, irr"),
    PublishedFlow(amounts: [-100, 0, 0, 74], value: -0.0955, within: 5e-5, source: "numpy-financial, irr"),
    PublishedFlow(amounts: [-100, 100, 0, 7], value: 0.06206, within: 5e-6, source: "numpy-financial, irr"),
    PublishedFlow(
      amounts: [-250_000, 100_000, 150_000, 200_000, 250_000, 300_000], value: 0.5672303344358536,
      within: 1e-13, source: "numpy-financial, irr"),
    PublishedFlow(
      amounts: [-70_000, 12_000, 15_000, 18_000, 21_000, 26_000], value: 0.0866309480365316, within: 1e-13,
      source: "spreadsheets' IRR: 8.7 %"),
  ]

  @Test("return the published rate, and no other", arguments: returns)
  func publishedRate(_ row: PublishedFlow) throws {
    let rate = try #require(CashFlow(row.amounts)?.internalRate.value)
    #expect(abs(rate - row.value) <= row.within)
  }

  @Test("return the published modified rate")
  func modifiedRate() throws {
    let short = try #require(CashFlow([-100, 50, -60, 70]))
    let rate = try #require(short.modifiedInternalRate(financedAt: 0.10, reinvestedAt: 0.12))
    #expect(abs(rate - -0.03909366594356467) < 1e-14, "numpy-financial, mirr")
    let long = try #require(CashFlow([-120_000, 39_000, 30_000, 21_000, 37_000, 46_000]))
    let other = try #require(long.modifiedInternalRate(financedAt: 0.10, reinvestedAt: 0.12))
    #expect(abs(other - 0.126094130365905) < 1e-14, "spreadsheets' MIRR: 12.61 %")
  }

  @Test("have several rates when their polynomial has several roots")
  func severalRates() throws {
    // −(1 + r − 1.1)(1 + r − 1.2)(1 + r − 1.5), multiplied out.
    let flow = try #require(CashFlow([-1_000, 3_800, -4_770, 1_980]))
    guard case .several(let rates) = flow.internalRate else {
      Issue.record("\(flow.internalRate)")
      return
    }
    #expect(rates.count == 3)
    for (rate, root) in zip(rates, [0.1, 0.2, 0.5]) { #expect(abs(rate - root) < 1e-9) }
  }

  @Test("have one rate where the present value only touches 0")
  func touchingRate() throws {
    let rate = try #require(CashFlow([-100, 220, -121])?.internalRate.value)
    #expect(abs(rate - 0.1) < 1e-7)
  }

  @Test(
    "say why they have no rate",
    arguments: [
      ([0, 0], InternalRate.Reason.nothing), ([-5, -1], .nothingReturned), ([5, 1], .nothingPaid),
      ([-100, 150, -100], .neverZero), ([], .nothing),
    ])
  func noRate(_ amounts: [Double], _ reason: InternalRate.Reason) throws {
    #expect(try #require(CashFlow(amounts)).internalRate == .none(reason))
  }

  @Test("are worth nothing at each of their rates, over 360 periods")
  func rateOfAnnuity() throws {
    let flow = try #require(CashFlow([-100_000] + [Double](repeating: 599.55, count: 360)))
    let rate = try #require(flow.internalRate.value)
    #expect(abs(rate - 0.005) < 1e-7, "a loan of $100,000 at 6 % over 30 years costs $599.55 a month")
    #expect(abs(flow.presentValue(rate: rate)) < 1e-6)
  }

  @Test("find every rate they were made of")
  func manyRates() throws {
    for count in 2...8 {
      let roots = (0..<count).map { 1.02 + 0.13 * Double($0) }
      let product = roots.reduce([1.0]) { product, root in
        (0...product.count).map { place in
          (place < product.count ? product[place] : 0) - (place > 0 ? root * product[place - 1] : 0)
        }
      }
      guard case .several(let rates) = try #require(CashFlow(product)).internalRate else {
        Issue.record("\(count) rates")
        continue
      }
      #expect(rates.count == count)
      for (rate, root) in zip(rates, roots) { #expect(abs(rate - (root - 1)) < 1e-4) }
    }
  }

  @Test("pay back between two periods")
  func payback() throws {
    let flow = try #require(CashFlow([-100, 40, 40, 40]))
    #expect(flow.payback == 2.5)
    #expect(CashFlow([-100, 40])?.payback == nil)
    #expect(CashFlow([0, 40])?.payback == 0)
    // Paid back after one period, and again after three.
    #expect(CashFlow([-100, 150, -100, 100])?.payback == 2.5)
    // −100 + 36.36 + 33.06 + 30.05 = −0.53: at 10 % it is not paid back within three periods, at 5 % it is.
    #expect(flow.discounted(rate: 0.1).payback == nil)
    let discounted = try #require(flow.discounted(rate: 0.05).payback)
    let open = 100 - 40 / 1.05 - 40 / 1.1025
    #expect(abs(discounted - (2 + open / (40 / 1.157625))) < 1e-12)
  }

  @Test("return the modified rates that spreadsheets publish")
  func publishedModifiedRates() throws {
    let rows: [([Double], Double, Double, Double, Double, String)] = [
      (
        [-120_000, 39_000, 30_000, 21_000], 0.10, 0.12, -0.05, 5e-3,
        "Microsoft, MIRR function: after three years"
      ),
      (
        [-120_000, 39_000, 30_000, 21_000, 37_000, 46_000], 0.10, 0.14, 0.13, 5e-3,
        "Microsoft, MIRR function: at 14 %"
      ),
      ([7_300, -15_000, 4_036, 3_050], 0.065, 0.08, 0.0564050548577524, 1e-13, "SpreadJS 14, MIRR"),
      ([-1_000, 500, 400, 300, 100], 0.10, 0.10, 0.121, 5e-4, "Brigham and Ehrhardt, project S"),
      ([-1_000, 100, 300, 400, 600], 0.10, 0.10, 0.113, 5e-4, "Brigham and Ehrhardt, project L"),
    ]
    for (amounts, finance, reinvest, expected, within, source) in rows {
      let flow = try #require(CashFlow(amounts))
      let rate = try #require(flow.modifiedInternalRate(financedAt: finance, reinvestedAt: reinvest))
      #expect(abs(rate - expected) <= within, "\(source)")
    }
  }

  @Test("have the several rates that were published")
  func publishedSeveralRates() throws {
    let rows: [(amounts: [Double], rates: [Double], within: Double, source: String)] = [
      ([-1_600, 10_000, -10_000], [0.25, 4], 1e-12, "Lorie and Savage (1955), the oil pump"),
      ([-2_000, 10_000, -10_000], [0.38, 2.6], 0.02, "CFA preparation: about 38 % and 260 %"),
      ([-39_800, 63_800, -12_800], [-0.7649, 0.3679], 5e-5, "a published exercise: −76.49 % and 36.79 %"),
    ]
    for row in rows {
      guard case .several(let rates) = try #require(CashFlow(row.amounts)).internalRate else {
        Issue.record("\(row.source)")
        continue
      }
      #expect(rates.count == row.rates.count)
      for (rate, published) in zip(rates, row.rates) {
        #expect(abs(rate - published) <= row.within, "\(row.source)")
      }
    }
  }

  /// Amounts by the day, from 1 January 2008: Microsoft, XIRR and XNPV functions.
  @Test("by the day return what spreadsheets have for dates")
  func dates() throws {
    var amounts = [Double](repeating: 0, count: 457)
    for (day, amount) in [(0, -10_000.0), (60, 2_750), (303, 4_250), (411, 3_250), (456, 2_750)] {
      amounts[day] = amount
    }
    let flow = try #require(CashFlow(amounts))
    let rate = try #require(flow.internalRate.compounded(over: 365).value)
    #expect(abs(rate - 0.373362535) < 1e-8, "XIRR: 37.34 %")
    let daily = pow(1.09, 1.0 / 365) - 1
    #expect(abs(flow.presentValue(rate: daily) - 2_086.65) < 5e-3, "XNPV at 9 %")
  }

  @Test("annuities are worth what spreadsheets publish")
  func annuities() throws {
    let annuity = try #require(CashFlow([0] + [Double](repeating: 500, count: 240)))
    #expect(abs(annuity.presentValue(rate: 0.08 / 12) - 59_777.15) < 5e-3, "Microsoft, PV function")
    let late = try #require(CashFlow([0, -10_000, 3_000, 4_200, 6_800]))
    #expect(abs(late.presentValue(rate: 0.1) - 1_188.44) < 5e-3, "Microsoft, NPV function")
    let shop = try #require(CashFlow([-40_000, 8_000, 9_200, 10_000, 12_000, 14_500]))
    #expect(abs(shop.presentValue(rate: 0.08) - 1_922.06) < 5e-3, "Microsoft, NPV function")
  }

  /// Brigham and Ehrhardt, *Financial Management*, the basics of capital budgeting, at 10 %.
  @Test("pay back, discounted or not, when a textbook says")
  func publishedPaybacks() throws {
    let rows: [([Double], Double, Double, Double, Double)] = [
      ([-1_000, 500, 400, 300, 100], 2.33, 2.95, 78.82, 0.145),
      ([-1_000, 100, 300, 400, 600], 3.33, 3.88, 49.18, 0.118),
    ]
    for (amounts, payback, discounted, value, irr) in rows {
      let flow = try #require(CashFlow(amounts))
      #expect(abs(try #require(flow.payback) - payback) <= 5e-3)
      #expect(abs(try #require(flow.discounted(rate: 0.1).payback) - discounted) <= 5e-3)
      #expect(abs(flow.presentValue(rate: 0.1) - value) <= 5e-3)
      #expect(abs(try #require(flow.internalRate.value) - irr) <= 5e-4)
    }
  }
}
