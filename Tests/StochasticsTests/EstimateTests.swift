import Stochastics
import Testing

@Suite("Estimates")
struct EstimateTests {
  struct PoissonRow: Sendable {
    let count: Int, low: Double, high: Double, digits: Double, source: String
    init(_ count: Int, _ low: Double, _ high: Double, _ digits: Double, _ source: String) {
      (self.count, self.low, self.high, self.digits, self.source) = (count, low, high, digits, source)
    }
  }

  static let garwood = "Garwood's interval as tabulated to 4 decimals"
  static let scipy = "computed with scipy 1.17, stats.chi2.ppf"

  static let poissonRows = [
    PoissonRow(0, 0, 3.6889, 5e-5, garwood), PoissonRow(1, 0.0253, 5.5716, 5e-5, garwood),
    PoissonRow(12, 6.2006, 20.9616, 5e-5, garwood),
    PoissonRow(0, 0, 3.6888794541139354, 1e-12, scipy),
    PoissonRow(1, 0.025317807984289876, 5.571643390938898, 1e-12, scipy),
    PoissonRow(2, 0.24220927854396496, 7.22468766772396, 1e-12, scipy),
    PoissonRow(5, 1.6234863901184207, 11.66833207932267, 1e-12, scipy),
    PoissonRow(12, 6.200575108722218, 20.96158504817696, 1e-12, scipy),
    PoissonRow(100, 81.36399125092314, 121.62679379242638, 1e-10, scipy),
    PoissonRow(1000, 938.9730184076952, 1063.952136016302, 1e-9, scipy),
  ]

  @Test("The 95 % Poisson interval", arguments: poissonRows)
  func poisson(row: PoissonRow) {
    let (low, high) = poissonInterval(count: row.count, confidence: 0.95)
    #expect(abs(low - row.low) <= row.digits, "\(row.source)")
    #expect(abs(high - row.high) <= row.digits, "\(row.source)")
  }

  @Test("Without an event the rate is 0 and its limit the rule of three")
  func ruleOfThree() {
    let none = rateEstimate(count: 0, exposure: 1000, confidence: 0.95)
    #expect(none.value == 0 && none.low == 0 && none.confidence == 0.95)
    #expect(relativeError(none.high, 2.995732273553991e-3) < 1e-14)
    let two = rateEstimate(count: 2, exposure: 1000, confidence: 0.95)
    #expect(two.value == 0.002)
    #expect(relativeError(two.low, 0.24220927854396496e-3) < 1e-12)
    #expect(relativeError(two.high, 7.22468766772396e-3) < 1e-12)
    #expect(two.multiplied(by: 1000).value == 2)
  }

  @Test("Events of weight 1 have the Poisson interval", arguments: poissonRows)
  func equalWeights(row: PoissonRow) {
    let count = Double(row.count)
    let (low, high) = compoundPoissonInterval(
      sum: count * 3, variance: count * 9, unseenWeight: 3, confidence: 0.95)
    #expect(abs(low / 3 - row.low) <= row.digits, "\(row.source)")
    #expect(abs(high / 3 - row.high) <= row.digits, "\(row.source)")
  }

  @Test("Events of unequal weight have a gamma interval, and very many a normal one")
  func unequalWeights() {
    // Computed with scipy 1.17, stats.gamma: weights 1, 2 and 4.
    let (low, high) = compoundPoissonInterval(sum: 7, variance: 21, unseenWeight: 4, confidence: 0.95)
    #expect(relativeError(low, 1.0623497335680514) < 1e-12)
    #expect(relativeError(high, 25.732189478519082) < 1e-12)
    let many = compoundPoissonInterval(sum: 2e6, variance: 2e6, unseenWeight: 1, confidence: 0.999)
    #expect(relativeError(many.low, 1995349.7680767255) < 1e-8)
    #expect(relativeError(many.high, 2004657.7847969234) < 1e-8)
    #expect(compoundPoissonInterval(sum: 5, variance: 0, unseenWeight: 1, confidence: 0.95).low == 5)
  }

  struct BinomialRow: Sendable {
    let successes: Int, trials: Int, low: Double, high: Double
    let source = "computed with scipy 1.17, stats.beta.ppf; a million trials with mpmath 1.3 at 50 digits"
    init(_ successes: Int, _ trials: Int, _ low: Double, _ high: Double) {
      (self.successes, self.trials, self.low, self.high) = (successes, trials, low, high)
    }
  }

  @Test(
    "The 95 % binomial interval",
    arguments: [
      BinomialRow(0, 10, 0, 0.3084971078187607),
      BinomialRow(1, 10, 0.0025285785444617848, 0.4450161170281954),
      BinomialRow(5, 10, 0.18708602844739855, 0.8129139715526015),
      BinomialRow(10, 10, 0.6915028921812392, 1),
      BinomialRow(81, 263, 0.25273674558527126, 0.36762192260135135),
      BinomialRow(3, 1_000_000, 6.186725501906399e-07, 8.767247788145223e-06), BinomialRow(0, 0, 0, 1),
    ])
  func binomial(row: BinomialRow) {
    let (low, high) = binomialInterval(successes: row.successes, trials: row.trials, confidence: 0.95)
    #expect(relativeError(low, row.low) < 1e-12, "\(row.source)")
    #expect(relativeError(high, row.high) < 1e-12, "\(row.source)")
  }

  @Test("A share of none or all has a one-sided limit")
  func proportions() throws {
    #expect(proportionEstimate(successes: 0, trials: 0, confidence: 0.95) == nil)
    let none = try #require(proportionEstimate(successes: 0, trials: 100, confidence: 0.95))
    // 1 − 0.05^(1/100)
    #expect(none.low == 0 && relativeError(none.high, 0.02951304960703993) < 1e-13)
    let all = try #require(proportionEstimate(successes: 100, trials: 100, confidence: 0.95))
    #expect(all.high == 1 && relativeError(all.low, 0.97048695039296) < 1e-13)
    let half = try #require(proportionEstimate(successes: 5, trials: 10, confidence: 0.95))
    #expect(half.value == 0.5 && relativeError(half.low, 0.18708602844739855) < 1e-12)
  }

  @Test("The mean of 1, 2 and 3 is 2 ± t(0.975; 2) / √3")
  func mean() throws {
    let estimate = try #require(meanEstimate(count: 3, sum: 6, sumOfSquares: 14, confidence: 0.95))
    let half = 4.302652729749464 / 3.0.squareRoot()
    #expect(estimate.value == 2)
    #expect(relativeError(estimate.high, 2 + half) < 1e-14)
    #expect(relativeError(estimate.low, 2 - half) < 1e-13)
    #expect(meanEstimate(count: 1, sum: 6, sumOfSquares: 36, confidence: 0.95) == nil)
    #expect(
      meanEstimate(count: 1, tickSum: 6, tickSumOfSquares: 36, scale: 1, confidence: 0.95) == nil)
  }

  @Test("Whole ticks far from 0 keep the spread that floating sums lose", arguments: [0, 1 << 40, 1 << 62])
  func ticks(offset: Int128) throws {
    // Offset + 1, 2, 3, a third of a million times each; with 2⁶² the intermediate products exceed 128 bits.
    let n: Int128 = 333_333
    let values = [offset + 1, offset + 2, offset + 3]
    let sum = n * values.reduce(0, +)
    let squares = values.reduce(Int128(0)) { $0 &+ n &* $1 &* $1 }
    let estimate = try #require(
      meanEstimate(count: 999_999, tickSum: sum, tickSumOfSquares: squares, scale: 0.5, confidence: 0.95))
    let around = try #require(
      meanEstimate(count: 999_999, tickSum: n * 6, tickSumOfSquares: n * 14, scale: 0.5, confidence: 0.95))
    #expect(estimate.value == Double(offset + 2) / 2)
    // The width is known to the last place of the mean.
    let bound = 4 * estimate.value.ulp
    #expect(abs((estimate.high - estimate.low) - (around.high - around.low)) <= bound)
  }
}
