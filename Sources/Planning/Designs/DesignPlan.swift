/// Which designs answer a question, and how far that is certain.
public struct DesignPlan: Sendable {
  /// One lever pulled on the way to a design.
  public struct Step: Sendable, Hashable {
    /// Which lever.
    public let lever: Int
    /// Its value before.
    public let from: Int
    /// Its value after.
    public let to: Int
    /// The design with this step and all before it.
    public let reached: DesignPoint
  }

  /// What stands in the way of a question that has no answer.
  public enum Obstacle: Sendable, Hashable {
    /// A capability can not be so available, whatever is chosen.
    case target(capability: Int, best: Double)
    /// A promise of recovery is kept at best with this probability, whatever is chosen.
    case recovery(promise: Int, best: Double)
    /// The promises can not be kept together, though each can alone. Without that of one of these capabilities, or without
    /// those of recovery, the others can.
    case targetsTogether(without: [Int], withoutRecovery: Bool)
    /// Promises need more than the budget: so much a month at least.
    case budget(least: Double)
    /// Promises need more than may be spent once: so much at least.
    case onceBudget(least: Double)
    /// Promises need more of a limited resource than there is: so much at least.
    case limit(resource: Int, least: Double)
    /// Either budget would do with a larger other one: the least of each with the other as it is.
    case budgetsTogether
  }

  /// What the model says.
  public let present: DesignPoint
  /// The design that keeps the promises within the budgets for the least cost.
  public let cheapest: DesignPoint?
  /// The one that does so with the fewest levers pulled.
  public let leastChange: DesignPoint?
  /// The one with the least downtime within the budgets.
  public let mostAvailable: DesignPoint?
  /// The one with the least of cost and price of downtime together; `nil` where downtime has no price.
  public let total: LeastTotal?
  /// The one with the least of cost and price of downtime together; `nil` where downtime has no price.
  public var leastTotal: DesignPoint? { total?.point }
  /// The designs that no other beats in cost and downtime within the budgets, by cost.
  public let frontier: [DesignPoint]
  /// How far the frontier is known.
  public let frontierProof: FrontierProof
  /// Whether the frontier is whole.
  public var isFrontierComplete: Bool { frontierProof == .whole }
  /// How far all this is certain.
  public let certainty: Certainty
  /// Why nothing keeps the promises within the budgets.
  public let obstacles: [Obstacle]
  /// Whether more of any one of these is enough; else all are needed.
  public let isAnyObstacleEnough: Bool
  /// Whether less than the obstacles say is ruled out.
  public let areObstaclesProved: Bool
  /// The levers of which it is shown, whatever else fails how often, that their best value is no worse than any other,
  /// beside designs that are unlike each other.
  public let shownLevers: [Int]
}
