extension SimulationPlan {
  /// The shortest and the longest horizon of one replication, in years.
  public static let yearLimits = 0.001...1_000_000.0
  /// The fewest and the most replications: two show a spread, and a stream has a word for the replication's number.
  public static let replicationLimits = 2...Int(UInt32.max)
  /// The fewest replications on which a run may stop for its relative error: a handful may agree by chance. Law
  /// ("Simulation modeling and analysis", 2015, section 9.4.1) asks for at least 10.
  public static let fewestBeforeStopping = 100
}
