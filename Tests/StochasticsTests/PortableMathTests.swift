import Foundation
import Stochastics
import Testing

@Suite("Portable logarithm and exponential")
struct PortableMathTests {
  static let source = "computed with mpmath 1.3 at 50 digits"

  @Test(
    "The logarithm is within 1 ulp",
    arguments: [
      (0x1p-1074, -744.4400719213812), (0x1p-1030, -713.9415959767437),
      (2.2250738585072014e-308, -708.3964185322641), (1e-16, -36.841361487904734),
      (0.3, -1.2039728043259361), (0.7071067811865475, -0.34657359027997275),
      (0.7071067811865476, -0.3465735902799726), (0.999999, -1.000000500029089e-06),
      (0.9999999999999999, -1.1102230246251565e-16), (1, 0), (1.0000000000000002, 2.2204460492503128e-16),
      (1.4142135623730951, 0.3465735902799727), (2, 0.6931471805599453), (10, 2.302585092994046),
      (1.7976931348623157e308, 709.782712893384),
    ])
  func logarithm(x: Double, expected: Double) {
    #expect(ulps(portableLog(x), expected) <= 1, "\(Self.source)")
  }

  @Test(
    "The exponential is within 1 ulp",
    arguments: [
      (-745, 0x1p-1074), (-708.5, 2.006132305331306e-308), (-100.25, 2.897198083210148e-44),
      (-1, 0.36787944117144233), (-0.35, 0.7046880897187134), (-1e-9, 0.999999999), (0, 1), (1e-17, 1),
      (0.34657, 1.4142084849595797), (0.5, 1.6487212707001282), (1, 2.718281828459045),
      (10.5, 36315.502674246636), (300, 1.9424263952412558e+130), (709.7, 1.6549840276802644e+308),
    ])
  func exponential(x: Double, expected: Double) {
    #expect(ulps(portableExp(x), expected) <= 1, "\(Self.source)")
  }

  @Test(
    "log(1 + x) is within 2 ulp",
    arguments: [
      (-0.9999999, -16.118095651484676), (-0.5, -0.6931471805599453), (-1e-5, -1.0000050000333337e-05),
      (1e-20, 1e-20), (1e-10, 9.999999999500001e-11), (0.01, 0.009950330853168083),
      (0.5, 0.4054651081081644), (3, 1.3862943611198906), (1e10, 23.025850930040455),
      (-1, -.infinity), (.infinity, .infinity),
    ])
  func logarithmNearOne(x: Double, expected: Double) {
    #expect(ulps(portableLog1p(x), expected) <= 2, "\(Self.source)")
  }

  @Test(
    "exp(x) − 1 is within 3 ulp",
    arguments: [
      (-50, -1), (-1, -0.6321205588285577), (-1e-5, -9.999950000166666e-06), (1e-20, 1e-20),
      (1e-10, 1.00000000005e-10), (0.01, 0.010050167084168058), (0.5, 0.6487212707001282),
      (3, 19.085536923187668), (100, 2.6881171418161356e+43), (-.infinity, -1), (800, .infinity),
    ])
  func exponentialNearZero(x: Double, expected: Double) {
    #expect(ulps(portableExpm1(x), expected) <= 3, "\(Self.source)")
  }

  @Test("Both stay within 1 ulp of libm on a million numbers")
  func libm() {
    var draws = stream("libm")
    var (worstLog, worstExp) = (0.0, 0.0)
    for _ in 0..<1_000_000 {
      let x = Foundation.exp(80 * (draws.uniform() - 0.5))
      worstLog = max(worstLog, ulps(portableLog(x), Foundation.log(x)))
      let u = draws.uniform()
      worstLog = max(worstLog, ulps(portableLog(u), Foundation.log(u)))
      let y = 1400 * (draws.uniform() - 0.5)
      worstExp = max(worstExp, ulps(portableExp(y), Foundation.exp(y)))
    }
    #expect(worstLog <= 1)
    #expect(worstExp <= 1)
  }

  @Test("The power's error grows with the exponent of the result")
  func power() {
    var draws = stream("power")
    for _ in 0..<100_000 {
      let (base, exponent) = (10 * draws.uniform(), 20 * (draws.uniform() - 0.5))
      let expected = Foundation.pow(base, exponent)
      let bound = (1 + abs(Foundation.log(expected))) * 0x1p-52
      #expect(relativeError(portablePower(base, exponent), expected) <= bound)
    }
    #expect(portablePower(0, 2) == 0)
    #expect(portablePower(0, 0) == 1)
    #expect(portablePower(0, -1) == .infinity)
  }

  @Test(
    "The normal quantile is within a few ulp",
    arguments: [
      (1e-300, -37.0470962993612), (1e-40, -13.31092137142517), (1e-12, -7.034483825301132),
      (1e-9, -5.9978070150076865), (0.001, -3.0902323061678136), (0.025, -1.9599639845400543),
      (0.074, -1.4466320671589785), (0.076, -1.4325027208258116), (0.1, -1.2815515655446004),
      (0.3, -0.5244005127080408), (0.49, -0.025068908258711057), (0.5, 0),
      (0.5000001, 2.506628273311648e-07), (0.6, 0.2533471031357997), (0.9, 1.2815515655446006),
      (0.975, 1.9599639845400538), (0.999, 3.090232306167813), (0.9999999, 5.199337582290661),
      (0, -.infinity), (1, .infinity),
    ])
  func normal(p: Double, expected: Double) {
    #expect(relativeError(normalQuantile(p), expected) <= 1e-15, "\(Self.source)")
  }
}
