public import Quantities
public import Stochastics

/// People who repair: so many repairs at once, the others wait.
public struct Crew: Sendable, Hashable {
  /// Its name.
  public let name: String
  /// How many repairs it does at once.
  public let count: Int
  /// Whether it leaves a repair for a more urgent one, and goes on with it later.
  public let preempts: Bool
}

/// The crew that a failure mode needs for its repair.
public struct CrewNeed: Sendable, Hashable {
  /// The crew, as an index into the model's crews.
  public let crew: Int
  /// How urgent a repair is: smaller first. Among equals one is drawn.
  public let priority: Int
  /// Whether it is the crew that responds, and stays for the repair; else it is needed from the repair on.
  public let responds: Bool
}

/// Spares: only some of a component's units work, the others wait for one to fail.
public struct Standby: Sendable {
  /// How many of the units work at once.
  public let running: Int
  /// The failure rate of a spare as a share of that of a working unit: 0 is cold, 1 is hot.
  public let dormancy: Probability
  /// How long until the loss of a working unit is noticed, as independent parts in hours.
  public let detection: [any Distribution]
  /// How long the move to a spare takes once noticed, in hours; `nil`: no time.
  public let takes: (any Distribution)?
  /// The probability that the move works: its coverage.
  public let works: Probability
  /// How long it takes by hand when it does not work, in hours; `nil`: until a unit is repaired.
  public let manual: (any Distribution)?
  /// The detector that notices, as an index into the model's delays; `nil`: a stated time.
  public let detector: Int?
}

extension Standby {
  /// The same with other numbers; as many parts of the detection as before.
  package func with(
    dormancy: Probability, detection: [any Distribution], takes: (any Distribution)?, works: Probability,
    manual: (any Distribution)?
  ) -> Standby {
    Standby(
      running: running, dormancy: dormancy, detection: detection, takes: takes, works: works, manual: manual,
      detector: detector)
  }
}

/// How the failure rate of working units grows with the load they take over.
public enum LoadSharing: Sendable, Hashable {
  /// With k of n units working the rate of each is multiplied by (n / k) to this power.
  case exponent(Double)
  /// The factor with 0, 1, 2, … of the units missing that should work.
  case factors([Double])

  /// What multiplies the failure rate of each of `working` units when `running` should work, at least 1 each.
  public func factor(working: Int, running: Int) -> Double {
    switch self {
    case .exponent(let exponent):
      portableExp(exponent * portableLog(Double(running) / Double(max(1, working))))
    case .factors(let factors): factors[min(factors.count - 1, max(0, running - working))]
    }
  }
}
