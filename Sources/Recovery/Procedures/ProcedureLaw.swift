public import Stochastics

/// The time until a procedure has brought the service back, as a law in hours.
///
/// Draws play the procedure. Mean, quantiles and survival are exact where the procedure's law is, else those of
/// uniform laws fitted to a seeded sample of 20,000 runs.
public struct ProcedureLaw: OutcomeDistribution {
  /// The word for this law in a model.
  public static let kind = "procedure"

  /// The procedure.
  public let procedure: Procedure
  /// Its times.
  public let times: OutcomeTimes
  /// How long every run takes where no step draws anything; `nil` where runs differ.
  private let fixedHours: Double?

  /// The law of a procedure.
  ///
  /// - Throws: when it takes no time at all.
  public init(_ procedure: Procedure) throws(InvalidParameter) {
    let fixedHours = Self.fixedHours(of: procedure)
    let plan = SamplingPlan()
    let draws =
      fixedHours.map { [Double](repeating: $0, count: plan.count) }
      ?? plan.draws("procedure/\(procedure.name)") { procedure.sample(using: &$0).serviceHours }
    self.init(procedure, try OutcomeTimes(procedure.study().service, draws: draws), fixedHours)
  }

  private init(_ procedure: Procedure, _ times: OutcomeTimes, _ fixedHours: Double?) {
    self.procedure = procedure
    self.times = times
    self.fixedHours = fixedHours
  }

  private static func fixedHours(of procedure: Procedure) -> Double? {
    guard procedure.steps.allSatisfy({ $0.isFixed && $0.attempts == nil }) else { return nil }
    var stream = RandomStream(seed: 0, process: ProcessKey(name: procedure.name), replication: 0)
    return procedure.sample(using: &stream).serviceHours
  }

  /// The law of another time and then this one; `nil` when it has no exact law.
  func extending(_ law: PiecewiseLaw) -> PiecewiseLaw? { times.factor == 1 ? procedure.extending(law) : nil }

  /// The time of one run.
  public func sample(using stream: inout RandomStream) -> Double {
    (fixedHours ?? procedure.sample(using: &stream).serviceHours) * times.factor
  }

  /// The same with all times longer or shorter.
  public func scaled(by factor: Double) -> any Distribution {
    ProcedureLaw(procedure, times.scaled(by: factor), fixedHours)
  }

  /// `procedure tier-1`.
  public var description: String { "procedure \(procedure.name)" }
}
