public import Diagnostics

/// What an import did.
public struct ImportSummary: Sendable, Hashable {
  /// A service that no rule of the mapping took.
  public struct Unmatched: Sendable, Hashable {
    /// The service's name in the file; its incidents are filed under a component of that name.
    public let service: String
    /// In how many rows it occurs.
    public let rows: Int
  }

  /// The format that was read.
  public internal(set) var format = ""
  /// Whether it was our own.
  public internal(set) var isOwnFormat = false
  /// Incidents that were not there before.
  public internal(set) var inserted = 0
  /// Incidents that were there with another content.
  public internal(set) var updated = 0
  /// Incidents that were there already.
  public internal(set) var unchanged = 0
  /// Whether the observation window was not there before.
  public internal(set) var windowAdded = false
  /// How many rows were left out because something is wrong with them.
  public internal(set) var skippedRows = 0
  /// How many rows were left out because they are no incidents.
  public internal(set) var ignoredRows = 0
  /// Why rows were left out, at most ``ImportSummary/mostFindings``.
  public internal(set) var skipped: [Diagnostic] = []
  /// What is odd about the file, at most ``ImportSummary/mostFindings``.
  public internal(set) var warnings: [Diagnostic] = []
  /// Services that the mapping does not know, the most frequent first.
  public internal(set) var unmatched: [Unmatched] = []

  /// The most findings kept of each kind; a huge file may hold more.
  public static let mostFindings = 1_000

  /// Whether the database holds anything it did not hold before.
  public var changedAnything: Bool { inserted + updated > 0 || windowAdded }

  mutating func warn(_ more: [Diagnostic]) {
    warnings += more.prefix(Self.mostFindings - warnings.count)
  }

  mutating func skip(_ problems: [Diagnostic]) {
    skippedRows += 1
    skipped += problems.prefix(Self.mostFindings - skipped.count)
  }
}
