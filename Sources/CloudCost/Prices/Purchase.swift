/// How something is bought: by the hour, from spare capacity, or by a promise to use it for years.
public enum Purchase: Sendable, Hashable {
  /// By the hour, at the list price.
  case onDemand
  /// Spare capacity, which the provider may take back.
  case spot
  /// Capacity of one kind that is paid for whether it is used or not.
  case reserved(Commitment)
  /// Spending per hour that is paid for whether it is used or not.
  case savingsPlan(SavingsPlan, Commitment)

  /// What a savings plan covers.
  public enum SavingsPlan: String, Sendable, Hashable, CaseIterable {
    /// Compute of any family, size and region, Fargate too.
    case compute
    /// One instance family in one region.
    case instance
    /// Databases.
    case database
  }

  /// The terms of a promise.
  public struct Commitment: Sendable, Hashable {
    /// What is paid at the start.
    public enum Upfront: String, Sendable, Hashable, CaseIterable {
      case none = "no-upfront"
      case partial = "partial-upfront"
      case all = "all-upfront"
    }

    /// For how many years: 1 or 3.
    public let years: Int
    /// What is paid at the start.
    public let upfront: Upfront
    /// Whether it can be exchanged for another kind.
    public let isConvertible: Bool

    /// A promise for so many years.
    public init(years: Int, upfront: Upfront, isConvertible: Bool = false) {
      self.years = years
      self.upfront = upfront
      self.isConvertible = isConvertible
    }
  }

  /// The commitment behind it; `nil` when there is none.
  public var commitment: Commitment? {
    switch self {
    case .onDemand, .spot: nil
    case .reserved(let commitment), .savingsPlan(_, let commitment): commitment
    }
  }

  /// Every way to buy, in the order of this page.
  public static let all: [Purchase] = {
    let terms = [1, 3].flatMap { years in
      Commitment.Upfront.allCases.map { Commitment(years: years, upfront: $0) }
    }
    let convertible = terms.map { Commitment(years: $0.years, upfront: $0.upfront, isConvertible: true) }
    let plans = SavingsPlan.allCases.flatMap { plan in terms.map { Purchase.savingsPlan(plan, $0) } }
    return [.onDemand, .spot] + (terms + convertible).map(Purchase.reserved) + plans
  }()

  /// The place in ``all``.
  var rank: Int {
    switch self {
    case .onDemand: 0
    case .spot: 1
    case .reserved(let commitment): 2 + commitment.rank
    case .savingsPlan(let plan, let commitment): 14 + plan.rank * 6 + commitment.rank
    }
  }

  private static let byText = Dictionary(uniqueKeysWithValues: all.map { ($0.text, $0) })

  /// Reads `on-demand`, `spot`, `reserved-1y-no-upfront`, `reserved-3y-all-upfront-convertible`,
  /// `compute-savings-1y-partial-upfront`; `nil` for anything else.
  public init?(text: String) {
    guard let purchase = Self.byText[text] else { return nil }
    self = purchase
  }

  /// As it is written in price books and models.
  public var text: String {
    switch self {
    case .onDemand: "on-demand"
    case .spot: "spot"
    case .reserved(let commitment): "reserved-\(commitment.text)"
    case .savingsPlan(let plan, let commitment): "\(plan.rawValue)-savings-\(commitment.text)"
    }
  }
}

extension Purchase.SavingsPlan {
  fileprivate var rank: Int {
    switch self {
    case .compute: 0
    case .instance: 1
    case .database: 2
    }
  }
}

extension Purchase.Commitment {
  /// Standard before convertible, then years, then what is paid at the start.
  fileprivate var rank: Int {
    let upfront =
      switch upfront {
      case .none: 0
      case .partial: 1
      case .all: 2
      }
    return (isConvertible ? 6 : 0) + (years == 1 ? 0 : 3) + upfront
  }

  fileprivate var text: String { "\(years)y-\(upfront.rawValue)\(isConvertible ? "-convertible" : "")" }
}
