public import ServiceGraph

/// What is asked about the top events of a fault tree.
public struct FaultTreeQuestions: Sendable {
  /// Which sets of events are counted and listed.
  public enum Sets: String, Sendable, Hashable, CaseIterable {
    /// Minimal cut sets; of a tree with negations, the events that must occur.
    case cutSets = "cut-sets"
    /// Prime implicants: with the events that must not occur.
    case primeImplicants = "prime-implicants"
    /// Minimal path sets: what must work.
    case pathSets = "path-sets"
    /// None.
    case none
  }

  /// The mission time in the tree's unit; `nil` takes the file's, else 1.
  public var time: Double?
  /// The end of an interval from 0 that is asked about too, above 0, in the tree's unit; `nil` for none.
  public var horizon: Double?
  /// How common-cause groups become events.
  public var convention = CommonCauseConvention()
  /// Which sets are counted.
  public var sets = Sets.cutSets
  /// How many of the most probable sets are listed.
  public var listed = 10
  /// The most events in a set that is listed; `nil` for any number.
  public var maximumOrder: Int?
  /// The least probability of a set that is listed.
  public var minimumProbability = 0.0
  /// Whether the importance of every event is asked for.
  public var wantsImportance = true
  /// The most nodes of a decision diagram.
  public var nodeLimit = 8_000_000

  /// The usual questions.
  public init() {}
}
