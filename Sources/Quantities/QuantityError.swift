/// Text that is no quantity of the kind expected: what was found, what was expected, and a remedy.
public struct QuantityError: Error, Sendable, Hashable {
  /// What was found and what was expected, in the user's words.
  public let message: String
  /// A remedy that can be pasted.
  public let help: String?

  /// An error with a remedy.
  public init(_ message: String, help: String? = nil) {
    self.message = message
    self.help = help
  }
}
