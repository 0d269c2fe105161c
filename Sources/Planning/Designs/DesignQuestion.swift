/// What is asked of a plan.
public struct DesignQuestion: Sendable {
  /// The most unavailability of each capability; 1 where nothing is promised.
  public var targets: [Double]
  /// What a month without each capability costs; where none has a price, all count alike.
  public var monthOfDowntime: [Double]
  /// The most that a month may cost.
  public var budget: Double?
  /// The most that may be spent once.
  public var onceBudget: Double?
  /// Over how many months what is paid once is spread when plans are compared.
  public var months: Double

  /// A question without promises and budgets.
  public init(capabilities: Int, months: Double) {
    targets = [Double](repeating: 1, count: capabilities)
    monthOfDowntime = [Double](repeating: 0, count: capabilities)
    self.months = months
  }

  /// What the unavailability of each capability counts when designs are compared.
  public var weights: [Double] {
    monthOfDowntime.contains { $0 > 0 } ? monthOfDowntime : monthOfDowntime.map { _ in 1 }
  }

  /// Whether any capability has a promise.
  public var hasTargets: Bool { targets.contains { $0 < 1 } }
}

/// A design with what it comes to.
public struct DesignPoint: Sendable, Hashable {
  /// The value of each lever.
  public let design: [Int]
  /// The unavailability of each capability.
  public let unavailability: [Double]
  /// What a month costs.
  public let monthly: Double
  /// What it costs once.
  public let once: Double
  /// How many levers it pulls.
  public let changes: Int

  /// A design with what it comes to.
  public init(design: [Int], unavailability: [Double], monthly: Double, once: Double, changes: Int) {
    (self.design, self.unavailability, self.monthly) = (design, unavailability, monthly)
    (self.once, self.changes) = (once, changes)
  }

  /// What a month costs with what is paid once spread over so many.
  public func cost(over months: Double) -> Double { monthly + once / months }

  /// The weighted unavailability.
  public func downtime(_ weights: [Double]) -> Double {
    zip(unavailability, weights).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Whether it keeps the promises, up to the last digits.
  public func meets(_ question: DesignQuestion) -> Bool {
    zip(unavailability, question.targets).allSatisfy { $0 <= $1 * (1 + 1e-12) }
  }

  /// Whether it keeps to the budgets, up to a hundredth of a cent.
  public func keepsBudgets(_ question: DesignQuestion) -> Bool {
    (question.budget.map { monthly <= $0 + 1e-4 } ?? true)
      && (question.onceBudget.map { once <= $0 + 1e-4 } ?? true)
  }
}

/// How far an answer is certain.
public enum Certainty: Sendable, Hashable {
  /// Every design was worked out.
  case exhaustive(designs: Int)
  /// The capabilities are products of independent parts, which so many whole designs confirm to the last digits.
  case independentParts(checked: Int)
  /// The best of those that were looked at; the cost of no design that meets the targets is known to be below `least`.
  case found(looked: Int, least: Double?)

  /// Whether no design is better.
  public var isProved: Bool { if case .found = self { false } else { true } }
}
