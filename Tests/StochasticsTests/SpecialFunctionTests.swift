import Stochastics
import Testing

@Suite("Special functions")
struct SpecialFunctionTests {
  static let source = "computed with mpmath 1.3 at 50 digits"

  struct GammaRow: Sendable {
    let shape: Double, x: Double, lower: Double, upper: Double
    init(_ shape: Double, _ x: Double, _ lower: Double, _ upper: Double) {
      (self.shape, self.x, self.lower, self.upper) = (shape, x, lower, upper)
    }
  }

  static let gammaRows = [
    GammaRow(0.001, 0.5, 0.9994399333435292, 0.0005600666564707498),
    GammaRow(0.01, 0.3, 0.990927603578235, 0.009072396421765093),
    GammaRow(0.5, 0.1, 0.345279153981423, 0.654720846018577),
    GammaRow(0.5, 30.0, 0.9999999999999906, 9.485737571073848e-15),
    GammaRow(1.0, 1e-08, 9.999999950000001e-09, 0.9999999900000001),
    GammaRow(1.0, 700.0, 1.0, 9.85967654375977e-305),
    GammaRow(3.0, 2.0, 0.32332358381693654, 0.6766764161830635),
    GammaRow(3.0, 60.0, 1.0, 1.6295866529378224e-23),
    GammaRow(10.0, 0.5, 1.7096700293489033e-10, 0.999999999829033),
    GammaRow(25.5, 20.0, 0.1331225579759927, 0.8668774420240073),
    GammaRow(100.0, 100.0, 0.5132987982791487, 0.48670120172085135),
    GammaRow(100.0, 200.0, 0.9999999999999981, 1.843893649711574e-15),
    GammaRow(1000.0, 1100.0, 0.99894067674607, 0.0010593232539299773),
    GammaRow(10000.0, 9700.0, 0.001234175584468492, 0.9987658244155315),
    GammaRow(1000000.0, 1003000.0, 0.9986382593537824, 0.0013617406462175915),
  ]

  @Test("Incomplete gamma, both tails", arguments: gammaRows)
  func gamma(row: GammaRow) {
    #expect(relativeError(regularizedGammaP(shape: row.shape, x: row.x), row.lower) < 3e-14, "\(Self.source)")
    #expect(
      relativeError(regularizedGammaQ(shape: row.shape, x: row.x), row.upper) < 3e-14 + 1e-15 / row.shape,
      "\(Self.source)")
  }

  @Test("Inverse incomplete gamma gives x back from the smaller tail", arguments: gammaRows)
  func inverseGamma(row: GammaRow) {
    let x =
      row.lower < row.upper
      ? inverseRegularizedGammaP(shape: row.shape, p: row.lower)
      : inverseRegularizedGammaQ(shape: row.shape, q: row.upper)
    #expect(relativeError(x, row.x) < 1e-12)
  }

  struct BetaRow: Sendable {
    let x: Double, a: Double, b: Double, lower: Double, upper: Double
    init(_ x: Double, _ a: Double, _ b: Double, _ lower: Double, _ upper: Double) {
      (self.x, self.a, self.b, self.lower, self.upper) = (x, a, b, lower, upper)
    }
  }

  static let betaRows = [
    BetaRow(0.3, 2.0, 3.0, 0.3483, 0.6517),
    BetaRow(1e-06, 0.5, 0.5, 0.0006366198784709244, 0.999363380121529),
    BetaRow(0.999, 0.5, 0.5, 0.9798649583666225, 0.0201350416333775),
    BetaRow(0.01, 10.0, 5.0, 9.650974271500001e-18, 1.0),
    BetaRow(0.5, 30.0, 30.0, 0.5, 0.5),
    BetaRow(0.4, 60.0, 40.0, 2.7811432281368103e-05, 0.9999721885677186),
    BetaRow(0.9, 2.0, 40.0, 1.0, 3.6999999999999675e-39),
    BetaRow(0.001, 1.0, 999.0, 0.6319365117407767, 0.36806348825922325),
    BetaRow(0.5, 1000.0, 1100.0, 0.9854830182565296, 0.014516981743470393),
    BetaRow(0.51, 100000.0, 100000.0, 1.0, 1.8571347290404196e-19),
    BetaRow(0.2, 5.0, 0.1, 9.234192337015589e-06, 0.999990765807663),
  ]

  @Test("Incomplete beta, both tails", arguments: betaRows)
  func beta(row: BetaRow) {
    let lower = regularizedBeta(x: row.x, complement: 1 - row.x, a: row.a, b: row.b)
    let upper = regularizedBeta(x: 1 - row.x, complement: row.x, a: row.b, b: row.a)
    #expect(relativeError(lower, row.lower) < 1e-13, "\(Self.source)")
    #expect(relativeError(upper, row.upper) < 1e-12, "\(Self.source)")
  }

  @Test("Inverse incomplete beta gives x back from the smaller tail", arguments: betaRows)
  func inverseBeta(row: BetaRow) {
    let x =
      row.lower <= row.upper
      ? inverseRegularizedBeta(p: row.lower, a: row.a, b: row.b)
      : 1 - inverseRegularizedBeta(p: row.upper, a: row.b, b: row.a)
    #expect(relativeError(x, row.x) < 1e-12)
  }

  @Test(
    "Normal probabilities",
    arguments: [
      (-20, 2.7536241186062337e-89), (-8, 6.220960574271784e-16), (-5.7, 5.990371401063528e-09),
      (-5.6, 1.071759025831093e-08), (-3, 0.0013498980316300946), (-1, 0.15865525393145705),
      (-0.68, 0.2482522304535705), (-0.5, 0.3085375387259869), (0, 0.5), (0.3, 0.6179114221889527),
      (1, 0.8413447460685429), (2, 0.9772498680518208), (6, 0.9999999990134123), (40, 1), (-40, 0),
    ])
  func normal(z: Double, expected: Double) {
    #expect(relativeError(normalCDF(z), expected) < 1e-15, "\(Self.source)")
    #expect(relativeError(normalSurvival(-z), expected) < 1e-15, "\(Self.source)")
  }

  @Test(
    "Student's t",
    arguments: [
      (0.975, 9, 2.262157162798205), (0.995, 2, 9.92484320091829), (0.6, 1, 0.32491969623290623),
      (0.5001, 5, 0.0002634305560701855), (1e-10, 3, -2225.7692846830932),
      (0.975, 0.5, 164.55767348048823), (0.975, 99, 1.9842169515864172), (0.9, 1e6, 1.2815524121299386),
      (0.975, 1e9, 1.959963986912325), (0.025, 30, -2.042272456301238), (0.5, 4, 0),
    ])
  func studentT(p: Double, degreesOfFreedom: Double, expected: Double) {
    let found = studentTQuantile(p, degreesOfFreedom: degreesOfFreedom)
    #expect(relativeError(found, expected) < 1e-12, "\(Self.source)")
  }

  @Test(
    "Chi-square",
    arguments: [
      (0.95, 2, 5.99146454710798), (0.025, 2, 0.05063561596857975), (0.975, 26, 41.92317009635391),
      (1e-12, 4, 2.8284284580803877e-06), (0.999999, 10, 46.86304684671568),
      (0.5, 1, 0.4549364231195728), (0.95, 1000, 1074.679448803441), (0, 3, 0), (1, 3, .infinity),
    ])
  func chiSquare(p: Double, degreesOfFreedom: Double, expected: Double) {
    let found = chiSquareQuantile(p, degreesOfFreedom: degreesOfFreedom)
    #expect(relativeError(found, expected) < 1e-13, "\(Self.source)")
  }

  @Test(
    "The logarithm of the gamma function",
    arguments: [
      (1e-10, 23.025850929882736), (0.1, 2.252712651734206), (0.5, 0.5723649429247001), (1, 0),
      (1.5, -0.12078223763524522), (2, 0), (2.5, 0.2846828704729192), (3, 0.6931471805599453),
      (7.25, 7.0521854507385395), (15.9, 27.625493215168692), (16.1, 28.173694494813546),
      (100, 359.1342053695754), (171.5, 709.1431630309282), (1e6, 12815504.569147611),
      (1e15, 3.3538776394910668e+16),
    ])
  func logarithmOfGamma(x: Double, expected: Double) {
    #expect(abs(logGamma(x) - expected) < 2e-15 * max(1, abs(expected)), "\(Self.source)")
  }
}
