import Foundation
import Stochastics
import Testing

/// Intervals of all parameters of Weibull laws whose location is estimated too. The expected limits are those of a
/// profile written in Python on scipy 1.17 that shares nothing with ours: a grid of 360 locations, refined, with the shape
/// at its best for each, and Brent's zero of the loss.
@Suite("Intervals of Weibull laws with a location")
struct LocatedIntervalTests {
  struct Row: Sendable, CustomStringConvertible {
    let name: String
    let failures: [Double]
    var censored: [Double] = []
    let shape: (Double, Double)
    let scale: (Double, Double)
    let mean: (Double, Double)
    let median: (Double, Double)
    var description: String { name }
  }

  /// Quantiles of a Weibull law at median ranks, rounded, beyond a location.
  private static func ranks(_ count: Int, location: Double, shape: Double, scale: Double, digits: Double)
    -> [Double]
  {
    (1...count).map { rank in
      let p = (Double(rank) - 0.3) / (Double(count) + 0.4)
      return ((location + scale * pow(-log1p(-p), 1 / shape)) * digits).rounded() / digits
    }
  }

  private static func stream(_ history: Int) -> RandomStream {
    RandomStream(seed: 29, process: ProcessKey(name: "located"), replication: UInt32(history))
  }

  static let rows = [
    Row(
      name: "23 bearings", failures: FittingExamples.bearings.failures,
      shape: (1.1053241653743362, 2.4461840276395828), scale: (47.64910260115182, 90.99751877379569),
      mean: (60.60958648161446, 86.93898018530406), median: (52.701605676680494, 79.76235326781422)),
    Row(
      name: "20 failures far from 0, 6 censored",
      failures: ranks(20, location: 500, shape: 3, scale: 100, digits: 100),
      censored: [Double](repeating: 640, count: 6), shape: (1.0554502879031546, 4.217645037073326),
      scale: (70.67427186703736, 172.82160750654177), mean: (594.3146792197668, 635.4283851986162),
      median: (584.8950745620988, 621.0703225426522)),
    // No lower limit of the shape: 1 is where the laws that are asked for begin.
    Row(
      name: "30 failures, shape 1.14",
      failures: ranks(30, location: 10, shape: 1.2, scale: 50, digits: 1_000),
      shape: (1, 1.5701520483307396), scale: (33.55579168623435, 61.37265956057901),
      mean: (45.73055186394205, 70.9978718510575), median: (35.439102378601945, 57.10577161532879)),
  ]

  @Test("Profiles end where those of scipy do", arguments: rows)
  func profiles(row: Row) throws {
    let sample = try CensoredSample(failures: row.failures, censored: row.censored)
    let fit = try LifetimeFit(.shiftedWeibull, of: sample)
    let expected = [
      (FittedQuantity.shape, row.shape), (.scale, row.scale), (.mean, row.mean), (.median, row.median),
    ]
    for (quantity, limits) in expected {
      let estimate = try #require(fit.estimate(quantity, confidence: 0.9))
      #expect(relativeError(estimate.low, limits.0) < 1e-7, "\(quantity)")
      #expect(relativeError(estimate.high, limits.1) < 1e-7, "\(quantity)")
      #expect(estimate.low < estimate.value && estimate.value < estimate.high)
    }
    #expect(fit.isNotRegular)
  }

  /// 120 histories of 40 units that begin at 100: the share of intervals that hold the truth is within 4 standard errors
  /// of 90 %, with 2 points for what the theory of many failures misses at 40.
  @Test("Intervals hold the truth as often as they say")
  func coverage() throws {
    let truth: [(FittedQuantity, Double)] = [(.shape, 2.5), (.mean, 100 + 50 * tgamma(1.4))]
    var (hits, fits) = ([0, 0], 0)
    for history in 0..<120 {
      var stream = Self.stream(history)
      let times = (0..<40).map { _ in 100 + 50 * pow(-log(stream.uniform()), 0.4) }
      guard let fit = try? LifetimeFit(.shiftedWeibull, of: CensoredSample(failures: times)) else { continue }
      fits += 1
      for (index, (quantity, value)) in truth.enumerated() {
        let estimate = try #require(fit.estimate(quantity, confidence: 0.9))
        if estimate.low <= value, value <= estimate.high { hits[index] += 1 }
      }
    }
    #expect(fits > 110)
    let allowed = 4 * (0.09 / Double(fits)).squareRoot() + 0.02
    for hit in hits { #expect(abs(Double(hit) / Double(fits) - 0.9) < allowed, "\(hits)") }
  }

  @Test("For many failures curvature and profile agree")
  func many() throws {
    var stream = Self.stream(1_000)
    let times = (0..<1_000).map { _ in 100 + 50 * pow(-log(stream.uniform()), 0.3) }
    let fit = try LifetimeFit(.shiftedWeibull, of: CensoredSample(failures: times))
    for quantity in [FittedQuantity.shape, .mean] {
      let profile = try #require(fit.estimate(quantity, confidence: 0.9))
      let wald = try #require(fit.estimate(quantity, confidence: 0.9, interval: .wald))
      let width = profile.high - profile.low
      #expect(abs(profile.low - wald.low) < width / 8 && abs(profile.high - wald.high) < width / 8)
    }
    #expect(!fit.isNotRegular)
  }

  @Test("A fit has a shape above 1; where the best is below, there is no maximum and no interval")
  func belowOne() throws {
    var (fitted, refused) = (0, 0)
    for history in 0..<60 {
      var stream = Self.stream(history)
      let shape = 0.6 + 0.02 * Double(history)
      let times = (0..<25).map { _ in 20 + 50 * pow(-log(stream.uniform()), 1 / shape) }
      let sample = try CensoredSample(failures: times)
      do throws(NoMaximum) {
        let fit = try LifetimeFit(.shiftedWeibull, of: sample)
        fitted += 1
        #expect((fit.law as? Weibull).map { $0.shape > 1 } == true)
      } catch {
        refused += 1
        #expect(error == .unboundedAtSmallestTime)
      }
    }
    #expect(fitted > 10 && refused > 10)
  }
}
