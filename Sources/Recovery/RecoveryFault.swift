/// What is wrong with a procedure, a start order, a detector, a backup or an objective.
public struct RecoveryFault: Hashable, Sendable, CustomStringConvertible {
  /// The short name of the rule that is broken, such as `step-cycle`.
  public let slug: String
  /// The step, component or part that it is about, so that the place where it was written can be found.
  public let subject: String
  /// What was found and what was expected, in the user's words.
  public let message: String
  /// A remedy that can be pasted.
  public let help: String?

  init(_ slug: String, _ subject: String, _ message: String, help: String? = nil) {
    self.slug = slug
    self.subject = subject
    self.message = message
    self.help = help
  }

  /// The message, and the remedy.
  public var description: String { help.map { "\(message); \($0)" } ?? message }
}

/// Everything that is wrong with one value, found in one pass.
public struct InvalidRecovery: Error, Hashable, Sendable, CustomStringConvertible {
  /// At least one.
  public let faults: [RecoveryFault]

  /// One line for each.
  public var description: String { faults.map(\.description).joined(separator: "\n") }

  /// Throws what was found, if anything.
  static func check(_ faults: [RecoveryFault]) throws(InvalidRecovery) {
    if !faults.isEmpty { throw InvalidRecovery(faults: faults) }
  }
}
