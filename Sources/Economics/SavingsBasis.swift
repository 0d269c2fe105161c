public import Simulation

/// Where a figure comes from.
public enum BasisOrigin: String, Sendable, Hashable {
  /// What the what-if file says somebody stated.
  case stated
  /// The incident log.
  case log
  /// The model, simulated.
  case model
  /// A bill at prices.
  case bill
}

/// What a change saves by one reckoning, in a year in which it runs throughout.
public struct SavingsBasis: Sendable, Hashable {
  /// What downtime costs less.
  public enum Amount: Sendable, Hashable {
    /// In one figure.
    case whole(Double)
    /// Part by part.
    case parts(DowntimeLedger.Parts)

    /// All of it.
    public var total: Double {
      switch self {
      case .whole(let total): total
      case .parts(let parts): parts.total
      }
    }
  }

  /// What it is called.
  public let name: String
  /// Where it comes from.
  public let origin: BasisOrigin
  /// A year's savings.
  public let perYear: Amount
  /// Where the figure stands; `nil` where nothing says.
  public let source: String?

  /// Savings by one reckoning.
  public init(name: String, origin: BasisOrigin, perYear: Amount, source: String? = nil) {
    (self.name, self.origin, self.perYear, self.source) = (name, origin, perYear, source)
  }
}

/// What a change costs more to run by one reckoning, in a year in which it runs throughout.
public struct CostBasis: Sendable, Hashable {
  /// What it is called.
  public let name: String
  /// Where it comes from.
  public let origin: BasisOrigin
  /// A year's additional cost; below 0 what it costs less.
  public let perYear: Double
  /// Where the figure stands; `nil` where nothing says.
  public let source: String?

  /// Costs by one reckoning.
  public init(name: String, origin: BasisOrigin, perYear: Double, source: String? = nil) {
    (self.name, self.origin, self.perYear, self.source) = (name, origin, perYear, source)
  }
}
