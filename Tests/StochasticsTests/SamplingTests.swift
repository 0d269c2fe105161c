import Foundation
import Stochastics
import Testing

@Suite("Sampling")
struct SamplingTests {
  static let size = 100_000

  static func sorted(
    _ law: any Distribution, _ name: String, _ draw: (inout RandomStream) -> Double
  ) -> [Double] {
    var draws = stream("\(law) \(name)")
    return (0..<size).map { _ in draw(&draws) }.sorted()
  }

  @Test("Mean and variance lie within 4 standard errors")
  func moments() {
    for law in Examples.all {
      let sample = Self.sorted(law, "moments") { law.sample(using: &$0) }
      let n = Double(Self.size)
      let mean = sample.reduce(0, +) / n
      let squares = sample.map { ($0 - law.mean) * ($0 - law.mean) }
      let variance = squares.reduce(0, +) / n
      let spread = squares.map { ($0 - variance) * ($0 - variance) }.reduce(0, +) / n
      #expect(abs(mean - law.mean) <= 4 * (law.variance / n).squareRoot(), "\(law)")
      // The spread of the squared deviations is the sample's own; rounding where it is 0.
      #expect(abs(variance - law.variance) <= 4 * (spread / n).squareRoot() + 1e-12 * law.variance, "\(law)")
    }
  }

  /// Kolmogorov's limit: √n · D stays below 2.225 with probability 1 − 2 exp(−2 · 2.225²) = 0.9999.
  @Test("Samples pass the Kolmogorov–Smirnov test at 0.0001")
  func kolmogorovSmirnov() {
    for law in Examples.continuous {
      let sample = Self.sorted(law, "distance") { law.sample(using: &$0) }
      let n = Double(Self.size)
      let distance = sample.enumerated().reduce(0.0) { worst, entry in
        let below = 1 - law.survival(entry.element)
        let (before, after) = (Double(entry.offset) / n, Double(entry.offset + 1) / n)
        return max(worst, abs(below - before), abs(below - after))
      }
      #expect(n.squareRoot() * distance < 2.225, "\(law)")
    }
  }

  @Test("Length-biased samples follow ∫ x f(x) dx / mean within 4.5 standard errors")
  func lengthBiased() {
    for law in Examples.continuous {
      let sample = Self.sorted(law, "length-biased") { law.lengthBiasedSample(using: &$0) }
      Self.expectShares(sample, law) { x, area in (area - x * law.survival(x)) / law.mean }
    }
  }

  @Test("Residual samples follow ∫ S(x) dx / mean within 4.5 standard errors")
  func residual() {
    for law in Examples.continuous {
      let sample = Self.sorted(law, "residual") { law.residualSample(using: &$0) }
      Self.expectShares(sample, law) { _, area in area / law.mean }
    }
  }

  /// Compares the share of a sample up to each of a row of points with a function of the point and of the
  /// area under the survival curve up to it.
  static func expectShares(
    _ sample: [Double], _ law: any Distribution, _ expected: (_ x: Double, _ area: Double) -> Double
  ) {
    let n = Double(sample.count)
    var (area, start) = (0.0, 0.0)
    for p in stride(from: 0.02, to: 0.999, by: 0.02) {
      let x = law.quantile(p)
      area += integral(of: law.survival, from: start, to: x)
      start = x
      let share = Double(sample.prefix { $0 <= x }.count) / n
      let theory = expected(x, area)
      // 1e-6 is room for the integral of a curve with kinks.
      let bound = 4.5 * (max(0, theory * (1 - theory)) / n).squareRoot() + 1e-6
      #expect(abs(share - theory) < bound, "\(law) at \(x): \(share) for \(theory)")
    }
  }

  /// Simpson's rule in √(x − start), which tames a steep start at 0.
  static func integral(of function: (Double) -> Double, from start: Double, to end: Double) -> Double {
    let pieces = 200
    let step = (end - start).squareRoot() / Double(pieces)
    let sum = (0...pieces).reduce(0.0) { sum, index in
      let root = step * Double(index)
      let weight = index == 0 || index == pieces ? 1.0 : index % 2 == 1 ? 4 : 2
      return sum + weight * 2 * root * function(start + root * root)
    }
    return sum * step / 3
  }

  @Test("Length-biased draws of discrete laws have the weights weight · value")
  func discreteLengthBias() throws {
    let rows: [(any Distribution, [Double: Double])] = [
      (try Deterministic(value: 4), [4: 1]),
      (try Empirical(values: [5, 1, 2, 2, 9]), [1: 1.0 / 19, 2: 4.0 / 19, 5: 5.0 / 19, 9: 9.0 / 19]),
      (try Empirical(values: [0, 3, 8], weights: [2, 5, 1]), [3: 15.0 / 23, 8: 8.0 / 23]),
      (
        try Mixture(
          weights: [1, 2], components: [try Deterministic(value: 1), try Empirical(values: [2, 7])]),
        [1: 0.1, 2: 0.2, 7: 0.7]
      ),
    ]
    for (law, shares) in rows {
      let sample = Self.sorted(law, "discrete") { law.lengthBiasedSample(using: &$0) }
      #expect(Set(sample) == Set(shares.keys), "\(law)")
      for (value, share) in shares {
        let found = Double(sample.filter { $0 == value }.count) / Double(sample.count)
        let bound = 4 * (share * (1 - share) / Double(sample.count)).squareRoot()
        #expect(abs(found - share) <= bound, "\(law) at \(value)")
      }
    }
  }

  @Test("Inversion is monotone: common random numbers order two laws draw by draw")
  func commonRandomNumbers() throws {
    let pairs: [(any Distribution, any Distribution)] = [
      (try Exponential(mean: 5), try Exponential(mean: 6)),
      (try Weibull(shape: 2, scale: 5), try Weibull(shape: 2, scale: 6)),
      (try Lognormal(mu: 1, sigma: 1), try Lognormal(mu: 1.1, sigma: 1)),
      (try Uniform(minimum: 1, maximum: 2), try Triangular(minimum: 2, mode: 3, maximum: 4)),
      (try Empirical(values: [1, 2, 3]), try Empirical(values: [2, 3, 4])),
    ]
    for (smaller, larger) in pairs {
      var (first, second) = (stream("common"), stream("common"))
      for _ in 0..<1000 {
        #expect(smaller.sample(using: &first) <= larger.sample(using: &second), "\(smaller), \(larger)")
      }
    }
  }

  @Test("Draws keep their bits")
  func bits() throws {
    // The first draws of one stream: a change of any bit is a change of every published result.
    let laws: [any Distribution] = [
      try Exponential(mean: 1), try Weibull(shape: 1.5, mean: 1), try Lognormal(mu: 0, sigma: 1),
      try Gamma(shape: 2.5, scale: 1), try PERT(minimum: 1, mode: 2, maximum: 6),
    ]
    var draws = stream("golden")
    let bits = laws.map { String($0.sample(using: &draws).bitPattern, radix: 16) }
    #expect(
      bits == [
        "3ffb5346901850c0", "3fecee10fa17cf56", "3ffc87e4b178b3a2", "3fedf572f8765b83", "3ff12843f2d3ba18",
      ])
  }
}
