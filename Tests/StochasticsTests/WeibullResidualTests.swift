import Stochastics
import Testing

@Suite("What is left of a Weibull life")
struct WeibullResidualTests {
  static let shapes = [0.25, 0.3, 0.5, 0.83, 1, 1.01, 1.5, 2, 2.7, 3, 4.5, 7, 12, 20, 32]

  @Test("is the quantile of the equilibrium law, Q(1/k, yᵏ)", arguments: shapes)
  func quantile(shape: Double) throws {
    let table = try #require(WeibullResidual(shape: shape))
    var exponential = 1e-9
    while exponential < 36.8 {
      let survival = portableExp(-exponential)
      let x =
        exponential < 0.1
        ? inverseRegularizedGammaP(shape: 1 / shape, p: -portableExpm1(-exponential))
        : inverseRegularizedGammaQ(shape: 1 / shape, q: survival)
      let exact = portablePower(x, 1 / shape)
      let found = table.value(exponential)
      #expect(abs(found - exact) <= 1e-10 * max(1, exact), "of \(exponential): \(found), not \(exact)")
      exponential *= 1.013
    }
  }

  @Test("of shape 1 is exponential again")
  func memoryless() throws {
    let table = try #require(WeibullResidual(shape: 1))
    for exponential in [0, 1e-300, 1e-12, 0.3, 1, 2.999, 8, 36.7] {
      #expect(abs(table.value(exponential) - exponential) <= 1e-12 * max(1, exponential))
    }
  }

  /// In the middle of an equilibrium law of shape 2 lies erf⁻¹(½) = 0.476936276204469874.
  @Test("of shape 2 is half a normal law")
  func halfNormal() throws {
    let table = try #require(WeibullResidual(shape: 2))
    #expect(abs(table.value(portableLog(2)) - 0.476936276204469874) < 1e-11)
  }

  @Test("a longer draw leaves more", arguments: shapes)
  func monotone(shape: Double) throws {
    let table = try #require(WeibullResidual(shape: shape))
    var last = -1.0
    for step in 0...40_000 {
      let value = table.value(Double(step) * 36.8 / 40_000)
      #expect(value > last)
      last = value
    }
  }

  @Test("there is no table of a shape that is far from 1", arguments: [0, 0.2, 33, .infinity, .nan])
  func noTable(shape: Double) { #expect(WeibullResidual(shape: shape) == nil) }
}
