/// What is known about a top event of a dynamic fault tree.
public struct DynamicTreeSolution: Sendable {
  /// A dynamic module: what was solved as one Markov chain.
  public struct Module: Sendable, Hashable {
    /// The names of the elements through which the rest of the tree sees it.
    public let outputs: [String]
    /// How many basic events it has.
    public let eventCount: Int
    /// How many states its chain has.
    public let stateCount: Int
    /// How many transitions its chain has.
    public let transitionCount: Int
  }

  /// Something that a reader of the numbers must know.
  public enum Note: Sendable, Hashable {
    /// The order in which dependencies strike decides what happens; they were taken in the order written.
    case orderOfDependencies(module: String)
    /// Some events are repaired, so probabilities are those of being failed at a time.
    case repaired(event: String)
  }

  /// P(failed by t) for each time asked for; with repairs, P(failed at t).
  public let probabilities: [Double]
  /// The mean time until the top event.
  public let meanTimeToFailure: MeanTimeToFailure
  /// The dynamic modules, in the order of their first basic event.
  public let modules: [Module]
  /// What else must be said.
  public let notes: [Note]
}

/// The mean time until an event, if it is certain to happen.
public enum MeanTimeToFailure: Sendable, Hashable {
  /// The mean, in the tree's unit of time.
  case finite(Double)
  /// It may never happen, so the mean is infinite; it does happen with this probability.
  case infinite(probabilityEver: Double)
  /// There is no mean of this kind, since events are repaired or probabilities have no limit.
  case undefined
}
