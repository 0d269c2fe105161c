import Recovery
import Stochastics
import Testing

@Suite("Exact laws of fixed and uniform times")
struct PiecewiseLawTests {
  /// Count, x and cumulative probability.
  static let irwinHallRows: [[Double]] = [
    [2, 0.5, 0.125], [2, 1.5, 0.875], [3, 1, 1.0 / 6.0], [3, 1.5, 0.5], [3, 2, 5.0 / 6.0], [4, 2, 0.5],
    [5, 1, 1.0 / 120.0], [5, 2, 0.225], [8, 4, 0.5],
  ]

  /// F(x) = Σₖ (−1)ᵏ C(n, k) (x − k)ⁿ₊ / n!, the Irwin–Hall law.
  @Test("a sum of uniforms follows the Irwin–Hall law", arguments: irwinHallRows)
  func irwinHall(_ row: [Double]) throws {
    let (count, x, expected) = (Int(row[0]), row[1], row[2])
    let law = try #require(
      PiecewiseLaw(sumOf: Array(repeating: try Uniform(minimum: 0, maximum: 1), count: count)))
    #expect(agree(law.cumulative(x), expected))
    #expect(agree(law.mean, Double(count) / 2))
    #expect(agree(law.variance, Double(count) / 12))
    #expect(agree(law.quantile(0.5), Double(count) / 2))
  }

  /// Where the short parts are over, F(x) = (x − their mean) / 3600.
  @Test("widths of different size keep their digits")
  func wideAndNarrow() throws {
    let law = try #require(
      PiecewiseLaw(sumOf: [
        try Uniform(minimum: 0, maximum: 3600), try Uniform(minimum: 0, maximum: 1),
        try Uniform(minimum: 0, maximum: 1e-3),
      ]))
    #expect(agree(law.cumulative(2), (2 - 0.5 - 0.0005) / 3600))
    #expect(agree(law.cumulative(1800), (1800 - 0.5 - 0.0005) / 3600))
    #expect(agree(1 - law.cumulative(3600), (0.5 + 0.0005) / 3600))
    let late = law.addingUniform(width: 1e-3)
    #expect(agree(late.cumulative(1800), (1800 - 0.5 - 0.001) / 3600))
    #expect(agree(late.mean, 1800.501))
  }

  @Test("choices, first and last of times follow their formulas")
  func choices() {
    let (short, long) = (PiecewiseLaw.uniform(from: 1, to: 3), PiecewiseLaw.uniform(from: 2, to: 6))
    let mixture = PiecewiseLaw.mixture([(0.25, short), (0.5, long), (0.25, .never)])
    #expect(mixture.cumulative(2.5) == 0.25 * 0.75 + 0.5 * 0.125)
    #expect(mixture.probabilityOfNever == 0.25)
    #expect(mixture.quantile(0.8) == .infinity)
    #expect(agree(mixture.mean, (0.25 * 2 + 0.5 * 4) / 0.75))
    #expect(agree(short.first(with: long).cumulative(2.5), 1 - 0.25 * 0.875))
    #expect(short.first(with: long).maximum == 3)
    #expect(agree(short.last(with: long).cumulative(2.5), 0.75 * 0.125))
    #expect(short.last(with: long).minimum == 2)
    #expect(
      short.thinned(to: 0.9).first(with: long.thinned(to: 0.9)).probabilityOfNever == (1 - 0.9) * (1 - 0.9))
    #expect(short.last(with: .never).total == 0)
    #expect(short.first(with: .never) == short)
  }

  /// 0.25 always 2, 0.75 the sum of two uniforms on 0…1: a triangle with its top at 1.
  @Test("the density is the slope, and jumps are the values of positive probability")
  func shape() throws {
    let triangle = PiecewiseLaw.uniform(from: 0, to: 1).addingUniform(width: 1)
    let law = PiecewiseLaw.mixture([(0.25, .always(2)), (0.75, triangle)])
    #expect(agree(law.density(0.25), 0.75 * 0.25))
    #expect(agree(law.density(1.5), 0.75 * 0.5))
    #expect(law.density(2) == 0)
    #expect(law.atoms.map(\.value) == [2])
    #expect(agree(law.atoms[0].probability, 0.25))
    #expect(triangle.atoms.isEmpty)
    #expect(PiecewiseLaw.always(3).atoms.map(\.probability) == [1])
  }

  @Test("limits cut, floors lift and what is left of a time follows its integral")
  func limits() throws {
    let law = PiecewiseLaw.uniform(from: 1, to: 3)
    #expect(law.truncated(at: 2.5).probabilityOfNever == 0.25)
    #expect(agree(law.truncated(at: 2.5).mean, 1.75))
    #expect(law.truncated(at: 0.5).total == 0)
    #expect(law.notBelow(2).cumulative(2) == 0.5)
    #expect(agree(law.notBelow(2).mean, 0.5 * 2 + 0.5 * 2.5))
    #expect(law.notBelow(4).quantile(0.3) == 4)
    // ∫ S = 1 up to 1; the rest of a uniform time has the mean E[X²] / 2 E[X] = (13/3) / 4.
    let rest = try #require(law.residual)
    #expect(agree(rest.mean, 13.0 / 12))
    #expect(agree(rest.cumulative(1), 0.5))
    #expect(PiecewiseLaw.always(4).residual?.cumulative(1) == 0.25)
    #expect(law.thinned(to: 0.5).residual == nil)
    #expect(law.scaled(by: 2).cumulative(4) == 0.5)
    #expect(law.adding(1).minimum == 2)
  }

  @Test("fixed and observed values are jumps")
  func jumps() throws {
    let observed = try Empirical(values: [1, 2, 2, 5])
    let law = try #require(PiecewiseLaw(sumOf: [observed, try Deterministic(value: 1)]))
    #expect([1.9, 2, 3, 5.9, 6].map(law.cumulative) == [0, 0.25, 0.75, 0.75, 1])
    #expect(law.mean == 3.5)
    #expect([0.2, 0.25, 0.5, 1].map(law.quantile) == [2, 2, 3, 6])
    let other = try Exponential(mean: 1)
    #expect(PiecewiseLaw(sumOf: [other]) == nil)
  }

  @Test("an exact law agrees with draws of its parts")
  func draws() throws {
    let parts: [any Distribution] = [
      try Uniform(minimum: 0, maximum: 2), try Empirical(values: [0, 1, 7]),
      try Mixture(
        weights: [3, 1], components: [try Uniform(minimum: 0.5, maximum: 3), try Deterministic(value: 4)]),
    ]
    let law = try #require(PiecewiseLaw(sumOf: parts))
    let sample = (0..<50_000).map { replication in
      var stream = stream("parts", UInt32(replication))
      return parts.reduce(0) { $0 + $1.sample(using: &stream) }
    }
    expectLaw(law, matches: sample, "sum of parts")
    #expect(agree(law.mean, parts.reduce(0) { $0 + $1.mean }))
    #expect(agree(law.variance, parts.reduce(0) { $0 + $1.variance }))
  }

  @Test("a sample's answers carry intervals that hold the truth")
  func sampled() throws {
    let law = OutcomeLaw(
      sumOf: [try Exponential(mean: 2), try Uniform(minimum: 0, maximum: 1)], plan: SamplingPlan(), name: "t")
    #expect(!law.isExact)
    let mean = try #require(law.mean(confidence: 0.9999))
    #expect(mean.low < 2.5 && mean.high > 2.5)
    // P(E + U > x) = ∫₀¹ exp(−(x − u) / 2) du = 2 (e^½ − 1) e^(−x/2) above 1; the median solves it for ½.
    let median = law.quantile(0.5, confidence: 0.9999)
    let exact = 2 * portableLog(4 * portableExpm1(0.5))
    #expect(median.low < exact && median.high > exact)
  }
}

@Suite("Exact laws in any order")
struct PiecewiseLawOrderTests {
  /// Widths over six powers of ten, in the order that is kindest to rounding and in any other.
  @Test("the order of the parts of a sum makes no difference", arguments: 0..<20)
  func order(_ round: Int) throws {
    var draws = stream("order", UInt32(round))
    let widths = (0..<5).map { _ in portableExp(draws.uniform() * 14 - 7) }
    let sorted = try #require(PiecewiseLaw(sumOf: widths.map { try Uniform(minimum: 0, maximum: $0) }))
    let backwards = widths.sorted(by: >).reduce(PiecewiseLaw.always(0)) { $0.addingUniform(width: $1) }
    for p in [0.001, 0.1, 0.25, 0.5, 0.75, 0.9, 0.999] {
      let x = sorted.quantile(p)
      #expect(abs(sorted.cumulative(x) - p) < 1e-12)
      #expect(abs(backwards.cumulative(x) - p) < 1e-11)
    }
    #expect(agree(sorted.mean, widths.reduce(0, +) / 2))
    #expect(agree(backwards.variance, widths.reduce(0) { $0 + $1 * $1 } / 12))
  }
}
