import Reliability
import Stochastics
import Testing

@Suite("Interval: one process from new")
struct IntervalCurveTests {
  struct Row: CustomTestStringConvertible {
    let name: String
    let uptime: any Distribution
    let outage: [any Distribution]
    let values: [(hours: Double, unavailability: Double, frequency: Double)]
    let tolerance: Double
    var testDescription: String { name }
  }

  /// By the matrix exponential of the cycle of phases at 30 digits (mpmath), and for a fixed outage d by
  /// A(t) = Σ e^{−λ(t−kd)} (λ(t−kd))ᵏ / k! over kd ≤ t (Cox, *Renewal theory*, 1962, chapter 7).
  static func rows() throws -> [Row] {
    let ten = try Exponential(mean: 10)
    let hundred = try Exponential(mean: 100)
    return [
      Row(
        name: "exponential up, two exponential parts down", uptime: hundred, outage: [ten, ten],
        values: [
          (0.1, 0.00099948359133980786, 0.0099900051640866019),
          (5, 0.047179947840451804, 0.009528200521595482),
          (50, 0.16539796155608684, 0.0083460203844391316),
          (1000, 0.16666666666666667, 0.0083333333333333333),
        ], tolerance: 1e-12),
      Row(
        name: "exponential up, parts of 2 h and 9 h down", uptime: try Exponential(mean: 50),
        outage: [try Exponential(mean: 2), try Exponential(mean: 9)],
        values: [
          (0.1, 0.0019978191303398784, 0.019960043617393202), (5, 0.083958070243948964, 0.018320838595121021),
          (50, 0.18012513177360373, 0.016397497364527925), (200, 0.18032786885222634, 0.016393442622955473),
        ], tolerance: 1e-12),
      Row(
        name: "exponential up, fixed outage", uptime: hundred, outage: [try Deterministic(value: 10)],
        values: [
          (5, 0.048770575499285991, 0.01 * (1 - 0.048770575499285991)),
          (9.999, 0.095153533544618046, 0.01 * (1 - 0.095153533544618046)),
          (10.001, 0.095161630392978566, 0.01 * (1 - 0.095161630392978566)),
          (19, 0.090787059382227146, 0.01 * (1 - 0.090787059382227146)),
          (50, 0.090909090782421093, 0.01 * (1 - 0.090909090782421093)),
        ], tolerance: 1e-12),
      Row(
        name: "Erlang up times of two phases", uptime: try Gamma(shape: 2, scale: 50), outage: [ten],
        values: [
          (5, 0.0039770938441784948, 0.001810023599900601), (50, 0.074522898129878435, 0.0081901619688156528),
          (200, 0.090895424594032727, 0.0090901934722262371),
        ], tolerance: 2e-6),
    ]
  }

  @Test("point unavailability and frequency against phases", arguments: try rows())
  func phases(_ row: Row) {
    let curve = UnavailabilityCurve(uptime: row.uptime, outage: row.outage, horizonHours: 8760)
    for value in row.values {
      let found = curve.unavailability(atHours: value.hours)
      #expect(abs(found - value.unavailability) <= row.tolerance * curve.steadyState, "q(\(value.hours))")
      let frequency = curve.failureFrequency(atHours: value.hours) ?? .infinity
      #expect(abs(frequency - value.frequency) <= row.tolerance * value.frequency, "w(\(value.hours))")
    }
  }

  /// q(t) = λ / (λ + μ) · (1 − e^{−(λ+μ)t}): Rausand and Høyland, *System reliability theory*, 2nd edition, 2004,
  /// equation 9.16. The gamma law with shape 1 is the same outage, solved by the integral equation.
  @Test("exponential up and down times: the formula and the integral equation")
  func closedForm() throws {
    let up = try Exponential(mean: 720)
    let formula = UnavailabilityCurve(uptime: up, outage: [try Exponential(mean: 0.5)], horizonHours: 8760)
    let equation = UnavailabilityCurve(
      uptime: up, outage: [try Gamma(shape: 1, scale: 0.5)], horizonHours: 8760)
    #expect(formula.method == .closedForm)
    #expect(equation.method == .integralEquation)
    for time in [1e-6, 0.01, 0.3, 2, 40, 8760] {
      let expected = formula.unavailability(atHours: time)
      #expect(abs(equation.unavailability(atHours: time) - expected) <= 2e-12 * formula.steadyState)
      let repairs = formula.repairFrequency(atHours: time) ?? -1
      #expect(abs((equation.repairFrequency(atHours: time) ?? 0) - repairs) <= 1e-8 / 720)
    }
    #expect(abs(formula.unavailability(atHours: 1e-6) - 1e-6 / 720) < 1e-14)
  }

  @Test("single values: down from 100 to 120, 220 to 240 and so on")
  func instants() throws {
    let curve = UnavailabilityCurve(
      uptime: try Deterministic(value: 100),
      outage: [try Deterministic(value: 15), try Deterministic(value: 5)],
      horizonHours: 350)
    #expect(curve.method == .instants)
    #expect(
      [99, 101, 119, 121, 219, 221, 241].map { curve.unavailability(atHours: $0) } == [0, 1, 1, 0, 0, 1, 0])
    #expect(curve.failureInstants.map(\.time) == [100, 220, 340])
  }

  @Test("without repair it is the law of the lifetime")
  func lifetime() throws {
    let law = try Weibull(shape: 2, scale: 1000)
    let curve = UnavailabilityCurve(uptime: law, outage: [], horizonHours: 8760)
    // 1 − e^{−(t/η)²}; at 1 h that is 1e-6 less half its square.
    #expect(abs(curve.unavailability(atHours: 1) - 9.999995000001667e-7) < 1e-20)
    #expect(abs(curve.unavailability(atHours: 1000) - 0.6321205588285577) < 1e-15)
    #expect(curve.repairFrequency(atHours: 10) == 0)
    #expect(curve.steadyState == 1)
  }

  /// ∫ (failures − repairs) is what is down, for laws without a formula.
  @Test("failures less repairs are what is down")
  func balance() throws {
    let curve = UnavailabilityCurve(
      uptime: try Weibull(shape: 3, mean: 100),
      outage: [try Deterministic(value: 2), try Lognormal(median: 6, p90: 20)], horizonHours: 2000)
    #expect(curve.method == .renewalLattice)
    for time in [30.0, 100, 180, 500] {
      let step = 0.05
      let slope =
        (curve.unavailability(atHours: time + step) - curve.unavailability(atHours: time - step)) / (2 * step)
      let net = (curve.failureFrequency(atHours: time) ?? 0) - (curve.repairFrequency(atHours: time) ?? 0)
      #expect(abs(slope - net) < 1e-5 * 0.01)
    }
    #expect(abs(curve.unavailability(atHours: 1999) - curve.steadyState) < 1e-6 * curve.steadyState)
  }

  @Test("a process known by its availability only is constant, of unknown frequency")
  func constant() {
    let curve = UnavailabilityCurve(constant: 1e-4)
    #expect(curve.unavailability(atHours: 3) == 1e-4)
    #expect(curve.failureFrequency(atHours: 3) == nil)
  }

  /// Takács (1957); 0.6883…, 0.5992… and 0.5480… in high precision for MTBF 999 h and MTTR 1 h, up at the start.
  @Test(
    "the probability of 99.9 % over 30, 90 and 365 days",
    arguments: [(30.0, 0.688308108973246575), (90, 0.599262101722511967), (365, 0.54800713642260745)])
  func window(days: Double, expected: Double) throws {
    let found = WindowAvailability.probability(
      downAtMost: 0.001, windowHours: days * 24, uptime: try Exponential(mean: 999),
      outage: try Exponential(mean: 1))
    #expect(abs(try #require(found) - expected) < 2e-14)
    let erlang = WindowAvailability.probability(
      downAtMost: 0.001, windowHours: days * 24, uptime: try Exponential(mean: 999),
      outage: try Gamma(shape: 1, scale: 1))
    #expect(erlang == found)
  }
}
