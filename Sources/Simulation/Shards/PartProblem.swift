/// Why a part is none of this run, in the user's words.
public struct PartProblem: Error, Sendable, Hashable {
  /// What was found.
  public let message: String

  /// A problem in the user's words.
  package init(message: String) { self.message = message }
}
