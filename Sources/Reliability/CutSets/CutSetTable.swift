/// The minimal sets of events that decide a top event or a capability: how many there are, and the most probable.
public struct CutSetTable: Sendable, Hashable {
  /// An event, or its absence.
  public struct Literal: Sendable, Hashable {
    /// The event's name.
    public let name: String
    /// Whether the event must be absent.
    public let isNegated: Bool
  }

  /// One set.
  public struct Row: Sendable, Hashable {
    /// The events, ordered by name.
    public let literals: [Literal]
    /// The probability of all of them; `nil` when one is not known.
    public let probability: Double?
    /// Its part of the sum of the probabilities of all sets; `nil` when that is not known.
    public let share: Double?
  }

  /// What kind of sets they are: minimal cut sets, prime implicants, minimal path sets.
  public let kind: String
  /// How many there are, as digits.
  public let count: String
  /// How many of each number of events, as digits; the first is of order 0. Very high orders may be left out.
  public let countsByOrder: [String]
  /// Those listed, the most probable first.
  public internal(set) var rows: [Row]
  /// The sum of all their probabilities: an upper bound, near the truth when all are small.
  public let probabilitySum: Double?
  /// 1 − Π (1 − P(set)): an upper bound for coherent functions.
  public let minCutUpperBound: Double?
  /// What the probabilities stand on, where that must be said.
  public internal(set) var remarks: [String] = []

  /// The same sets in other words.
  func replacingLiterals(_ change: (Literal) -> Literal) -> CutSetTable {
    var other = self
    other.rows = rows.map {
      Row(literals: $0.literals.map(change), probability: $0.probability, share: $0.share)
    }
    return other
  }
}
