/// How a simulation is run.
public struct SimulationPlan: Sendable, Hashable {
  /// How each process begins.
  public enum Start: String, Sendable, Hashable, CaseIterable {
    /// From its long-run state: down with probability U, residual life or repair from the equilibrium law. Processes
    /// that wait for crews, stand by or share their load run for a while before time 0 instead.
    case steady
    /// Up, at age 0.
    case new
  }

  /// The simulated time of one replication in years of 8,760 h, from Monday 1 January.
  public var years: Double
  /// How many independent replications.
  public var replications: Int
  /// The key of every random stream.
  public var seed: UInt64
  /// How each process begins.
  public var start: Start
  /// How many threads; changes nothing but the time it takes.
  public var threads: Int
  /// Stops once the half-width of the interval of every capability's unavailability is this share of its value.
  public var relativeError: Double?
  /// The confidence of all intervals.
  public var confidence: Double

  /// A plan.
  public init(
    years: Double = 1, replications: Int = 10_000, seed: UInt64 = 42, start: Start = .steady,
    threads: Int = 1,
    relativeError: Double? = nil, confidence: Double = 0.95
  ) {
    self.years = years
    self.replications = replications
    self.seed = seed
    self.start = start
    self.threads = threads
    self.relativeError = relativeError
    self.confidence = confidence
  }

  var horizonHours: Double { years * 8760 }
}
