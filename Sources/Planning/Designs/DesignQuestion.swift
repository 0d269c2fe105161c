/// What is asked of a plan.
public struct DesignQuestion: Sendable {
  /// The most unavailability of each capability; 1 where nothing is promised.
  public var targets: [Double]
  /// What a month without each capability costs; where none has a price, all count alike.
  public var monthOfDowntime: [Double]
  /// Whether outages cost something by their number, beside their hours.
  public var pricesOutages = false
  /// Whether periods below a promise cost something.
  public var pricesPeriods = false
  /// How likely each promise of recovery has to be kept when it is put to the test; 0: it is none.
  public var leastRecovery = 0.0
  /// The most that a month may cost.
  public var budget: Double?
  /// The most that may be spent once.
  public var onceBudget: Double?
  /// The most of each limited resource beside money.
  public var limits: [Double] = []
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

  /// What plans are chosen for.
  public var goals: [DesignGoal] {
    DesignGoal.allCases.filter { goal in
      switch goal {
      case .cheapest, .leastChange: hasTargets
      case .mostAvailable: true
      case .leastTotal: pricesDowntime
      }
    }
  }

  /// Whether being down costs anything.
  public var pricesDowntime: Bool {
    pricesOutages || pricesPeriods || monthOfDowntime.contains { $0 > 0 }
  }

  /// Whether anything is promised.
  public var hasTargets: Bool { targets.contains { $0 < 1 } || leastRecovery > 0 }
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
  /// What its outages cost in a month by their number, beside their hours.
  public let outages: Double
  /// The most that can be due in a month for periods below a promise.
  public let mostDues: Double
  /// How likely each promise of recovery is kept when it is put to the test.
  public let recoveries: [Double]
  /// What it takes of each limited resource beside money.
  public let uses: [Double]

  /// A design with what it comes to.
  public init(
    design: [Int], unavailability: [Double], monthly: Double, once: Double, changes: Int, outages: Double = 0,
    mostDues: Double = 0, recoveries: [Double] = [], uses: [Double] = []
  ) {
    self.uses = uses
    (self.design, self.unavailability, self.monthly) = (design, unavailability, monthly)
    (self.once, self.changes) = (once, changes)
    (self.outages, self.mostDues, self.recoveries) = (outages, mostDues, recoveries)
  }

  /// What a month costs with what is paid once spread over so many.
  public func cost(over months: Double) -> Double { monthly + once / months }

  /// The weighted unavailability.
  public func downtime(_ weights: [Double]) -> Double {
    zip(unavailability, weights).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Whether it keeps the promises, up to the last digits.
  public func meets(_ question: DesignQuestion) -> Bool {
    zip(unavailability, question.targets).allSatisfy { $0 <= $1 * (1 + 1e-12) } && recovers(question)
  }

  /// Whether it keeps the promises of recovery.
  public func recovers(_ question: DesignQuestion) -> Bool {
    recoveries.allSatisfy { $0 >= question.leastRecovery - 1e-12 }
  }

  /// Whether it keeps to the budgets, up to a hundredth of a cent, and to the other limits.
  public func keepsBudgets(_ question: DesignQuestion) -> Bool {
    question.bounds.allSatisfy { keeps($0, question) }
  }

  /// Whether it keeps to one of them.
  func keeps(_ bound: PlanBound, _ question: DesignQuestion) -> Bool {
    switch bound {
    case .monthly: question.budget.map { monthly <= $0 + 1e-4 } ?? true
    case .once: question.onceBudget.map { once <= $0 + 1e-4 } ?? true
    case .use(let resource): (uses[safely: resource] ?? 0) <= roomy(question.limits[resource])
    }
  }
}

/// How far an answer is certain.
public enum Certainty: Sendable, Hashable {
  /// Every design was worked out.
  case exhaustive(designs: Int)
  /// The capabilities are products of independent parts, which so many whole designs confirm to the last digits.
  case independentParts(checked: Int)
  /// By bounds that hold in every coherent structure: so many designs were worked out, so many times one was held against
  /// the one that bounds it. The goals that are `open` were not reached before the limit.
  case bounded(looked: Int, compared: Int, open: [DesignGoal], frontier: FrontierProof)
  /// The best of those that were looked at; the cost of no design that meets the targets is known to be below `least`.
  case found(looked: Int, least: Double?)

  /// Whether no design is better in what is asked.
  public func proves(_ goal: DesignGoal) -> Bool {
    switch self {
    case .exhaustive, .independentParts: true
    case .bounded(_, _, let open, _): !open.contains(goal)
    case .found: false
    }
  }

  /// How far the frontier is known.
  public var frontier: FrontierProof {
    switch self {
    case .exhaustive, .independentParts: .whole
    case .bounded(_, _, _, let frontier): frontier
    case .found: .found
    }
  }

  /// Whether no design is better in anything that may be asked, all designs having been told apart.
  public var isProved: Bool {
    switch self {
    case .exhaustive, .independentParts: true
    case .bounded, .found: false
    }
  }
}

/// A limit with room for rounding.
func roomy(_ limit: Double) -> Double { limit + 1e-9 * abs(limit) }
