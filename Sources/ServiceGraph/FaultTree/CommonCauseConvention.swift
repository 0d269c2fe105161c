/// How a common-cause group becomes events that are independent; tools differ in it, so it is named with a result.
public struct CommonCauseConvention: Sendable, Hashable {
  /// How the causes of a group combine.
  public enum Combination: Sendable, Hashable, CaseIterable {
    /// Each cause strikes by itself, and a member fails when any cause that hits it strikes.
    case independentShocks
    /// At most one of the group's failure combinations is there at a time, so that a member's total is kept exactly.
    case exclusive
  }

  /// When the members were tested for which the alpha factors were estimated.
  public enum Testing: Sendable, Hashable, CaseIterable {
    /// All at once: Q_k = k / C(n − 1, k − 1) · α_k / Σ j α_j · Q (Open-PSA MEF 2.0d).
    case together
    /// One after the other: Q_k = 1 / C(n − 1, k − 1) · α_k / Σ α_j · Q (NUREG/CR-5485, 1998).
    case staggered
  }

  /// How the causes of a group combine.
  public let combination: Combination
  /// When the members were tested; only alpha factors depend on it.
  public let testing: Testing

  /// A convention; the default is the one of Open-PSA and SCRAM.
  public init(combination: Combination = .independentShocks, testing: Testing = .together) {
    self.combination = combination
    self.testing = testing
  }

  /// The sentence that names it beside a result.
  public var sentence: String {
    let combined =
      switch combination {
      case .independentShocks:
        "Common causes strike independently; a member fails when any cause that hits it strikes"
      case .exclusive: "A common-cause group is in at most one of its failure combinations at a time"
      }
    let tested =
      switch testing {
      case .together: "alpha factors are for members tested together"
      case .staggered: "alpha factors are for staggered testing"
      }
    return "\(combined); \(tested)."
  }
}
