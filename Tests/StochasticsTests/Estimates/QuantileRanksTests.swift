import Stochastics
import Testing

/// Intervals of quantiles from order statistics.
@Suite("Ranks of quantiles")
struct QuantileRanksTests {
  /// Smallest and largest rank with a binomial tail of at most 0.025 beyond it.
  struct Row: Sendable, CustomStringConvertible {
    let count: Int
    let p: Double
    let low: Int?
    let high: Int?
    let source: String
    var description: String { "\(p) of \(count)" }
  }

  static let rows = [
    Row(count: 0, p: 0.5, low: nil, high: nil, source: "none"),
    Row(count: 2, p: 0.5, low: nil, high: nil, source: "¼ on each side"),
    Row(count: 5, p: 0.5, low: nil, high: nil, source: "1/32 on each side"),
    Row(count: 6, p: 0.5, low: 1, high: 6, source: "1/64 on each side"),
    Row(count: 10, p: 0.5, low: 2, high: 9, source: "11/1024 on each side"),
    Row(count: 20, p: 0.5, low: 6, high: 15, source: "21,700/2²⁰ on each side"),
    Row(count: 2, p: 0.99, low: 2, high: nil, source: "1 − 0.99² = 0.0199; 0.99² is too much"),
    Row(count: 36, p: 0.9, low: 29, high: 36, source: "0.9³⁶ = 0.0225"),
    Row(count: 367, p: 0.99, low: 359, high: nil, source: "0.99³⁶⁷ = 0.02501"),
    Row(count: 368, p: 0.99, low: 360, high: 368, source: "0.99³⁶⁸ = 0.02476"),
    Row(count: 10, p: 0.1, low: nil, high: 4, source: "P(4 or more) = 0.0128"),
    Row(count: 200, p: 0.9, low: 171, high: 189, source: "summed binomial terms"),
  ]

  @Test("lie where the binomial law puts them at 95 %", arguments: rows)
  func table(row: Row) {
    let ranks = QuantileRanks(of: row.p, count: row.count, confidence: 0.95)
    #expect(ranks.low == row.low && ranks.high == row.high, "\(row.source)")
  }

  @Test("a histogram of small numbers has the limits of its order statistics")
  func histogram() throws {
    var histogram = TickHistogram()
    for value in Int64(1)...10 { histogram.record(value * value) }
    let median = try #require(histogram.quantileEstimate(0.5, confidence: 0.95))
    #expect(median == Estimate(value: 25, low: 4, high: 81, confidence: 0.95))
    let p90 = try #require(histogram.quantileEstimate(0.9, confidence: 0.95))
    #expect(p90.low == 49 && p90.high == .infinity)
    // Ten more that were too large: the median is the tenth, its limits the 6th and the 15th, which was not recorded.
    let ofTwenty = try #require(histogram.quantileEstimate(0.5, of: 20, confidence: 0.95))
    #expect(ofTwenty == Estimate(value: 100, low: 36, high: .infinity, confidence: 0.95))
    #expect(histogram.quantileEstimate(0.6, of: 20, confidence: 0.95) == nil)
    #expect(TickHistogram().quantileEstimate(0.5, confidence: 0.95) == nil)
  }

  @Test("numbers that come ten alike have the limits of the independent ones")
  func clusters() throws {
    var (alone, alike) = (TickHistogram(), TickHistogram())
    for value in Int64(1)...100 {
      alone.record(value)
      alike.record(value, count: 10)
    }
    for p in [0.1, 0.5, 0.9] {
      #expect(
        alike.quantileEstimate(p, worth: 100, confidence: 0.95)
          == alone.quantileEstimate(p, confidence: 0.95))
    }
  }

  /// 400 samples of 200. With order statistics the share is exact whatever the law: P(86 ≤ binomial(200, ½) ≤ 114) and
  /// P(171 ≤ binomial(200, 0.9) ≤ 188).
  @Test(
    "hold the quantile of an exponential as often as they say", arguments: [(0.5, 0.95996), (0.9, 0.96688)])
  func coverage(p: Double, share: Double) throws {
    let law = try Exponential(mean: 1e6)
    var draws = stream("quantile ranks \(p)")
    var held = 0
    for _ in 0..<400 {
      var histogram = TickHistogram()
      for _ in 0..<200 { histogram.record(Int64(law.sample(using: &draws))) }
      let found = try #require(histogram.quantileEstimate(p, confidence: 0.95))
      if found.low <= law.quantile(p), law.quantile(p) <= found.high { held += 1 }
    }
    // A bucket is 0.4 % wide, a twentieth of the interval and less: far below the 4 standard errors.
    #expect(abs(Double(held) / 400 - share) < 4 * (share * (1 - share) / 400).squareRoot(), "\(held)")
  }
}
