/// The order in which the steps of a plan are best made.
///
/// The best order is the one with the least downtime on the way: the sum, over the steps, of what the step costs times the
/// downtime before it. Where steps do not interact that is the order of downtime removed per dollar (Smith, *Various
/// optimizers for single-stage production*, Naval Research Logistics Quarterly 3, 1956). Without costs each step counts
/// alike.
public struct StepOrder: Sendable, Equatable {
  /// What is known once some steps are made.
  public struct Standing: Sendable, Hashable {
    /// Hours down in a year.
    public let downtimeHours: Double
    /// What the steps cost together, in units of a currency; `nil` where costs do not count.
    public let cost: Double?

    /// What is known once some steps are made.
    public init(downtimeHours: Double, cost: Double?) {
      self.downtimeHours = downtimeHours
      self.cost = cost
    }
  }

  /// A step at its place.
  public struct Stage: Sendable, Hashable {
    /// The step, as a place in the plan.
    public let step: Int
    /// The standing before it.
    public let before: Standing
    /// The standing once it is made.
    public let after: Standing

    /// Hours of downtime a year that it removes.
    public var removedHours: Double { before.downtimeHours - after.downtimeHours }
    /// What it costs; `nil` where costs do not count.
    public var cost: Double? { after.cost.flatMap { own in before.cost.map { own - $0 } } }
  }

  /// How an order was found.
  public enum Method: String, Sendable, Hashable {
    /// Every set of steps was looked at: there is no better order.
    case allSets
    /// At each place the step that removes most, per dollar where costs count: there may be a better order.
    case greedy
  }

  /// With more steps than this the order is greedy.
  public static let exactLimit = 8

  /// The steps in the best order.
  public let stages: [Stage]
  /// How it was found.
  public let method: Method
  /// How many sets of steps were looked at.
  public let setCount: Int

  /// Finds the best order.
  ///
  /// - Parameters:
  ///   - needs: for each step the steps that must come before it.
  ///   - standing: what is known once a set of steps is made; `nil` where they alone make nothing that works.
  /// - Returns: `nil` when no order makes every step.
  public static func best<Failure: Error>(
    needs: [[Int]], standing: (Set<Int>) throws(Failure) -> Standing?
  ) throws(Failure) -> StepOrder? {
    needs.count <= exactLimit
      ? try StepSets(needs: needs, standing: standing).best()
      : try greedy(needs: needs, standing: standing)
  }

  private static func greedy<Failure: Error>(
    needs: [[Int]], standing: (Set<Int>) throws(Failure) -> Standing?
  ) throws(Failure) -> StepOrder? {
    guard var now = try standing([]) else { return nil }
    var made: Set<Int> = []
    var stages: [Stage] = []
    var count = 1
    while stages.count < needs.count {
      var best: Stage?
      for step in needs.indices where !made.contains(step) && needs[step].allSatisfy(made.contains) {
        count += 1
        guard let after = try standing(made.union([step])) else { continue }
        let stage = Stage(step: step, before: now, after: after)
        if best.map({ stage.precedes($0) }) ?? true { best = stage }
      }
      guard let best else { return nil }
      stages.append(best)
      made.insert(best.step)
      now = best.after
    }
    return StepOrder(stages: stages, method: .greedy, setCount: count)
  }
}

extension StepOrder.Stage {
  /// Whether it removes more per dollar, or more where costs do not count; what is free comes first.
  fileprivate func precedes(_ other: Self) -> Bool {
    guard let own = cost, let cost = other.cost else { return removedHours > other.removedHours }
    if own <= 0 || cost <= 0 {
      return own <= 0 && cost <= 0 ? removedHours > other.removedHours : own <= 0
    }
    return removedHours * cost > other.removedHours * own
  }
}
