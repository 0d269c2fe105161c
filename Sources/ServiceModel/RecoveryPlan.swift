public import Diagnostics
public import Quantities
public import Recovery

/// A procedure of the model: how something is recovered, after what else, and how it is rehearsed.
public struct RecoveryPlan: Sendable {
  /// The steps.
  public let procedure: Procedure
  /// A name for people.
  public let title: String?
  /// The procedures that must have brought their service back before it begins, by their places in the model.
  public let after: [Int]
  /// What it restores, by name.
  public let restores: [String]
  /// How it is rehearsed; `nil`: it is not.
  public let drill: DrillPlan?
  /// Whether a failure mode takes as long as it does.
  public let isUsed: Bool
}

/// How often a procedure is rehearsed, and what that is expected to show.
public struct DrillPlan: Sendable, Hashable {
  /// Time between two drills.
  public let every: TimeSpan
  /// What is expected.
  public let expects: RecoveryObjective
  /// The failure that is rehearsed, as `component/mode` or `domain/mode`; `nil`: the steps alone.
  public let rehearses: Located<String>?

  /// A rehearsal.
  public init(every: TimeSpan, expects: RecoveryObjective, rehearses: Located<String>? = nil) {
    self.every = every
    self.expects = expects
    self.rehearses = rehearses
  }
}

/// A procedure as written; its steps are checked.
public struct RecoveryPlanDraft: Sendable {
  /// The name.
  public var name: Located<String>
  /// The steps.
  public var procedure: Procedure
  /// A name for people.
  public var title: String?
  /// The procedures before it.
  public var after: [Located<String>] = []
  /// What it restores.
  public var restores: [Located<String>] = []
  /// How it is rehearsed.
  public var drill: DrillPlan?
  /// Whether something takes as long as it does.
  public var isUsed = false

  /// A procedure.
  public init(name: Located<String>, procedure: Procedure) {
    self.name = name
    self.procedure = procedure
  }
}
