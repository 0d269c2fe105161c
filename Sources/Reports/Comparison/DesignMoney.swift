public import Billing
public import Economics
public import Quantities

/// What a design costs, and what it is worth against the base.
public struct DesignMoney: Sendable {
  /// What a month costs.
  public enum Monthly: Sendable {
    /// The model states nothing that is paid for.
    case nothingStated
    /// There is no bill, and why.
    case unknown(String)
    /// The bill.
    case bill(Bill)

    /// The bill, where there is one.
    public var bill: Bill? { if case .bill(let bill) = self { bill } else { nil } }
  }

  /// What a month of it costs.
  public let monthly: Monthly
  /// Its bill beside that of the base; `nil` for the base, and where one of them is not known.
  public let beside: BillComparison?
  /// What the change costs once; `nil` where nothing says.
  public let once: Money?
  /// How long it takes, in words; `nil` where nothing says.
  public let takes: String?
  /// What downtime costs in a year; `nil` where it has no price or nothing was kept of it.
  public let losses: LossExceedance?
  /// What it is worth; `nil` for the base, and where that can not be said.
  public let returns: OptionReturn?

  /// What a design costs.
  public init(
    monthly: Monthly, beside: BillComparison?, once: Money?, takes: String?, losses: LossExceedance?,
    returns: OptionReturn?
  ) {
    self.monthly = monthly
    self.beside = beside
    self.once = once
    self.takes = takes
    self.losses = losses
    self.returns = returns
  }

  /// The bill, where there is one.
  public var bill: Bill? { monthly.bill }

  /// Whether anything of it can be said in money.
  public var isSaid: Bool {
    if case .nothingStated = monthly { return once != nil || losses != nil }
    return true
  }

  /// How many lines of the bill have no amount.
  public var openLines: Int { bill.map { $0.unknown.count + $0.perUse.count } ?? 0 }
}

/// What is common to the money of all designs of a comparison.
public struct MoneyFrame: Sendable {
  /// The currency of what downtime costs; `nil` where it has no price.
  public let currency: String?
  /// The yearly rate that returns are discounted by; `nil` when there are none.
  public let rate: DiscountRate?
  /// The capabilities whose downtime counts.
  public let counted: [String]
  /// What could not be said, and why; whole sentences.
  public let notes: [String]

  /// What is common.
  public init(currency: String?, rate: DiscountRate?, counted: [String], notes: [String]) {
    self.currency = currency
    self.rate = rate
    self.counted = counted
    self.notes = notes
  }
}
