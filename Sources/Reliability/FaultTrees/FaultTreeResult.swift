/// What is known about one top event of a fault tree.
public struct FaultTreeResult: Sendable {
  /// A probability, and how well it is known.
  public enum Likelihood: Sendable, Hashable {
    /// Exact up to rounding.
    case exact(Double)
    /// Somewhere between two proven bounds; the text says how they were found.
    case between(Double, Double, method: String)
    /// Not known, and why.
    case unknown(String)

    /// The value where it is exact.
    public var exactValue: Double? {
      if case .exact(let value) = self { value } else { nil }
    }
  }

  /// The top event's name.
  public let name: String
  /// The time for which the probability holds, in the tree's unit; `nil` when nothing depends on time.
  public let time: Double?
  /// The probability of the top event.
  public let probability: Likelihood
  /// Its cut sets; `nil` when there are none to count, with the reason in the notes.
  public let cutSets: CutSetTable?
  /// All of them, to be written out.
  public let allSets: CutSetListing?
  /// The mean time to its first occurrence; `nil` when its events have no law over time.
  public let meanTimeToFailure: MeanTimeToFailure?
  /// How often it occurs per unit of time at `time`; `nil` when not known.
  public let frequency: Double?
  /// The importance of its events; `nil` when not asked for, or not known.
  public let importance: ImportanceTable?
  /// What is expected over a horizon; `nil` when not asked for.
  public let horizon: FaultTreeHorizon?
  /// Conventions and approximations.
  public let notes: [String]
}
