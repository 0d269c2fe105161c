/// Basic events that also fail together.
///
/// The total probability of a member is `total`; the factors split it by how many members a cause hits.
public struct CommonCauseGroup: Sendable, Hashable {
  /// How the total is split. Every factor is the number of an expression.
  public enum Factors: Sendable, Hashable {
    /// β: the share of a member's failures that hits all members.
    case beta(Int)
    /// β, γ, δ, …: of the failures that hit at least k members, the share that hits at least k + 1.
    case multipleGreekLetters([Int])
    /// α₁, α₂, …: of all failures in the group, the share that hits exactly k members.
    case alpha([Int])
    /// φ₁, φ₂, …: of a member's failures, the share that hits exactly k members.
    case phi([Int])
  }

  /// The name.
  public let name: String
  /// The members, as indices of events.
  public let members: [Int]
  /// The expression for the total probability of a member.
  public let total: Int
  /// How it is split.
  public let factors: Factors

  /// A group of members.
  public init(name: String, members: [Int], total: Int, factors: Factors) {
    self.name = name
    self.members = members
    self.total = total
    self.factors = factors
  }
}
