/// Everything that is wrong with a question, in the words of whoever asked it.
public struct InvalidQuestion: Error, Hashable, Sendable {
  /// One mistake.
  public struct Finding: Hashable, Sendable {
    /// What kind of mistake, for programs.
    public let slug: String
    /// What was found and what was expected.
    public let message: String
    /// What could be written instead.
    public let help: String?
  }

  /// The mistakes, at least one.
  public let findings: [Finding]
}

/// Collects mistakes, so that all are told at once.
struct QuestionCheck {
  private var findings: [InvalidQuestion.Finding] = []

  mutating func require(_ isSound: Bool, _ slug: String, _ message: @autoclosure () -> String, help: String?)
  {
    if !isSound { findings.append(InvalidQuestion.Finding(slug: slug, message: message(), help: help)) }
  }

  func finish() throws(InvalidQuestion) {
    if !findings.isEmpty { throw InvalidQuestion(findings: findings) }
  }
}
