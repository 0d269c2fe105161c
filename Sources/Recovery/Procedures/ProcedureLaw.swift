public import Stochastics

/// The time until a procedure has brought the service back, as a law in hours.
///
/// Draws play the procedure. Mean, quantiles and survival are exact where the procedure's law is, else those of
/// a seeded sample of 20,000 runs.
public struct ProcedureLaw: Distribution {
  /// The word for this law in a model.
  public static let kind = "procedure"

  /// The procedure.
  public let procedure: Procedure
  private let factor: Double
  private let law: OutcomeLaw
  /// The same times as values, equally likely.
  private let values: Empirical

  /// The law of a procedure.
  ///
  /// - Throws: when it takes no time at all.
  public init(_ procedure: Procedure) throws(InvalidParameter) {
    try self.init(procedure, factor: 1)
  }

  private init(_ procedure: Procedure, factor: Double) throws(InvalidParameter) {
    self.procedure = procedure
    self.factor = factor
    law = procedure.study().service
    let draws = SamplingPlan().draws("procedure/\(procedure.name)") {
      procedure.sample(using: &$0).serviceHours
    }
    values = try Empirical(values: draws)
  }

  private init(_ other: ProcedureLaw, factor: Double) {
    procedure = other.procedure
    self.factor = other.factor * factor
    law = other.law
    values = other.values
  }

  /// The law of another time and then this one; `nil` when it has no exact law.
  func extending(_ law: PiecewiseLaw) -> PiecewiseLaw? { factor == 1 ? procedure.extending(law) : nil }

  /// Whether its mean is exact, and not that of a sample.
  public var isExact: Bool { law.isExact }

  /// The mean time.
  public var mean: Double { (law.mean()?.value ?? values.mean) * factor }

  /// The variance of the sample.
  public var variance: Double { values.variance * factor * factor }

  /// The probability of a longer time.
  public func survival(_ x: Double) -> Double {
    guard x >= 0 else { return 1 }
    return 1 - (law.probability(atMost: x / factor)?.value ?? 1 - values.survival(x / factor))
  }

  /// Counts as 0: a sample has values of positive probability.
  public func density(_ x: Double) -> Double { 0 }

  /// The time that is not exceeded with a probability.
  public func quantile(_ p: Double) -> Double { law.quantile(p).value * factor }

  /// The time of one run.
  public func sample(using stream: inout RandomStream) -> Double {
    procedure.sample(using: &stream).serviceHours * factor
  }

  /// A time of the sample, the longer the likelier.
  public func lengthBiasedSample(using stream: inout RandomStream) -> Double {
    values.lengthBiasedSample(using: &stream) * factor
  }

  /// The same with all times longer or shorter.
  public func scaled(by factor: Double) -> any Distribution { ProcedureLaw(self, factor: factor) }

  /// `procedure tier-1`.
  public var description: String { "procedure \(procedure.name)" }
}
