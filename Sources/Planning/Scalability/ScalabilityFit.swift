public import Stochastics

/// The universal scalability law fitted to measurements by least squares, with α and β not below 0.
public struct ScalabilityFit: Hashable, Sendable {
  /// A fitted parameter.
  public enum Parameter: Hashable, Sendable {
    /// With its interval by Student's t from the linearised fit, cut off at 0.
    case estimated(Estimate)
    /// The best value without the bound is negative, so it is 0; an interval can not be told.
    case atBound
    /// As many measurements as parameters: no interval can be told.
    case exact(Double)
  }

  /// The law with the smallest sum of squares.
  public let law: ScalabilityLaw
  /// α.
  public let contention: Parameter
  /// β.
  public let coherency: Parameter
  /// γ.
  public let single: Parameter
  /// The sum of the squared residuals.
  public let squaredResiduals: Double
  /// Measurements less free parameters.
  public let degreesOfFreedom: Int
  /// The share of the variance of the throughputs that the law explains, R² = 1 − Σ r² / Σ (x − mean)²; `nil` where all
  /// throughputs are the same.
  public let explainedShare: Double?

  /// The standard deviation of a measurement; `nil` without degrees of freedom.
  public var sigma: Double? {
    degreesOfFreedom > 0 ? (squaredResiduals / Double(degreesOfFreedom)).squareRoot() : nil
  }

  /// Fits measurements at three or more loads; throws everything that is wrong with them.
  ///
  /// Each set of parameters at their bound is tried, and the best that obeys the bounds is taken.
  public init(_ measurements: [ThroughputMeasurement], confidence: Double = 0.95) throws(InvalidQuestion) {
    try ScalabilityFit.check(measurements)
    let tries = [[true, true], [true, false], [false, true], [false, false]].compactMap { free in
      ScalabilitySearch(measurements, isFree: free).best()
    }
    guard let best = tries.min(by: { $0.squaredResiduals < $1.squaredResiduals }) else {
      throw InvalidQuestion(findings: [
        InvalidQuestion.Finding(
          slug: "scalability-fit", message: "no law of this form comes near the measurements", help: nil)
      ])
    }
    law = best.law
    squaredResiduals = best.squaredResiduals
    degreesOfFreedom = measurements.count - best.free.count
    let mean = measurements.reduce(0) { $0 + $1.throughput } / Double(measurements.count)
    let spread = measurements.reduce(0) { $0 + ($1.throughput - mean) * ($1.throughput - mean) }
    explainedShare = spread > 0 ? 1 - best.squaredResiduals / spread : nil
    let errors = best.standardErrors(degreesOfFreedom: degreesOfFreedom)
    let t =
      degreesOfFreedom > 0
      ? studentTQuantile((1 + confidence) / 2, degreesOfFreedom: Double(degreesOfFreedom)) : 0
    func parameter(_ index: Int, _ value: Double) -> Parameter {
      guard best.free.contains(index) else { return .atBound }
      guard let error = errors[index] else { return .exact(value) }
      return .estimated(
        Estimate(
          value: value, low: max(0, value - t * error), high: value + t * error, confidence: confidence))
    }
    contention = parameter(0, best.law.contention)
    coherency = parameter(1, best.law.coherency)
    single = parameter(2, best.law.single)
  }

  private static func check(_ measurements: [ThroughputMeasurement]) throws(InvalidQuestion) {
    var check = QuestionCheck()
    check.require(
      Set(measurements.map(\.load)).count >= 3, "scalability-few",
      "measurements at \(Set(measurements.map(\.load)).count) loads; expected 3 or more", help: nil)
    for item in measurements {
      check.require(
        item.load > 0 && item.throughput > 0 && item.load.isFinite && item.throughput.isFinite,
        "scalability-measurement",
        "a load of \(item.load) with a throughput of \(item.throughput); expected both greater than 0",
        help: nil)
    }
    try check.finish()
  }
}
