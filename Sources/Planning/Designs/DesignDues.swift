/// What designs that saw the same luck pay in a month for periods below a promise: credits and penalties, which no
/// availability tells but only how downtime falls into months.
public struct DesignDues: Sendable, Hashable {
  /// An amount a month, sampled.
  public struct Amount: Sendable, Hashable {
    /// The estimate.
    public let value: Double
    /// Half the width of its interval.
    public let halfWidth: Double

    /// An amount.
    public init(value: Double, halfWidth: Double) { (self.value, self.halfWidth) = (value, halfWidth) }

    /// Nothing, for certain.
    public static let nothing = Amount(value: 0, halfWidth: 0)
    var low: Double { max(0, value - halfWidth) }
    var high: Double { value + halfWidth }
  }

  /// What each design pays.
  public let amounts: [Amount]
  /// By how much more each pays than the first, replication by replication.
  public let differences: [Amount]

  /// What designs pay.
  public init(amounts: [Amount], differences: [Amount]) {
    (self.amounts, self.differences) = (amounts, differences)
  }
}
